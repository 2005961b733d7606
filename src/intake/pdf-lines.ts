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

/** A gap this many letter heights wide parts a line in two: two columns, or two cells. */
const PARTING_GAP = 1.6;

/**
 * The lines of a page in reading order. Pieces are gathered into lines by baseline and nearness; lines are then ordered
 * by recursive XY-cut (Nagy, Seth and Viswanathan, 1992): a page is cut at white space into regions that are read one
 * after another, side by side only where both sides are columns of prose. Rows of a table are thus read as rows.
 */
export function linesOfPage(pieces: Piece[]): Line[] {
  return joinRows(order(gather(pieces)));
}

function gather(pieces: Piece[]): Line[] {
  const rows: Piece[][] = [];
  const sorted = pieces.filter((piece) => piece.words.trim() !== '').sort((a, b) => a.baseline - b.baseline);
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
    return parts.map(lineOf);
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

/** Regions nest no deeper than this on any page a person would read. */
const DEEPEST = 40;

function order(lines: Line[], depth = 0): Line[] {
  const byTop = () => [...lines].sort((a, b) => a.baseline - b.baseline || a.x - b.x);
  if (lines.length < 2 || depth > DEEPEST) return byTop();
  const columns = cutColumns(lines);
  if (columns) return columns.flatMap((column) => order(column, depth + 1));
  const bands = cutBands(lines);
  if (bands) return bands.flatMap((band) => order(band, depth + 1));
  return byTop();
}

/** Cuts at an upright white stripe that all lines leave free, when what stands on both sides is prose. */
function cutColumns(lines: Line[]): [Line[], Line[]] | null {
  const gaps = freeStripes(lines.map(({ x, width }) => [x, x + width] as const));
  const size = median(lines.map((line) => line.size));
  for (const [from, to] of gaps.sort((a, b) => b[1] - b[0] - (a[1] - a[0]))) {
    if (to - from < size * 0.8) break;
    const left = lines.filter((line) => line.x + line.width <= from + 0.01);
    const right = lines.filter((line) => line.x >= to - 0.01);
    if (isProse(left) && isProse(right)) return [left, right];
  }
  return null;
}

/** Cuts at the level white stripes, at each where a column may begin or end: where the lines' arrangement changes. */
function cutBands(lines: Line[]): Line[][] | null {
  const gaps = freeStripes(lines.map(({ y, height }) => [y, y + height] as const));
  if (gaps.length === 0) return null;
  // Nothing stands side by side: cutting would change nothing.
  const sorted = [...lines].sort((a, b) => a.y - b.y);
  const sideBySide = sorted.some((line, index) => {
    const next = sorted[index + 1];
    return next !== undefined && next.y < line.y + line.height / 2;
  });
  if (!sideBySide) return null;
  const widest = gaps.reduce((a, b) => (b[1] - b[0] > a[1] - a[0] ? b : a));
  const above = lines.filter((line) => line.y + line.height <= widest[0] + 0.01);
  const below = lines.filter((line) => line.y >= widest[1] - 0.01);
  return above.length > 0 && below.length > 0 ? [above, below] : null;
}

/** The stripes between intervals that none of them covers. */
function freeStripes(intervals: (readonly [number, number])[]): [number, number][] {
  const sorted = [...intervals].sort((a, b) => a[0] - b[0]);
  const stripes: [number, number][] = [];
  let covered = sorted[0]?.[1] ?? 0;
  for (const [from, to] of sorted) {
    if (from > covered) stripes.push([covered, from]);
    covered = Math.max(covered, to);
  }
  return stripes;
}

/** At least three lines of about a sentence's width of letters: a column and not a column of figures. */
function isProse(lines: Line[]): boolean {
  if (lines.length < 3) return false;
  return median(lines.map((line) => line.pieces.reduce((sum, piece) => sum + piece.words.length, 0))) >= 20;
}

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
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
