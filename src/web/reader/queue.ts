// The queue of a source: which records wait, in what order, which comes next, which are alike. Pure.
import type { Provenance } from '../../record/common.ts';
import type { RecordKind } from '../../record/vocabulary.ts';
import type { AnyRecord } from '../../ui/record-words.ts';

/** The kinds in the order they are shown and numbered in. */
export const KINDS: readonly RecordKind[] = ['statement', 'figure', 'incident'];

/** What the queue shows. */
export interface QueueView {
  order: 'text' | 'unsure';
  status: 'waiting' | 'accepted' | 'rejected' | 'all';
  /** The kinds shown; all of them where it is empty. */
  kinds: RecordKind[];
  /** Only what this program proposed; left out, what anybody did. */
  proposer?: string | undefined;
}

/** What a reader begins with: everything that waits, as the text has it. */
export const FIRST_VIEW: QueueView = { order: 'text', status: 'waiting', kinds: [] };

/** A suggestion this sure is called sure, and one less sure than the other is called a guess. */
const SURE = 0.85;
const LIKELY = 0.65;

/** How sure the proposer was, as a word of the locale; null for what a person made. */
export function certainty(record: AnyRecord): 'sure' | 'likely' | 'unsure' | null {
  if (record.provenance === null) return null;
  const { confidence } = record.provenance;
  return confidence >= SURE ? 'sure' : confidence >= LIKELY ? 'likely' : 'unsure';
}

/** The passage by which a record stands in this source's text: its first one here that was not lost; null where all are. */
export function passageHere(
  record: AnyRecord,
  source: string,
): { index: number; start: number; end: number } | null {
  let first: { index: number; start: number; end: number } | null = null;
  for (const [index, passage] of record.passages.entries()) {
    if (passage.source !== source || passage.anchor === 'lost') continue;
    if (first === null || passage.start < first.start)
      first = { index, start: passage.start, end: passage.end };
  }
  return first;
}

/** Whether a record belongs to a group of statuses. */
export function hasStatus(record: AnyRecord, status: QueueView['status']): boolean {
  switch (status) {
    case 'waiting':
      return record.status === 'suggested';
    case 'accepted':
      return record.status === 'accepted' || record.status === 'corrected';
    case 'rejected':
      return record.status === 'rejected' || record.status === 'withdrawn';
    default:
      return true;
  }
}

/**
 * The records a view shows, in its order; those that were skipped come last, in the order they were skipped.
 * `focus` is shown in any case: what somebody clicked on in the text or has just undone must not be hidden from them.
 */
export function queueOf(
  records: readonly AnyRecord[],
  source: string,
  view: QueueView,
  skipped: readonly string[] = [],
  focus: string | null = null,
): AnyRecord[] {
  const turn = new Map(skipped.map((id, at) => [id, at + 1]));
  return records
    .filter(
      (record) =>
        record.id === focus ||
        (hasStatus(record, view.status) &&
          (view.kinds.length === 0 || view.kinds.includes(record.kind)) &&
          (view.proposer === undefined || record.provenance?.proposer === view.proposer)),
    )
    .map((record) => ({
      record,
      at: passageHere(record, source)?.start ?? Infinity,
      sure: record.provenance?.confidence ?? 1,
      turn: turn.get(record.id) ?? 0,
    }))
    .sort((a, b) => {
      if (a.turn !== b.turn) return a.turn - b.turn;
      if (view.order === 'unsure' && a.sure !== b.sure) return a.sure - b.sure;
      // Infinity minus itself is no number.
      if (a.at !== b.at) return a.at < b.at ? -1 : 1;
      return a.record.id < b.record.id ? -1 : 1;
    })
    .map(({ record }) => record);
}

/** Where the focus goes from a record: one on or back, staying at the ends; from nowhere, to the first or last. */
export function stepFocus(
  queue: readonly AnyRecord[],
  focus: string | null,
  direction: -1 | 1,
): string | null {
  if (queue.length === 0) return null;
  const at = queue.findIndex((record) => record.id === focus);
  if (at === -1) return (direction === 1 ? queue[0] : queue.at(-1))!.id;
  return queue[Math.max(0, Math.min(queue.length - 1, at + direction))]!.id;
}

/**
 * Where the focus goes when records were decided: to the next one that still waits after them in the queue as it was,
 * else to the first that waits at all; null when all is done.
 */
export function focusAfter(
  queue: readonly AnyRecord[],
  decided: readonly string[],
  focus: string | null,
): string | null {
  const done = new Set(decided);
  const waits = (record: AnyRecord) => record.status === 'suggested' && !done.has(record.id);
  const at = queue.findIndex((record) => record.id === focus);
  const next = queue.slice(at + 1).find(waits) ?? queue.find(waits);
  return next?.id ?? null;
}

/** How much of what was suggested has been decided. What a person made by hand was never undecided. */
export function progressOf(records: readonly AnyRecord[]): { decided: number; total: number } {
  let decided = 0;
  let total = 0;
  for (const record of records) {
    if (record.provenance === null) continue;
    total++;
    if (record.status !== 'suggested') decided++;
  }
  return { decided, total };
}

/** How many of the records are of each kind, and of each group of statuses, for the filters. */
export function countsOf(records: readonly AnyRecord[]): Record<RecordKind | QueueView['status'], number> {
  const counts = {
    statement: 0,
    figure: 0,
    incident: 0,
    waiting: 0,
    accepted: 0,
    rejected: 0,
    all: records.length,
  };
  for (const record of records) {
    counts[record.kind]++;
    for (const status of ['waiting', 'accepted', 'rejected'] as const)
      if (hasStatus(record, status)) counts[status]++;
  }
  return counts;
}

/** The programs that proposed records, each once, in the order in which they come. */
export function proposersOf(records: readonly AnyRecord[]): Provenance[] {
  const found = new Map<string, Provenance>();
  for (const { provenance } of records) {
    if (provenance !== null && !found.has(provenance.proposer)) found.set(provenance.proposer, provenance);
  }
  return [...found.values()];
}

/** The suggestions that say the same as a record, itself first: what one decision can be taken for. In text order. */
export function alike(records: readonly AnyRecord[], record: AnyRecord, source: string): AnyRecord[] {
  if (record.status !== 'suggested') return [];
  const key = sameness(record);
  const others = records.filter(
    (other) =>
      other.id !== record.id &&
      other.kind === record.kind &&
      other.status === 'suggested' &&
      sameness(other) === key,
  );
  return [record, ...queueOf(others, source, { order: 'text', status: 'all', kinds: [] })];
}

/** Records are never changed in place, so what one says is worked out once. */
const said = new WeakMap<AnyRecord, string>();

/** What a record says, without where it says it and how sure the proposer was. */
function sameness(record: AnyRecord): string {
  const known = said.get(record);
  if (known !== undefined) return known;
  const words = content(record);
  said.set(record, words);
  return words;
}

function content(record: AnyRecord): string {
  switch (record.kind) {
    case 'statement':
      return JSON.stringify([
        plain(record.content),
        plain(record.speaker?.name),
        record.mode,
        record.act,
        record.saidOn,
      ]);
    case 'figure':
      return JSON.stringify([
        plain(record.counted),
        record.bound,
        record.value,
        record.low,
        record.high,
        record.unit,
        plain(record.place?.name),
        record.period,
        plain(record.accordingTo?.name),
      ]);
    case 'incident':
      return JSON.stringify([
        plain(record.title),
        record.occurredOn,
        plain(record.place?.name),
        record.acts.map((act) => act.kind),
      ]);
  }
}

const plain = (words: string | null | undefined) =>
  words
    ?.normalize('NFC')
    .toLowerCase()
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(/[’]/g, "'")
    .trim() ?? null;
