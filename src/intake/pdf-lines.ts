// From the pieces of text on a PDF page to its lines in reading order. Pure geometry: points from the page's top left.

/** A piece of text as the page places it. `y` is the top of its line box, `baseline` what letters stand on. */
export interface Piece {
  words: string;
  x: number;
  y: number;
  width: number;
  height: number;
  baseline: number;
  /** Height of the letters in points. */
  size: number;
}

/** A line: its pieces from left to right. */
export interface Line {
  pieces: Piece[];
  x: number;
  y: number;
  width: number;
  height: number;
  baseline: number;
  size: number;
}

/** Pieces whose baselines differ by less than this share of their size stand on one line (sub- and superscripts do). */
const SAME_LINE = 0.45;

/** A gap this many letter heights wide may part columns or cells; what it does not part is joined again. */
const PARTING_GAP = 0.8;

/** Wider than this many letter heights, a space is the distance between two things. */
const WIDEST_SPACE = 2.5;

/**
 * The lines of a page in reading order. Pieces are gathered into lines by baseline and nearness. Where gaps between
 * lines stand one under the other and both sides are prose, they are columns and are read one after the other, between
 * the lines that run across both; everything else is read from top to bottom, so that rows of a table stay rows.
 */
export function linesOfPage(pieces: Piece[]): Line[] {
  return joinRows(order(gather(pieces)));
}

function gather(pieces: Piece[]): Line[] {
  const rows: Piece[][] = [];
  // A space that the page sets is part of its line, however wide justification made it.
  const sorted = pieces
    .filter((piece) => piece.words.trim() !== '' || piece.width < WIDEST_SPACE * piece.size)
    .sort((a, b) => a.baseline - b.baseline);
  for (const piece of sorted) {
    // Only the last few rows can be near: they are sorted by baseline.
    const row = rows
      .slice(-4)
      .find(
        (others) =>
          Math.abs(others[0]!.baseline - piece.baseline) < SAME_LINE * Math.min(others[0]!.size, piece.size),
      );
    if (row) row.push(piece);
    else rows.push([piece]);
  }
  return rows.flatMap((row) => {
    row.sort((a, b) => a.x - b.x);
    const parts: Piece[][] = [];
    for (const piece of row) {
      const last = parts.at(-1)?.at(-1);
      if (last && piece.x - (last.x + last.width) < PARTING_GAP * Math.max(last.size, piece.size))
        parts.at(-1)!.push(piece);
      else parts.push([piece]);
    }
    return parts
      .map((part) => part.filter((piece) => piece.words.trim() !== ''))
      .filter((part) => part.length > 0)
      .map(lineOf);
  });
}

function lineOf(pieces: Piece[]): Line {
  const x = Math.min(...pieces.map((piece) => piece.x));
  const y = Math.min(...pieces.map((piece) => piece.y));
  const widest = pieces.reduce((a, b) => (b.width > a.width ? b : a));
  return {
    pieces,
    x,
    y,
    width: Math.max(...pieces.map((piece) => piece.x + piece.width)) - x,
    height: Math.max(...pieces.map((piece) => piece.y + piece.height)) - y,
    baseline: widest.baseline,
    size: widest.size,
  };
}

/** Columns within columns nest no deeper than this on any page a person would read. */
const DEEPEST = 8;

function order(lines: Line[], depth = 0): Line[] {
  const gutter = depth < DEEPEST ? findGutter(lines) : null;
  if (gutter === null) return byTop(lines);
  const leftOf = (some: Line[]) => some.filter((line) => line.x + line.width <= gutter + 1);
  const rightOf = (some: Line[]) => some.filter((line) => line.x + line.width > gutter + 1);
  const regions: { columns: boolean; lines: Line[] }[] = [];
  for (const band of bandsAt(lines, gutter)) {
    const columns =
      [leftOf(band), rightOf(band)].every((side) => side.length === 0 || isProse(side)) &&
      !crosses(band[0]!, gutter);
    const last = regions.at(-1);
    if (columns && last?.columns) last.lines.push(...band);
    else regions.push({ columns, lines: band });
  }
  return regions.flatMap(({ columns, lines: region }) => {
    const [left, right] = [leftOf(region), rightOf(region)];
    if (!columns || Math.min(left.length, right.length) < LEAST_ROWS) return byTop(region);
    return [...order(left, depth + 1), ...order(right, depth + 1)];
  });
}

const byTop = (lines: Line[]) => [...lines].sort((a, b) => a.baseline - b.baseline || a.x - b.x);
const crosses = (line: Line, gutter: number) => line.x < gutter - 1 && line.x + line.width > gutter + 1;

/** Fewer rows than this with a gap at the same place are chance. */
const LEAST_ROWS = 3;

/** Where most of the gaps between lines of one row lie one under the other; null when there are too few. */
function findGutter(lines: Line[]): number | null {
  const edges: { at: number; step: 1 | -1 }[] = [];
  const sorted = byTop(lines);
  for (const [index, line] of sorted.entries()) {
    let next: Line | null = null;
    for (const other of sorted.slice(index + 1)) {
      if (other.baseline - line.baseline > line.size * 2) break;
      if (
        other.x < line.x + line.width ||
        other.y >= line.y + line.height ||
        line.y >= other.y + other.height
      )
        continue;
      if (next === null || other.x < next.x) next = other;
    }
    // Lines of two columns need not stand level, so a row's right part may also come first.
    for (const other of sorted.slice(Math.max(0, index - 4), index)) {
      if (other.x < line.x + line.width || other.y + other.height <= line.y) continue;
      if (next === null || other.x < next.x) next = other;
    }
    if (next) edges.push({ at: line.x + line.width, step: 1 }, { at: next.x, step: -1 });
  }
  edges.sort((a, b) => a.at - b.at || a.step - b.step);
  let open = 0;
  let best = { gaps: LEAST_ROWS - 1, at: null as number | null };
  for (const [index, { at, step }] of edges.entries()) {
    open += step;
    const end = edges[index + 1]?.at ?? at;
    if (open > best.gaps && end > at) best = { gaps: open, at: (at + end) / 2 };
  }
  return best.at;
}

/** White space over the whole width that is higher than this share of the letters parts what is above from what is below. */
const BAND_GAP = 0.7;

/** The lines from top to bottom, parted at level white space and where one begins or ceases to cross the gutter. */
function bandsAt(lines: Line[], gutter: number): Line[][] {
  const bands: Line[][] = [];
  let bottom = -Infinity;
  for (const line of [...lines].sort((a, b) => a.y - b.y)) {
    const last = bands.at(-1);
    const goesOn =
      last && crosses(last[0]!, gutter) === crosses(line, gutter) && line.y - bottom <= line.size * BAND_GAP;
    if (goesOn) last.push(line);
    else bands.push([line]);
    bottom = Math.max(bottom, line.y + line.height);
  }
  return bands;
}

/** Lines of prose have at least this many characters; cells of a table seldom do. */
const PROSE_LENGTH = 20;

/** About a sentence's width of letters a line: a column and not a column of figures. */
const isProse = (lines: Line[]) => typicalLength(lines) >= PROSE_LENGTH;

/** How long the line is that a letter stands on, on average: short last lines and list items count little. */
function typicalLength(lines: Line[]): number {
  const lengths = lines.map((line) => line.pieces.reduce((sum, piece) => sum + piece.words.length, 0));
  const letters = lengths.reduce((sum, length) => sum + length, 0);
  return lengths.reduce((sum, length) => sum + length * length, 0) / Math.max(1, letters);
}

/** Puts what was parted at a wide gap, but follows on the same baseline, back into one line: a table's row. */
function joinRows(lines: Line[]): Line[] {
  const joined: Line[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    const sameRow =
      last !== undefined &&
      Math.abs(last.baseline - line.baseline) < SAME_LINE * Math.min(last.size, line.size) &&
      line.x >= last.x + last.width;
    if (sameRow) joined[joined.length - 1] = lineOf([...last.pieces, ...line.pieces]);
    else joined.push(line);
  }
  return joined;
}
