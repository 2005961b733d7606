// The analyses of dossiers, held in memory: worked out when first asked for, then kept up with what is written, whichever
// process wrote it. Never the truth: the records are.
import { setImmediate as breathe } from 'node:timers/promises';
import { Analysis } from '../analysis/analysis.ts';
import type { Names } from '../analysis/names.ts';
import { isStanding } from '../record/status.ts';
import { changesSince, type Followed, followFromNow, NOTHING_FOLLOWED } from '../store/changes.ts';
import { listNamed } from '../store/named.ts';
import { fromRow, isRecordNoun, nounOf, type RecordNoun } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { findValues } from '../store/values.ts';
import { chunks } from '../store/write.ts';
import { ratesOfStore } from './rates.ts';

/** A dossier's analysis and up to where it is kept up. */
interface Held {
  analysis: Analysis | null;
  followed: Followed;
  /** What the analysis was told beside the records, to see whether it has changed. */
  told: { names: string; links: string; requests: string };
  /** Work goes one after the other: two who ask at once get the same answer. */
  turn: Promise<unknown>;
}

/** Dossiers kept at once; the one asked for longest ago is let go. */
const MOST_HELD = 8;
/** Rows read at a time. */
const PAGE = 5000;

const held = new WeakMap<Store['read'], Map<string, Held>>();

/**
 * The analysis of a dossier as it stands after every write that was answered before this call. It is shared: whoever gets
 * it reads it at once and does not keep it.
 */
export async function analysisOf(store: Store, dossier: string): Promise<Analysis> {
  const all = held.get(store.read) ?? new Map<string, Held>();
  held.set(store.read, all);
  const mine: Held = all.get(dossier) ?? {
    analysis: null,
    followed: NOTHING_FOLLOWED,
    told: { names: '', links: '', requests: '' },
    turn: Promise.resolve(),
  };
  // Set again, so that a Map's order is that of use.
  all.delete(dossier);
  all.set(dossier, mine);
  if (all.size > MOST_HELD) all.delete(all.keys().next().value!);
  const turn = mine.turn.catch(() => {}).then(() => keepUp(store, dossier, mine));
  mine.turn = turn;
  return turn;
}

async function keepUp(store: Store, dossier: string, mine: Held): Promise<Analysis> {
  const analysis = mine.analysis ?? (await load(store, dossier, mine));
  try {
    await follow(store, dossier, mine, analysis);
    for (const _ of analysis.settle()) await breathe();
  } catch (error) {
    // Half of a change may be in it: the next who asks begins anew.
    mine.analysis = null;
    throw error;
  }
  return analysis;
}

async function load(store: Store, dossier: string, mine: Held): Promise<Analysis> {
  mine.followed = await followFromNow(store, dossier);
  const names = await namesOf(store, dossier);
  const analysis = new Analysis(names, await ratesOfStore(store));
  mine.told = { names: JSON.stringify(names), links: '', requests: '' };
  for (const noun of ['statement', 'figure', 'incident'] as const) {
    for await (const records of standing(store, dossier, noun)) {
      for (const record of records) analysis.set(record);
      await breathe();
    }
  }
  await tell(store, dossier, mine, analysis);
  mine.analysis = analysis;
  return analysis;
}

/** The records of a kind that stand, page by page. */
async function* standing(store: Store, dossier: string, noun: RecordNoun) {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await store.read
      .selectFrom(`${noun}s` as 'statements')
      .selectAll()
      .where('dossier', '=', dossier)
      .where('id', '>', after)
      .where('status', 'in', ['accepted', 'corrected'])
      // A sealed record says nothing here: stand-ins are not compared with anything.
      .where('sensitivity', '<>', 'sealed')
      .orderBy('id')
      .limit(PAGE)
      .execute();
    yield rows.map((row) => fromRow<RecordNoun>(noun, row));
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.id;
  }
}

async function follow(store: Store, dossier: string, mine: Held, analysis: Analysis): Promise<void> {
  const { changes, followed } = await changesSince(store, dossier, mine.followed);
  const changed = new Set<string>();
  for (const { action, subject } of changes) {
    const noun = nounOf(action);
    // An undo does not say by its action what it took back.
    if (noun === null || isRecordNoun(noun)) changed.add(subject);
  }
  for (const ids of chunks([...changed])) {
    const found = await Promise.all(
      (['statement', 'figure', 'incident'] as const).map((noun) =>
        findValues<RecordNoun>(store.read, noun, dossier, ids),
      ),
    );
    const records = new Map(found.flat().map((record) => [record.id, record]));
    for (const id of ids) {
      const record = records.get(id);
      if (record && isStanding(record.status) && record.sensitivity !== 'sealed') analysis.set(record);
      else analysis.remove(id);
    }
  }
  await tell(store, dossier, mine, analysis);
  mine.followed = followed;
}

/** Tells what is known beside the records, where it is not what was told before: these lists are short, their effect wide. */
async function tell(store: Store, dossier: string, mine: Held, analysis: Analysis): Promise<void> {
  const names = await namesOf(store, dossier);
  const links = await listNamed(store, 'link', dossier);
  const requests = await listNamed(store, 'request', dossier);
  // With the day, which makes answers overdue.
  const today = new Date().toISOString().slice(0, 10);
  const told = {
    names: JSON.stringify(names),
    links: JSON.stringify(links),
    requests: `${today} ${JSON.stringify(requests)}`,
  };
  if (told.names !== mine.told.names) analysis.setNames(names);
  if (told.links !== mine.told.links) analysis.setLinks(links);
  if (told.requests !== mine.told.requests) analysis.setRequests(requests, today);
  mine.told = told;
}

async function namesOf(store: Store, dossier: string): Promise<Names> {
  const [measures, places, actors] = await Promise.all([
    listNamed(store, 'measure', dossier),
    listNamed(store, 'place', dossier),
    listNamed(store, 'actor', dossier),
  ]);
  return { measures, places, actors };
}
