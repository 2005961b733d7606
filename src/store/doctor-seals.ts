// The examination of what is sealed: every live seal can be unwrapped, every box opens as its own, every sealed entry still
// proves itself. Nothing of what is found inside is told.
import { Problem } from '../record/problem.ts';
import { type ExaminationProgress, type Finding, finding } from './doctor.ts';
import { fromRow, NOUNS } from './rows.ts';
import { openPayload, sealerOf } from './sealing.ts';
import { openFields, SEALED_NOUNS, sealIdentity } from './seals.ts';
import type { Store } from './store.ts';

const PAGE = 200;

/** Examines all that is sealed. What was erased is noise by design and no finding. */
export async function* examineSeals(store: Store, onProgress: ExaminationProgress): AsyncGenerator<Finding> {
  let done = 0;
  const closed = new Set<string>();
  const dark = new Set<string>();
  for (let after = ''; ; ) {
    const rows = await store.read
      .selectFrom('seals')
      .select(['dossier', 'id', 'subject', 'wrapped'])
      .$if(after !== '', (query) => query.where('id', '>', after))
      .orderBy('id')
      .limit(PAGE)
      .execute();
    for (const { dossier, subject, wrapped } of rows) {
      if (wrapped === null) closed.add(subject);
      else if (!(await opens(() => sealIdentity(store.read, store.houseKey, { dossier, subject })))) {
        dark.add(subject);
        yield finding('seal.no-key', subject);
      }
    }
    done += rows.length;
    onProgress('seals', done, 0);
    if (rows.length < PAGE) break;
    after = rows.at(-1)!.id;
  }
  // What has no key is told once, by its seal.
  const isNoise = (subject: string) => closed.has(subject) || dark.has(subject);
  yield* examineBoxes(store, isNoise);
  yield* examineSealedEntries(store, isNoise);
}

async function* examineBoxes(store: Store, isNoise: (subject: string) => boolean): AsyncGenerator<Finding> {
  for (const noun of SEALED_NOUNS) {
    const table = NOUNS[noun].table as 'sources';
    const rows = await store.read
      .selectFrom(table)
      .select(['dossier', 'id'])
      .where('sealed', 'is not', null)
      .execute();
    for (const { dossier, id } of rows) {
      if (isNoise(id)) continue;
      const row = await store.read
        .selectFrom(table)
        .selectAll()
        .where('dossier', '=', dossier)
        .where('id', '=', id)
        .executeTakeFirst();
      const sealed = row && fromRow('source', row).sealed;
      const open = () => openFields(store.read, store.houseKey, { dossier, subject: id }, sealed!);
      if (sealed && !(await opens(open))) yield finding('seal.damaged', id);
    }
    if (noun === 'witness') continue;
    const unsealed = await store.read
      .selectFrom(table)
      .select('id')
      .where('sensitivity', '=', 'sealed')
      .where('sealed', 'is', null)
      .execute();
    for (const { id } of unsealed) yield finding('seal.missing', id);
  }
}

async function* examineSealedEntries(
  store: Store,
  isNoise: (subject: string) => boolean,
): AsyncGenerator<Finding> {
  for (let after = 0; ; ) {
    const rows = await store.read
      .selectFrom('entries')
      .select(['id', 'position', 'dossier', 'commitment', 'payloadSealed'])
      .where('payloadSealed', 'is not', null)
      .where('position', '>', after)
      .orderBy('position')
      .limit(PAGE)
      .execute();
    for (const { id, dossier, commitment, payloadSealed } of rows) {
      if (isNoise(sealerOf(payloadSealed!))) continue;
      const entry = { id, dossier: dossier!, commitment, payloadSealed: payloadSealed! };
      if (!(await opens(() => openPayload(store.read, store.houseKey, entry))))
        yield finding('seal.damaged', id);
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.position;
  }
}

/** Whether something opens; why it does not is a problem, and every other error goes on. */
async function opens(open: () => Promise<unknown>): Promise<boolean> {
  try {
    await open();
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code.startsWith('seal.')) return false;
    throw error;
  }
}
