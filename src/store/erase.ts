// Erasing a record, a source or a witness for good. The log keeps its leaves: what goes is everything they commit to, with
// the salts, the key of the seal, the rows, the files and what was published. Nothing brings it back.
import { type Kysely, sql } from 'kysely';
import type { Disagreement } from '../record/disagreement.ts';
import type { Action } from '../record/entry.ts';
import type { Link } from '../record/link.ts';
import { problem } from '../record/problem.ts';
import { titleOf } from '../record/redact.ts';
import type { Request } from '../record/request.ts';
import type { RecordKind } from '../record/vocabulary.ts';
import { forgetBlobs, removeForgotten } from './forgotten-blobs.ts';
import type { HouseKey } from './house-key.ts';
import { forgetBundles, hasBundle, removeForgottenBundles } from './kept-bundles.ts';
import { withdrawViews } from './publications.ts';
import { type DossierWriter, rowEntry } from './records.ts';
import { type AnyRecord, fromRow } from './rows.ts';
import { openRecord } from './sealing.ts';
import { destroySeal } from './seals.ts';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';
import { type ErasableNoun, notThere, type Tombstone } from './tombstones.ts';
import { findValue, lockValue, lockValues, removeValues, replaceValue } from './values.ts';
import { publicationsHolding, restingOn, viewsOf } from './witnesses.ts';
import { chunks, type NewEntry, type Stamp, type Tx } from './write.ts';

/** What is to be erased; with `told`, the sources a witness told go too. */
export interface ErasureSubject {
  noun: ErasableNoun;
  id: string;
  told?: boolean | undefined;
}

/** One thing that goes. */
export interface Goes {
  noun: ErasableNoun;
  id: string;
  title: string;
  /** What it goes with: the source it rests on, the witness who told it. Null for what is erased itself. */
  with: string | null;
  /** Whether it rests on other sources too, which stay. */
  restsElsewhere: boolean;
}

/** What an erasure would do, said before it is done. */
export interface ErasurePlan {
  /** What has to be typed: a pseudonym, a title, the first words of a record. */
  name: string;
  goes: Goes[];
  /** Sources that a witness told and that stay. */
  stays: { id: string; title: string }[];
  /** Entries whose payloads and salts go; the entries themselves stay. */
  entries: number;
  links: number;
  disagreements: number;
  /** Requests that are about nothing else go; those that are about something else too stay, without it. */
  requests: { gone: number; kept: number };
  /** Originals and renditions that nothing else names. */
  files: { count: number; bytes: number };
  /** Keys of seals that are destroyed. */
  seals: number;
  /** Whether the public sees any of it now. */
  isPublic: boolean;
  /** Earlier publications, and the one that stands, whose views of it are erased; newest first. */
  publications: number[];
  /** Of those, the ones whose bundle is kept here and goes. */
  bundles: number[];
}

/** Everything an erasure reaches. */
interface Scope {
  name: string;
  goes: Goes[];
  records: AnyRecord[];
  sources: string[];
  stays: { id: string; title: string }[];
  links: Link[];
  disagreements: Disagreement[];
  requests: { gone: Request[]; kept: Request[] };
}

/** Longest name that has to be typed, in characters. */
const NAME_LENGTH = 40;

/** A title short enough to be typed. */
function nameOf(title: string): string {
  const words = title.trim().replace(/\s+/g, ' ');
  return words.length <= NAME_LENGTH ? words : words.slice(0, NAME_LENGTH).trimEnd();
}

/** Says what erasing would do. Nothing is written. Throws `not-found`, or `subject.erased` where it is gone already. */
export async function planErasure(store: Store, dossier: string, of: ErasureSubject): Promise<ErasurePlan> {
  const scope = await scopeOf(store.read, store.houseKey, dossier, of);
  const views = await viewsOf(store, dossier, idsOf(scope));
  const publications = await publicationsHolding(store, dossier, views);
  const bundles: number[] = [];
  for (const number of publications)
    if (await hasBundle(store.settings.directory, dossier, number)) bundles.push(number);
  const blobs = await ownBlobs(store.read, dossier, scope.sources);
  const { count } = await store.read
    .selectFrom('seals')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('dossier', '=', dossier)
    .where('subject', 'in', idsOf(scope))
    .where('wrapped', 'is not', null)
    .executeTakeFirstOrThrow();
  return {
    name: scope.name,
    goes: scope.goes,
    stays: scope.stays,
    entries: (await entriesAbout(store.read, dossier, scope)).size,
    links: scope.links.length,
    disagreements: scope.disagreements.length,
    requests: { gone: scope.requests.gone.length, kept: scope.requests.kept.length },
    files: { count: blobs.length, bytes: blobs.reduce((sum, { bytes }) => sum + bytes, 0) },
    seals: Number(count),
    isPublic: views.some(({ until }) => until === null),
    publications,
    bundles,
  };
}

const idsOf = ({ goes }: Pick<Scope, 'goes'>) => goes.map(({ id }) => id);

async function scopeOf(
  kysely: Kysely<Tables>,
  key: HouseKey,
  dossier: string,
  { noun, id, told = false }: ErasureSubject,
): Promise<Scope> {
  const value = await findValue(kysely, noun, dossier, id);
  if (!value) throw await notThere(kysely, noun, dossier, id);
  const goes: Goes[] = [];
  const sources: { id: string; title: string }[] = [];
  let stays: Scope['stays'] = [];
  let title: string;
  if ('pseudonym' in value) {
    title = value.pseudonym;
    const theirs = await kysely
      .selectFrom('sources')
      .select(['id', 'title'])
      .where('dossier', '=', dossier)
      .where('witness', '=', id)
      .orderBy('createdAt')
      .execute();
    if (told) sources.push(...theirs);
    else stays = theirs;
  } else if ('passages' in value) title = titleOf(value);
  else title = value.title;
  goes.push({ noun, id, title, with: null, restsElsewhere: false });
  if (noun === 'source') sources.push({ id, title });
  else
    for (const source of sources) goes.push({ noun: 'source', ...source, with: id, restsElsewhere: false });

  const going = new Set(sources.map((source) => source.id));
  const records: AnyRecord[] = 'passages' in value ? [value] : [];
  if (!('passages' in value) && going.size > 0) {
    const sealed = await sealedOn(kysely, key, dossier, going);
    for (const { record, passages } of [
      ...(await restingOn({ read: kysely }, dossier, [...going])).map(asItIs),
      ...sealed,
    ]) {
      records.push(record);
      goes.push({
        noun: record.kind,
        id: record.id,
        title: titleOf(record),
        with: passages.find(({ source }) => going.has(source))?.source ?? id,
        restsElsewhere: passages.some(({ source }) => !going.has(source)),
      });
    }
  }
  const gone = new Set(records.map((record) => record.id));
  const isGone = (end: { id: string }) => gone.has(end.id);
  const all = await namingRecords(kysely, dossier);
  const about = all.requests.filter(
    (request) => request.about.some(isGone) || (request.answer !== null && gone.has(request.answer)),
  );
  const isOnlyAbout = (request: Request) => request.about.length > 0 && request.about.every(isGone);
  return {
    name: nameOf(title),
    goes,
    records,
    sources: [...going],
    stays,
    links: all.links.filter(({ from, to }) => isGone(from) || isGone(to)),
    disagreements: all.disagreements.filter((one) => one.records.some(isGone)),
    requests: { gone: about.filter(isOnlyAbout), kept: about.filter((request) => !isOnlyAbout(request)) },
  };
}

const asItIs = (record: AnyRecord) => ({ record, passages: record.passages });

/**
 * The records whose passages are sealed and that rest on any of these sources: their rows do not say so. They are opened to
 * be compared, and what is read is told to nobody. Throws as `openFields`.
 */
async function sealedOn(
  kysely: Kysely<Tables>,
  key: HouseKey,
  dossier: string,
  sources: ReadonlySet<string>,
): Promise<ReturnType<typeof asItIs>[]> {
  const found: ReturnType<typeof asItIs>[] = [];
  for (const kind of ['statement', 'figure', 'incident'] as const) {
    const rows = await kysely
      .selectFrom(`${kind}s` as 'statements')
      .selectAll()
      .where('dossier', '=', dossier)
      .where(sql<boolean>`sealed -> 'fields' ? 'passages'`)
      .orderBy('id')
      .execute();
    for (const row of rows) {
      const record: AnyRecord = fromRow<RecordKind>(kind, row);
      const { passages } = await openRecord(kysely, key, record);
      if (passages.some(({ source }) => sources.has(source))) found.push({ record, passages });
    }
  }
  return found;
}

/** What names records in a dossier. These are written by hand, one by one: lists short enough to be read whole. */
async function namingRecords(kysely: Kysely<Tables>, dossier: string) {
  const [links, disagreements, requests] = await Promise.all(
    (['links', 'disagreements', 'requests'] as const).map((table) =>
      kysely
        .selectFrom(table as 'links')
        .selectAll()
        .where('dossier', '=', dossier)
        .execute(),
    ),
  );
  return {
    links: links!.map((row) => fromRow('link', row)),
    disagreements: disagreements!.map((row) => fromRow('disagreement', row)),
    requests: requests!.map((row) => fromRow('request', row)),
  };
}

// ——— Entries ———

/** Actions whose payloads may name a record that they are not about. */
const NAMING: Action[] = [
  ...(['link', 'disagreement', 'request'] as const).flatMap((noun): Action[] => [
    `${noun}.create`,
    `${noun}.edit`,
  ]),
  'link.remove',
  'request.remove',
  'seal.close',
  'seal.lift',
  'disagreement.publish',
  'dossier.publish',
  'entry.undo',
  'source.import',
];
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const PAGE = 500;

/**
 * The entries of what goes, and those that quote it: by id, with the subject each is about. A publication's list of hashes is
 * among them, since a hash of what was erased could confirm a guess. A witness is told by nothing else: ids of witnesses in
 * other payloads say nothing.
 */
async function entriesAbout(
  kysely: Kysely<Tables>,
  dossier: string,
  scope: Pick<Scope, 'goes' | 'links' | 'disagreements' | 'requests' | 'sources' | 'records'>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const subjects = [
    ...idsOf(scope),
    ...[...scope.links, ...scope.disagreements, ...scope.requests.gone].map(({ id }) => id),
  ];
  for (const some of chunks(subjects)) {
    const rows = await kysely
      .selectFrom('entries')
      .select(['id', 'subject'])
      .where('dossier', '=', dossier)
      .where('subject', 'in', some)
      .where('action', '<>', 'entry.erase')
      .where((entry) => entry.or([entry('payload', 'is not', null), entry('payloadSealed', 'is not', null)]))
      .execute();
    for (const { id, subject } of rows) found.set(id, subject);
  }
  const gone = new Set([...scope.records.map(({ id }) => id), ...scope.sources]);
  if (gone.size === 0) return found;
  // A passage names its source: records that once rested on it say so in their entries.
  const ofSources = scope.sources.map((source) => `%${source}%`);
  for (let after = 0; ; ) {
    const rows = await kysely
      .selectFrom('entries')
      .select(['id', 'position', 'subject', 'payload', 'payloadSealed'])
      .where('dossier', '=', dossier)
      .where('position', '>', after)
      .where((entry) =>
        entry.or([
          entry('payloadSealed', 'is not', null),
          entry.and([
            entry('payload', 'is not', null),
            entry.or([
              entry('action', 'in', NAMING),
              ...ofSources.map((pattern) => entry('payload', 'like', pattern)),
            ]),
          ]),
        ]),
      )
      .orderBy('position')
      .limit(PAGE)
      .execute();
    for (const { id, subject, payload, payloadSealed } of rows) {
      // Of a sealed payload only the seal is told: noise, once that is destroyed.
      const text = payload ?? (JSON.parse(payloadSealed!) as { subject: string }).subject;
      if (text.match(UUID)?.some((named) => gone.has(named))) found.set(id, subject);
    }
    if (rows.length < PAGE) return found;
    after = rows.at(-1)!.position;
  }
}

// ——— Files ———

/** All originals and renditions of sources. */
async function blobsOf(kysely: Kysely<Tables>, dossier: string, sources: string[]): Promise<string[]> {
  if (sources.length === 0) return [];
  const going = sql.join(sources);
  const { rows } = await sql<{ sha256: string }>`
    select original as sha256 from sources where dossier = ${dossier} and id in (${going})
    union select text from sources where dossier = ${dossier} and id in (${going}) and text is not null
    union select sha256 from renditions where dossier = ${dossier} and source in (${going})`.execute(kysely);
  return rows.map(({ sha256 }) => sha256);
}

/** Those of them that no other source and no rendition of another names. */
async function ownBlobs(
  kysely: Kysely<Tables>,
  dossier: string,
  sources: string[],
): Promise<{ sha256: string; bytes: number }[]> {
  if (sources.length === 0) return [];
  const going = sql.join(sources);
  const hashes = await blobsOf(kysely, dossier, sources);
  const { rows } = await sql<{ sha256: string; bytes: number }>`
    select b.sha256, b.bytes from blobs b where b.sha256 in (${sql.join(hashes)})
    and not exists (
      select 1 from sources s where (s.original = b.sha256 or s.text = b.sha256)
        and not (s.dossier = ${dossier} and s.id in (${going})))
    and not exists (
      select 1 from renditions r where r.sha256 = b.sha256
        and not (r.dossier = ${dossier} and r.source in (${going})))
    order by b.sha256`.execute(kysely);
  return rows.map(({ sha256, bytes }) => ({ sha256, bytes: Number(bytes) }));
}

// ——— Erasing ———

/** What a person gives to erase something. */
export interface ErasureOrder extends ErasureSubject {
  /** Why: it stays in the log, so it must not tell what was erased. */
  reason: string;
  /** The name from the plan, typed. */
  typed: string;
  /** Whether a publication that withdraws it is made in the same step, where the public sees it. */
  withdraw?: boolean | undefined;
}

/** What was erased. */
export interface Erased {
  subject: string;
  /** How many things went: it, and what rested on it. */
  things: number;
  entries: number;
  /** The number of the publication that withdrew it, where one had to be made. */
  publication: number | null;
}

/**
 * Erases, in one transaction; the files go after its commit. Each thing that goes leaves an entry `entry.erase`, and every
 * other entry of the log its leaf. Throws `erase.not-typed`, and `erase.published` while the public sees it and `withdraw`
 * was not asked for.
 */
export async function erase(store: Store, writer: DossierWriter, order: ErasureOrder): Promise<Erased> {
  const { dossier } = writer;
  const erased = await store.write(writer, 'entry.erase', async (tx, stamp) => {
    // Nothing is published meanwhile.
    const row = await lockValue(tx, 'dossier', dossier, dossier);
    const scope = await scopeOf(tx, store.houseKey, dossier, order);
    if (order.typed.trim().replace(/\s+/g, ' ') !== scope.name) throw problem('erase.not-typed');
    await lockAll(tx, dossier, scope);

    const ids = idsOf(scope);
    const views = await viewsOf({ read: tx }, dossier, ids);
    const isPublic = views.some(({ until }) => until === null);
    if (isPublic && !order.withdraw) throw problem('erase.published');
    const withdrawal = isPublic ? await withdrawViews(tx, stamp, row, new Set(ids)) : null;

    // Before the rows go, which say what is about what.
    const entries = await entriesAbout(tx, dossier, scope);
    const blobs = await blobsOf(tx, dossier, scope.sources);
    await emptyEntries(tx, [...entries.keys()]);
    for (const subject of ids) await destroySeal(tx, { dossier, subject }, stamp);
    const kept = await removeRows(tx, stamp, dossier, scope);
    await forgetBlobs(tx, blobs);
    await eraseViews(tx, dossier, [...ids, ...scope.disagreements.map(({ id }) => id)], stamp);
    const spans = spansOf(views, withdrawal?.publication.number);
    await forgetBundles(tx, dossier, await publicationsHolding({ read: tx }, dossier, spans));
    const stones = tombstonesOf(scope, entries, order.reason);
    return {
      entries: [
        ...(withdrawal?.entries ?? []),
        ...kept,
        ...stones.map((stone): NewEntry => ({ subject: stone.subject, payload: stone })),
      ],
      result: {
        subject: order.id,
        things: scope.goes.length,
        entries: entries.size,
        publication: withdrawal?.publication.number ?? null,
      },
    };
  });
  await removeForgotten(store);
  await removeForgottenBundles(store, store.settings.directory);
  // The database keeps dead rows until it is cleaned; nobody waits for that.
  store.maintain().catch(() => {});
  return erased;
}

async function lockAll(tx: Tx, dossier: string, scope: Scope): Promise<void> {
  for (const noun of ['statement', 'figure', 'incident', 'source', 'witness'] as const) {
    const ids = scope.goes.filter((one) => one.noun === noun).map(({ id }) => id);
    await lockValues(tx, noun, dossier, ids);
  }
}

async function emptyEntries(tx: Tx, ids: string[]): Promise<void> {
  for (const some of chunks(ids)) {
    await tx
      .updateTable('entries')
      .set({ payload: null, salt: null, payloadSealed: null, job: null, jobUntil: null })
      .where('id', 'in', some)
      .execute();
  }
}

/** Removes the rows; what stays without them is changed. Gives back the entries of what was changed. */
async function removeRows(tx: Tx, stamp: Stamp, dossier: string, scope: Scope): Promise<NewEntry[]> {
  const ids = (values: { id: string }[]) => values.map(({ id }) => id);
  for (const kind of ['statement', 'figure', 'incident'] as const)
    await removeValues(tx, kind, dossier, ids(scope.records.filter((record) => record.kind === kind)));
  await removeValues(tx, 'link', dossier, ids(scope.links));
  await removeValues(tx, 'disagreement', dossier, ids(scope.disagreements));
  await removeValues(tx, 'request', dossier, ids(scope.requests.gone));
  for (const some of chunks(scope.sources)) {
    for (const table of ['sourceParts', 'renditions'] as const)
      await tx.deleteFrom(table).where('dossier', '=', dossier).where('source', 'in', some).execute();
  }
  await removeValues(tx, 'source', dossier, scope.sources);
  await removeValues(tx, 'witness', dossier, ids(scope.goes.filter(({ noun }) => noun === 'witness')));

  const gone = new Set(ids(scope.records));
  const entries: NewEntry[] = [];
  for (const before of scope.requests.kept) {
    const after: Request = {
      ...before,
      about: before.about.filter(({ id }) => !gone.has(id)),
      answer: before.answer !== null && gone.has(before.answer) ? null : before.answer,
      version: before.version + 1,
      updatedAt: stamp.at,
      updatedBy: stamp.by,
    };
    await replaceValue(tx, 'request', after);
    entries.push(rowEntry({ before: null, after }, { action: 'request.edit' }));
  }
  return entries;
}

/** What stands for an erased view in the publications that held it. */
async function eraseViews(tx: Tx, dossier: string, ids: string[], stamp: Stamp): Promise<void> {
  for (const some of chunks(ids)) {
    await tx
      .updateTable('published')
      .set({
        kind: 'erased',
        view: JSON.stringify({ kind: 'erased', at: stamp.at }),
        sortKey: '99999999',
      })
      .where('dossier', '=', dossier)
      .where('id', 'in', some)
      .execute();
  }
}

/** The spans of views, those that stood until now ended by the publication that withdrew them. */
function spansOf<Span extends { until: number | null }>(
  views: Span[],
  withdrawn: number | undefined,
): Span[] {
  return views.map((view) => ({ ...view, until: view.until ?? withdrawn ?? null }));
}

function tombstonesOf(scope: Scope, entries: Map<string, string>, reason: string): Tombstone[] {
  const own = new Map<string, number>();
  for (const subject of entries.values()) own.set(subject, (own.get(subject) ?? 0) + 1);
  return scope.goes.map(({ noun, id, with: other }) => ({
    noun,
    subject: id,
    reason,
    entries: other === null ? entries.size : (own.get(id) ?? 0),
    with: other,
  }));
}
