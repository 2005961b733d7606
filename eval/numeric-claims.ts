// Claims with numbers against evidence, on real revisions (VitaminC): does what the evidence prints support the claim?
//
// A pair has comparable numbers when its claim states a quantity and its evidence states one of the same kind. This is told
// from the words alone, never from the label, by the plain reader of numbers below, which is not the engine's: what the
// engine fails to read counts as undecided.
// - A quantity is a number in digits or words with its kind: a percentage, money, a score ("5.7/10", "58 out of 100"), or
//   else a count.
// - No quantity is a date, a year, a time of day, an ordinal ("42nd", "number four"), "one", or a number in a name or a code
//   ("Chapter 3", "767-200ER", "13 Streets").
// Two more choices show what the choice of pairs does to the figures: narrower, only claims with a quantity under a modifier
// ("more than", "under", "exactly": what the comparator of the literature was measured on); wider, dates and years are
// numbers too (the plain comparator leaves those undecided).
//
// Misses were looked at on the even lines of the file only; the odd lines were never looked at. Neighbouring lines often
// speak of one page, so the halves are alike in subject, not in their sentences.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeClaim } from '../src/analysis/claim.ts';
import { readClaim } from '../src/language/claim.ts';
import type { Row } from './report.ts';

/** A pair as published. */
interface Pair {
  claim: string;
  evidence: string;
  label: 'SUPPORTS' | 'REFUTES';
}

/** A number as the plain reader sees it. */
interface PlainNumber {
  value: number;
  kind: 'count' | 'percent' | 'money' | 'score' | 'date';
  modifier: '<' | '>' | '<=' | '>=' | '=' | '~' | null;
  /** The words near it, in lower case. */
  near: string[];
}

const WORDS =
  'zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty';
const SMALL = new Map(WORDS.split(' ').map((word, at) => [word, at === 0 ? 0 : at + 1]));
for (const [at, word] of 'thirty forty fifty sixty seventy eighty ninety'.split(' ').entries())
  SMALL.set(word, (at + 3) * 10);
const SCALES: Record<string, number> = {
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  lakh: 1e5,
  lakhs: 1e5,
  crore: 1e7,
  crores: 1e7,
};
const MODIFIERS: [RegExp, PlainNumber['modifier']][] = [
  [/(?:no|not) (?:more|greater|higher) than $|at most $|up to $|maximum of $/, '<='],
  [/(?:no|not) (?:less|fewer|lower) than $|at least $|minimum of $|as many as $/, '>='],
  [/(?:more|greater|higher|larger) than $|over $|above $|exceed(?:s|ed|ing)? $|surpass(?:es|ed)? $/, '>'],
  [/(?:less|fewer|lower|smaller) than $|under $|below $/, '<'],
  [/(?:about|around|approximately|nearly|almost|roughly|estimated|close to|some) $/, '~'],
  [/(?:exactly|precisely|only|just) $/, '='],
];
const MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\b\\.?)';
const UNITS = 'one|two|three|four|five|six|seven|eight|nine';
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const NUMBER = new RegExp(
  `(?<![\\p{L}\\d.,:/–-])(?:\\d{1,3}(?:,\\d{2,3})+|\\d+)(?:\\.\\d+)?(?![\\d:–-])|\\b(?:${TENS})-(?:${UNITS})\\b|(?<!-)\\b(?:${[...SMALL.keys()].join('|')})\\b(?!-)`,
  'giu',
);
const MONTH_BEFORE = new RegExp(`\\b${MONTH} (?:\\d{1,2}(?:st|nd|rd|th)? ?,? )?$`, 'i');
const MONTH_AFTER = new RegExp(`^(?:(?: ,)?(?: and| or| to)? \\d{1,2})* (?:of )?${MONTH}`, 'i');

/** The numbers of a text by plain rules; those of dates have the kind "date". */
function plainNumbers(text: string): PlainNumber[] {
  const found: PlainNumber[] = [];
  let scoreEnd = -1;
  for (const match of text.matchAll(NUMBER)) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (start < scoreEnd) continue;
    const before = text.slice(Math.max(0, start - 40), start);
    const after = text.slice(end, end + 40);
    const modifier = modifierOf(before);
    let value = digitsValue(match[0]);
    const scale = /^[ -]?(hundred|thousand|million|billion|trillion|lakhs?|crores?)\b/i.exec(after);
    if (scale) value *= SCALES[scale[1]!.toLowerCase()]!;
    const near = `${before} ${after}`.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
    const score = /^ ?(?:\/|out of) ?(?:4|5|10|20|100)\b(?![./,]\d)/.exec(after);
    if (score) scoreEnd = end + score[0].length;
    const money =
      /[$€£¥₹] ?$|\b(?:USD|EUR|GBP|Rs\.?) ?$/.test(before) || /^[\w ]{0,12}(?:dollars|euros)\b/.test(after);
    const percent = /^ ?(?:%|percent|per cent)/i.test(after);
    const digits = /^\d/.test(match[0]);
    // "over 1800 people" counts; "the 1800 elections" does not.
    const counts = modifier !== null && /^ [a-z]+s\b/.test(after);
    const year = /^(?:1[5-9]|20)\d\d$/.test(match[0]) && !counts && !scale;
    const day = value < 32 && Number.isInteger(value) && digits && !scale;
    const dated = day && (MONTH_BEFORE.test(before) || MONTH_AFTER.test(after));
    if (score) found.push({ value, kind: 'score', modifier, near });
    else if (percent) found.push({ value, kind: 'percent', modifier, near });
    else if (money) found.push({ value, kind: 'money', modifier, near });
    else if (year || dated) found.push({ value, kind: 'date', modifier, near });
    else if (/^(?:st|nd|rd|th|\p{L}|-\p{Lu}|\/\d| ?[ap]\.?m\b|'s\b)/u.test(after)) continue;
    else if (modifier === null && !scale && isName(start, before, after)) continue;
    else found.push({ value, kind: 'count', modifier, near });
  }
  return found;
}

function modifierOf(before: string): PlainNumber['modifier'] {
  const plain = before.toLowerCase().replace(/(?:(?:us|au|ca|nz) ?)?[$€£¥₹] ?$/, '');
  return MODIFIERS.find(([words]) => words.test(plain))?.[1] ?? null;
}

function digitsValue(digits: string): number {
  const [tens, unit] = digits.toLowerCase().split('-') as [string, string | undefined];
  return (
    (SMALL.get(tens) ?? Number(digits.replaceAll(',', ''))) +
    (unit === 'one' ? 1 : (SMALL.get(unit ?? '') ?? 0))
  );
}

/** A number that stands in a name: after a label, or beside a word with a capital with no noun in lower case after it. */
function isName(start: number, before: string, after: string): boolean {
  if (/(?:Chapter|Part|Season|Episode|number|Number|No\.?|#) ?$/.test(before)) return true;
  if (/^ (?:\p{Lu}\p{L}|: \p{Lu})/u.test(after)) return !/^ (?:\p{L}+ )?\p{Lu}\p{L}*s\b/u.test(after);
  const noun = /^ (?!(?:was|is|has|had|in|on|and|with|are|by|at|to|for|from|of)\b)[a-z]{3,}/.test(after);
  return start > 0 && !noun && /\p{Lu}[\p{L}.]* (?:: )?$/u.test(before);
}

type Choice = 'bounded' | 'quantities' | 'dates';

/** Whether a pair has comparable numbers by one of the three choices. */
function isComparable(pair: Pair, choice: Choice): boolean {
  const dates = choice === 'dates';
  const claim = plainNumbers(pair.claim).filter(({ kind, modifier }) =>
    choice === 'bounded' ? kind !== 'date' && modifier !== null : dates || kind !== 'date',
  );
  const kinds = new Set(plainNumbers(pair.evidence).map(({ kind }) => kind));
  return claim.some(({ kind }) => kinds.has(kind));
}

// The comparator in thirty lines: each number of the claim under its modifier, against the number of the evidence that
// shares most words with it and lies nearest.
/** What the plain comparator says of a pair; null where nothing is of one kind. */
function plainVerdict(pair: Pair): boolean | null {
  const evidence = plainNumbers(pair.evidence).filter(({ kind }) => kind !== 'date');
  let verdict: boolean | null = null;
  for (const claimed of plainNumbers(pair.claim)) {
    const rivals = evidence.filter(({ kind }) => kind === claimed.kind);
    const size = (rival: PlainNumber) =>
      Math.abs(Math.log((rival.value + 1e-9) / (claimed.value + 1e-9))) -
      0.1 * claimed.near.filter((word) => rival.near.includes(word)).length;
    const rival = rivals.sort((a, b) => size(a) - size(b))[0];
    if (!rival) continue;
    verdict = (verdict ?? true) && holds(claimed, rival.value);
  }
  return verdict;
}

function holds({ value, modifier }: PlainNumber, other: number): boolean {
  switch (modifier) {
    case '<':
      return other < value;
    case '<=':
      return other <= value;
    case '>':
      return other > value;
    case '>=':
      return other >= value;
    case '~':
      return Math.abs(other - value) <= 0.1 * value;
    default:
      return other === value;
  }
}

/** Reads numeric-claims/dev.jsonl of the data folder. */
function readPairs(dataDir: string): Pair[] {
  return readFileSync(join(dataDir, 'numeric-claims', 'dev.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Pair);
}

/** A day of the year that either text names: dates without a year are read by it. */
const aboutWhen = ({ claim, evidence }: Pair): string =>
  `${(/\b(?:19|20)\d\d\b/.exec(claim) ?? /\b(?:19|20)\d\d\b/.exec(evidence))?.[0] ?? '2020'}-07-01`;

/** What the engine's reading and the analysis say of a pair; null where they cannot tell. */
function ourVerdict(pair: Pair): { ours: boolean | null; sure: boolean } {
  const when = aboutWhen(pair);
  const { verdict, sure } = judgeClaim(
    readClaim(pair.claim, 'en', when),
    readClaim(pair.evidence, 'en', when),
  );
  return { ours: verdict === null ? null : verdict === 'supports', sure };
}

const NAMES: Record<Choice, string> = {
  quantities: 'comparable numbers',
  bounded: 'comparable numbers, narrower: under a modifier',
  dates: 'comparable numbers, wider: dates and years too',
};

/** How often the numbers of claim and evidence are judged as people judged the pair, beside the plain comparator. */
export function evaluateNumericClaims(dataDir: string): Row[] {
  const judged = readPairs(dataDir).map((pair, line) => {
    const even = line % 2 === 1;
    return { pair, even, ...ourVerdict(pair), plain: plainVerdict(pair), label: pair.label === 'SUPPORTS' };
  });
  return (['quantities', 'bounded', 'dates'] as const).flatMap((choice) => {
    const chosen = judged.filter(({ pair }) => isComparable(pair, choice));
    const on = `VitaminC dev, ${NAMES[choice]}`;
    const share = (part: number, whole: number) => (100 * part) / whole;
    const decided = (by: 'ours' | 'plain', of = chosen) => of.filter((one) => one[by] !== null);
    const right = (by: 'ours' | 'plain', of = chosen) => {
      const known = decided(by, of);
      return share(known.filter((one) => one[by] === one.label).length, known.length);
    };
    const main = choice === 'quantities';
    const half = (even: boolean) => chosen.filter((one) => one.even === even);
    const beside = (of: typeof chosen, metric: string): Row => ({
      on,
      metric,
      value: right('ours', of),
      baseline: right('plain', of),
      n: decided('ours', of).length,
    });
    return [
      {
        on,
        metric: 'decided',
        value: share(decided('ours').length, chosen.length),
        baseline: share(decided('plain').length, chosen.length),
        ...(main ? { must: 97 } : {}),
        n: chosen.length,
        note: `of ${judged.length.toLocaleString('en')} pairs`,
      },
      { ...beside(chosen, 'right, of those decided'), ...(main ? { must: 93 } : {}) },
      beside(half(true), 'right, half looked at'),
      beside(half(false), 'right, half never looked at'),
      {
        on,
        metric: 'right, undecided counted wrong',
        value: share(chosen.filter((one) => one.ours === one.label).length, chosen.length),
        baseline: share(chosen.filter((one) => one.plain === one.label).length, chosen.length),
        n: chosen.length,
      },
      beside(
        chosen.filter(({ sure }) => sure),
        'right, where it says it is sure',
      ),
    ];
  });
}
