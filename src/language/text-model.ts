// Text as units with exact offsets: lines, paragraphs, sentences, tokens. Nothing is normalised; every unit is a slice.
import type { Span } from '../record/suggestion.ts';
import type { Language } from './propose.ts';

/** A word, a number, or a single mark of a text; `quotation` stands for a whole quotation folded into one item. */
export interface Token extends Span {
  kind: 'word' | 'number' | 'mark' | 'quotation';
  /** The slice itself. */
  text: string;
  /** The slice in lower case with a plain apostrophe; empty for words too long to be in any lexicon. */
  lower: string;
  /** Whether it begins with an upper-case letter. */
  capital: boolean;
}

/** A text cut into units. Lines exclude their line end; paragraphs and sentences exclude white space around them. */
export interface TextModel {
  text: string;
  language: Language;
  lines: Span[];
  paragraphs: Span[];
  sentences: Span[];
}

/** A sentence longer than this many code units is cut, so that no rule ever sees an endless one. */
const LONGEST_SENTENCE = 4000;
/** A word longer than this is in no lexicon. */
const LONGEST_WORD = 60;
/** Hard-wrapped text has lines between these widths; longer or shorter lines stand for paragraphs. */
const WRAP_WIDTH = { least: 45, most: 120 };

const LETTER = /[\p{L}\p{M}]/u;
const UPPER = /\p{Lu}/u;
const DIGIT = /\p{Nd}/u;

/** Whether the code point at `index` is a letter or a combining mark. */
export function isLetterAt(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit < 0x80) return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
  if (unit < 0x180) return unit >= 0xc0 && unit !== 0xd7 && unit !== 0xf7;
  return index < text.length && LETTER.test(String.fromCodePoint(text.codePointAt(index)!));
}

/** Whether the code point at `index` is an upper-case letter. */
export function isUpperAt(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit < 0x80) return unit >= 65 && unit <= 90;
  return index < text.length && UPPER.test(String.fromCodePoint(text.codePointAt(index)!));
}

/** Whether the code point at `index` is a decimal digit of any script. */
export function isDigitAt(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit < 0x80) return unit >= 48 && unit <= 57;
  return unit > 0x600 && index < text.length && DIGIT.test(String.fromCodePoint(text.codePointAt(index)!));
}

/** Whether the code unit at `index` is white space: spaces of any width, tabs, line ends. */
export function isSpaceAt(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit <= 0x20) return unit === 0x20 || (unit >= 9 && unit <= 13);
  if (unit < 0xa0) return unit === 0x85;
  return (
    unit === 0xa0 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000 ||
    unit === 0x1680 ||
    unit === 0xfeff
  );
}

/** Number of code units (1 or 2) of the code point at `index`. */
export function widthAt(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  if (unit < 0xd800 || unit > 0xdbff) return 1;
  const next = text.charCodeAt(index + 1);
  return next >= 0xdc00 && next <= 0xdfff ? 2 : 1;
}

/** The span without white space at its ends; null when nothing is left. */
export function trimSpan(text: string, start: number, end: number): Span | null {
  while (start < end && isSpaceAt(text, start)) start++;
  while (end > start && isSpaceAt(text, end - 1)) end--;
  return start < end ? { start, end } : null;
}

/** Cuts a text into lines, paragraphs and sentences, in time linear in its length. */
export function readText(text: string, language: Language): TextModel {
  const lines = readLines(text);
  const paragraphs = readParagraphs(text, lines);
  const sentences: Span[] = [];
  for (const paragraph of paragraphs) readSentences(text, paragraph, language, sentences);
  return { text, language, lines, paragraphs, sentences };
}

/** Lines between line ends (LF, CR LF, CR, form feed, U+2028, U+2029), empty ones included. */
function readLines(text: string): Span[] {
  const lines: Span[] = [];
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit !== 10 && unit !== 13 && unit !== 12 && unit !== 0x2028 && unit !== 0x2029) continue;
    lines.push({ start, end: index });
    if (unit === 13 && text.charCodeAt(index + 1) === 10) index++;
    start = index + 1;
  }
  if (start < text.length) lines.push({ start, end: text.length });
  return lines;
}

/**
 * Paragraphs: what stands between empty lines; and where consecutive lines are not hard-wrapped prose, each line.
 * A line counts as wrapped when the next line's first word would not have fitted on it.
 */
function readParagraphs(text: string, lines: Span[]): Span[] {
  const paragraphs: Span[] = [];
  let group: (Span & { indent: number })[] = [];
  const close = () => {
    if (group.length === 0) return;
    let width = 0;
    for (const line of group) width = Math.max(width, line.end - line.start);
    const mayWrap = width >= WRAP_WIDTH.least && width <= WRAP_WIDTH.most;
    let current: Span = { start: group[0]!.start, end: group[0]!.end };
    for (let index = 1; index < group.length; index++) {
      const line = group[index]!;
      const before = group[index - 1]!;
      // A first line set in from the others begins a paragraph, where the one before it had ended.
      const indented = line.indent >= 2 && before.indent < line.indent && isEnded(text, before);
      if (mayWrap && !indented && isWrapped(text, before, line, width)) current.end = line.end;
      else {
        paragraphs.push(current);
        current = { start: line.start, end: line.end };
      }
    }
    paragraphs.push(current);
    group = [];
  };
  for (const line of lines) {
    const trimmed = trimSpan(text, line.start, line.end);
    if (trimmed) group.push({ ...trimmed, indent: trimmed.start - line.start });
    else close();
  }
  close();
  return paragraphs;
}

/** Whether a line break between two lines of a group this wide is only the edge of the page. */
function isWrapped(text: string, line: Span, next: Span, width: number): boolean {
  const length = line.end - line.start;
  const ended = isEnded(text, line);
  if (opensItem(text, next, ended)) return false;
  const lowerNext = isLetterAt(text, next.start) && !isUpperAt(text, next.start);
  if (!ended && lowerNext) return true;
  let word = next.start;
  while (word < next.end && !isSpaceAt(text, word)) word++;
  return length + 1 + (word - next.start) > width * (ended ? 1 : 0.85);
}

/** Whether a line ends as a sentence or an introduction does. */
function isEnded(text: string, line: Span): boolean {
  const last = text.charCodeAt(line.end - 1);
  return (
    last === 46 ||
    last === 33 ||
    last === 63 ||
    last === 58 ||
    last === 0xbb ||
    last === 0x201d ||
    last === 0x2026
  );
}

const BULLET = /^[•‣▪▫◦●○■□►▸➤✓✔·*]\s/;
const NUMBERED = /^(?:\(?\d{1,2}[.)]|\(?[a-z]\)|[ivx]{1,4}[.)])\s/;
const DASHED = /^(?:[-–—―]|--)\s*[\p{Lu}«“"¡¿\d]/u;

/** Whether a line begins an item of a list or a turn of dialogue: it never only goes on with the line before. */
function opensItem(text: string, line: Span, ended: boolean): boolean {
  const head = text.slice(line.start, Math.min(line.end, line.start + 8));
  if (BULLET.test(head)) return true;
  // "on 3 May\n12. Then": a number or a dash within a sentence may stand first by the accident of the line.
  return (ended && NUMBERED.test(head)) || DASHED.test(head);
}

// --- sentences

const ABBREVIATIONS = {
  en: new Set(
    'mr mrs ms dr prof st sr jr gen col capt lt sgt maj rev hon sen rep gov pres no nos v vs etc e.g i.e cf al fig vol pp p ch sec art para approx ca pop dept est inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m'.split(
      ' ',
    ),
  ),
  fr: new Set(
    'm mm mme mmes mlle dr pr me st ste art al cf p pp vol no n° etc env av ap éd ex fig chap réf tél bd ave janv févr avr juil sept oct nov déc cie gal col cdt'.split(
      ' ',
    ),
  ),
};

/** Abbreviations that often end a sentence: they do not hold a following capital back. */
const MAY_END = new Set(['etc', 'al', 'inc', 'ltd', 'co', 'corp', 'a.m', 'p.m', 'jr', 'sr', 'cie']);

/** Words that begin sentences: after "U.S." they tell an end from a name. */
const OPENERS =
  /^(?:the|a|an|in|on|at|he|she|it|they|we|i|but|and|this|that|these|those|there|when|while|after|if|le|la|les|l|un|une|il|elle|ils|elles|ce|cette|ces|mais|et|dans|en|on|nous|selon)$/;

/** Cuts one paragraph into sentences and appends them to `into`. */
function readSentences(text: string, paragraph: Span, language: Language, into: Span[]): void {
  let start = paragraph.start;
  const cut = (end: number) => {
    pushCapped(text, start, end, into);
    start = end;
  };
  let index = paragraph.start;
  let straight = 0;
  while (index < paragraph.end) {
    const unit = text.charCodeAt(index);
    if (!isStop(unit)) {
      if (unit === 34) straight++;
      index++;
      continue;
    }
    const stop = index;
    while (index < paragraph.end && isStop(text.charCodeAt(index))) index++;
    const single = unit === 46 && index === stop + 1;
    let after = skipClosers(text, index, paragraph.end);
    for (let at = index; at < after; at++) if (text.charCodeAt(at) === 34) straight++;
    if (after === index && straight % 2 === 1 && isSpacedQuote(text, after, paragraph.end)) {
      after += 2;
      straight++;
    }
    if (after >= paragraph.end) break;
    if (!isSpaceAt(text, after) && !(after > index)) continue;
    let next = after;
    while (next < paragraph.end && isSpaceAt(text, next)) next++;
    if (next >= paragraph.end) break;
    const opens =
      opensSentence(text, next, unit) ||
      (after === index && (single || unit === 63) && opensLower(text, stop, next, unit, language));
    if (opens && !(single && holdsBack(text, start, stop, next, language))) cut(after);
    index = Math.max(index, after);
  }
  cut(paragraph.end);
}

function isStop(unit: number): boolean {
  return unit === 46 || unit === 33 || unit === 63 || unit === 0x2026 || unit === 0x061f || unit === 0x3002;
}

/** Past closing quotation marks and brackets after a stop; French « ! » may stand apart by a space. */
function skipClosers(text: string, index: number, end: number): number {
  for (;;) {
    const unit = text.charCodeAt(index);
    if (index < end && (unit === 34 || unit === 39 || unit === 0x201d || unit === 0x2019 || unit === 0xbb))
      index++;
    else if (index < end && (unit === 41 || unit === 93 || unit === 0x203a)) index++;
    else if (index + 1 < end && isSpaceAt(text, index) && text.charCodeAt(index + 1) === 0xbb) index += 2;
    else return index;
  }
}

/** A straight mark between spaces that closes, as French typists set it: « savoir. " Puis ». */
function isSpacedQuote(text: string, index: number, end: number): boolean {
  return (
    index + 1 < end &&
    isSpaceAt(text, index) &&
    text.charCodeAt(index + 1) === 34 &&
    (index + 2 >= end || isSpaceAt(text, index + 2))
  );
}

/**
 * Whether a sentence begins with a small letter, as in hurried writing: after a word in small letters too long for an
 * abbreviation, or after an English question. « Quoi ? dit-il » is one sentence.
 */
function opensLower(text: string, stop: number, next: number, unit: number, language: Language): boolean {
  if (!isLetterAt(text, next)) return false;
  if (unit === 63) return language === 'en';
  let from = stop;
  while (from > 0 && stop - from < 12 && isLetterAt(text, from - 1)) from--;
  if (stop - from < 4 || isUpperAt(text, from)) return false;
  const word = text.slice(from, stop);
  return !ABBREVIATIONS[language].has(word) && (from === 0 || isSpaceAt(text, from - 1));
}

/** Whether what stands at `next` can begin a sentence: a capital, a digit, an opening mark, a script without case. */
function opensSentence(text: string, next: number, stop: number): boolean {
  if (isUpperAt(text, next)) return true;
  if (isDigitAt(text, next)) return true;
  if (isLetterAt(text, next)) {
    const unit = text.charCodeAt(next);
    return unit >= 0x590 && !(unit >= 0x1e00 && unit < 0x2000);
  }
  const unit = text.charCodeAt(next);
  if (unit === 0x2014 || unit === 0x2013 || unit === 45) return stop !== 0x2026;
  return !(unit === 44 || unit === 59 || unit === 58 || unit === 41 || unit === 46 || unit === 0xbb);
}

/** Whether the full stop at `stop` belongs to an abbreviation, an initial or a list number. */
function holdsBack(text: string, start: number, stop: number, next: number, language: Language): boolean {
  let from = stop;
  const floor = Math.max(start, stop - 12);
  while (
    from > floor &&
    (isLetterAt(text, from - 1) || isDigitAt(text, from - 1) || '.°'.includes(text[from - 1]!))
  )
    from--;
  const word = text.slice(from, stop);
  if (word === '') return false;
  if (/^\d{1,3}$/.test(word) && text.slice(start, from).trim() === '') return true;
  const lower = word.toLowerCase();
  if (ABBREVIATIONS[language].has(lower)) return !(MAY_END.has(lower) && !isDigitAt(text, next));
  // « 700 avant J.-C. », "below 2° C." end; the initial of a name does not.
  if (/(?:J\.?-|°\s?)$/.test(text.slice(Math.max(start, from - 3), from))) return false;
  if (word.length === 1 && isUpperAt(text, from)) return true;
  if (/^(?:\p{Lu}\.)+\p{Lu}$/u.test(word)) {
    let end = next;
    while (end < text.length && end < next + 12 && isLetterAt(text, end)) end++;
    return !OPENERS.test(text.slice(next, end).toLowerCase());
  }
  return false;
}

/** Appends [start, end) trimmed, cut into pieces no longer than the longest sentence, at white space where there is any. */
function pushCapped(text: string, start: number, end: number, into: Span[]): void {
  while (end - start > LONGEST_SENTENCE) {
    let cut = start + LONGEST_SENTENCE;
    const floor = start + LONGEST_SENTENCE / 2;
    while (cut > floor && !isSpaceAt(text, cut)) cut--;
    if (cut <= floor) {
      cut = start + LONGEST_SENTENCE;
      if (widthAt(text, cut - 1) === 2) cut++;
    }
    const piece = trimSpan(text, start, cut);
    if (piece) into.push(piece);
    start = cut;
  }
  const rest = trimSpan(text, start, end);
  if (rest) into.push(rest);
}

// --- tokens

const ELISIONS = new Set(
  ['l', 'd', 'j', 'm', 't', 's', 'n', 'c', 'qu', 'jusqu', 'lorsqu', 'puisqu', 'quoiqu'].map(
    (word) => `${word}'`,
  ),
);
const CLITICS = new Set(["'s", "'d", "'ll", "'re", "'ve", "'m"]);

/**
 * The tokens of text[start, end): words keep hyphens, inner apostrophes and the stops of "U.K."; English clitics ("'s")
 * and French elisions (« l' ») stand alone; numbers keep inner separators and attached letters ("12m", "3rd").
 */
export function tokenise(text: string, start: number, end: number, language: Language): Token[] {
  const tokens: Token[] = [];
  let index = start;
  while (index < end) {
    if (isSpaceAt(text, index)) {
      index++;
    } else if (isLetterAt(text, index)) {
      const stop = wordEnd(text, index, end);
      pushWord(text, index, stop, language, tokens);
      index = stop;
    } else if (isDigitAt(text, index)) {
      const stop = numberEnd(text, index, end);
      tokens.push(token(text, index, stop, 'number'));
      index = stop;
    } else {
      const stop = Math.min(end, index + widthAt(text, index));
      tokens.push(token(text, index, stop, 'mark'));
      index = stop;
    }
  }
  return tokens;
}

function token(text: string, start: number, end: number, kind: Token['kind']): Token {
  const slice = text.slice(start, end);
  const lower = end - start > LONGEST_WORD ? '' : slice.toLowerCase().replaceAll('’', "'");
  return { start, end, kind, text: slice, lower, capital: kind === 'word' && isUpperAt(text, start) };
}

function isApostrophe(unit: number): boolean {
  return unit === 39 || unit === 0x2019;
}

function wordEnd(text: string, start: number, end: number): number {
  let index = start;
  while (index < end) {
    if (isLetterAt(text, index) || isDigitAt(text, index)) {
      index += widthAt(text, index);
      continue;
    }
    const unit = text.charCodeAt(index);
    const joins = unit === 45 || unit === 0x2010 || unit === 0x2011 || isApostrophe(unit);
    if (joins && index + 1 < end && (isLetterAt(text, index + 1) || isDigitAt(text, index + 1))) {
      index++;
      continue;
    }
    // "U.K." and "p.m.": a stop after each single letter belongs to the word.
    const acronym = unit === 46 && (index - start === 1 || text.charCodeAt(index - 2) === 46);
    const letterAfter = index + 1 < end && isLetterAt(text, index + 1) && !isLetterAt(text, index + 2);
    if (acronym && (letterAfter || (index - start > 1 && index + 1 <= end))) {
      index++;
      continue;
    }
    break;
  }
  return Math.min(index, end);
}

function numberEnd(text: string, start: number, end: number): number {
  let index = start;
  while (index < end) {
    if (isDigitAt(text, index) || isLetterAt(text, index)) index += widthAt(text, index);
    else if ((text[index] === '.' || text[index] === ',') && index + 1 < end && isDigitAt(text, index + 1))
      index++;
    else break;
  }
  return Math.min(index, end);
}

function pushWord(text: string, start: number, end: number, language: Language, into: Token[]): void {
  if (language === 'fr') {
    while (end - start > 2) {
      let cut = start;
      while (cut < end && cut - start < 8 && !isApostrophe(text.charCodeAt(cut))) cut++;
      if (cut >= end - 1 || cut - start >= 8) break;
      if (!ELISIONS.has(`${text.slice(start, cut).toLowerCase()}'`)) break;
      into.push(token(text, start, cut + 1, 'word'));
      start = cut + 1;
    }
  } else {
    for (const size of [2, 3]) {
      if (end - start <= size) continue;
      const clitic = `'${text.slice(end - size + 1, end).toLowerCase()}`;
      if (!isApostrophe(text.charCodeAt(end - size)) || !CLITICS.has(clitic)) continue;
      into.push(token(text, start, end - size, 'word'), token(text, end - size, end, 'word'));
      return;
    }
  }
  into.push(token(text, start, end, 'word'));
}
