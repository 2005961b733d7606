// Numbers that name, date, order or address something instead of saying how many: roads, laws, ages, clock times, scores.
import type { Amount } from './amount.ts';
import { boundBefore } from './bound.ts';
import { lexiconOf, monthOf } from './lexicon.ts';
import { isJoint, lowerOf, type Piece, touches } from './piece.ts';
import type { Language } from './propose.ts';
import { isSpaceAt } from './text-model.ts';

/** Words after which a number is the name of a thing. */
const LABELS = new Set(
  'article articles section sections chapter page pages paragraph clause schedule law act no nos nr nrs number numbers room unit block junction route road highway motorway exit flight line lines channel platform gate terminal bus train tram version level grade class part volume issue figure table annex appendix regulation directive decree resolution phase tier item zone step category type model psalm verse vol chap alinéa chapitre paragraphe loi lois n numéro numéros décret arrêté règlement autoroute départementale nationale sortie ligne lignes chaîne voie porte niveau classe partie tome annexe tableau titre catégorie étape art salle salles chambre bureau lot bâtiment étage pavillon p pp tel tél phone téléphone fax covid formula agenda'.split(
    ' ',
  ),
);

const ORDINAL = /^(?:st|nd|rd|th|er|ère|re|e|è|ème|ième|eme|nde|nd|ers|ères|es|èmes)$/;

/** Whether an amount only labels something. Money and percentages never do. */
export function isLabel(text: string, pieces: Piece[], amount: Amount, language: Language): boolean {
  if (amount.kind === 'money' || amount.kind === 'percent' || amount.numeral.share)
    return amount.numeral.share && isDateLike(pieces, amount);
  const { numeral } = amount;
  const first = pieces[amount.from]!;
  const before = pieces[amount.from - 1];
  const next = pieces[numeral.next];
  const word = before?.lower ?? '';
  const after = next?.lower ?? '';
  const touchesBefore = before !== undefined && !first.gap;
  const touchesNext = next !== undefined && !next.gap;
  if (before?.kind === 'word' && LABELS.has(word) && !isCountOf(pieces, amount)) return true;
  if (/^[°º#§№]$/.test(word)) return true;
  if (word === '.' && touchesWord(pieces, amount.from - 1) && LABELS.has(lowerOf(pieces, amount.from - 2)))
    return true;
  if (numeral.words) return isWordLabel(pieces, amount);
  if (touchesBefore && /^[:/.,'’_@=\\&]$/.test(word) && pieces[amount.from - 2] && !before.gap) return true;
  if (touchesBefore && /^[-–‑]$/.test(word) && !before.gap && amount.from > 1) return true;
  if (touchesBefore && before.kind === 'word' && !/'$/.test(word)) return true;
  if (touchesNext && /^[:_@\\]$/.test(after) && !pieces[numeral.next + 1]?.gap) return true;
  if (touchesNext && next.kind === 'word' && amount.kind === 'plain' && amount.next === numeral.next) {
    // "3rd", "12m", "10h30", "747s": letters that are no unit.
    if (ORDINAL.test(after) || /\d/.test(after) || amount.next === numeral.next) return true;
  }
  if (touchesNext && after === '/' && pieces[numeral.next + 1]?.kind === 'digits') return true;
  if (/^(?:h|heures?)$/.test(word) && pieces[amount.from - 2]?.kind === 'digits' && amount.value < 60)
    return true;
  if (isJoint(pieces, numeral.next) && pieces[numeral.next + 1]?.kind === 'digits')
    return isDigitRun(pieces, amount);
  if (
    amount.kind === 'plain' &&
    /^(?:am|pm|a\.m\.?|p\.m\.?|o'clock|h|heures?)$/.test(after) &&
    numeral.value <= 24
  )
    return true;
  if (amount.kind === 'time' && amount.unit === 'h' && isClock(pieces, amount, language)) return true;
  if (isListMark(pieces, amount) || (word === '[' && after === ']')) return true;
  if (amount.value > 1e15 && amount.kind === 'plain') return true;
  if (isYear(pieces, amount, language)) return true;
  if (isName(pieces, amount, language)) return true;
  if (
    (word === 'at' || word === 'à') &&
    numeral.value <= 24 &&
    amount.kind === 'plain' &&
    next?.kind !== 'word'
  )
    return true;
  if (isScore(pieces, amount) || isCode(pieces, amount, language)) return true;
  return inAddress(text, first.start, pieces[numeral.next - 1]!.end);
}

function touchesWord(pieces: Piece[], at: number): boolean {
  return touches(pieces, at);
}

/** "a table 12 metres long", "line 300 people": a label's noun before something measured or counted. */
function isCountOf(pieces: Piece[], amount: Amount): boolean {
  if (amount.kind !== 'plain') return true;
  const next = pieces[amount.next];
  return (
    amount.value >= 100 &&
    next?.kind === 'word' &&
    (lexiconOf('en').people.has(next.lower) || lexiconOf('fr').people.has(next.lower))
  );
}

/** "one" and the small numbers in words that are names: "Five Eyes", "the Big Four", "Channel Four". */
function isWordLabel(pieces: Piece[], { from, numeral }: Amount): boolean {
  const first = pieces[from]!;
  const before = pieces[from - 1];
  const next = pieces[numeral.next];
  if (before && isJoint(pieces, from - 1) && before.kind === 'mark') return true;
  if (first.capital && from > 0 && before?.kind === 'word' && before.capital && numeral.small) return true;
  return (
    first.capital &&
    from > 0 &&
    next?.kind === 'word' &&
    next.capital &&
    numeral.small &&
    before?.kind === 'word'
  );
}

/** "5-0", "2-1", "1-222-2222": digits with hyphens that are no range. */
function isDigitRun(pieces: Piece[], { numeral, from }: Amount): boolean {
  const other = pieces[numeral.next + 1]!;
  if (isJoint(pieces, numeral.next + 2) && pieces[numeral.next + 3]?.kind === 'digits') return true;
  if (pieces[from]!.text.startsWith('0') && numeral.value >= 1) return true;
  const high = Number(other.text.replace(/[,.' ]/g, ''));
  return Number.isFinite(high) && high <= numeral.value && numeral.plain;
}

/** « 14 h », « à 8 heures », "at 10 h": an hour of the day, no length of time. */
function isClock(pieces: Piece[], amount: Amount, language: Language): boolean {
  const unit = lowerOf(pieces, amount.numeral.next);
  const word = lowerOf(pieces, amount.from - 1);
  if (amount.value > 24) return false;
  if (
    /^(?:h|hrs?)$/.test(unit) &&
    (language === 'fr' ? !/^(?:pendant|durant|en|de|après|sous|moins|plus)$/.test(word) : false)
  ) {
    return !/^(?:pendant|durant|en|après|d'|environ)$/.test(word) || pieces[amount.next]?.kind === 'digits';
  }
  return language === 'fr' && /^heures?$/.test(unit) && /^(?:à|vers|dès|jusqu'|avant)$/.test(word);
}

/** "1)", "(2)", "3." at the beginning: the mark of a list. */
function isListMark(pieces: Piece[], { from, numeral, kind }: Amount): boolean {
  if (kind !== 'plain' || pieces[from]!.kind !== 'digits') return false;
  const before = lowerOf(pieces, from - 1);
  const after = lowerOf(pieces, numeral.next);
  if (from !== 0 && before !== '(') return false;
  return (
    after === ')' ||
    (after === '.' && numeral.next < pieces.length - 1 && from === 0 && numeral.plain && numeral.value < 100)
  );
}

/** Four plain digits that no noun and no bound make a count. */
function isYear(pieces: Piece[], amount: Amount, language: Language): boolean {
  const { numeral } = amount;
  if (!numeral.plain || amount.kind !== 'plain' || amount.value < 1500 || amount.value > 2199) return false;
  if (pieces[amount.from]!.text.length !== 4) return false;
  const next = pieces[numeral.next];
  const lexicon = lexiconOf(language);
  const noun = next?.kind === 'word' && !next.capital && !lexicon.functionWords.has(next.lower);
  const counted = noun && (lexicon.people.has(next.lower) || lexicon.things.has(next.lower));
  if (counted) return false;
  const before = lowerOf(pieces, amount.from - 1);
  if (/^(?:in|since|en|depuis|by|until|from|dès|avant|après|of|the|de|d'|l'|année|year)$/.test(before))
    return true;
  return !(noun && (boundBefore(pieces, amount.from, language) !== null || /[^s]s$/.test(next.lower)));
}

/** "Utopia 56", "Windows 11": a capitalised word and a number with no counted noun after it are a name. */
function isName(pieces: Piece[], amount: Amount, language: Language): boolean {
  if (amount.kind !== 'plain' || amount.numeral.scale > 1) return false;
  const before = pieces[amount.from - 1];
  const lexicon = lexiconOf(language);
  if (isAddress(pieces, amount) || isModel(pieces, amount, language)) return true;
  if (before?.kind !== 'word' || !isNameWord(before) || lexicon.functionWords.has(before.lower)) return false;
  if (monthOf(before.lower, language) !== undefined) return true;
  const next = pieces[amount.numeral.next];
  const noun = next?.kind === 'word' && !next.capital;
  if (noun && (lexicon.people.has(next.lower) || lexicon.things.has(next.lower))) return false;
  // A sentence's first word is a capital of its own: "Police 300"? Rather "Arrivals 300 more".
  if (boundBefore(pieces, amount.from, language) !== null) return false;
  return amount.value < 1000 || amount.numeral.plain;
}

/** A word with a capital, at its beginning or inside: "iPhone". */
function isNameWord(piece: Piece): boolean {
  return piece.capital || /^\p{Ll}+\p{Lu}/u.test(piece.text);
}

const STREET =
  /^(?:st|street|rd|road|ave|avenue|way|lane|drive|dr|blvd|boulevard|place|square|court|terrace|crescent|close|row|rue|quai|allée|impasse|chemin|cours)\.?$/;

/** "9 Harbour Street", « 12, rue du Port »: the number of a house. */
function isAddress(pieces: Piece[], { numeral }: Amount): boolean {
  let at = lowerOf(pieces, numeral.next) === ',' ? numeral.next + 1 : numeral.next;
  if (/^(?:bis|ter)$/.test(lowerOf(pieces, at))) at++;
  if (/^(?:rue|avenue|boulevard|quai|allée|impasse|chemin|place|cours|route)$/.test(lowerOf(pieces, at)))
    return (
      /^(?:de|du|des|d'|la|l'|le|les)$/.test(lowerOf(pieces, at + 1)) || pieces[at + 1]?.capital === true
    );
  for (let words = 0; words < 5 && pieces[at]?.kind !== 'mark' && pieces[at]; words++, at++) {
    const piece = pieces[at]!;
    if (piece.kind === 'word' && !piece.capital) return false;
    if (words > 0 && STREET.test(piece.lower)) return true;
  }
  return false;
}

/** "the 787 Dreamliner", "an iPhone 14's screen": a number that is a part of a name. */
function isModel(pieces: Piece[], { numeral, from }: Amount, language: Language): boolean {
  if (!numeral.plain || language !== 'en') return false;
  const next = pieces[numeral.next];
  if (next?.lower === "'s" || next?.lower === "'") return true;
  const second = pieces[numeral.next + 1];
  if (next?.kind !== 'word' || !next.capital || next.text.length < 3 || /s$/.test(next.text)) return false;
  if (second?.kind === 'word' && /s$/.test(second.text) && !second.capital) return false;
  return /^(?:the|a|an|new|own|this|its|their|'s)$/.test(lowerOf(pieces, from - 1)) && numeral.value > 99;
}

/** « le 115 », « au 93 », "dial 112", "62100 Calais": numbers to call, departments, postal codes. */
function isCode(pieces: Piece[], { numeral, from }: Amount, language: Language): boolean {
  if (!numeral.plain) return false;
  const before = lowerOf(pieces, from - 1);
  const next = pieces[numeral.next];
  if (/^(?:dial|dialling|calling|composer|composez)$/.test(before)) return true;
  const noun = next?.kind === 'word' && !lexiconOf(language).functionWords.has(next.lower);
  if (language === 'fr' && numeral.value < 4000 && /^(?:le|la|au|du|l')$/.test(before) && !noun)
    return next?.text !== '%';
  return pieces[from]!.text.length === 5 && next?.kind === 'word' && next.capital && language === 'fr';
}

/** "2-0", "won 3–1", "beat them 6 to 4" is left to the dash. */
function isScore(pieces: Piece[], { from, numeral, kind }: Amount): boolean {
  if (kind !== 'plain' || numeral.value > 30) return false;
  const dash = pieces[numeral.next];
  const other = pieces[numeral.next + 1];
  return (
    dash?.text === '–' &&
    other?.kind === 'digits' &&
    !dash.gap &&
    !other.gap &&
    Number(other.text) <= numeral.value &&
    from >= 0
  );
}

/** "9/11", "24/7" next to nothing a share is of. */
function isDateLike(pieces: Piece[], { numeral, from }: Amount): boolean {
  return (
    pieces[from]!.kind === 'digits' &&
    numeral.next === from + 3 &&
    pieces[from + 1]!.text === '/' &&
    Number(pieces[from]!.text) > 7
  );
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

/**
 * Where a telephone number that begins at `at` ends, or `at`: four or more short groups of digits in a row
 * ("03 21 46 66 00", "+44 20 7946 0000").
 */
export function telephoneEnd(pieces: Piece[], at: number): number {
  let index = at;
  let groups = 0;
  let thousands = true;
  while (index < pieces.length && index < at + 20) {
    const piece = pieces[index]!;
    if (index > at && piece.start - pieces[index - 1]!.end > 1) break;
    if (piece.kind === 'digits' && /^\d{1,5}(?:\.\d{2,3}){0,5}$/.test(piece.text)) {
      groups += piece.text.split('.').length;
      if (groups > 1 && piece.text.length !== 3) thousands = false;
    } else if (!/^[-.+()/]$/.test(piece.text)) break;
    else if (groups === 0 && piece.text !== '+' && piece.text !== '(') break;
    else thousands = false;
    index++;
  }
  if (groups < 3 || thousands) return at;
  if (groups === 3 && pieces[at]!.text !== '+' && !pieces[at]!.text.startsWith('0')) return at;
  while (pieces[index - 1]!.kind === 'mark') index--;
  return index;
}
