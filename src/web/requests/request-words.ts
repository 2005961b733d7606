// How requests stand today, in words and in order. Pure.
import { type ReplyState, replyState } from '../../analysis/statements/request-state.ts';
import { dateRange } from '../../record/date.ts';
import type { Request, RequestContent } from '../../record/request.ts';
import type { Words } from '../../ui/messages.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';

const DAY = 86_400_000;

/** The states in the order they are asked for: what waits for somebody first. */
export const STATES: readonly ReplyState[] = ['overdue', 'waiting', 'answered', 'declined', 'no-response'];

/** This day as EDTF, where the person is. */
export function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Whole days from the end of a date (EDTF) until a day; null where there is no saying. */
function daysSince(edtf: string | null, day: string): number | null {
  const from = edtf === null ? null : dateRange(edtf);
  if (!from || !Number.isFinite(from.to)) return null;
  return Math.max(0, Math.floor((Date.parse(`${day}T23:59:59.999Z`) - from.to) / DAY));
}

/** How a request stands on a day, in words: "waiting for 12 days", "overdue by 3 days", "answered on 7 May 2021". */
export function stateInWords(request: Request, day: string, { t, formatDate }: Words): string {
  const state = replyState(request, day);
  switch (state) {
    case 'waiting': {
      const days = daysSince(request.askedOn, day);
      return days === null ? t('desk.requests.waiting-undated') : t('desk.requests.waiting', { days });
    }
    case 'overdue':
      return t('desk.requests.overdue', { days: Math.max(1, daysSince(request.due, day) ?? 1) });
    case 'answered':
      return request.answeredOn === null
        ? t('desk.requests.answered-undated')
        : t('desk.requests.answered', { date: formatDate(request.answeredOn) });
    default:
      return t(`desk.requests.${state}`);
  }
}

/** Requests by date, the newest first; those of one day by when they were written down. */
export function byDate(requests: readonly Request[]): Request[] {
  const at = ({ askedOn }: Request) => dateRange(askedOn)?.from ?? Number.NEGATIVE_INFINITY;
  return [...requests].sort((a, b) =>
    at(a) === at(b) ? (a.createdAt < b.createdAt ? 1 : -1) : at(a) < at(b) ? 1 : -1,
  );
}

/** The party that a record suggests to ask: who said it, who counted it, who did it. */
export function partyOf(record: AnyRecord): RequestContent['askedOf'] | null {
  switch (record.kind) {
    case 'statement':
      return record.speaker;
    case 'figure':
      return record.accordingTo;
    case 'incident':
      return record.acts.flatMap((act) => act.perpetrators)[0]?.party ?? null;
  }
}
