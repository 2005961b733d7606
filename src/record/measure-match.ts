// Which measure a figure is of, told by its words. Careful: "attempts" and "arrivals" are two measures, and a figure put under
// the wrong one is set against what it has nothing to do with. So only the same words, give or take an article, a plural or
// the order of "who" and "of", make a match; everything else is for a person to choose from.
import type { Measure } from './measure.ts';

/** The part of a measure that its figures are known by. */
export type MeasureWords = Pick<Measure, 'id' | 'name' | 'unit' | 'wordings'>;

/** What came of looking a figure's words up. */
export interface MeasureMatch {
  /** The one measure that fits clearly, or null. */
  measure: string | null;
  /** Measures that may be meant, the likeliest first, each with its likeness from 0 to 1; the one that fits included. */
  possible: { measure: string; likeness: number }[];
}

/**
 * Words that say nothing about what is counted. Those that do are not among them though grammar calls them function words:
 * "by" and "on" tell attacks by the police from attacks on the police.
 */
const EMPTY_WORDS = new Set(
  (
    'the a an of in at who which that is are was were be been being it its their this these those there ' +
    'le la les l un une des du de d en au aux dans qui que qu est sont etait etaient ete etre leur leurs ce cette ces y'
  ).split(' '),
);
const IRREGULAR: Readonly<Record<string, string>> = {
  people: 'person',
  persons: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
};

/** A word without its plural, lightly: enough that "arrivals" is "arrival" and « chevaux » is « cheval ». */
function singular(word: string): string {
  const irregular = IRREGULAR[word];
  if (irregular !== undefined) return irregular;
  if (word.length <= 3) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.endsWith('eaux')) return word.slice(0, -1);
  if (word.endsWith('aux')) return `${word.slice(0, -3)}al`;
  return /[^su]s$/.test(word) && !word.endsWith('is') ? word.slice(0, -1) : word;
}

/**
 * The words that say what is counted, in their order: without marks, case, plural, articles.
 * @example foldedWords('Les migrants autour de Calais') // ['migrant', 'autour', 'calais']
 */
export function foldedWords(text: string): string[] {
  const words = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe');
  const all = words.match(/[\p{L}\p{N}%]+/gu) ?? [];
  const full = all.filter((word) => !EMPTY_WORDS.has(word));
  return (full.length > 0 ? full : all).map(singular);
}

/** Whether a unit is that of money, as ISO 4217 has it. */
export function isMoney(unit: string | null): boolean {
  return unit !== null && /^[A-Z]{3}$/.test(unit);
}

/**
 * Whether a figure in one unit can be of a measure in another: money is money, a change of anything may be in per cent, and a
 * measure without a unit does not say.
 */
function unitsFit(unit: string | null, measured: string | null): boolean {
  if (measured === null || unit === measured || unit === '%') return true;
  if (isMoney(measured) || isMoney(unit)) return isMoney(measured) && isMoney(unit);
  return measured !== '%';
}

interface Wording {
  measure: MeasureWords;
  words: Set<string>;
}

/**
 * A look-up of measures by words, made once for many figures. `(counted, unit)` gives the measure that has these very words
 * as its name or among its wordings, if only one has; without `possible`, which `matchMeasure` adds.
 */
export function measureMatcher(
  measures: readonly MeasureWords[],
): (counted: string, unit: string | null) => string | null {
  const byWords = new Map<string, MeasureWords[]>();
  for (const measure of measures) {
    for (const key of new Set(
      [measure.name, ...measure.wordings].map((text) => foldedWords(text).join(' ')),
    )) {
      const held = byWords.get(key);
      if (held) held.push(measure);
      else byWords.set(key, [measure]);
    }
  }
  return (counted, unit) => {
    const fitting = byWords.get(foldedWords(counted).join(' '))?.filter((one) => unitsFit(unit, one.unit));
    return fitting?.length === 1 ? fitting[0]!.id : null;
  };
}

/** Below this share of common words two wordings have no more in common than any two of one subject. */
const LIKE = 0.4;

/**
 * The measure that a figure's words fit, and those that a person may choose from. Likeness is the share of words that a figure
 * and a wording have in common (Dice): 1 is all of them.
 */
export function matchMeasure(
  counted: string,
  unit: string | null,
  measures: readonly MeasureWords[],
): MeasureMatch {
  const words = new Set(foldedWords(counted));
  const wordings = measures
    .filter((measure) => unitsFit(unit, measure.unit))
    .flatMap((measure): Wording[] =>
      [measure.name, ...measure.wordings].map((text) => ({ measure, words: new Set(foldedWords(text)) })),
    );
  const likeness = new Map<MeasureWords, number>();
  for (const wording of wordings) {
    const common = [...words].filter((word) => wording.words.has(word)).length;
    const like = (2 * common) / (words.size + wording.words.size || 1);
    if (like >= LIKE) likeness.set(wording.measure, Math.max(like, likeness.get(wording.measure) ?? 0));
  }
  const possible = [...likeness]
    .sort(([a, one], [b, other]) => other - one || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(([measure, like]) => ({ measure: measure.id, likeness: like }));
  return { measure: measureMatcher(measures)(counted, unit), possible };
}
