// Cardinal numbers written in words, or in words and digits: "two thousand three hundred", « quatre-vingt-dix-sept ».
import { isJoint, lowerOf, type Piece, readPieces } from './piece.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

/** A number read from words. */
export interface WordNumber {
  value: number;
  /** How many tokens it takes. */
  tokens: number;
  /** « une centaine », "a dozen": the word itself says "about". */
  approximate: boolean;
}

/** What a number word does when a number is put together from words. */
type Atom =
  | { kind: 'unit' | 'tens'; value: number }
  | { kind: 'hundred' | 'scale' | 'collective'; value: number }
  | { kind: 'and' | 'point' };

/** A cardinal number among pieces; `next` is the piece after it. */
export interface Cardinal {
  next: number;
  value: number;
  /** The scale it ends on ("two *million*"), or 1: what « et demi » is a half of. */
  scale: number;
  approximate: boolean;
  /** A single word below ten: often a manner of speaking. */
  small: boolean;
  /** What stands after its last "and" ("one hundred and *three*"), where that ends the number. */
  tail: number | null;
  /** The tens it ends on, where no "and" stands before them: "one hundred *thirty*" fifths. */
  tens: number;
}

function atoms(lists: [Atom['kind'], string][]): Map<string, Atom> {
  const map = new Map<string, Atom>();
  for (const [kind, entries] of lists) {
    for (const entry of entries.trim().split(/\s+/)) {
      const [word, value] = entry.split(':');
      map.set(word!, { kind, value: Number(value ?? 0) } as Atom);
    }
  }
  return map;
}

const ATOMS: Record<Language, Map<string, Atom>> = {
  en: atoms([
    [
      'unit',
      'zero:0 nought:0 naught:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13 fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19',
    ],
    ['tens', 'twenty:20 thirty:30 forty:40 fourty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90'],
    ['hundred', 'hundred:100'],
    ['scale', 'thousand:1e3 lakh:1e5 million:1e6 crore:1e7 billion:1e9 trillion:1e12'],
    ['collective', 'dozen:12 dozens:12 doz:12 dozs:12 dz:12 dzs:12 score:20'],
    ['and', 'and'],
    ['point', 'point'],
  ]),
  fr: atoms([
    [
      'unit',
      'zero:0 un:1 une:1 deux:2 trois:3 quatre:4 cinq:5 six:6 sept:7 huit:8 neuf:9 dix:10 onze:11 douze:12 treize:13 quatorze:14 quinze:15 seize:16',
    ],
    [
      'tens',
      'vingt:20 vingts:20 trente:30 quarante:40 cinquante:50 soixante:60 septante:70 huitante:80 octante:80 nonante:90',
    ],
    ['hundred', 'cent:100 cents:100'],
    [
      'scale',
      'mille:1e3 lakh:1e5 million:1e6 millions:1e6 crore:1e7 milliard:1e9 milliards:1e9 billion:1e12 billions:1e12 trillion:1e18 trillions:1e18',
    ],
    [
      'collective',
      'dizaine:10 dizaines:10 douzaine:12 douzaines:12 quinzaine:15 vingtaine:20 trentaine:30 quarantaine:40 cinquantaine:50 soixantaine:60 centaine:100 centaines:100 millier:1e3 milliers:1e3',
    ],
    ['and', 'et'],
    ['point', 'virgule'],
  ]),
};

const ACCENT = /[\u0300-\u036f]/g;

/** A word as number words are listed: without accents, since « zero » and « cinquieme » are common spellings. */
export function plainWord(word: string): string {
  for (let index = 0; index < word.length; index++) {
    if (word.charCodeAt(index) > 0x7f) return word.normalize('NFD').replace(ACCENT, '');
  }
  return word;
}

function atomAt(pieces: Piece[], at: number, language: Language): Atom | undefined {
  const piece = pieces[at];
  return piece?.kind === 'word' ? ATOMS[language].get(plainWord(piece.lower)) : undefined;
}

/** Whether a word can begin a number in words, its article aside. */
export function isNumberWord(word: string, language: Language): boolean {
  const atom = ATOMS[language].get(plainWord(word));
  return atom !== undefined && atom.kind !== 'and' && atom.kind !== 'point';
}

/** The piece that goes on after `at`: past a hyphen, with or without spaces around it ("fifty - two"). */
export function afterJoint(pieces: Piece[], at: number): number {
  const mark = pieces[at];
  if (mark?.kind !== 'mark' || !/^[-‐‑]$/.test(mark.text)) return at;
  const spaced = mark.gap === (pieces[at + 1]?.gap ?? true);
  return spaced ? at + 1 : at;
}

/** No number takes more pieces than this; it bounds the work at each piece. */
const LONGEST = 30;

/** The value of a run of digits that may stand in for words: "4 hundred", « 322 cents ». */
export type DigitsAt = (at: number) => { value: number; next: number } | null;

/**
 * The cardinal number that begins at `at`, or null. "a", "one", « un », « une » alone are read as 1: whoever asks
 * decides whether they are articles. `digits` reads a number in digits where words go on from it.
 */
export function readCardinal(
  pieces: Piece[],
  at: number,
  language: Language,
  digits: DigitsAt | null = null,
): Cardinal | null {
  return language === 'fr' ? readFrench(pieces, at, digits) : readEnglish(pieces, at, digits);
}

/** Whether "a score" is followed by what there are twenty of: "of" and a plural. */
function isTwenty(pieces: Piece[], at: number): boolean {
  const noun = pieces[at + 1];
  return (
    lowerOf(pieces, at) === 'of' &&
    noun?.kind === 'word' &&
    /(?:[^su']s|people|men|women|children)$/.test(noun.lower)
  );
}

type Last = 'none' | 'unit' | 'tens' | 'hundred' | 'scale' | 'collective';

function readEnglish(pieces: Piece[], at: number, digits: DigitsAt | null): Cardinal | null {
  let index = at;
  let total = 0;
  let current = 0;
  let part = 0;
  let last: Last = 'none';
  let next = at;
  let scale = 1;
  let approximate = false;
  let count = 0;
  let article = false;
  let andAt: number | null = null;
  const first = lowerOf(pieces, at);
  if (first === 'a' || first === 'an') {
    const following = atomAt(pieces, at + 1, 'en');
    if (following?.kind !== 'hundred' && following?.kind !== 'scale' && following?.kind !== 'collective')
      return null;
    current = part = 1;
    last = 'unit';
    article = true;
    index++;
  }
  while (index < pieces.length && index < at + LONGEST) {
    if (index > at) {
      const after = afterJoint(pieces, index);
      if (after > index && !atomAt(pieces, after, 'en')) break;
      index = after;
    }
    const atom = atomAt(pieces, index, 'en');
    if (!atom) {
      const group =
        digits && (last === 'none' || last === 'hundred' || last === 'scale') ? digits(index) : null;
      if (
        !group ||
        (last !== 'none' && !(group.value > 0 && group.value < (last === 'hundred' ? 100 : 1000)))
      )
        break;
      if (last === 'hundred' && /^(?:hundred|\.)/.test(lowerOf(pieces, group.next))) break;
      current += group.value;
      part = group.value;
      last = 'unit';
      next = index = group.next;
      count++;
      continue;
    }
    if (atom.kind === 'unit') {
      const fits =
        last === 'none' ||
        last === 'hundred' ||
        last === 'scale' ||
        (last === 'tens' && atom.value > 0 && atom.value < 10);
      if (!fits || (atom.value === 0 && last !== 'none')) break;
      // "three hundred and two hundred" is two numbers.
      if (last === 'hundred' && atomAt(pieces, index + 1, 'en')?.kind === 'hundred') break;
      current += atom.value;
      part = last === 'tens' ? part + atom.value : atom.value;
      last = 'unit';
    } else if (atom.kind === 'tens') {
      if (last !== 'none' && last !== 'hundred' && last !== 'scale') break;
      current += atom.value;
      part = atom.value;
      last = 'tens';
    } else if (atom.kind === 'hundred') {
      if (last === 'none') current = 1;
      else if ((last !== 'unit' && last !== 'tens') || part !== current) break;
      current *= 100;
      last = 'hundred';
    } else if (atom.kind === 'scale') {
      if (last === 'collective' || (last === 'none' && atom.value < 1e3)) break;
      if (last === 'scale') {
        if (atom.value < 1e5) break;
        total *= atom.value;
      } else {
        if (total > 0 && atom.value >= scale) break;
        total += (last === 'none' ? 1 : current) * atom.value;
      }
      current = 0;
      scale = atom.value;
      last = 'scale';
    } else if (atom.kind === 'collective') {
      if (last !== 'unit' && last !== 'tens') break;
      // "a score of 67", "a score below 60" are results; "a score of people" is twenty.
      if (article && lowerOf(pieces, index) === 'score' && !isTwenty(pieces, index + 1)) break;
      current += part * (atom.value - 1);
      approximate = article;
      last = 'collective';
    } else {
      if (atom.kind !== 'and' || (last !== 'hundred' && last !== 'scale')) break;
      const following = atomAt(pieces, index + 1, 'en');
      if (
        following?.kind !== 'unit' &&
        following?.kind !== 'tens' &&
        !(digits && pieces[index + 1]?.kind === 'digits')
      )
        break;
      // "one thousand and two thousand" is two numbers.
      if (clashes(pieces, index + 1, last === 'hundred' ? 100 : scale, 'en')) break;
      andAt = total + current;
      index++;
      continue;
    }
    next = ++index;
    count++;
  }
  if (count === 0) return null;
  const value = total + current;
  return {
    next,
    value,
    scale: last === 'scale' ? scale : last === 'hundred' ? 100 : 1,
    approximate,
    small: count === 1 && value < 10 && pieces[at]!.kind === 'word',
    tail: andAt === null || andAt === value ? null : value - andAt,
    tens: last === 'tens' && andAt === null ? part : 0,
  };
}

/** Whether the number after "and" grows as large as what stands before it: then it is a number of its own. */
function clashes(pieces: Piece[], at: number, scale: number, language: Language): boolean {
  for (let index = at; index < pieces.length && index < at + 6; index++) {
    const atom = atomAt(pieces, index, language);
    if (atom?.kind === 'scale' || atom?.kind === 'hundred') {
      // "two hundred and two thousand" is one number, "two hundred and two hundred" are two.
      if (scale === 100 ? atom.kind === 'hundred' : atom.value >= scale) return true;
      if (scale === 100) return false;
    } else if (
      atom?.kind !== 'unit' &&
      atom?.kind !== 'tens' &&
      pieces[index]!.kind !== 'digits' &&
      !isJoint(pieces, index)
    )
      return false;
  }
  return false;
}

function readFrench(pieces: Piece[], at: number, digits: DigitsAt | null): Cardinal | null {
  let index = at;
  let total = 0;
  let current = 0;
  let last: Last = 'none';
  let next = at;
  let scale = 1;
  let approximate = false;
  let count = 0;
  let ten = false;
  let andAt: number | null = null;
  while (index < pieces.length && index < at + LONGEST) {
    if (index > at) {
      const after = afterJoint(pieces, index);
      if (after > index && !atomAt(pieces, after, 'fr')) break;
      index = after;
    }
    const atom = atomAt(pieces, index, 'fr');
    if (!atom) {
      const group =
        digits && (last === 'none' || last === 'hundred' || last === 'scale') ? digits(index) : null;
      if (
        !group ||
        (last !== 'none' && !(group.value > 0 && group.value < (last === 'hundred' ? 100 : 1000)))
      )
        break;
      if (last === 'hundred' && /^cents?$/.test(lowerOf(pieces, group.next))) break;
      current += group.value;
      last = 'unit';
      next = index = group.next;
      count++;
      continue;
    }
    if (atom.kind === 'tens' && atom.value === 20 && last === 'unit' && current % 100 === 4) {
      current += 76;
      ten = false;
      last = 'tens';
    } else if (atom.kind === 'unit') {
      if (!fitsFrenchUnit(atom.value, current, last, ten)) break;
      // « vingt et un cinquième »: the fraction reads its own numerator.
      if (atom.value === 0 && last !== 'none') break;
      current += atom.value;
      ten = atom.value === 10;
      last = ten ? 'tens' : 'unit';
    } else if (atom.kind === 'tens') {
      if (last !== 'none' && last !== 'hundred' && last !== 'scale') break;
      current += atom.value;
      ten = false;
      last = 'tens';
    } else if (atom.kind === 'hundred') {
      if (last === 'tens' || last === 'hundred' || last === 'collective') break;
      if (last === 'none' && pieces[index]!.lower === 'cents') break;
      if (last === 'unit' && current >= 100 && !(count === 1)) break;
      // « quarante-cinq cents » are coins: hundreds are counted up to nineteen.
      if (plainWord(pieces[index]!.lower) === 'cents' && current > 19 && !(count === 1)) break;
      current = (current || 1) * 100;
      last = 'hundred';
    } else if (atom.kind === 'scale') {
      if (last === 'collective' || (last === 'none' && atom.value !== 1e3)) break;
      if (last === 'scale') {
        if (atom.value < 1e5) break;
        total *= atom.value;
      } else {
        if (total > 0 && atom.value >= scale) break;
        total += (last === 'none' ? 1 : current) * atom.value;
      }
      current = 0;
      scale = atom.value;
      last = 'scale';
    } else if (atom.kind === 'collective') {
      if (last !== 'unit' && last !== 'tens') break;
      const lastPart = current >= 100 ? current % 100 : current;
      approximate = lastPart === 1;
      current += lastPart * (atom.value - 1);
      last = 'collective';
    } else {
      if (atom.kind !== 'and') break;
      const following = atomAt(pieces, afterJoint(pieces, index + 1), 'fr');
      const value = following && 'value' in following ? following.value : -1;
      const one = last === 'tens' && (value === 1 || (value === 11 && current % 100 === 60));
      const mixed =
        digits !== null &&
        (last === 'scale' || last === 'hundred') &&
        (following?.kind === 'unit' || following?.kind === 'tens' || pieces[index + 1]?.kind === 'digits');
      if (!one && !(mixed && !clashes(pieces, index + 1, last === 'hundred' ? 100 : scale, 'fr'))) break;
      if (!one) andAt = total + current;
      index++;
      continue;
    }
    next = ++index;
    count++;
  }
  if (count === 0) return null;
  const value = total + current;
  return {
    next,
    value,
    scale: last === 'scale' ? scale : last === 'hundred' ? 100 : 1,
    approximate,
    small: count === 1 && value < 10 && pieces[at]!.kind === 'word',
    tail: andAt === null || andAt === value ? null : value - andAt,
    tens: last === 'tens' && andAt === null && current > 100 ? current % 100 : 0,
  };
}

/**
 * « soixante » and « quatre-vingt » take ten to sixteen; the other tens take one to nine; « dix » takes seven to nine.
 * `ten`: the last word was « dix ».
 */
function fitsFrenchUnit(unit: number, current: number, last: Last, ten: boolean): boolean {
  if (last === 'none' || last === 'hundred' || last === 'scale') return true;
  if (last !== 'tens') return false;
  const tens = current % 100;
  if (ten && (tens === 10 || tens === 70 || tens === 90)) return unit >= 7 && unit <= 9;
  return unit >= 1 && (unit <= 9 || ((tens === 60 || tens === 80) && unit <= 16));
}

/**
 * The number in words that begins at `tokens[at]`, whole tokens only ("ten-year" has none), or null. "one", « un » and
 * « une » alone are articles here, not numbers.
 */
export function readNumberWords(tokens: Token[], at: number, language: Language): WordNumber | null {
  const first = tokens[at]!;
  if (first.kind !== 'word') return null;
  const dash = first.lower.search(/[-‐‑]/);
  const head = dash < 0 ? first.lower : first.lower.slice(0, dash);
  if (!ATOMS[language].has(plainWord(head)) && head !== 'a' && head !== 'an' && head !== 'half') return null;
  const pieces: Piece[] = [];
  let end = 0;
  for (let index = at; index < tokens.length && index < at + 14 && tokens[index]!.kind === 'word'; index++) {
    const token = tokens[index]!;
    for (const piece of readPieces(token.lower, 0, token.lower.length, language))
      pieces.push({ ...piece, start: index, end: index, gap: piece.gap });
    end = index;
  }
  if (pieces.length === 0 || end < at) return null;
  if (head === 'half') {
    const rest = lowerOf(pieces, 1) === 'a' ? readCardinal(pieces, 1, language) : null;
    const whole = rest && pieces[rest.next]?.start !== pieces[rest.next - 1]!.start;
    return rest && whole
      ? { value: rest.value / 2, tokens: pieces[rest.next - 1]!.start - at + 1, approximate: true }
      : null;
  }
  const found = readCardinal(pieces, 0, language);
  if (!found || found.value < 2) return null;
  const last = pieces[found.next - 1]!.start;
  if (pieces[found.next]?.start === last) return null;
  return { value: found.value, tokens: last - at + 1, approximate: found.approximate };
}
