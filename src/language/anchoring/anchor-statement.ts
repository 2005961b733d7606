// A quoted statement pinned to its passage: its pieces, the words that name the speaker, and the reporting word, found
// together or not at all. How it stands (quoted, reported) is read from the text's own marks.
import type { QuotedStatement } from '../../record/quoted.ts';
import type { Span, StatementSuggestion } from '../../record/suggestion.ts';
import type { StatementMode } from '../../record/vocabulary.ts';
import { isSpaceAt } from '../text-model.ts';
import type { QuotedText } from './anchor.ts';
import { type Folded, findQuote } from './find-quote.ts';

/** Speaker and reporting word stand this near to what was said, in code units, and at most one paragraph away. */
const NEAR = 400;

/** Pieces of one statement stand this near to one another. */
const NEXT_PIECE = 600;

/** A model alone is never as sure as the rules are of what they call sure. */
const MOST = 0.65;

/** One way in which the parts of a statement may stand in the text. */
interface Arrangement {
  content: Span[];
  source: Span | null;
  cue: Span | null;
  /** The less, the nearer its parts are to one another. */
  spread: number;
}

/** The suggestion, or null when the words do not stand in the window, or in too many places to tell which is meant. */
export function anchorStatement(
  said: QuotedStatement,
  folded: Folded,
  quoted: QuotedText,
): StatementSuggestion | null {
  const pieces = placesOfPieces(said.content, folded);
  if (pieces === null) return null;
  const sources = said.source === null ? [] : findQuote(folded, said.source);
  const cues = said.cue === null ? [] : findQuote(folded, said.cue);
  const ways = arrange(pieces, { sources, cues }, quoted);
  const best = ways.reduce<Arrangement | null>(
    (one, other) => (one === null || other.spread < one.spread ? other : one),
    null,
  );
  if (best === null) return null;
  const isAlone = best.source === null && best.cue === null;
  // The same words twice, and nothing beside them that tells which are meant.
  if (isAlone && ways.length > 1) return null;
  const content = best.content.flatMap((span) => bare(quoted, span) ?? []);
  if (content.length !== best.content.length) return null;
  const mode = modeOf(content, best.cue, quoted);
  // Reported words without anybody who reports them are a sentence like any other.
  if (mode !== 'direct' && isAlone) return null;
  if (mode !== 'direct') trimStop(quoted.text, content);
  const speaker = quoted.ground(said.speaker) ?? describedBy(quoted.text, best.source);
  const role = quoted.ground(said.role);
  return {
    mode,
    act: said.act,
    content,
    source: best.source,
    cue: best.cue,
    speaker: isPronoun(speaker) ? null : speaker,
    role: role === speaker ? null : role,
    addressee: quoted.ground(said.addressee),
    venue: null,
    when: null,
    confidence: certaintyOf(mode, said.mode, best),
  };
}

/** The places of each piece; null when one is nowhere. A piece left out in the middle ("… ") is two pieces. */
function placesOfPieces(content: string[], folded: Folded): Span[][] | null {
  const places: Span[][] = [];
  for (const piece of content.slice(0, 20)) {
    const whole = findQuote(folded, piece);
    const parts = whole.length > 0 ? [whole] : piece.split(/\s*(?:\[?…\]?|\[?\.{3,4}\]?)\s*/).map(find);
    for (const part of parts) {
      if (part.length === 0) return null;
      places.push(part);
    }
  }
  return places.length > 0 ? places : null;

  function find(part: string): Span[] {
    return findQuote(folded, part);
  }
}

/** Every way to set the parts out: from each place of the first piece, each next part at its nearest place. */
function arrange(
  pieces: Span[][],
  { sources, cues }: { sources: Span[]; cues: Span[] },
  { text, model }: QuotedText,
): Arrangement[] {
  const ways: Arrangement[] = [];
  for (const first of pieces[0]!) {
    const content = [first];
    for (const places of pieces.slice(1)) {
      const before = content.at(-1)!;
      const next = places.find(({ start }) => start >= before.end && start - before.end <= NEXT_PIECE);
      if (next === undefined) break;
      content.push(next);
    }
    if (content.length !== pieces.length) continue;
    const from = content[0]!.start;
    const to = content.at(-1)!.end;
    const near = ({ start, end }: Span) => {
      const away = Math.max(0, from - end, start - to);
      return away <= NEAR && paragraphsBetween(Math.min(end, to), Math.max(start, from)) <= 1;
    };
    const free = (span: Span) => near(span) && content.every((part) => !crosses(part, span));
    const cue = nearest(cues.filter(free), { start: from, end: to });
    const source = nearest(
      sources.filter((span) => free(span) && (cue === null || !crosses(cue, span))),
      cue ?? { start: from, end: to },
    );
    const parts = [...content, source, cue].filter((span) => span !== null);
    const spread = Math.max(...parts.map(({ end }) => end)) - Math.min(...parts.map(({ start }) => start));
    const missing =
      (sources.length > 0 && source === null ? 1 : 0) + (cues.length > 0 && cue === null ? 1 : 0);
    ways.push({ content, source, cue, spread: spread + missing * NEAR * 2 });
  }
  return ways;

  function paragraphsBetween(end: number, start: number): number {
    if (start <= end || !/[\n\r\u2028\u2029\f]/.test(text.slice(end, start))) return 0;
    return model.paragraphs.filter((paragraph) => paragraph.start > end && paragraph.start <= start).length;
  }
}

const crosses = (a: Span, b: Span) => a.start < b.end && b.start < a.end;

function nearest(places: Span[], to: Span): Span | null {
  const away = ({ start, end }: Span) => Math.max(to.start - end, start - to.end);
  return places.reduce<Span | null>(
    (one, other) => (one === null || away(other) < away(one) ? other : one),
    null,
  );
}

const MARKS = /["“”„‟«»‹›‘‚]/;

/** A piece without the quotation marks and the white space around it; null when nothing is left. */
function bare({ text, quotations }: QuotedText, { start, end }: Span): Span | null {
  const around = quotations.some(
    ({ outer, inner }) =>
      start >= outer.start && end <= outer.end && (start < inner.start || end > inner.end),
  );
  const isLoose = (index: number) => isSpaceAt(text, index) || (around && MARKS.test(text[index]!));
  while (start < end && isLoose(start)) start++;
  while (
    end > start &&
    (isLoose(end - 1) || (around && text[end - 1] === '’' && !isPaired(text, start, end)))
  )
    end--;
  return start < end ? { start, end } : null;
}

const isPaired = (text: string, start: number, end: number) => text.slice(start, end).includes('‘');

/** Direct when all of it stands in quotation marks, unless it is reported inside them; mixed when some of it does. */
function modeOf(content: Span[], cue: Span | null, { quotations }: QuotedText): StatementMode {
  const holding = content.map((part) =>
    quotations.find(({ outer }) => outer.start <= part.start && outer.end >= part.end),
  );
  if (holding.every((quotation) => quotation !== undefined)) {
    const inside =
      cue !== null && holding.some(({ outer }) => outer.start <= cue.start && outer.end >= cue.end);
    return inside ? 'indirect' : 'direct';
  }
  const some = content.some((part) => quotations.some(({ outer }) => crosses(outer, part)));
  return some ? 'mixed' : 'indirect';
}

/** A reported clause ends before its final stop. */
function trimStop(text: string, content: Span[]): void {
  const last = content.at(-1)!;
  let { end } = last;
  while (end > last.start + 1 && (/[.,;:]/.test(text[end - 1]!) || isSpaceAt(text, end - 1))) end--;
  content[content.length - 1] = { start: last.start, end };
}

/** Who speaks, by the words that name them: "the prefecture" of "The prefecture". */
function describedBy(text: string, source: Span | null): string | null {
  if (source === null) return null;
  const words = text.slice(source.start, source.end).replace(/\s+/g, ' ');
  return words.replace(/^(?:The|A|An|Le|La|Les|Un|Une|L[’'])(?=[\s’'\p{L}])/u, (article) =>
    article.toLowerCase(),
  );
}

const PRONOUN =
  /^(?:i|we|you|he|she|it|they|who|this|that|these|those|one|others?|je|j|nous|vous|tu|il|elle|ils|elles|on|qui|ce|cela|celui-ci|celle-ci|ce dernier|cette dernière)$/i;

const isPronoun = (words: string | null) => words !== null && PRONOUN.test(words);

function certaintyOf(mode: StatementMode, claimed: StatementMode, { source, cue }: Arrangement): number {
  let certainty = mode === 'direct' ? 0.45 : 0.35;
  if (source !== null) certainty += 0.1;
  if (cue !== null) certainty += 0.1;
  if (mode === claimed) certainty += 0.05;
  return Math.round(Math.min(MOST, certainty) * 100) / 100;
}
