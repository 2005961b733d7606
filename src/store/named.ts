// What records name: actors, places, measures, and the links between records. Small lists, edited by hand.
import { sql } from 'kysely';
import type { ActorContent } from '../record/actor.ts';
import type { LinkContent, LinkEnd } from '../record/link.ts';
import type { MeasureContent } from '../record/measure.ts';
import type { PlaceContent } from '../record/place.ts';
import { problem } from '../record/problem.ts';
import type { Request, RequestContent } from '../record/request.ts';
import { refuseForeignEnds, refuseForeignNames } from './foreign.ts';
import { drawLink } from './links.ts';
import { type DossierWriter, rowEntry } from './records.ts';
import { fromRow, NOUNS, type Value } from './rows.ts';
import type { Store } from './store.ts';
import { insertValues, lockValue, removeValues, replaceValue } from './values.ts';
import type { NewEntry, Stamp, Tx } from './write.ts';

/** The nouns of this file, with what a person writes on each. */
export interface NamedContent {
  actor: ActorContent;
  place: PlaceContent;
  measure: MeasureContent;
  link: LinkContent;
  request: RequestContent;
}
/** An actor, place, measure, link or request. */
export type NamedNoun = keyof NamedContent;

/** All of a noun in a dossier, by name; links and requests by the time they were made. */
export async function listNamed<N extends NamedNoun>(
  store: Store,
  noun: N,
  dossier: string,
): Promise<Value<N>[]> {
  const rows = await store.read
    .selectFrom(NOUNS[noun].table as 'actors')
    .selectAll()
    .where('dossier', '=', dossier)
    .orderBy(noun === 'link' || noun === 'request' ? 'createdAt' : 'name')
    .orderBy('id')
    .execute();
  return rows.map((row) => fromRow(noun, row));
}

/** Makes one. A link's ends, and what a request is about and is answered by, must be records of the dossier. */
export async function createNamed<N extends NamedNoun>(
  store: Store,
  writer: DossierWriter,
  noun: N,
  content: NamedContent[N],
): Promise<Value<N>> {
  return store.write(writer, `${noun}.create`, async (tx, stamp) => {
    await refuseForeignEnds(tx, writer.dossier, endsOf(noun, content));
    await refuseForeignNames(tx, writer.dossier, content);
    const value = {
      id: stamp.newId(),
      dossier: writer.dossier,
      ...content,
      version: 1,
      createdAt: stamp.at,
      createdBy: stamp.by,
      updatedAt: stamp.at,
      updatedBy: stamp.by,
    } as unknown as Value<N>;
    await insertValues(tx, noun, [value]);
    const links = noun === 'request' ? await linkAnswer(tx, writer, stamp, null, value as Request) : [];
    return { entries: [rowEntry({ before: null, after: value }), ...links], result: value };
  });
}

/** The records that what is written names, as far as it is written. */
function endsOf(noun: NamedNoun, content: Partial<NamedContent[NamedNoun]>): LinkEnd[] {
  if (noun === 'link') {
    const { from, to } = content as Partial<LinkContent>;
    return [from, to].filter((end) => end !== undefined);
  }
  if (noun !== 'request') return [];
  const { about = [], answer } = content as Partial<RequestContent>;
  return answer ? [...about, { kind: 'statement', id: answer }] : about;
}

/** The answer to a request responds to what it was asked about: that is drawn when the answer is named. */
async function linkAnswer(
  tx: Tx,
  writer: DossierWriter,
  stamp: Stamp,
  before: Request | null,
  { about, answer }: Request,
): Promise<NewEntry[]> {
  if (answer === null || answer === before?.answer) return [];
  const entries: NewEntry[] = [];
  for (const to of about) {
    if (to.id === answer) continue;
    const from: LinkEnd = { kind: 'statement', id: answer };
    entries.push(...(await drawLink(tx, writer, stamp, { from, to, kind: 'responds-to' })).entries);
  }
  return entries;
}

/** Changes one. A link's ends and what a request names must be records of the dossier. Throws `record.version` when somebody changed it meanwhile. */
export async function editNamed<N extends NamedNoun>(
  store: Store,
  writer: DossierWriter,
  noun: N,
  at: { id: string; version: number },
  content: Partial<NamedContent[N]>,
): Promise<Value<N>> {
  return store.write(writer, `${noun}.edit`, async (tx, stamp) => {
    const before = await lockValue(tx, noun, writer.dossier, at.id);
    if (before.version !== at.version) throw problem('record.version');
    const after = {
      ...before,
      ...content,
      version: at.version + 1,
      updatedAt: stamp.at,
      updatedBy: stamp.by,
    };
    await refuseForeignEnds(tx, writer.dossier, endsOf(noun, content));
    await refuseForeignNames(tx, writer.dossier, content, before);
    await replaceValue(tx, noun, after);
    const links =
      noun === 'request' ? await linkAnswer(tx, writer, stamp, before as Request, after as Request) : [];
    return { entries: [rowEntry({ before, after }), ...links], result: after };
  });
}

/** Removes one, unless records still name it. */
export async function removeNamed(
  store: Store,
  writer: DossierWriter,
  noun: NamedNoun,
  id: string,
): Promise<void> {
  await store.write(writer, `${noun}.remove`, async (tx) => {
    const before = await lockValue(tx, noun, writer.dossier, id);
    if (noun === 'actor' || noun === 'place' || noun === 'measure')
      await refuseInUse(tx, noun, writer.dossier, id);
    await removeValues(tx, noun, writer.dossier, [id]);
    return { entries: [rowEntry({ before, after: null })], result: undefined };
  });
}

const USES = {
  actor: [
    ['statements', ['speaker', 'reporter', 'addressee']],
    ['figures', ['according_to', 'reported_by']],
    ['incidents', ['acts']],
  ],
  place: [
    ['figures', ['place']],
    ['incidents', ['place']],
  ],
  measure: [['figures', ['measure']]],
} as const;

async function refuseInUse(tx: Tx, noun: keyof typeof USES, dossier: string, id: string) {
  const needle = `%${id}%`;
  for (const [table, columns] of USES[noun]) {
    const named = sql.join(
      columns.map((column) => sql`${sql.ref(column)}::text like ${needle}`),
      sql` or `,
    );
    const { rows } =
      await sql`select 1 from ${sql.table(table)} where dossier = ${dossier} and (${named}) limit 1`.execute(
        tx,
      );
    if (rows.length > 0) throw problem('record.in-use', { what: noun });
  }
}
