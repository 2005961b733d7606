// Numbers written in words: "two thousand three hundred", « quatre-vingt-dix-sept », « une centaine ».
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

function values(entries: string): Map<string, number> {
  return new Map(
    entries
      .trim()
      .split(/\s+/)
      .map((entry) => {
        const [word, value] = entry.split(':');
        return [word!, Number(value)] as const;
      }),
  );
}

const UNITS = {
  en: values(
    'zero:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13 fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19',
  ),
  fr: values(
    'zéro:0 un:1 une:1 deux:2 trois:3 quatre:4 cinq:5 six:6 sept:7 huit:8 neuf:9 dix:10 onze:11 douze:12 treize:13 quatorze:14 quinze:15 seize:16',
  ),
};
const TENS = {
  en: values('twenty:20 thirty:30 forty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90'),
  fr: values(
    'vingt:20 vingts:20 trente:30 quarante:40 cinquante:50 soixante:60 septante:70 huitante:80 nonante:90',
  ),
};
const SCALES = {
  en: values('thousand:1000 million:1000000 billion:1000000000 trillion:1000000000000'),
  fr: values('mille:1000 million:1000000 millions:1000000 milliard:1000000000 milliards:1000000000'),
};
/** Nouns that are a number: « une centaine de personnes ». */
const COLLECTIVE = {
  en: values('dozen:12 score:20'),
  fr: values(
    'dizaine:10 douzaine:12 quinzaine:15 vingtaine:20 trentaine:30 quarantaine:40 cinquantaine:50 soixantaine:60 centaine:100 millier:1000',
  ),
};

/** No number takes more words than this; it bounds the work at each token. */
const LONGEST = 14;

interface Part {
  word: string;
  /** Index of the token the part belongs to. */
  token: number;
}

/** The number that begins at `tokens[at]`, or null. "one", « un » and « une » alone are articles here, not numbers. */
export function readNumberWords(tokens: Token[], at: number, language: Language): WordNumber | null {
  const first = tokens[at]!;
  if (first.kind !== 'word' || !mayBegin(first.lower, language)) return null;
  return language === 'fr' ? readFrench(tokens, at) : readEnglish(tokens, at);
}

function mayBegin(word: string, language: Language): boolean {
  const dash = word.indexOf('-');
  const head = dash < 0 ? word : word.slice(0, dash);
  if (UNITS[language].has(head) || TENS[language].has(head)) return true;
  return language === 'fr'
    ? head === 'cent' || head === 'mille'
    : head === 'a' || head === 'half' || head === 'an';
}

function partsFrom(tokens: Token[], at: number): Part[] {
  const parts: Part[] = [];
  for (let index = at; index < tokens.length && index < at + LONGEST; index++) {
    const token = tokens[index]!;
    if (token.kind !== 'word') break;
    for (const word of token.lower.split('-')) parts.push({ word, token: index });
  }
  return parts;
}

/** Tokens used when `used` parts were read; null when the last token was only partly read ("ten-year"). */
function tokensUsed(parts: Part[], used: number, at: number): number | null {
  if (used === 0 || used > parts.length) return null;
  const last = parts[used - 1]!.token;
  if (parts[used]?.token === last) return null;
  return last - at + 1;
}

function readEnglish(tokens: Token[], at: number): WordNumber | null {
  const parts = partsFrom(tokens, at);
  let index = 0;
  let approximate = false;
  let article = false;
  if (parts[0]!.word === 'half') {
    const scale = SCALES.en.get(parts[2]?.word ?? '') ?? COLLECTIVE.en.get(parts[2]?.word ?? '');
    const count = tokensUsed(parts, 3, at);
    return parts[1]?.word === 'a' && scale && count
      ? { value: scale / 2, tokens: count, approximate: true }
      : null;
  }
  if (parts[0]!.word === 'a' || parts[0]!.word === 'an') {
    article = true;
    index = 1;
    if (
      parts[1]?.word !== 'hundred' &&
      !SCALES.en.has(parts[1]?.word ?? '') &&
      !COLLECTIVE.en.has(parts[1]?.word ?? '')
    )
      return null;
  }
  let total = 0;
  let current = article ? 1 : 0;
  let last: 'none' | 'unit' | 'tens' | 'hundred' | 'scale' = article ? 'unit' : 'none';
  let used = index;
  for (; index < parts.length; index++) {
    const word = parts[index]!.word;
    const unit = UNITS.en.get(word);
    const tens = TENS.en.get(word);
    const scale = SCALES.en.get(word);
    const collective = COLLECTIVE.en.get(word);
    if (
      unit !== undefined &&
      (last === 'none' ||
        last === 'hundred' ||
        last === 'scale' ||
        (last === 'tens' && unit < 10 && unit > 0))
    ) {
      current += unit;
      last = 'unit';
    } else if (tens !== undefined && (last === 'none' || last === 'hundred' || last === 'scale')) {
      current += tens;
      last = 'tens';
    } else if (word === 'hundred' && last === 'unit' && current < 100) {
      current *= 100;
      last = 'hundred';
    } else if (scale !== undefined && last !== 'none' && last !== 'scale') {
      total += current * scale;
      current = 0;
      last = 'scale';
    } else if (collective !== undefined && last === 'unit' && total === 0) {
      current *= collective;
      approximate = article;
      used = index + 1;
      break;
    } else if (word === 'and' && (last === 'hundred' || last === 'scale')) {
      const next = parts[index + 1]?.word ?? '';
      if (!UNITS.en.has(next) && !TENS.en.has(next)) break;
      continue;
    } else break;
    used = index + 1;
  }
  return finish(parts, used, at, total + current, approximate);
}

function readFrench(tokens: Token[], at: number): WordNumber | null {
  const parts = partsFrom(tokens, at);
  if (parts[0]!.word === 'un' || parts[0]!.word === 'une') {
    const collective = COLLECTIVE.fr.get(parts[1]?.word ?? '');
    const count = tokensUsed(parts, 2, at);
    if (collective && count) return { value: collective, tokens: count, approximate: true };
  }
  let total = 0;
  let current = 0;
  let last: 'none' | 'unit' | 'tens' | 'hundred' | 'scale' = 'none';
  let used = 0;
  for (let index = 0; index < parts.length; index++) {
    const word = parts[index]!.word;
    const unit = UNITS.fr.get(word);
    const tens = TENS.fr.get(word);
    const scale = SCALES.fr.get(word);
    if ((word === 'vingt' || word === 'vingts') && last === 'unit' && current % 100 === 4) {
      current += 76;
      last = 'tens';
    } else if (unit !== undefined && fitsFrenchUnit(unit, current, last)) {
      current += unit;
      last = unit === 10 ? 'tens' : 'unit';
    } else if (tens !== undefined && (last === 'none' || last === 'hundred' || last === 'scale')) {
      current += tens;
      last = 'tens';
    } else if (
      (word === 'cent' || word === 'cents') &&
      last !== 'tens' &&
      last !== 'hundred' &&
      current < 10
    ) {
      current = (current || 1) * 100;
      last = 'hundred';
    } else if (scale !== undefined && (last !== 'none' || word === 'mille') && last !== 'scale') {
      total += (current || 1) * scale;
      current = 0;
      last = 'scale';
    } else if (word === 'et' && last === 'tens') {
      const next = parts[index + 1]?.word ?? '';
      if (next !== 'un' && next !== 'une' && next !== 'onze') break;
      continue;
    } else break;
    used = index + 1;
  }
  return finish(parts, used, at, total + current, false);
}

/** « soixante » and « quatre-vingt » take ten to sixteen; the other tens take one to nine; « dix » takes seven to nine. */
function fitsFrenchUnit(unit: number, current: number, last: string): boolean {
  if (last === 'none' || last === 'hundred' || last === 'scale') return true;
  if (last !== 'tens') return false;
  const tens = current % 100;
  if (tens === 10 || tens === 70 || tens === 90) return unit >= 7 && unit <= 9;
  return unit >= 1 && (unit <= 9 || ((tens === 60 || tens === 80) && unit <= 16));
}

function finish(
  parts: Part[],
  used: number,
  at: number,
  value: number,
  approximate: boolean,
): WordNumber | null {
  const count = tokensUsed(parts, used, at);
  if (count === null || value < 2) return null;
  return { value, tokens: count, approximate };
}
