// Dates in a text, absolute and relative to its publication, in English and French, to EDTF (ISO 8601-2): where they stand,
// and what one sentence hands to the next. The other date files read them.
import type { Span } from '../record/suggestion.ts';
import { clockTimeAt } from './clock-time.ts';
import { type Period, readPublished } from './date-calendar.ts';
import { readDate } from './date-range.ts';
import type { DateReader } from './date-reader.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

/** A date or period where the text names one. */
export interface DateMention extends Span {
  /**
   * EDTF: 2014-10-28, 2014-10, 2014, 2015~ (about), 199X, 2014-21 (spring), 2014/2016, 2015/.. (since), ../2016-05
   * (until), 2016-01~/2016-04~ (early 2016), {2016-05-12,2016-05-14} (both days); null when none can be made of it.
   */
  edtf: string | null;
}

/** What one sentence of a text hands to the next. */
export interface DateMemory {
  anchor: Period | null;
  monthFirst: boolean;
}

/** The memory with which a text begins. */
export function newDateMemory(): DateMemory {
  return { anchor: null, monthFirst: false };
}

/**
 * All dates among the tokens of a sentence, in text order, none overlapping. `published` is the publication date in
 * EDTF; without it, relative dates are found and have no EDTF. `memory` carries the last date named from one sentence
 * of a text to the next, for "the day before" and « deux jours plus tard ».
 * A day without a year is the last such day before publication (or within the month after it), a month without one the
 * last that began, a weekday the last on or before publication, as news prose means them; a future tense beside them
 * makes them the next. Dates of digits are read day first, until one can only be read month first.
 */
export function findDates(
  tokens: Token[],
  language: Language,
  published: string | null,
  memory: DateMemory = newDateMemory(),
): DateMention[] {
  const reader: DateReader = {
    tokens,
    language,
    published: readPublished(published),
    depth: 0,
    dated: null,
    ...memory,
  };
  const mentions: DateMention[] = [];
  for (let at = 0; at < tokens.length; ) {
    if (!mayBeginDate(tokens, at, language)) {
      at++;
      continue;
    }
    const time = clockTimeAt(tokens, at, language);
    if (time !== null) {
      at = time;
      continue;
    }
    const reading = readDate(reader, at);
    if (!reading) {
      at++;
      continue;
    }
    const { parts } = reading;
    if (parts?.days && parts.year !== undefined) reader.dated = { year: parts.year, next: reading.next };
    const period = isBeforeChrist(tokens, reading.next) ? null : reading.period;
    mentions.push({
      start: tokens[at]!.start,
      end: tokens[reading.next - 1]!.end,
      edtf: period && period.first.year >= 1000 && period.last.year <= 9999 ? period.edtf : null,
    });
    if (period && mayAnchor(period, reader.anchor)) reader.anchor = period;
    at = reading.next;
  }
  memory.anchor = reader.anchor;
  memory.monthFirst = reader.monthFirst;
  return mentions;
}

/** "1600 BC", « 700 avant J.-C. »: years of another count, which are left without a date. */
function isBeforeChrist(tokens: Token[], at: number): boolean {
  const word = tokens[at]?.text ?? '';
  if (/^(?:BCE?|B\.C\.?|B\.C\.E\.?)$/.test(word)) return true;
  return (
    /^(?:avant|av)$/.test(word) &&
    /^J/.test(tokens[at + 1]?.text === '.' ? (tokens[at + 2]?.text ?? '') : (tokens[at + 1]?.text ?? ''))
  );
}

/** A year named in passing does not take the place of the day that was spoken of. */
function mayAnchor(period: Period, anchor: Period | null): boolean {
  if (period.edtf.includes('..')) return false;
  if (period.precision === 'day' || period.precision === 'week' || period.precision === 'month') return true;
  return period.precision === 'year' && (anchor === null || anchor.precision === 'year');
}
// --- where a date may begin

const BEGIN = {
  en: new Set(
    'january jan february feb march mar april apr may june jun july jul august aug september sept sep october oct november nov december dec monday mon tuesday tue tues wednesday wed thursday thu thurs friday fri saturday sunday spring summer autumn fall winter yesterday today tonight tomorrow last past next this previous following coming current recent the that same earlier later in a an one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety several few many some couple from between since starting beginning until till up by no not before prior after around circa about roughly approximately early mid late start outset middle end close first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth final opening closing week weekend month twenties thirties forties fifties sixties seventies eighties nineties q1 q2 q3 q4 h1 h2 christmas boxing new good easter'.split(
      ' ',
    ),
  ),
  fr: new Set(
    "janvier janv février févr fevrier mars avril avr mai juin juillet juil août aout septembre sept octobre oct novembre nov décembre déc decembre lundi mardi mercredi jeudi vendredi samedi dimanche printemps été automne hiver hier avant-hier aujourd'hui demain après-demain la le l' les ces des cette ce cet il voilà voici dans plus veille lendemain avant-veille surlendemain semaine mois an année trimestre week-end weekend nuit dernier dernière derniers dernières prochain prochaine prochains prochaines précédent précédente un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent quelques plusieurs de d' du entre depuis dès à jusqu' avant après vers environ autour aux début mi milieu fin premier première deuxième second seconde troisième quatrième années décennie t1 t2 t3 t4 q1 q2 q3 q4 s1 s2 noël saint-sylvestre jour nouvel toussaint pâques ascension pentecôte dec fev".split(
      ' ',
    ),
  ),
};

/** Words so common that what follows them decides whether a date is looked for at all. */
const OPENERS = {
  en: new Set(
    'the a an in from by before after no not that this same one two three four several few many some up between since until till about around first second third last past next'.split(
      ' ',
    ),
  ),
  fr: new Set(
    "la le l' les ces des cette ce cet il dans plus un une de d' du entre à avant après vers environ aux autour jusqu' depuis dès en deux trois quatre".split(
      ' ',
    ),
  ),
};
/** What may follow such a word, beside the words that begin dates and numbers. */
const FOLLOWING = {
  en: new Set(
    'day days night nights weekend weekends weeks fortnight months quarter quarters half year years decade decades morning afternoon evening later to now present dozen hundred of on couple'.split(
      ' ',
    ),
  ),
  fr: new Set(
    'jour jours jour-là nuit nuits semaines week-ends trimestre trimestres semestre moitié ans an années matin soir midi après-midi même y a tôt tard partir compter alentours environs ici maintenant décennies quinzaine mois-ci dizaine douzaine au en'.split(
      ' ',
    ),
  ),
};

function mayBeginDate(tokens: Token[], at: number, language: Language): boolean {
  const token = tokens[at]!;
  if (token.kind === 'number') return true;
  if (token.kind !== 'word') return false;
  const { lower } = token;
  if (OPENERS[language].has(lower)) {
    const next = tokens[at + 1];
    if (next === undefined) return false;
    return (
      next.kind === 'number' ||
      BEGIN[language].has(next.lower) ||
      FOLLOWING[language].has(next.lower) ||
      next.lower.includes('-')
    );
  }
  return BEGIN[language].has(lower) || lower.includes('-') || /^[xv]+i*[xv]*e$/.test(lower);
}
