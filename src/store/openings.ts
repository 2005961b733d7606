// Opening what is sealed: first an entry that says who, when and why, committed; only then the true values, for the one who
// asked. What is opened is given back and kept nowhere.
import { problem } from '../record/problem.ts';
import type { Layout, Source } from '../record/source.ts';
import type { DossierWriter } from './records.ts';
import { fromRow, NOUNS } from './rows.ts';
import { openSource, readSealedText, type TrueSource } from './sealed-sources.ts';
import { type NamedElsewhere, namedElsewhere } from './sealed-words.ts';
import { openPayload, sealerOf } from './sealing.ts';
import { openFields, SEALED_NOUNS, type SealedNoun } from './seals.ts';
import type { Store } from './store.ts';

/** How long the original of an opened source may be fetched, in milliseconds. */
export const OPENING_LASTS = 15 * 60_000;

/** Something sealed, as it is told to the one who opened it. */
export interface Opened {
  /** The entry of this opening. */
  opening: string;
  /** Until when the original may be fetched by it. */
  until: string;
  noun: SealedNoun;
  /** The true values of what is sealed, by field. */
  fields: Record<string, unknown>;
  /** Of a source that was read: its text, the hash that passages name it by, and its layout. */
  text: { text: string; rendition: string; layout: Layout | null } | null;
  /** Where its words still stand in the open. */
  elsewhere: NamedElsewhere[];
}

/** A row that has a box. */
interface Boxed {
  noun: SealedNoun;
  value: { id: string; dossier: string; createdBy: string; sealed?: Source['sealed'] };
}

/** What is sealed under this id, or throws `not-found`. */
export async function findSealed(store: Store, dossier: string, subject: string): Promise<Boxed> {
  for (const noun of SEALED_NOUNS) {
    const row = await store.read
      .selectFrom(NOUNS[noun].table as 'sources')
      .selectAll()
      .where('dossier', '=', dossier)
      .where('id', '=', subject)
      .executeTakeFirst();
    if (row) {
      const value = fromRow(noun, row) as Boxed['value'];
      if (value.sealed) return { noun, value };
    }
  }
  throw problem('not-found', { what: 'seal' });
}

/** Enters who opens what and why. Committed before anything is opened, so that no opening goes untold. */
async function enterOpening(
  store: Store,
  writer: DossierWriter,
  subject: string,
  payload: { noun: string; reason: string; entry?: string },
): Promise<{ opening: string; until: string }> {
  return store.write(writer, 'seal.open', async (_tx, stamp) => {
    const opening = stamp.newId();
    const until = new Date(Date.parse(stamp.at) + OPENING_LASTS).toISOString();
    return { entries: [{ id: opening, subject, payload }], result: { opening, until } };
  });
}

/** Opens a record’s, source’s or witness’s sealed values. Throws `not-found`, and as `openFields`. */
export async function openSealed(
  store: Store,
  writer: DossierWriter,
  subject: string,
  reason: string,
): Promise<Opened> {
  const { noun } = await findSealed(store, writer.dossier, subject);
  const told = await enterOpening(store, writer, subject, { noun, reason });
  // Read after the entry: what is shown is what the entry is about.
  const { value } = await findSealed(store, writer.dossier, subject);
  const of = { dossier: writer.dossier, subject };
  const { renditions: _, ...fields } = await openFields(store.read, store.houseKey, of, value.sealed!);
  const isRead = noun === 'source' && (value as Source).text !== null;
  const text = isRead ? await readSealedText(store, value as Source) : null;
  return { ...told, noun, fields, text, elsewhere: await namedElsewhere(store.read, of, noun, fields) };
}

/** Opens what an entry said before its subject was sealed. Throws `not-found`, and as `openFields`. */
export async function openEntry(
  store: Store,
  writer: DossierWriter,
  entry: string,
  reason: string,
): Promise<{ opening: string; payload: unknown }> {
  const row = await store.read
    .selectFrom('entries')
    .select(['id', 'subject', 'commitment', 'payloadSealed'])
    .where('dossier', '=', writer.dossier)
    .where('id', '=', entry)
    .executeTakeFirst();
  if (!row || row.payloadSealed === null) throw problem('not-found', { what: 'seal' });
  const subject = sealerOf(row.payloadSealed);
  const { opening } = await enterOpening(store, writer, subject, { noun: 'entry', reason, entry });
  const sealed = { ...row, dossier: writer.dossier, payloadSealed: row.payloadSealed };
  const { payload } = await openPayload(store.read, store.houseKey, sealed);
  return { opening, payload: JSON.parse(payload) };
}

/** One opening: who, when, why, and of which entry where it was not the thing itself. */
export interface Opening {
  id: string;
  at: string;
  who: string;
  reason: string | null;
  entry: string | null;
}

/** Who opened something when and why, newest first. */
export async function listOpenings(store: Store, dossier: string, subject: string): Promise<Opening[]> {
  const rows = await store.read
    .selectFrom('entries')
    .select(['id', 'at', 'who', 'payload'])
    .where('dossier', '=', dossier)
    .where('subject', '=', subject)
    .where('action', '=', 'seal.open')
    .orderBy('position', 'desc')
    .execute();
  return rows.map(({ payload, ...row }) => {
    const { reason = null, entry = null } = JSON.parse(payload ?? '{}') as Partial<Opening>;
    return { ...row, reason, entry };
  });
}

/**
 * The source that an opening of this account is of, while the opening lasts; with its true values. Throws
 * `seal.opening-over` for any other.
 */
export async function sourceOfOpening(
  store: Store,
  account: string,
  source: Source,
  opening: string,
): Promise<TrueSource> {
  const row = await store.read
    .selectFrom('entries')
    .select('at')
    .where('id', '=', opening)
    .where('who', '=', account)
    .where('dossier', '=', source.dossier)
    .where('subject', '=', source.id)
    .where('action', '=', 'seal.open')
    .executeTakeFirst();
  const age = row ? Date.now() - Date.parse(row.at) : Number.POSITIVE_INFINITY;
  if (!(age < OPENING_LASTS)) throw problem('seal.opening-over');
  return openSource(store, source);
}
