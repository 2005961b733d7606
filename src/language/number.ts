// Numbers a text gives for something: values, ranges, bounds, percentages, money with its conversions, changes.
// Numbers that only label or date (years, clock times, ages, ordinals, roads, laws, telephones) are left out.
import type { Span } from '../record/suggestion.ts';
import type { Bound } from '../record/vocabulary.ts';
import { boundAfter, boundBefore } from './bound.ts';
import { lexiconOf } from './lexicon.ts';
import { readNumberWords } from './number-word.ts';
import type { Language } from './propose.ts';
import { isSpaceAt, type Token } from './text-model.ts';
import { currencyBefore, isDuration, UNITS, unitAt } from './unit.ts';

/** One number with everything that qualifies it; `from` and `to` are token indices. */
export interface NumberMention extends Span {
  from: number;
  to: number;
  value: number | null;
  low: number | null;
  high: number | null;
  bound: Bound;
  /** ISO 4217, "%", a unit symbol, or null for a plain count. */
  unit: string | null;
  equivalents: { span: Span; value: number; unit: string | null }[];
  /** A length of time ("three years"): usually says when, not how many. */
  duration: boolean;
  /** Written in words, or below ten: less often a figure than a manner of speaking. */
  words: boolean;
  /** Where the expression with its parallel conversions ends, as a token index. */
  after: number;
}

interface Amount {
  from: number;
  to: number;
  value: number;
  /** The number before "million". */
  raw: number;
  unit: string | null;
  money: boolean;
  words: boolean;
  approximate: boolean;
  scaled: boolean;
  /** Four plain digits that could be a year. */
  yearLike: boolean;
}

const SCALE: Record<Language, Record<string, number>> = {
  en: {
    thousand: 1e3,
    million: 1e6,
    millions: 1e6,
    billion: 1e9,
    billions: 1e9,
    trillion: 1e12,
    m: 1e6,
    mn: 1e6,
    bn: 1e9,
    k: 1e3,
  },
  fr: {
    mille: 1e3,
    milliers: 1e3,
    million: 1e6,
    millions: 1e6,
    milliard: 1e9,
    milliards: 1e9,
    md: 1e9,
    mds: 1e9,
    m: 1e6,
    k: 1e3,
  },
};

/** Words after which a number is the name of a thing, not an amount of it. */
const LABELS = new Set(
  'article articles section sections chapter page pages paragraph clause schedule law act no nos number room unit block junction route road highway motorway exit flight line channel platform gate terminal bus train version level grade class part volume issue figure table annex appendix regulation directive decree resolution phase tier item zone alinéa chapitre paragraphe loi n numéro décret arrêté règlement autoroute départementale nationale sortie vol ligne chaîne voie porte niveau classe partie tome annexe tableau titre art p pp aged age âge tel tél phone téléphone'.split(
    ' ',
  ),
);

const RISE =
  /^(?:rose|rise|rises|risen|rising|increase|increased|increases|increasing|grew|grow|grown|growing|climbed|jumped|jump|soared|surged|surge|up|gained|hausse|augmenté|augmente|augmentation|augmentent|progressé|progresse|progression|grimpé|bondi|bond|crû|croissance)$/;
const FALL =
  /^(?:fell|fall|fallen|falling|falls|decrease|decreased|decreases|decreasing|dropped|drop|drops|declined|decline|declines|shrank|plunged|reduced|reduction|cut|down|baisse|baissé|diminué|diminution|diminue|reculé|recul|chuté|chute|réduction|réduit)$/;

/** The gap between two digit groups: one space of any width, or none but an apostrophe. */
function groupsJoin(text: string, left: Token, right: Token, language: Language): boolean {
  if (right.start - left.end !== 1 || !isSpaceAt(text, left.end)) return false;
  const unit = text.charCodeAt(left.end);
  if (unit === 10 || unit === 13 || unit === 9) return false;
  return language === 'fr' || unit !== 32 || !/^(?:1[89]|20)$/.test(left.text);
}

interface Digits {
  value: number;
  to: number;
  plain: boolean;
  tail: string;
}

/** The value of a number in digits that begins at `at`, joined over spaces; null for what is no plain number. */
function readDigits(text: string, tokens: Token[], at: number, language: Language): Digits | null {
  const first = tokens[at]!;
  const match = /^(\d[\d.,]{0,24}?)([\p{L}²]{0,3})$/u.exec(first.text);
  if (!match) return null;
  let digits = match[1]!;
  let to = at + 1;
  let tail = match[2]!.toLowerCase();
  if (tail === '' && /^\d{1,3}$/.test(digits)) {
    while (to < tokens.length && to < at + 5) {
      const next = tokens[to]!;
      const group = /^(\d{3})(?:([.,]\d{1,2})|(\p{L}{1,2}))?$/u.exec(next.text);
      if (!group || !groupsJoin(text, tokens[to - 1]!, next, language)) break;
      digits += group[1]! + (group[2] ? group[2].replace(/[.,]/, language === 'fr' ? ',' : '.') : '');
      to++;
      tail = group[3]?.toLowerCase() ?? '';
      if (group[2] || tail) break;
    }
  }
  const plain = to === at + 1 && /^\d+$/.test(digits);
  const value = readValue(digits, language);
  return value === null ? null : { value, to, plain, tail };
}

/**
 * The value of digits with points and commas. English groups by comma, French by point; a single group of three
 * (« 1.500 ») is read as thousands in French, where a point is no decimal sign.
 */
export function readValue(digits: string, language: Language): number | null {
  if (digits.length > 16) return null;
  if (/^\d+$/.test(digits)) return digits.length > 1 && digits.startsWith('0') ? null : Number(digits);
  const { grouped, group, decimal } = DIGITS[language];
  if (grouped.test(digits)) return Number(digits.replaceAll(group, '').replace(',', '.'));
  if (decimal.test(digits)) return Number(digits.replace(',', '.'));
  // The other language's habit, where it can only mean one thing: "1.5" in French prose, "2,5" in English.
  if (/^\d+[.,]\d{1,2}$/.test(digits)) return Number(digits.replace(',', '.'));
  return null;
}

const DIGITS = {
  en: { group: ',', grouped: /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/, decimal: /^\d+\.\d+$/ },
  fr: { group: '.', grouped: /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/, decimal: /^\d+,\d+$/ },
};

const lowerAt = (tokens: Token[], at: number): string => tokens[at]?.lower ?? '';
const textAt = (tokens: Token[], at: number): string => tokens[at]?.text ?? '';

/** The amount that begins at token `at` (a currency sign, digits or number words), or null. */
function readAmount(text: string, tokens: Token[], at: number, language: Language): Amount | null {
  if (at >= tokens.length) return null;
  let index = at;
  let unit: string | null = null;
  const currency = currencyBefore(tokens, at);
  if (currency) {
    unit = currency.unit;
    index = currency.next;
  }
  const token = tokens[index];
  if (!token) return null;
  const amount: Amount = {
    from: at,
    to: index + 1,
    value: 0,
    raw: 0,
    unit,
    money: unit !== null,
    words: false,
    approximate: false,
    scaled: false,
    yearLike: false,
  };
  if (token.kind === 'number') {
    const digits = readDigits(text, tokens, index, language);
    if (!digits) return null;
    amount.value = amount.raw = digits.value;
    amount.to = digits.to;
    amount.yearLike = digits.plain && unit === null && digits.value >= 1500 && digits.value <= 2100;
    if (digits.tail !== '' && !applyTail(amount, digits.tail, tokens, language)) return null;
  } else if (token.kind === 'word') {
    const words = readNumberWords(tokens, index, language);
    if (!words) return null;
    amount.value = amount.raw = words.value;
    amount.to = index + words.tokens;
    amount.words = true;
    amount.approximate = words.approximate;
  } else return null;
  readScale(amount, tokens, language);
  readUnit(amount, tokens, language);
  return amount;
}

/** Letters written onto the digits: "12m", "15bn", "10km". False when they make it no amount ("3rd", "10h30"). */
function applyTail(amount: Amount, tail: string, tokens: Token[], language: Language): boolean {
  amount.yearLike = false;
  const next = lowerAt(tokens, amount.to);
  const scale = SCALE[language][tail];
  const counts = lexiconOf(language).people.has(next) || next === '€' || next === '$';
  if (scale && (amount.money || tail === 'bn' || tail === 'mn' || tail === 'k' || counts)) {
    amount.value *= scale;
    amount.scaled = true;
    return true;
  }
  const unit = UNITS[tail];
  if (!unit || amount.money) return false;
  amount.unit = unit;
  return true;
}

function readScale(amount: Amount, tokens: Token[], language: Language): void {
  const word = lowerAt(tokens, amount.to);
  if (amount.scaled || word.length < 2) return;
  const scale = SCALE[language][word];
  if (!scale || amount.words) return;
  amount.value *= scale;
  amount.scaled = true;
  amount.yearLike = false;
  amount.to++;
}

/** Gives the amount the unit that follows it: percent, money, a measure. */
function readUnit(amount: Amount, tokens: Token[], language: Language): void {
  if (amount.money) return;
  const thousands = /^(?:m|md|mds|k)$/.exec(lowerAt(tokens, amount.to))?.[0];
  if (thousands && textAt(tokens, amount.to + 1) === '€') {
    amount.value *= SCALE.fr[thousands]!;
    amount.to++;
  }
  const found = unitAt(tokens, amount.to, language, amount.value >= 1e6, amount.unit === null);
  if (!found) return;
  amount.unit = found.unit;
  amount.money = found.money;
  amount.to = found.next;
  amount.yearLike = false;
}

/**
 * The numbers among the tokens of a sentence that stand for an amount, in text order, none overlapping.
 * `dates` are the sentence's dates: numbers in them are not amounts. Tokens must be those of `text` itself.
 */
export function findNumbers(
  text: string,
  tokens: Token[],
  language: Language,
  dates: Span[],
): NumberMention[] {
  const mentions: NumberMention[] = [];
  let date = 0;
  let telephone = 0;
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]!;
    while (date < dates.length && dates[date]!.end <= token.start) date++;
    if (date < dates.length && dates[date]!.start <= token.start) {
      at++;
      continue;
    }
    if (at >= telephone) telephone = telephoneEnd(tokens, at);
    if (at < telephone) {
      at = telephone;
      telephone = 0;
      continue;
    }
    const amount = readAmount(text, tokens, at, language);
    if (!amount) {
      at++;
      continue;
    }
    const overlaps = date < dates.length && dates[date]!.start < tokens[amount.to - 1]!.end;
    if (overlaps || isLabel(text, tokens, amount, language)) {
      at = Math.max(at + 1, overlaps ? at + 1 : amount.to);
      continue;
    }
    const mention = qualify(text, tokens, amount, language);
    mentions.push(mention);
    at = mention.after;
  }
  return mentions;
}

/** Four or more short digit groups in a row ("03 21 46 66 00", "+44 20 7946 0000") are a telephone number. */
function telephoneEnd(tokens: Token[], at: number): number {
  let index = at;
  let groups = 0;
  while (index < tokens.length && index < at + 20) {
    const token = tokens[index]!;
    const close = index === at || token.start - tokens[index - 1]!.end <= 1;
    if (!close) break;
    if (token.kind === 'number' && /^\d{1,5}$/.test(token.text)) groups++;
    else if (!/^[-.+()/]$/.test(token.text)) break;
    else if (groups === 0 && token.text !== '+' && token.text !== '(') break;
    index++;
  }
  if (groups < 3) return at;
  let thousands = true;
  for (let back = at; back < index; back++) {
    const token = tokens[back]!;
    if (token.kind === 'mark') thousands = false;
    else if (back > at && token.text.length !== 3) thousands = false;
  }
  if (thousands || (groups === 3 && textAt(tokens, at) !== '+' && !tokens[at]!.text.startsWith('0')))
    return at;
  while (tokens[index - 1]!.kind === 'mark') index--;
  return index;
}

/** Whether a number names, dates or orders something instead of counting it. */
function isLabel(text: string, tokens: Token[], amount: Amount, language: Language): boolean {
  if (amount.money || amount.unit === '%') return false;
  const lexicon = lexiconOf(language);
  const first = tokens[amount.from]!;
  const last = tokens[amount.to - 1]!;
  const before = tokens[amount.from - 1];
  const next = tokens[amount.to];
  const word = before?.lower ?? '';
  const after = next?.lower ?? '';
  const touchesBefore = before !== undefined && before.end === first.start;
  const touchesNext = next !== undefined && next.start === last.end;
  if (LABELS.has(word) || word === '°' || word === '#' || word === '§' || word === '№' || word === 'º')
    return true;
  if (word === '.' && LABELS.has(lowerAt(tokens, amount.from - 2))) return true;
  if (amount.words) {
    if (/^(?:years?-old|ans|of)$/.test(after) && after !== 'of') return true;
    if (after === 'years' && lowerAt(tokens, amount.to + 1) === 'old') return true;
    return amount.value < 10 && !next;
  }
  if (touchesBefore && /^[:/.,'’_@=\\]$/.test(word)) return true;
  if (touchesBefore && (word === '-' || word === '–') && tokens[amount.from - 2]?.end === before.start)
    return true;
  if (touchesNext && /^[:/_@=\\]$/.test(after)) return true;
  if (touchesNext && /^[-‑]$/.test(after) && tokens[amount.to + 1]?.start === next.end) {
    const range = tokens[amount.to + 1]!.kind === 'number';
    if (!range || readDigits(text, tokens, amount.to + 1, language)?.plain !== true) return !range;
    if (Number(tokens[amount.to + 1]!.text) <= amount.value) return true;
  }
  if (/^(?:million|billion|thousand|year|month|week|day|hour|strong|page|storey)s?-/.test(after)) return true;
  if (after === 'years' && lowerAt(tokens, amount.to + 1) === 'old') return true;
  if (after === 'ans') return true;
  if (/^(?:am|pm|a\.m|p\.m|a\.m\.|p\.m\.|o'clock|h)$/.test(after)) return true;
  if ((word === 'h' || word === 'heures') && tokens[amount.from - 2]?.kind === 'number') return true;
  if ((word === 'à' || word === 'vers' || word === 'dès') && after === 'heures') return true;
  if (
    (before === undefined || word === '(') &&
    (after === ')' || (after === '.' && amount.to < tokens.length - 1))
  )
    return true;
  if (word === '[' && after === ']') return true;
  if (amount.value > 1e15) return true;
  const noun = next !== undefined && next.kind === 'word' && !next.capital;
  const counts = noun && (lexicon.people.has(after) || lexicon.things.has(after));
  if (amount.yearLike && !counts) {
    const bounded = boundBefore(tokens, amount.from, language) !== null;
    if (!bounded || !noun) return true;
  }
  // "Utopia 56", "Channel 4": a capitalised word and a number with no counted noun after it are a name.
  const named = before?.kind === 'word' && before.capital && !lexicon.functionWords.has(word);
  if (named && amount.unit === null && !counts && amount.value < 1000) {
    if (boundBefore(tokens, amount.from, language) === null) return true;
  }
  // An age stands between commas: "the observer, 34, …".
  if (
    word === ',' &&
    after === ',' &&
    amount.value >= 10 &&
    amount.value < 120 &&
    tokens[amount.from - 2]?.kind === 'word'
  )
    return true;
  if ((word === 'at' || word === 'à') && amount.value <= 24 && !noun) return true;
  return inAddress(text, first.start, last.end);
}

/** Whether the run of characters without white space around a number is an address on the network. */
function inAddress(text: string, start: number, end: number): boolean {
  let from = start;
  let to = end;
  while (from > 0 && from > start - 80 && !isSpaceAt(text, from - 1)) from--;
  while (to < text.length && to < end + 80 && !isSpaceAt(text, to)) to++;
  const run = text.slice(from, to);
  return run.includes('://') || run.includes('@') || run.startsWith('www.');
}

/** Adds range, bound, conversions and change to an amount. */
function qualify(text: string, tokens: Token[], amount: Amount, language: Language): NumberMention {
  const mention: NumberMention = {
    from: amount.from,
    to: amount.to,
    start: 0,
    end: 0,
    value: round(amount.value),
    low: null,
    high: null,
    bound: amount.approximate ? 'about' : 'exact',
    unit: amount.unit,
    equivalents: [],
    duration: isDuration(lowerAt(tokens, amount.to)),
    words: amount.words || (amount.value < 10 && amount.unit === null),
    after: amount.to,
  };
  const range = readRange(text, tokens, amount, language);
  if (range) {
    mention.from = range.from;
    mention.to = mention.after = range.high.to;
    mention.low = round(range.low);
    mention.high = round(range.high.value);
    mention.value = null;
    mention.bound = 'range';
    mention.unit = amount.unit ?? range.high.unit;
    mention.duration = isDuration(lowerAt(tokens, range.high.to));
  }
  readConversions(text, tokens, mention, amount.money, language);
  const change = range ? null : changeAround(tokens, amount, language);
  if (change) {
    mention.bound = 'change';
    mention.value = round(amount.value * change.sign);
    mention.from = Math.min(mention.from, change.from);
  } else if (!range) {
    const bound = boundBefore(tokens, amount.from, language);
    const suffix = bound ? null : boundAfter(tokens, mention.to, language);
    if (bound) {
      mention.bound = bound.bound;
      mention.from = bound.from;
    } else if (suffix) {
      mention.bound = suffix.bound;
      mention.to = suffix.to;
      mention.after = Math.max(mention.after, suffix.to);
    }
  }
  mention.start = tokens[mention.from]!.start;
  mention.end = tokens[mention.to - 1]!.end;
  return mention;
}

function round(value: number): number {
  return Number(value.toPrecision(12));
}

interface Range {
  from: number;
  low: number;
  high: Amount;
}

/** "1,500 to 2,000", "between 1,500 and 2,000", « de 10 à 12 % », "1,500–2,000", "1.5 to 2 million". */
function readRange(text: string, tokens: Token[], amount: Amount, language: Language): Range | null {
  const link = tokens[amount.to];
  if (!link) return null;
  const before = lowerAt(tokens, amount.from - 1);
  const between = before === 'between' || before === 'entre';
  const dash = link.text === '–' || link.text === '-' || link.text === '—' || link.text === '‑';
  const word = language === 'fr' ? link.lower === 'à' : link.lower === 'to';
  const and = between && (link.lower === 'and' || link.lower === 'et');
  if (!dash && !word && !and) return null;
  if (dash && link.start !== tokens[amount.to - 1]!.end && link.text === '-') return null;
  const high = readAmount(text, tokens, amount.to + 1, language);
  if (!high || (amount.unit !== null && high.unit !== null && amount.unit !== high.unit)) return null;
  let low = amount.value;
  if (high.scaled && !amount.scaled && amount.raw < high.raw) low = amount.raw * (high.value / high.raw);
  if (low >= high.value) return null;
  const from = before === 'from' || (language === 'fr' && before === 'de');
  if (from) {
    for (let back = amount.from - 2; back >= 0 && back > amount.from - 6; back--) {
      const verb = lowerAt(tokens, back);
      // "rose from 500 to 1,000" gives two figures, not a range.
      if (RISE.test(verb) || FALL.test(verb)) return null;
    }
  }
  return { from: between || from ? amount.from - 1 : amount.from, low, high };
}

/** "(€15 million, $19 million)" after money, "(6 miles)" after a measure: the same amount in other units. */
function readConversions(
  text: string,
  tokens: Token[],
  mention: NumberMention,
  money: boolean,
  language: Language,
): void {
  if (mention.unit === null || mention.unit === '%') return;
  let index = mention.to;
  if (textAt(tokens, index) !== '(') return;
  index++;
  const found: NumberMention['equivalents'] = [];
  while (index < tokens.length && index < mention.to + 30) {
    const token = tokens[index]!;
    if (token.text === ')') {
      if (found.length > 0) {
        mention.equivalents = found;
        mention.after = index + 1;
      }
      return;
    }
    if (
      /^(?:[,;/=≈~]|or|ou|and|et|soit|about|around|some|roughly|approximately|nearly|environ|près|de|d'|quelque)$/.test(
        token.lower,
      )
    ) {
      index++;
      continue;
    }
    const amount = readAmount(text, tokens, index, language);
    if (
      !amount ||
      amount.money !== money ||
      amount.unit === null ||
      amount.unit === '%' ||
      amount.unit === mention.unit
    )
      return;
    found.push({
      span: { start: tokens[amount.from]!.start, end: tokens[amount.to - 1]!.end },
      value: round(amount.value),
      unit: amount.unit,
    });
    index = amount.to;
  }
}

/** Whether the amount is a difference: a sign before it, a verb or noun of change beside it. */
function changeAround(
  tokens: Token[],
  amount: Amount,
  language: Language,
): { sign: 1 | -1; from: number } | null {
  const before = tokens[amount.from - 1];
  const first = tokens[amount.from]!;
  const signed = before && /^[+−-]$/.test(before.text) && before.end === first.start;
  if (signed && (tokens[amount.from - 2]?.end !== before.start || before.text === '+'))
    return { sign: before.text === '+' ? 1 : -1, from: amount.from - 1 };
  const word = before?.lower ?? '';
  const direction = (at: number): 1 | -1 | null => {
    const candidate = lowerAt(tokens, at);
    return RISE.test(candidate) ? 1 : FALL.test(candidate) ? -1 : null;
  };
  if (language === 'en') {
    if (amount.unit === '%' && (word === 'up' || word === 'down'))
      return { sign: word === 'up' ? 1 : -1, from: amount.from - 1 };
    if (word === 'by' || word === 'of' || ((RISE.test(word) || FALL.test(word)) && amount.unit === '%')) {
      for (let back = amount.from - 1; back >= 0 && back > amount.from - 4; back--) {
        const sign = direction(back);
        if (sign && (word !== 'of' || back === amount.from - 2)) return { sign, from: back };
      }
    }
    const next = direction(amount.to);
    if (
      next &&
      amount.unit === '%' &&
      /^(?:increase|rise|jump|surge|fall|drop|decline|decrease|reduction|cut)$/.test(
        lowerAt(tokens, amount.to),
      )
    )
      return { sign: next, from: amount.from };
    if (amount.unit === '%' && /^(?:more|higher)$/.test(lowerAt(tokens, amount.to)))
      return { sign: 1, from: amount.from };
    if (amount.unit === '%' && /^(?:fewer|less|lower)$/.test(lowerAt(tokens, amount.to)))
      return { sign: -1, from: amount.from };
    return null;
  }
  if (word === 'de' || word === "d'") {
    for (let back = amount.from - 2; back >= 0 && back > amount.from - 5; back--) {
      const sign = direction(back);
      if (sign) return { sign, from: back };
    }
  }
  if (amount.unit === '%' && lowerAt(tokens, amount.to) === 'de') {
    const more = lowerAt(tokens, amount.to + 1);
    if (more === 'plus') return { sign: 1, from: amount.from };
    if (more === 'moins') return { sign: -1, from: amount.from };
  }
  return null;
}
