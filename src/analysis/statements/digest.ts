// A statement as analysis holds it: its words, its party, its time and where it stands, each worked out once.
import { type DateRange, dateRange } from '../../record/date.ts';
import type { SpeechAct } from '../../record/vocabulary.ts';
import type { AnalysedStatement } from '../names.ts';
import { type AnswerKind, type Cue, cueIn, givesReason, isNegated, speaksOfAnother } from './cue.ts';
import { familyOf } from './office.ts';
import type { PartyBook, Profile } from './party.ts';
import { fold, stemText, tellingStems, wordsOf } from './words.ts';

/** One statement, digested. */
export interface Said {
  record: AnalysedStatement;
  id: string;
  /** When it may have been said; null where that is not known. */
  range: DateRange | null;
  /** Orders statements in time: the first instant, the end of what is open; +Infinity where no date is known. */
  time: number;
  speaker: Profile | null;
  reporter: Profile | null;
  addressee: Profile | null;
  /** Telling words of the content, each once, as numbers of stems. */
  words: number[];
  numbers: string[];
  /** Folded topics, without repetition. */
  topics: string[];
  /** The same as they are written. */
  topicNames: string[];
  /** The telling words of the topics: what is shared through a topic is not counted again. */
  topicWords: readonly number[];
  /** What it does to an earlier statement, by its act or else by its words; null for none. */
  answers: AnswerKind | null;
  /** The cue in its words, where there is one. */
  cue: Cue | null;
  isNegated: boolean;
  speaksOfAnother: boolean;
  givesReason: boolean;
  /** The folded words of what may answer something, each between spaces: it may speak of who spoke before. */
  mentions: string;
  /** Those of them that name an office, with its sort; "police" is said of too many. */
  officeWords: readonly { word: string; family: string }[];
  source: string;
  start: number;
  end: number;
}

const ACTS: Partial<Record<SpeechAct, AnswerKind>> = {
  clarifies: 'clarifies',
  denies: 'denies',
  rejects: 'rejects',
  corrects: 'corrects',
  retracts: 'retracts',
  explains: 'explains-otherwise',
  confirms: 'confirms',
};

/** The kind of answer an act is by itself, or null. */
export function answerOfAct(act: SpeechAct): AnswerKind | null {
  return ACTS[act] ?? null;
}

/** A statement digested with the parties of its dossier. */
export function digestOf(record: AnalysedStatement, parties: PartyBook): Said {
  const range = record.saidOn === null ? null : dateRange(record.saidOn);
  const folded = fold(record.content);
  const words = tellingStems(record.content);
  const topics = new Map(record.topics.map((topic) => [fold(topic).replace(/\s+/g, ' ').trim(), topic]));
  const cue = record.act === 'no-response' ? null : cueIn(folded);
  const answers = record.act === 'no-response' ? null : (answerOfAct(record.act) ?? cue?.kind ?? null);
  const negated = isNegated(folded);
  const mayPointBack = answers !== null || negated || record.act === 'no-response';
  const mentions = mayPointBack ? wordsOf(folded) : [];
  const passage = record.passages[0];
  const profile = (party: AnalysedStatement['speaker']) =>
    party === null ? null : parties.profile(party, range);
  return {
    record,
    id: record.id,
    range,
    time:
      range === null
        ? Number.POSITIVE_INFINITY
        : Number.isFinite(range.from)
          ? range.from
          : Number.isFinite(range.to)
            ? range.to
            : Number.POSITIVE_INFINITY,
    speaker: profile(record.speaker),
    reporter: profile(record.reporter),
    addressee: profile(record.addressee),
    words,
    numbers: /\d/.test(folded) ? words.map(stemText).filter((word) => /^\d/.test(word)) : [],
    topics: [...topics.keys()],
    topicNames: [...topics.values()],
    topicWords: record.topics.flatMap(tellingStems),
    answers,
    cue,
    isNegated: negated,
    speaksOfAnother: speaksOfAnother(folded),
    givesReason: givesReason(folded),
    mentions: mayPointBack ? ` ${mentions.join(' ')} ` : '',
    officeWords: mentions.flatMap((word) => {
      const family = familyOf(word);
      return family === null || family === 'police' ? [] : { word, family };
    }),
    source: passage?.source ?? '',
    start: passage?.start ?? 0,
    end: passage?.end ?? 0,
  };
}

/** Characters between two statements of one source, 0 when they touch; null when they stand in different ones. */
export function distance(a: Said, b: Said): number | null {
  if (a.source === '' || a.source !== b.source) return null;
  return Math.max(0, Math.max(a.start, b.start) - Math.min(a.end, b.end));
}

/** Days between two ranges, 0 when they share an instant; null when either date is not known. */
export function daysBetween(a: Said, b: Said): number | null {
  if (a.range === null || b.range === null) return null;
  const gap = Math.max(a.range.from, b.range.from) - Math.min(a.range.to, b.range.to);
  return gap <= 0 ? 0 : gap / 86_400_000;
}

/** The order of statements: in time, then where they stand, then by id; the same whatever was added first. */
export function inTime(a: Said, b: Said): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1;
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.start - b.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
