// The dash of French dialogue: a line that opens with it is spoken, up to the dash of the next speaker.
import type { Span } from '../record/suggestion.ts';
import { spokenPieces } from './incise.ts';
import type { Language } from './propose.ts';
import type { Pair } from './quotation.ts';
import { isSpaceAt, isUpperAt, trimSpan } from './text-model.ts';

/** The turns of a paragraph that opens with a dash, in French; none where the dash is that of a list. */
export function dialogueTurns(text: string, paragraph: Span, language: Language): Pair[] {
  if (language !== 'fr') return [];
  const first = dashAt(text, paragraph.start, paragraph.end);
  if (first === null) return [];
  const turns: Pair[] = [];
  let open = paragraph.start;
  let width = first;
  const push = (end: number) => {
    while (end > open && isSpaceAt(text, end - 1)) end--;
    const mark = text[open] === '–' ? '–' : '—';
    turns.push({ open, width, close: end, closeWidth: 0, mark, closed: false, continuation: false });
  };
  for (let index = paragraph.start + first; index < paragraph.end; index++) {
    const char = text[index]!;
    if (char !== '—' && char !== '–' && char !== '-') continue;
    // Another speaker's dash stands after the end of a sentence.
    let before = index - 1;
    while (before > open && isSpaceAt(text, before)) before--;
    if (before === index - 1 || !'.!?…»'.includes(text[before]!)) continue;
    const next = dashAt(text, index, paragraph.end);
    if (next === null) continue;
    push(index);
    open = index;
    width = next;
    index += next - 1;
  }
  push(paragraph.end);
  // A hyphen opens the items of lists far more often than speech: only a reporting clause makes speech of it.
  if (text[paragraph.start] === '-' && text[paragraph.start + 1] !== '-') {
    // A piece that is shorter than its turn has left a reporting clause out.
    const spoken = turns.some(({ open: start, width: dash, close: end }) => {
      const turn = trimSpan(text, start + dash, end);
      const pieces = turn === null ? [] : spokenPieces(text, turn);
      return pieces.length > 1 || (pieces.length === 1 && pieces[0]!.end < turn!.end);
    });
    const asked = /[!?…]\s*$/.test(text.slice(Math.max(paragraph.start, paragraph.end - 4), paragraph.end));
    if (!spoken && !(asked && turns.length > 1)) return [];
  }
  return turns;
}

/** Code units of the dash that opens a speech at an index: —, –, ―, -- or -, before a capital; null when none does. */
function dashAt(text: string, index: number, end: number): number | null {
  const char = text[index]!;
  const width = char === '-' && text[index + 1] === '-' ? 2 : 1;
  if (char !== '—' && char !== '–' && char !== '―' && char !== '-') return null;
  let at = index + width;
  while (at < end && isSpaceAt(text, at)) at++;
  if (char === '-' && width === 1 && at === index + 1) return null;
  while (at < end && '«“"¡¿…. '.includes(text[at]!) && at < index + 8) at++;
  return at < end && isUpperAt(text, at) ? width : null;
}
