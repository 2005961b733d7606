// Threads in words: how long after, how one statement answers another, how often one was reported.
import type { ThreadStatement } from '../analysis/thread.ts';
import { dateInWords } from '../language/wording.ts';
import type { Statement } from '../record/statement.ts';
import type { LinkKind } from '../record/vocabulary.ts';
import { clip, type PublicMessages } from './public-words.ts';

/** What of a statement its thread tells; the public view has it too. */
export type ToldStatement = Pick<
  Statement,
  | 'id'
  | 'content'
  | 'mode'
  | 'act'
  | 'speaker'
  | 'reporter'
  | 'addressee'
  | 'venue'
  | 'saidOn'
  | 'language'
  | 'topics'
>;

const DAY = 86_400_000;
const MONTH = 30.44 * DAY;

/** A length of time in its largest fitting unit: "7 years", "5 months", "12 days". */
export function spanInWords(length: number, m: PublicMessages): string {
  const [count, unit] =
    length >= 23.5 * MONTH
      ? [Math.round(length / (12 * MONTH)), 'year']
      : length >= 59 * DAY
        ? [Math.round(length / MONTH), 'month']
        : [Math.max(1, Math.round(length / DAY)), 'day'];
  return m.number(count as number, { style: 'unit', unit: unit as string, unitDisplay: 'long' });
}

/**
 * How much later one statement was made than the one before it, where that is worth telling: over six weeks, and longer
 * than what is not known of their dates. Null otherwise.
 */
export function laterInWords(
  before: ThreadStatement['range'],
  after: ThreadStatement['range'],
  m: PublicMessages,
): string | null {
  if (before === null || after === null || after.from - before.to < 45 * DAY) return null;
  const length = (after.from + after.to - before.from - before.to) / 2;
  const unsure = after.to - after.from + (before.to - before.from);
  if (!Number.isFinite(length) || unsure > length) return null;
  return m.t('public.thread.later', { span: spanInWords(length, m) });
}

/** A kind of link as a word within a line: "clarifies". */
export function linkWord(kind: LinkKind, m: PublicMessages): string {
  const word = m.t(`public.link.to.${kind}`);
  return word.charAt(0).toLocaleLowerCase(m.locale) + word.slice(1);
}

/** "Bernard Cazeneuve, 5 November 2014": what an arrow leads to. The name is set apart, whichever way it is written. */
export function nameAndDate(statement: ToldStatement, m: PublicMessages): string {
  const name = `\u2068${statement.speaker?.name ?? m.t('public.speaker.unknown')}\u2069`;
  if (statement.saidOn === null) return name;
  return m.t('public.thread.name-date', { name, date: dateInWords(statement.saidOn, m) });
}

/** How often a statement was reported, and how many of the reports are copies; null for one report. */
export function reportsInWords(
  { reports, independent }: Pick<ThreadStatement, 'reports' | 'independent'>,
  m: PublicMessages,
): string | null {
  const count = reports.length;
  if (count < 2) return null;
  const copies = count - independent;
  const how = copies === 0 ? 'apart' : independent === 1 ? 'one' : copies === 1 ? 'two' : 'some';
  return m.t('public.thread.reports', { count, independent, how });
}

/** Who said what, in one line, as a mark of the picture is called. */
export function statementInWords(statement: ToldStatement, m: PublicMessages, length = 160): string {
  const speaker = statement.speaker?.name ?? m.t('public.speaker.unknown');
  const act = m.t(`public.act.${statement.act}`);
  const line =
    statement.act === 'no-response'
      ? m.t('public.speech', { speaker, act })
      : m.t(statement.mode === 'direct' ? 'public.headline.direct' : 'public.headline.reported', {
          speaker,
          act,
          content: clip(statement.content, length),
        });
  const date = statement.saidOn === null ? m.t('public.undated') : dateInWords(statement.saidOn, m);
  return m.t('public.thread.mark', { line, date });
}

/** What is drawn of a range whose one end is open: its known end; null where neither is known. */
export function drawnRange(range: ThreadStatement['range']): { from: number; to: number } | null {
  if (range === null) return null;
  const from = Number.isFinite(range.from) ? range.from : range.to;
  const to = Number.isFinite(range.to) ? range.to : range.from;
  return Number.isFinite(from) && Number.isFinite(to) ? { from, to } : null;
}

/** A range on the axis: a day, a month or a year by how much of it is known, and the year it lies in. */
export function axisDate(
  { from, to }: { from: number; to: number },
  m: PublicMessages,
): { day: string; year: string | null } {
  const length = to - from;
  const year = m.date(from, { year: 'numeric' });
  if (length <= DAY) return { day: m.date(from, { day: 'numeric', month: 'short' }), year };
  if (length <= 31.5 * DAY && m.date(from, { month: 'numeric' }) === m.date(to, { month: 'numeric' }))
    return { day: m.date(from, { month: 'short' }), year };
  const last = m.date(to, { year: 'numeric' });
  if (last !== year) return { day: `${year}–${last}`, year: null };
  if (length >= 364 * DAY) return { day: year, year: null };
  return { day: m.dateRange(from, to, { month: 'short' }), year };
}
