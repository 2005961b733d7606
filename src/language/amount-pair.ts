// Two amounts that belong together: ranges ("1,500 to 2,000") and parallel conversions ("£12m (€15m)").

import type { Span } from '../record/suggestion.ts';
import { type Amount, readAmount } from './amount.ts';
import { round } from './numeral.ts';
import { isJoint, lowerOf, type Piece } from './piece.ts';
import type { Language } from './propose.ts';

/** A range; `from` is the piece it begins at, "between" or "from" included. */
export interface Range {
  from: number;
  low: number;
  high: Amount;
}

/** "1,500 to 2,000", "between 1,500 and 2,000", « de 10 à 12 % », "1,500–2,000", "1.5 to 2 million". */
export function readRange(
  text: string,
  pieces: Piece[],
  amount: Amount,
  language: Language,
  dateStart: number,
): Range | null {
  const at = amount.next;
  const link = pieces[at];
  if (!link) return null;
  const before = lowerOf(pieces, amount.from - 1);
  const between = before === 'between' || before === 'entre';
  const dash = /^[–—‑~-]$/.test(link.text);
  const word = language === 'fr' ? link.lower === 'à' : link.lower === 'to';
  const and = between && (link.lower === 'and' || link.lower === 'et');
  const or =
    (link.lower === 'or' || link.lower === 'ou') && amount.numeral.value < 10 && amount.kind === 'plain';
  if (!dash && !word && !and && !or) return null;
  let to = at + 1;
  if (word && isJoint(pieces, to)) to++;
  if (dash && link.gap !== (pieces[to]?.gap ?? true)) return null;
  if (dash && link.gap && link.text === '—') return null;
  const high = to < pieces.length ? readAmount(text, pieces, to, language) : null;
  if (!high || pieces[high.numeral.next - 1]!.end > dateStart) return null;
  if (amount.unit !== null && high.unit !== null && amount.unit !== high.unit) return null;
  if (
    amount.unit !== null &&
    high.unit === null &&
    !(amount.prefixed || amount.unit === '%') &&
    amount.kind !== 'money'
  )
    return null;
  if (amount.numeral.share !== high.numeral.share) return null;
  let low = amount.value;
  if (
    high.numeral.scale > 1 &&
    amount.numeral.scale === 1 &&
    amount.numeral.raw < high.numeral.raw &&
    amount.unit === (amount.prefixed ? high.unit : null)
  )
    low = amount.numeral.raw * high.numeral.scale;
  else if (
    high.unit !== null &&
    amount.prefixed &&
    high.numeral.scale > 1 &&
    amount.numeral.scale === 1 &&
    amount.numeral.raw < high.numeral.raw
  )
    low = amount.value * high.numeral.scale;
  const from = before === 'from' || (language === 'fr' && before === 'de');
  if (low >= high.value) return null;
  if (or && (high.value - low > 2 || !amount.numeral.words !== !high.numeral.words)) return null;
  if (from && changesBefore(pieces, amount.from)) return null;
  // "increased by $40 billion to $419 billion" says by how much, and to what.
  if (before === 'by' && amount.unit !== null && high.value > 5 * low) return null;
  if (amount.unit !== null && high.unit === null) high.unit = amount.unit;
  return { from: between || from ? amount.from - 1 : amount.from, low, high };
}

const CHANGING =
  /^(?:rose|rise|risen|rising|rises|increased?|increases|increasing|grew|grow|grown|climbed|climb|jumped|jump|soared|surged|fell|fall|falls|fallen|falling|dropped|drop|drops|dropping|declined?|decreased?|decreases|plunged|plummeted|tumbled|slumped|slipped|slid|sank|slow|slowed|went|go|going|gone|passed|moved|changed|shrank|cut|reduced|raised|lowered|up|down|hausse|augmenté|augmente|passé|passés|passée|passées|passe|passer|passant|passait|baissé|baisse|chuté|diminué|tombé|tombés|tombée|grimpé|reculé|réduit|progressé)$/;

/** "rose from 500 to 1,000" gives two figures, not a range. */
function changesBefore(pieces: Piece[], at: number): boolean {
  for (let back = at - 2; back >= 0 && back > at - 7; back--) {
    if (CHANGING.test(lowerOf(pieces, back))) return true;
    if (/^[.;:,]$/.test(lowerOf(pieces, back))) return false;
  }
  return false;
}

/** The same amount in another unit. */
export interface Conversion {
  span: Span;
  value: number;
  unit: string | null;
}

/** "(€15 million, $19 million)" after money, "(6 miles)" after a measure: the same amount in other units. */
export function readConversions(
  text: string,
  pieces: Piece[],
  amount: Amount,
  at: number,
  language: Language,
): { found: Conversion[]; next: number } | null {
  if (amount.kind === 'plain' || amount.kind === 'percent' || amount.kind === 'time') return null;
  const open = /^[([]$/.test(lowerOf(pieces, at)) ? at : nounThenBracket(pieces, at);
  if (open < 0) return null;
  const found: Conversion[] = [];
  let index = open + 1;
  while (index < pieces.length && index < open + 40) {
    const piece = pieces[index]!;
    if (/^[)\]]$/.test(piece.text)) return found.length > 0 ? { found, next: index + 1 } : null;
    if (
      /^(?:[,;/=≈~]|or|ou|and|et|soit|about|around|some|roughly|approximately|nearly|almost|environ|près|de|d'|quelque|over|just|under|more|than|plus|à|moins|then|at|the|time|c|ca|circa)$/.test(
        piece.lower,
      )
    ) {
      index++;
      continue;
    }
    const other = readAmount(text, pieces, index, language);
    if (!other || !isAlike(pieces, amount, other) || other.unit === amount.unit) return null;
    found.push({
      span: { start: pieces[other.from]!.start, end: pieces[other.next - 1]!.end },
      value: round(other.value),
      unit: other.kind === 'plain' ? 'GBP' : other.unit,
    });
    const high = readRange(text, pieces, other, language, Number.POSITIVE_INFINITY);
    index = high ? high.high.next : Math.max(other.next, other.rateNext);
    if (/^livres?$/.test(lowerOf(pieces, index))) index++;
  }
  return null;
}

/** "£3.5m a year (€4m)" is read with its rate; a noun of one word may stand between too: "12 million crowns in aid (…)" not. */
function nounThenBracket(pieces: Piece[], at: number): number {
  return /^(?:worth|sterling|tall|long|wide|deep|high|away)$/.test(lowerOf(pieces, at)) &&
    lowerOf(pieces, at + 1) === '('
    ? at + 1
    : -1;
}

/** Whether two amounts measure the same thing, so that one may be the other in other units. */
function isAlike(pieces: Piece[], amount: Amount, other: Amount): boolean {
  if (amount.kind === 'money')
    return (
      other.kind === 'money' || (other.kind === 'plain' && /^livres?$/.test(lowerOf(pieces, other.next)))
    );
  return other.kind === amount.kind && other.unit !== null;
}
