// What the words of a note claim about the figure beside them, read with the language engine: changes, lengths of time, rates,
// sums written out, other currencies.
import type { TimeUnit } from '../analysis/arithmetic/duration.ts';
import { rounding } from '../analysis/quantity.ts';
import type { Claim } from '../analysis/table/claim.ts';
import { type Language, propose } from '../language/propose.ts';
import { dateRange } from '../record/date.ts';
import type { StepAmount } from '../record/disagreement.ts';
import type { FigureSuggestion } from '../record/suggestion.ts';

/** Texts that can claim nothing we check are not read: they have neither a digit nor one of these words. */
const MAY_CLAIM =
  /\d|doubl|tripl|trebl|quadrupl|halv|half|multipli|divis|fois|fold|twice|months?|weeks?|semaines?|\bmois\b|years?|\bans\b|jours?|days?/i;
/** What the engine is asked for: shares and ratios, money, rates. */
const FOR_ENGINE =
  /%|per ?cent|pour ?cent|[£€$]|\b(?:eur|gbp|usd|euros?|pounds?|dollars?|livres?)|fois|fold|times|twice|doubl|tripl|trebl|quadrupl|halv|multipli|divis|\b(?:per|an?|each|every|par|chaque)\s+(?:day|week|month|year|jour|semaine|mois|an)|\/\s?(?:day|week|month|year|jour|semaine|mois|an)/i;
/** Words and letters that only French has. */
const FRENCH =
  /[àâçéèêëîïôùûœ«»]|\b(?:le|la|les|des|du|et|est|une?|par|plus|fois|mois|soit|pour|sur)\b|%\s*(?:de|en)\b/i;

const NUMBER = '\\d{1,3}(?:[,\\u00a0\\u202f ]\\d{3})+(?:[.,]\\d+)?|\\d+(?:[.,]\\d+)?';

/** Reads notes, each distinct text once. Notes mix languages as they quote, so both are read; `language` keeps to one. */
export function claimReader(language?: Language): (text: string, published: string | null) => Claim[] {
  const known = new Map<string, Claim[]>();
  const languages: Language[] = language ? [language] : ['en', 'fr'];
  return (text, published) => {
    if (!MAY_CLAIM.test(text)) return [];
    const key = `${published ?? ''}\n${text}`;
    let claims = known.get(key);
    if (claims === undefined) {
      claims = read(text.slice(0, 4000), languages, published);
      known.set(key, claims);
    }
    return claims;
  };
}

function read(text: string, languages: Language[], published: string | null): Claim[] {
  const claims: Claim[] = [];
  const formulas = formulasIn(text);
  claims.push(...formulas.map(({ claim }) => claim));
  const taken = formulas.map(({ start, end }) => ({ start, end }));
  const spans: Spanned[] = [];
  const isFree = (start: number, end: number) => !taken.some((one) => start < one.end && end > one.start);
  const add = (start: number, end: number, claim: Claim) => {
    if (!isFree(start, end)) return;
    taken.push({ start, end });
    claims.push(claim);
    spans.push({ start, end, claim });
  };
  for (const match of text.matchAll(LENGTHS)) {
    const { count, before, behind, unit } = match.groups!;
    const number = Number(count!.replace(',', '.')) || NUMBER_WORDS[count!.toLowerCase()];
    if (number === undefined || (!before && !behind)) continue;
    add(match.index, match.index + match[0].length, {
      kind: 'length',
      words: match[0].trim(),
      count: number,
      unit: unitOf(unit!),
    });
  }
  for (const match of text.matchAll(RATIOS)) {
    const { more, word } = match.groups!;
    const times = match.groups!.times ?? match.groups!.times2;
    const percent = times !== undefined ? (Number(times.replace(',', '.')) - 1) * 100 : ratioOf(word!);
    if (percent === null || Number.isNaN(percent)) continue;
    add(
      match.index,
      match.index + match[0].length,
      changeClaim(match[0].trim(), percent, more !== undefined),
    );
  }
  for (const one of FOR_ENGINE.test(text) ? languages : []) {
    if (one === 'fr' && languages.length > 1 && !FRENCH.test(text)) continue;
    for (const figure of propose(text, one, { published }).figures) fromFigure(text, figure, add);
  }
  return [...claims, ...twoChanges(text, spans)];
}

/** Changes that stand side by side with nothing but "and" between them are said of the same. */
function twoChanges(text: string, spans: readonly Spanned[]): Claim[] {
  const changes = spans.filter(({ claim }) => claim.kind === 'change').sort((a, b) => a.start - b.start);
  return changes.slice(1).flatMap((second, index) => {
    const first = changes[index]!;
    if (first.claim.kind !== 'change' || second.claim.kind !== 'change') return [];
    // "+68 % of boats, +12 % of people" are two things.
    if (first.claim.counted !== second.claim.counted) return [];
    if (!JOINED.test(text.slice(first.end, second.start))) return [];
    const words = text.slice(first.start, second.end);
    return [{ kind: 'two-changes', words, one: first.claim.amount, other: second.claim.amount }];
  });
}

const JOINED =
  /^[\s'"“”‘’«»,;]*(?:and|et|but|mais|yet|or|ou|also|aussi)?(?:\s+(?:also|aussi|has|have|a|ont))?[\s'"“”‘’«»,;]*$/i;

interface Spanned {
  start: number;
  end: number;
  claim: Claim;
}

/** A claim out of one figure that the engine found. */
function fromFigure(
  text: string,
  figure: FigureSuggestion,
  add: (start: number, end: number, claim: Claim) => void,
): void {
  const { start, end } = figure.span;
  const words = text.slice(start, end);
  const amount: StepAmount = {
    bound: figure.bound,
    value: figure.value,
    low: figure.low,
    high: figure.high,
    unit: figure.unit,
  };
  if (figure.bound === 'change') {
    if (figure.unit !== '%' || figure.value === null) return;
    const more = /\b(?:more than|over|plus (?:de|que)|at least|au moins)\b/i.test(
      text.slice(Math.max(0, start - 12), end),
    );
    const range = figure.baseline?.period ? dateRange(figure.baseline.period) : null;
    const claim = changeClaim(words, figure.value, more);
    add(start, end, claim.kind === 'change' ? { ...claim, baseline: range, counted: figure.counted } : claim);
    return;
  }
  const rate = rateBehind(text, figure);
  if (rate) {
    const unit = figure.unit?.startsWith('/') ? null : figure.unit;
    add(start, rate.end, {
      kind: 'rate',
      words: text.slice(start, rate.end),
      amount: { ...amount, unit },
      per: rate.per,
      counted: figure.counted ?? rate.counted,
    });
    return;
  }
  if (figure.unit === null || !/^[A-Z]{3}$/.test(figure.unit)) return;
  const [before, behind] = [text.slice(0, start), text.slice(end)];
  const certain = /(?:[=≈]|\b(?:soit|i\.e\.|that is|or|ou|worth|equivalent to|l'équivalent de))\s*$/i.test(
    before,
  );
  const bracketed = /\(\s*$/.test(before) && /^\s*\)/.test(behind);
  const besides = /\b(?:outlets?|elsewhere|others?|ailleurs|autres?|also)\b/i.test(before);
  if (certain || bracketed || besides) add(start, end, { kind: 'equivalent', words, amount, certain });
  for (const other of figure.equivalents) {
    if (other.unit === null || other.unit === figure.unit || !/^[A-Z]{3}$/.test(other.unit)) continue;
    const second: StepAmount = {
      bound: 'exact',
      value: other.value,
      low: null,
      high: null,
      unit: other.unit,
    };
    const pair = text.slice(start, Math.max(end, other.span.end));
    add(other.span.start, other.span.end, { kind: 'pair', words: pair, one: amount, other: second });
  }
}

function changeClaim(words: string, percent: number, more: boolean): Claim {
  const value = Number(percent.toPrecision(12));
  return {
    kind: 'change',
    words,
    amount: { bound: 'change', value: more ? null : value, low: more ? value : null, high: null, unit: '%' },
    baseline: null,
    counted: null,
  };
}

const UNIT_WORDS = 'days?|weeks?|months?|years?|jours?|semaines?|mois|ans?|années?';
const NUMBER_WORDS: Record<string, number> = {};
for (const [index, words] of [
  'one un une',
  'two deux',
  'three trois',
  'four quatre',
  'five cinq',
  'six',
  'seven sept',
  'eight huit',
  'nine neuf',
  'ten dix',
  'eleven onze',
  'twelve douze',
].entries())
  for (const word of words.split(' ')) NUMBER_WORDS[word] = index + 1;

/** "in the last six months", « six derniers mois »: only with a word that makes it the stretch that is spoken of. */
const LENGTHS = new RegExp(
  `\\b(?<before>(?:last|past|first|previous|latest|premiers?|premières?|derniers?|dernières?)\\s+)?(?<count>${Object.keys(
    NUMBER_WORDS,
  ).join(
    '|',
  )}|\\d{1,3}(?:[.,]\\d)?)\\s+(?<behind>(?:last|past|first|premiers?|premières?|derniers?|dernières?)\\s+)?(?<unit>${UNIT_WORDS})\\b`,
  'gi',
);

function unitOf(word: string): TimeUnit {
  const lower = word.toLowerCase();
  if (/^(?:day|jour)/.test(lower)) return 'day';
  if (/^(?:week|semaine)/.test(lower)) return 'week';
  return /^mo/.test(lower) ? 'month' : 'year';
}

/** Ratio words that stand by themselves; "double" alone is an adjective, and no claim. */
const RATIOS =
  /(?<more>\b(?:more than|over|plus que|plus de|au moins|at least)\s+)?(?:(?<word>(?<=(?:more than|plus que)\s+)(?:double|triple)\b|\b(?:doubled|tripled|trebled|quadrupled|halved)\b|\b(?:doublé|triplé|quadruplé)e?s?(?![\p{L}]))|(?<![\p{L}\d.,])[x×]\s?(?<times>\d+(?:[.,]\d+)?)(?![\p{L}\d])|(?<![\p{L}\d.,])(?<times2>\d+(?:[.,]\d+)?)\s?[x×](?![\p{L}\d]))/giu;

function ratioOf(word: string): number | null {
  const lower = word.toLowerCase();
  if (lower.startsWith('doubl')) return 100;
  if (/^tr[ie]/.test(lower)) return 200;
  return lower.startsWith('quadrupl') ? 300 : lower === 'halved' ? -50 : null;
}

/** "per week" behind a figure, with at most a few words of what is counted between. */
function rateBehind(
  text: string,
  figure: FigureSuggestion,
): { per: TimeUnit; end: number; counted: string | null } | null {
  const { end } = figure.span;
  const own = /^\/(day|week|month|year)$/.exec(figure.unit ?? '')?.[1] as TimeUnit | undefined;
  const behind =
    /^(?<counted>\s+[^\d,;.:()%]{0,40}?)?\s*(?:\b(?:per|an?|each|every|par|chaque)\s+|\/\s?)(?<unit>day|week|month|year|jour|semaine|mois|an|année)\b/i.exec(
      text.slice(end, end + 70),
    );
  if (behind)
    return {
      per: unitOf(behind.groups!.unit!),
      end: end + behind[0].length,
      counted: behind.groups!.counted?.trim() || null,
    };
  return own ? { per: own, end, counted: null } : null;
}

const TERM = `(?:${NUMBER}|[A-Z]{1,3}\\d{1,5})`;
/** "141+191+209=541", "F18-F17 = 2,415", "1226/52=23.6". A single number before the sign of equality is no sum. */
const FORMULAS = new RegExp(
  `(?<![\\p{L}\\d.,/])(?<terms>${TERM}(?:\\s*[+\\-−–*×/÷]\\s*${TERM})+)\\s*=\\s*(?<result>${NUMBER})(?!\\d)`,
  'gu',
);
const RATIO_FORMULAS = new RegExp(
  `(?<![\\p{L}\\d.,])(?<from>${NUMBER})\\s*(?:->|→|–>)\\s*(?<to>${NUMBER})\\s*=\\s*[x×]\\s?(?<result>${NUMBER})`,
  'gu',
);

function formulasIn(text: string): { claim: Claim; start: number; end: number }[] {
  const found: { claim: Claim; start: number; end: number }[] = [];
  const add = (match: RegExpMatchArray, terms: Operand[], result: string) => {
    const value = plain(result);
    const decimals = /[.,](\d+)$/.exec(result.replace(/[,\s]\d{3}(?!\d)/g, ''))?.[1]?.length ?? 0;
    const allowed = rounding(value, decimals || undefined);
    found.push({
      start: match.index!,
      end: match.index! + match[0].length,
      claim: { kind: 'formula', words: match[0], formula: { text: match[0], terms, result: value, allowed } },
    });
  };
  for (const match of text.matchAll(FORMULAS)) {
    const terms: Operand[] = [];
    for (const [, sign, term] of match.groups!.terms!.matchAll(
      new RegExp(`(^|[+\\-−–*×/÷])\\s*(${TERM})\\s*`, 'gu'),
    ))
      terms.push({ operator: operatorOf(sign!), value: /^[A-Z]/.test(term!) ? term! : plain(term!) });
    // "2020-01=5" is a date, and "12/11 = 3" may be one.
    if (terms.length >= 2) add(match, terms, match.groups!.result!);
  }
  for (const match of text.matchAll(RATIO_FORMULAS)) {
    const { from, to, result } = match.groups!;
    add(
      match,
      [
        { operator: '+', value: plain(to!) },
        { operator: '/', value: plain(from!) },
      ],
      result!,
    );
  }
  return found;
}

type Operand = Extract<Claim, { kind: 'formula' }>['formula']['terms'][number];

function operatorOf(sign: string): Operand['operator'] {
  if (sign === '' || sign === '+') return '+';
  if (sign === '*' || sign === '×') return '*';
  return sign === '/' || sign === '÷' ? '/' : '-';
}

function plain(number: string): number {
  const joined = number.replace(/[\s\u00a0\u202f]/g, '');
  // A comma before three digits at the end separates thousands; any other is a decimal mark.
  return Number(/,\d{3}(?!\d)/.test(joined) ? joined.replaceAll(',', '') : joined.replace(',', '.'));
}
