// What may follow what in the life of a record.
import type { Status } from './vocabulary.ts';

/** The verbs a person applies to a record. */
export type RecordVerb = 'accept' | 'reject' | 'edit' | 'withdraw';

const AFTER: Record<RecordVerb, Partial<Record<Status, Status>>> = {
  accept: { suggested: 'accepted', rejected: 'accepted' },
  reject: { suggested: 'rejected', accepted: 'rejected' },
  // An accepted record that is changed stays on the page as corrected; a suggestion may be changed before it is judged.
  edit: { suggested: 'suggested', accepted: 'corrected', corrected: 'corrected' },
  withdraw: { accepted: 'withdrawn', corrected: 'withdrawn' },
};

/** The status a verb leads to from another, or null where it may not be applied. */
export function statusAfter(status: Status, verb: RecordVerb, published: boolean): Status | null {
  // What the public has seen is withdrawn, with its reason kept; only the unseen can be rejected out of sight.
  if (published && verb === 'reject') return null;
  // Until the public has seen a record, editing it is work, not correction.
  if (!published && verb === 'edit' && status === 'accepted') return 'accepted';
  return AFTER[verb][status] ?? null;
}

/** Whether a record of this status stands: it counts, compares and may be published. */
export function isStanding(status: Status): boolean {
  return status === 'accepted' || status === 'corrected';
}
