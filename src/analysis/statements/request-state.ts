// The right of reply: who was asked what, by which means, and whether an answer came. A silence is only found where one
// was waited for: the answer is overdue, or somebody wrote down that none came.

import { dateRange } from '../../record/date.ts';
import type { Step } from '../../record/disagreement.ts';
import type { LinkEnd } from '../../record/link.ts';
import type { Request } from '../../record/request.ts';
import type { Finding } from '../finding.ts';

/** The part of a request that analysis reads. */
export type AnalysedRequest = Pick<
  Request,
  'id' | 'askedOf' | 'about' | 'means' | 'askedOn' | 'due' | 'outcome' | 'answeredOn' | 'answer'
>;

/** How a request stands on a day. */
export type ReplyState = 'waiting' | 'overdue' | 'answered' | 'declined' | 'no-response';

/** How a request stands on `today` (EDTF): waited for past its day is overdue; the day itself is still waiting. */
export function replyState(request: AnalysedRequest, today: string): ReplyState {
  if (request.outcome !== 'waiting') return request.outcome;
  const due = request.due === null ? null : dateRange(request.due);
  const now = dateRange(today);
  return due !== null && now !== null && now.from > due.to ? 'overdue' : 'waiting';
}

/** Every request with how it stands, in the order given: those without records to point to as well. */
export function replyStates(
  requests: AnalysedRequest[],
  today: string,
): { request: AnalysedRequest; state: ReplyState }[] {
  return requests.map((request) => ({ request, state: replyState(request, today) }));
}

/**
 * The finding of a request that nobody answered, or null: it was answered, is not due, or points to no record. `stands`
 * tells whether a record it is about still stands.
 */
export function requestFinding(
  request: AnalysedRequest,
  today: string,
  stands: (end: LinkEnd) => boolean,
): Finding | null {
  const state = replyState(request, today);
  if (state !== 'no-response' && state !== 'overdue') return null;
  const seen = new Set<string>();
  const ends: LinkEnd[] = [...request.about];
  if (ends.length === 0 && request.answer !== null) ends.push({ kind: 'statement', id: request.answer });
  const records = ends.filter((end) => stands(end) && !seen.has(end.id) && seen.add(end.id));
  if (records.length === 0) return null;
  const who = request.askedOf.name;
  const working: Step[] = [
    { code: 'request-asked', values: { who, date: request.askedOn, means: request.means } },
  ];
  if (request.due !== null) working.push({ code: 'request-due', values: { date: request.due } });
  working.push(
    state === 'no-response'
      ? { code: 'request-no-response', values: { who } }
      : // Not the day on which it is found: the working stays the same until something changes.
        { code: 'request-overdue', values: { who, date: request.due! } },
  );
  return {
    key: `request-unanswered:${request.id}`,
    kind: 'no-response',
    check: 'request-unanswered',
    records,
    working,
    weight: state === 'no-response' ? 0.6 : 0.5,
    link: null,
  };
}
