// What a person probably means by the words they selected: a first draft of the record, for them to correct.
import { findDates } from '../language/date.ts';
import { findFigures } from '../language/figure.ts';
import { findNumbers } from '../language/number.ts';
import { tokenise } from '../language/text-model.ts';
import type { FigureContent } from '../record/figure.ts';
import type { IncidentContent } from '../record/incident.ts';
import type { StatementContent } from '../record/statement.ts';
import type { StatementMode } from '../record/vocabulary.ts';
import { readNumber } from './number-input.ts';
import { type Stretch, trimmed } from './text-steps.ts';

/** What is known of the text beside its words. */
export interface TextSetting {
  language: string | null;
  /** When the source was published, EDTF; "on Wednesday" is counted from it. */
  published: string | null;
  /** Who published it, and so reports what is said in it. */
  publisher: string | null;
}

/** A draft of a record, and the passage it rests on. */
export interface Draft<Content> {
  range: Stretch;
  content: Content;
}

const CLOSER_OF: Record<string, string> = {
  '“': '”',
  '„': '”“',
  '«': '»',
  '‹': '›',
  '‘': '’',
  '"': '"',
};

const spoken = (setting: TextSetting) =>
  setting.language?.startsWith('fr') ? ('fr' as const) : ('en' as const);

/** What every record made by hand begins with. */
const fresh = (setting: TextSetting) => ({
  language: setting.language,
  note: null,
  tags: [],
  sensitivity: 'public' as const,
});

const publisher = (setting: TextSetting) =>
  setting.publisher === null ? null : { actor: null, name: setting.publisher, role: null };

/** The words of a stretch on one line. */
function wordsIn(text: string, range: Stretch): string {
  return text.slice(range.start, range.end).replace(/\s+/g, ' ').trim();
}

/**
 * How selected words stand: quoted when marks stand around them or are their first and last; with quoted parts when
 * marks stand inside; else reported. The passage of a quotation is what stands between its marks.
 */
function guessMode(text: string, range: Stretch): { mode: StatementMode; range: Stretch } {
  const first = text[range.start]!;
  const last = text[range.end - 1]!;
  if (CLOSER_OF[first]?.includes(last) && range.end - range.start > 2) {
    const inner = trimmed(text, { start: range.start + 1, end: range.end - 1 });
    // “one”, said the minister, “two” begins and ends with marks, and yet is not one quotation.
    if (inner && !new RegExp(`[${CLOSER_OF[first]}]`).test(text.slice(inner.start, inner.end))) {
      return { mode: 'direct', range: inner };
    }
  }
  const before = text
    .slice(Math.max(0, range.start - 2), range.start)
    .trimEnd()
    .at(-1);
  const after = text.slice(range.end, range.end + 3).replace(/^[.,!?…]?\s?/, '')[0];
  if (before && after && CLOSER_OF[before]?.includes(after)) return { mode: 'direct', range };
  return { mode: /[“„«"‹]/.test(text.slice(range.start, range.end)) ? 'mixed' : 'indirect', range };
}

/** A statement from selected words; null where only white space was selected. */
export function draftStatement(
  text: string,
  range: Stretch,
  setting: TextSetting,
): Draft<StatementContent> | null {
  const chosen = trimmed(text, range);
  if (chosen === null) return null;
  const guess = guessMode(text, chosen);
  return {
    range: guess.range,
    content: {
      content: text.slice(guess.range.start, guess.range.end),
      mode: guess.mode,
      act: 'says',
      speaker: null,
      reporter: publisher(setting),
      addressee: null,
      venue: null,
      saidOn: null,
      topics: [],
      ...fresh(setting),
    },
  };
}

/** A figure from selected words: its number, bound, unit and what is counted, as far as the words have them. */
export function draftFigure(text: string, range: Stretch, setting: TextSetting): Draft<FigureContent> | null {
  const chosen = trimmed(text, range);
  if (chosen === null) return null;
  const language = spoken(setting);
  const tokens = tokenise(text, chosen.start, chosen.end, language);
  const dates = findDates(tokens, language, setting.published);
  const numbers = findNumbers(text, tokens, language, dates);
  const [figure] = findFigures({ text, language, tokens, numbers, dates, places: [], weight: 1 });
  const [number] = numbers;
  const value = figure ?? number ?? null;
  // A lone number that names or orders something is still the one that was selected; one in a date is not.
  const isInDate = (at: { start: number }) =>
    dates.some((date) => date.start <= at.start && at.start < date.end);
  const digits = tokens.find((token) => token.kind === 'number' && !isInDate(token));
  const rest = value ? text.slice(number?.end ?? chosen.end, chosen.end) : '';
  const date = dates.find((mention) => mention.edtf !== null);
  return {
    range: chosen,
    content: {
      counted: (figure?.counted ?? rest.replace(/\s+/g, ' ').replace(/^[\s,.;:]+|[\s,.;:]+$/g, '')).slice(
        0,
        300,
      ),
      measure: null,
      unit: value?.unit ?? null,
      modality: 'reported',
      bound: value?.bound ?? 'exact',
      value: value ? value.value : digits ? readNumber(digits.text, language) : null,
      low: value?.low ?? null,
      high: value?.high ?? null,
      equivalents: (value?.equivalents ?? []).flatMap(({ value, unit }) =>
        unit === null ? [] : [{ value, unit }],
      ),
      baseline: null,
      place: null,
      period: date?.edtf ?? null,
      accordingTo: null,
      reportedBy: publisher(setting),
      method: null,
      ...fresh(setting),
    },
  };
}

/** Titles are cut here, at a word. */
const LONGEST_TITLE = 120;

/** An incident from selected words: they are its title, and a date among them is when it happened. */
export function draftIncident(
  text: string,
  range: Stretch,
  setting: TextSetting,
): Draft<IncidentContent> | null {
  const chosen = trimmed(text, range);
  if (chosen === null) return null;
  const language = spoken(setting);
  const words = wordsIn(text, chosen);
  const cut =
    words.length <= LONGEST_TITLE ? words : `${words.slice(0, LONGEST_TITLE).replace(/\s+\S*$/, '')}…`;
  const dates = findDates(tokenise(text, chosen.start, chosen.end, language), language, setting.published);
  return {
    range: chosen,
    content: {
      title: cut.replace(/[.,;:]$/, ''),
      occurredOn: dates.find((mention) => mention.edtf !== null)?.edtf ?? null,
      place: null,
      acts: [
        {
          kind: 'other',
          method: null,
          perpetrators: [],
          victims: [],
          things: [],
          statedReason: null,
          outcome: null,
        },
      ],
      ...fresh(setting),
    },
  };
}

/**
 * The content a statement has once its passage moved: a direct quotation's words follow its passage as long as nobody
 * changed them; everything else stays as it was written. Undefined where nothing follows.
 */
export function contentAfterMove(
  record: { kind: string; mode?: StatementMode; content?: string },
  before: string,
  after: string,
): { content: string } | undefined {
  const follows = record.kind === 'statement' && record.mode === 'direct' && record.content === before;
  return follows && after.trim() !== '' ? { content: after } : undefined;
}
