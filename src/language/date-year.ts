// Dates that name a year or a part of one: "in 2020", « l'été 2015 », "Q3 2019", "the 1990s", "the first eight months of 2021".
import {
  about,
  centuryPeriod,
  daysPeriod,
  decadePeriod,
  joinPeriods,
  monthsPeriod,
  seasonPeriod,
  shiftDays,
  yearPeriod,
} from './date-calendar.ts';
import { readNamedMonth } from './date-day.ts';
import {
  anyAt,
  type DateReader,
  isCounted,
  isSharedCount,
  type Reading,
  skip,
  table,
  wordAt,
  yearAt,
} from './date-reader.ts';
import { readNumberWords } from './number-word.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

// --- seasons, quarters, halves

const SEASONS: Record<Language, ReadonlyMap<string, number>> = {
  en: table({ spring: 21, summer: 22, autumn: 23, fall: 23, winter: 24 }),
  fr: table({ printemps: 21, été: 22, automne: 23, hiver: 24 }),
};

/** The season a word names, 21 (spring) to 24 (winter). */
export function seasonOf(word: string, language: Language): number | null {
  return SEASONS[language].get(word) ?? null;
}

/** The season a token names, 21 (spring) to 24 (winter). */
export function seasonAt(tokens: Token[], at: number, language: Language): number | null {
  return seasonOf(wordAt(tokens, at), language);
}

/** "spring 2014", "the summer of 2015", « l'hiver 2015-2016 ». */
export function readSeason(reader: DateReader, at: number): Reading | null {
  const { tokens, language } = reader;
  const season = seasonAt(tokens, at, language);
  if (season === null) return null;
  const link = language === 'fr' ? 'de' : 'of';
  const index = skip(tokens, at + 1, link);
  const year = yearAt(tokens, index);
  if (year === null) return null;
  const second = secondYear(tokens, index);
  if (second && second.year === year + 1 && season === 24)
    return { next: second.next, period: seasonPeriod(year, 24) };
  if (second) return null;
  return { next: index + 1, period: seasonPeriod(year, season) };
}

/** The second year of "2015-16", "2015/2016", "2015–2016"; `at` is where the first stands. */
function secondYear(tokens: Token[], at: number): { year: number; next: number } | null {
  const first = yearAt(tokens, at);
  const mark = tokens[at + 1];
  const token = tokens[at + 2];
  if (first === null || !mark || token?.kind !== 'number' || !/^[-–—/‑]$/.test(mark.text)) return null;
  const full = yearAt(tokens, at + 2);
  if (full !== null) return full > first ? { year: full, next: at + 3 } : null;
  if (!/^\d\d$/.test(token.text) || mark.start !== tokens[at]!.end || token.start !== mark.end) return null;
  // "2015/33/EU", "2016-274-1": more digits, and it is no pair of years.
  const more = tokens[at + 3];
  if (more && more.start === token.end && /^[-/.]$/.test(more.text) && tokens[at + 4]?.start === more.end)
    return null;
  const year = Math.floor(first / 100) * 100 + Number(token.text);
  return year > first && year - first <= 40 ? { year, next: at + 3 } : null;
}

const PARTS_OF_YEAR = table<number>({
  first: 1,
  third: 3,
  fourth: 4,
  last: -1,
  final: -1,
  '1st': 1,
  '2nd': 2,
  '3rd': 3,
  '4th': 4,
  premier: 1,
  première: 1,
  deuxième: 2,
  second: 2,
  seconde: 2,
  troisième: 3,
  quatrième: 4,
  dernier: -1,
  dernière: -1,
  '1er': 1,
  '1re': 1,
  '1ère': 1,
  '2e': 2,
  '2ème': 2,
  '3e': 3,
  '3ème': 3,
  '4e': 4,
  '4ème': 4,
});

/** The year that follows, stated or relative ("of this year", « de l'an dernier »), as far as it can be told. */
function ownerYear(reader: DateReader, at: number): { year: number | null; next: number } | null {
  const { tokens, language, published } = reader;
  let index = skip(tokens, at, language === 'fr' ? "de d' en" : 'of in ,');
  if (language === 'fr') index = skip(tokens, skip(tokens, index, "l'"), 'année');
  const year = yearAt(tokens, index);
  if (year !== null) return { year, next: index + 1 };
  const [word, unit] = [wordAt(tokens, index), wordAt(tokens, index + 1)];
  if (language === 'en' && unit === 'year' && /^(?:this|last|next|the)$/.test(word)) {
    const step = word === 'last' ? -1 : word === 'next' ? 1 : 0;
    return { year: published.year === null ? null : published.year + step, next: index + 2 };
  }
  if (language === 'fr') {
    if (word === 'cette' && unit === 'année') return { year: published.year, next: index + 2 };
    const named = /^(?:an|année)$/.test(word)
      ? index
      : wordAt(tokens, index - 1) === 'année'
        ? index - 1
        : null;
    const after = named === null ? '' : wordAt(tokens, named + 1);
    if (named !== null) {
      const step = /^(?:derni(?:er|ère)|passée?)$/.test(after) ? -1 : /^prochaine?$/.test(after) ? 1 : null;
      if (step !== null) return { year: published.year && published.year + step, next: named + 2 };
      return { year: published.year, next: named + 1 };
    }
  }
  return null;
}

/** "Q3", "H1", « T2 », « S1 »: the first month and the length in months. */
function codedQuarter(reader: DateReader, at: number): { month: number; size: number } | null {
  const match = /^([qths])([1-4])$/.exec(wordAt(reader.tokens, at));
  if (!match || (match[1] === 't' && reader.language === 'en')) return null;
  const size = match[1] === 'q' || match[1] === 't' ? 3 : 6;
  const month = 1 + (Number(match[2]) - 1) * size;
  return month <= 12 ? { month, size } : null;
}

/** "the first quarter of 2016", « au premier semestre 2016 », "Q3 2019", "2019 Q3", "the second half of May 2016". */
export function readQuarter(reader: DateReader, at: number): Reading | null {
  const { tokens } = reader;
  const coded = codedQuarter(reader, at);
  if (coded) {
    const owner = ownerYear(reader, skip(tokens, at + 1, '- of de'));
    return owner?.year
      ? { next: owner.next, period: monthsPeriod(owner.year, coded.month, coded.size) }
      : null;
  }
  const year = yearAt(tokens, at);
  if (year !== null) {
    const index = skip(tokens, at + 1, '-');
    const quarter = codedQuarter(reader, index);
    return quarter && { next: index + 1, period: monthsPeriod(year, quarter.month, quarter.size) };
  }
  const part = PARTS_OF_YEAR.get(anyAt(tokens, at));
  if (part === undefined) return null;
  const noun = wordAt(tokens, at + 1);
  const size = /^(?:quarter|trimestre)$/.test(noun) ? 3 : /^(?:half|semestre|moitié)$/.test(noun) ? 6 : 0;
  if (size === 0) return null;
  const index = at + 2;
  const owner = ownerYear(reader, index);
  const number = part < 0 ? 12 / size : part;
  if (owner && number * size <= 12)
    return {
      next: owner.next,
      period: owner.year ? monthsPeriod(owner.year, 1 + (number - 1) * size, size) : null,
    };
  if (size !== 6 || number > 2) return null;
  const month = readNamedMonth(reader, skip(tokens, index, "of de d'"));
  if (!month) return null;
  const { period } = month;
  if (!period) return month;
  const [first, last] = number === 1 ? [1, 15] : [16, period.last.day];
  return {
    next: month.next,
    period: daysPeriod({ ...period.first, day: first }, { ...period.first, day: last }),
  };
}

// --- years

const BEFORE_YEAR = new Set(
  "in since by from during until of before after early late mid around between over to and or for than throughout through till circa c en depuis début fin mi dès avant après vers de d' année années entre et ou à au que qu' jusqu'en an l' l'an ( exercice édition millésime rentrée courant pour sur sous autour summer year".split(
    ' ',
  ),
);
/** Words after which four digits are a number of a law, a page, a room. */
const NUMBERED = new Set(
  'article art section no n° nº numéro number page p room resolution résolution directive règlement regulation décret loi act flight vol route ligne line form chapter chapitre paragraph case affaire unit block bus train'.split(
    ' ',
  ),
);
const DETERMINERS = new Set(
  'a an the his her its their this that our my each un une le la les ce cette sa son leur'.split(' '),
);

/** Years and pairs of years in running text, where the words around them say that they are no count. */
export function readYear(reader: DateReader, at: number, introduced: boolean): Reading | null {
  const { tokens, language } = reader;
  const year = yearAt(tokens, at);
  if (year === null) return null;
  const second = secondYear(tokens, at);
  const before = anyAt(tokens, at - 1);
  if (NUMBERED.has(before) || (before === '.' && NUMBERED.has(anyAt(tokens, at - 2)))) return null;
  const glued = tokens[at + 1]?.start === tokens[at]!.end && /^[-/–]$/.test(tokens[at + 1]!.text);
  if (second) {
    if (isCounted(tokens, second.next, language) && year % 10 === 0 && second.year % 10 === 0) return null;
    return { next: second.next, period: joinPeriods(yearPeriod(year), yearPeriod(second.year)) };
  }
  if (glued && tokens[at + 2]?.kind === 'number' && tokens[at + 2]!.start === tokens[at + 1]!.end)
    return null;
  const unit = tokens[at + 1];
  if (unit && unit.start === tokens[at]!.end && !/^[.,;:!?)\]’'"”»-]/.test(unit.text) && unit.lower !== "'s")
    return null;
  if (unit && /^[%€£$]$/.test(unit.text)) return null;
  if (
    before === '$' ||
    before === '£' ||
    before === '€' ||
    (before === ',' && tokens[at - 2]?.kind === 'number' && yearAt(tokens, at - 2) === null)
  )
    return null;
  const reading = { next: at + 1, period: yearPeriod(year), parts: { year } };
  const counted = isCounted(tokens, at + 1, language) || isSharedCount(tokens, at, language);
  const round = year % 100 === 0;
  if (introduced) return counted && round ? null : reading;
  if (year > 2099 || (year < 1800 && counted)) return null;
  if (BEFORE_YEAR.has(before)) {
    if (!counted) return reading;
    if (/^(?:in|en|during|since|depuis)$/.test(before))
      return round && (unit?.kind !== 'word' || isPlural(unit)) ? null : reading;
    return !(unit?.kind !== 'word' || isPlural(unit)) && /^(?:of|from|de|d')$/.test(before) ? reading : null;
  }
  if (DETERMINERS.has(before)) {
    // "a 2016 report", "the 1951 Convention"; « les 2000 migrants » and "the 1,500" are counts.
    if (unit?.kind !== 'word') return language === 'en' && !round ? reading : null;
    if (unit.capital) return reading;
    if (before === 'a' || before === 'an') return language === 'en' && counted ? reading : null;
    return counted && language === 'en' && !round && !isPlural(unit) ? reading : null;
  }
  const left = tokens[at - 1];
  if (left && yearAt(tokens, at - 2) !== null && before === ',') return reading;
  // « le rapport 2016 », "Calais, 2015", "summer 2016": a year after a noun, and nothing to count after it.
  if (counted || (unit?.kind === 'number' && !isPlainEnd(unit))) return null;
  if (left === undefined) return !unit || !counted ? reading : null;
  if (
    left.kind === 'word' &&
    language === 'fr' &&
    year >= 1900 &&
    !counted &&
    !round &&
    isNounLike(left.lower)
  )
    return reading;
  if (before === ',' && tokens[at - 2]?.capital && year >= 1900 && (!unit || unit.kind === 'mark'))
    return reading;
  return null;
}

function isPlainEnd(token: Token): boolean {
  return token.kind === 'mark';
}

function isPlural(token: Token): boolean {
  return /[sx]$|^(?:people|men|women|children|police|km|euros?|kg)$/.test(token.lower);
}

/** French nouns that a year may follow directly: « rapport 2016 », « loi 2016 », « campagne 2016 », « printemps 2016 ». */
function isNounLike(word: string): boolean {
  return /^(?:rapport|bilan|budget|édition|campagne|session|saison|plan|programme|rentrée|noël|exercice|année|millésime|accord|accords|convention|élections?|présidentielle|législatives|municipales|version|promotion)$/.test(
    word,
  );
}

const DECADES = table<number>({
  twenties: 1920,
  thirties: 1930,
  forties: 1940,
  fifties: 1950,
  sixties: 1960,
  seventies: 1970,
  eighties: 1980,
  nineties: 1990,
});

/** "the 1990s", "the '90s", "the nineties", « les années 1990 », « les années 90 ». */
export function readDecade(reader: DateReader, at: number): Reading | null {
  const { tokens, language } = reader;
  const token = tokens[at]!;
  if (token.kind === 'number') {
    if (/^(?:1[5-9]|20)\d0s$/.test(token.lower))
      return { next: at + 1, period: decadePeriod(Number(token.text.slice(0, 4))) };
    const short = /^([2-9]0)s$/.exec(token.lower);
    const before = anyAt(tokens, at - 1);
    if (short && /^(?:'|’|‘|the|early|late|mid|en)$/.test(before)) {
      // "in her 30s" is an age; the decade has an article or an apostrophe.
      return { next: at + 1, period: decadePeriod(1900 + Number(short[1])) };
    }
    return null;
  }
  if (
    language === 'en' &&
    DECADES.get(token.lower) &&
    /^(?:the|early|late|mid)$/.test(wordAt(tokens, at - 1))
  ) {
    if (/^(?:his|her|their|my)$/.test(wordAt(tokens, at - 2)) || isCounted(tokens, at + 1, 'en')) return null;
    return { next: at + 1, period: decadePeriod(DECADES.get(token.lower)!) };
  }
  if (language === 'fr' && (token.lower === 'années' || token.lower === 'décennie')) {
    const year = yearAt(tokens, at + 1);
    if (year !== null && year % 10 === 0) {
      const second = secondYear(tokens, at + 1);
      if (second && second.year % 10 === 0)
        return { next: second.next, period: joinPeriods(decadePeriod(year), decadePeriod(second.year)) };
      return { next: at + 2, period: decadePeriod(year) };
    }
    const short = anyAt(tokens, at + 1);
    if (/^[2-9]0$/.test(short)) return { next: at + 2, period: decadePeriod(1900 + Number(short)) };
    const words = tokens[at + 1]?.kind === 'word' ? readNumberWords(tokens, at + 1, 'fr') : null;
    if (words && words.value >= 20 && words.value <= 90 && words.value % 10 === 0)
      return { next: at + 1 + words.tokens, period: decadePeriod(1900 + words.value) };
  }
  return null;
}

const ROMAN = table<number>({
  xv: 15,
  xvi: 16,
  xvii: 17,
  xviii: 18,
  xix: 19,
  xx: 20,
  xxi: 21,
});

const CENTURIES = table({ eighteenth: 18, nineteenth: 19, twentieth: 20 });

/** "the 19th century", « le XIXe siècle ». */
export function readCentury(reader: DateReader, at: number): Reading | null {
  const { tokens } = reader;
  const noun = wordAt(tokens, at + 1);
  if (noun !== 'century' && noun !== 'siècle') return null;
  const word = anyAt(tokens, at);
  const roman = /^([xvi]+)(?:e|ème|è)$/.exec(word);
  const digits = /^(\d\d)(?:st|nd|rd|th|e|ème)$/.exec(word);
  const words = CENTURIES;
  const century = roman ? ROMAN.get(roman[1]!) : digits ? Number(digits[1]) : words.get(word);
  return century && century <= 22 ? { next: at + 2, period: centuryPeriod(century) } : null;
}

/** "the first eight months of 2021", « les trois derniers jours de mai », "the last week of June". */
export function readFirstUnits(reader: DateReader, at: number): Reading | null {
  const { tokens, language } = reader;
  let index = at;
  let side: 'first' | 'last' | null = null;
  const edge = (word: string): 'first' | 'last' | null =>
    /^(?:first|opening|premiers?|premières?)$/.test(word)
      ? 'first'
      : /^(?:last|final|closing|derniers?|dernières?)$/.test(word)
        ? 'last'
        : null;
  side = edge(wordAt(tokens, index));
  if (side) index++;
  const words = tokens[index]?.kind === 'word' ? readNumberWords(tokens, index, language) : null;
  const digits =
    tokens[index]?.kind === 'number' && /^\d{1,2}$/.test(tokens[index]!.text)
      ? Number(tokens[index]!.text)
      : null;
  const count = words?.value ?? digits ?? 1;
  const counted = words !== null || digits !== null;
  if (counted) index += words?.tokens ?? 1;
  if (!side) {
    if (!counted) return null;
    side = edge(wordAt(tokens, index));
    if (!side) return null;
    index++;
  }
  const unit = /^(?:months?|mois)$/.test(wordAt(tokens, index))
    ? 'month'
    : /^(?:weeks?|semaines?)$/.test(wordAt(tokens, index))
      ? 'week'
      : /^(?:days?|jours?)$/.test(wordAt(tokens, index))
        ? 'day'
        : null;
  if (!unit || !Number.isInteger(count) || count < 1) return null;
  index++;
  if (!/^(?:of|in|de|d'|en)$/.test(wordAt(tokens, index)) && yearAt(tokens, index) === null) return null;
  const owner = ownerYear(reader, index);
  const month = owner
    ? null
    : readNamedMonth(reader, skip(tokens, skip(tokens, index, "of in de d'"), 'mois'));
  if (!owner && !month) return null;
  const next = (owner ?? month)!.next;
  const whole = owner ? (owner.year ? yearPeriod(owner.year) : null) : month!.period;
  if (!whole) return { next, period: null };
  if (unit === 'month') {
    if (month || count > 12) return null;
    return { next, period: monthsPeriod(whole.first.year, side === 'first' ? 1 : 13 - count, count) };
  }
  const length = unit === 'week' ? 7 * count : count;
  if (length > 31 && month) return null;
  const stretch =
    side === 'first'
      ? daysPeriod(whole.first, shiftDays(whole.first, length - 1))
      : daysPeriod(shiftDays(whole.last, 1 - length), whole.last);
  return { next, period: unit === 'week' ? about(stretch) : stretch };
}
