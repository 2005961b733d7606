// Where everything of a thread's picture stands: one lane per speaker, time from left to right, marks, arrows and words that
// keep clear of one another. A pure function: the same thread gives the same picture.

/** A statement to be drawn. */
export interface ChartStatement {
  id: string;
  /** Its place in the list under the picture, from 1; also what its mark shows. */
  number: number;
  /** An index into the lanes. */
  lane: number;
  form: 'direct' | 'indirect' | 'mixed' | 'silence';
  /** First and last instant it may have been said, in milliseconds since 1970; null where no date is known. */
  range: { from: number; to: number } | null;
  /** Its words, or what stands for them; cut to the room there is. */
  words: string;
}

/** How one statement answers another. */
export interface ChartLink {
  from: string;
  to: string;
  /** The word that stands on the arrow. */
  word: string;
  isSuggested: boolean;
}

/** One who speaks. Lanes with the same group (of one body) stand next to each other. */
export interface ChartLane {
  name: string;
  note: string | null;
  group: string | null;
}

/** A thread as it is drawn. */
export interface ThreadPicture {
  lanes: ChartLane[];
  statements: ChartStatement[];
  links: ChartLink[];
  /** The words of the axis, in the reader's language. */
  words: {
    /** A date as precise as its range allows: "5 Nov", and the year it is in ("2014", null where the first says it). */
    date: (range: { from: number; to: number }) => { day: string; year: string | null };
    /** How long a gap is, in milliseconds: "7 years". */
    gap: (length: number) => string;
    undated: string;
  };
  /** Right to left: the lanes' names stand on the right; time still runs from left to right. */
  isRightToLeft: boolean;
}

/** A rectangle in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A piece of text where it stands: `x` and `y` are of its anchor on the baseline. */
export interface PlacedText {
  text: string;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  size: number;
  box: Box;
}

/** The picture with a place for everything. */
export interface ThreadLayout {
  width: number;
  height: number;
  /** Where time begins and ends; names stand outside. */
  plot: { left: number; right: number };
  lanes: { lane: number; y: number; name: PlacedText; note: PlacedText | null; joinsAbove: boolean }[];
  marks: {
    statement: ChartStatement;
    x: number;
    y: number;
    /** How far the date may lie to either side; null for a day, or less than can be drawn. */
    span: { left: number; right: number } | null;
    words: PlacedText | null;
  }[];
  links: { link: ChartLink; path: string; arrow: string; word: PlacedText | null }[];
  axis: {
    y: number;
    dates: PlacedText[];
    /** Where a long gap was cut short, and how long it is. */
    gaps: { x: number; text: PlacedText | null }[];
    /** Where what is undated begins; null where everything has a date. */
    undated: { x: number; text: PlacedText } | null;
  };
  /** Whether distances are in proportion to time everywhere. */
  isToScale: boolean;
}

/** The radius of a mark. */
export const MARK = 12;
const WIDTH = 860;
const NAMES = 176;
const EDGE = 18;
/** Least distance of two marks in one lane, and of two columns. */
const STEP = 2 * MARK + 8;
/** Gaps longer than this many pixels are cut short. */
const CUT = 150;
const LANE_HEIGHTS = [68, 88, 112];
const TEXT = 13;
const SMALL = 12;
const LINE = 15;

/** How wide a text is about: a little more than in the fonts of the house, so that nothing touches. In pixels. */
export function textWidth(text: string, size: number, isBold = false): number {
  let em = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code >= 0x2066 && code <= 0x2069) continue;
    if (code >= 0x2e80) em += 1;
    else if (/[\p{M}]/u.test(character)) em += 0;
    else if (/[ilIjtfr.,:;'’!|()[\] ]/.test(character)) em += 0.32;
    else if (/[mwMW—…@%]/.test(character)) em += 0.88;
    else if (/\p{Lu}/u.test(character)) em += 0.64;
    else em += 0.54;
  }
  return em * size * (isBold ? 1.06 : 1);
}

/** A text cut to a width at a word where it can be, with an ellipsis; the empty string where not even a few letters fit. */
export function fitText(text: string, width: number, size: number, isBold = false): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (textWidth(line, size, isBold) <= width) return line;
  const characters = [...line];
  let kept = 0;
  let used = textWidth('…', size, isBold);
  for (const character of characters) {
    used += textWidth(character, size, isBold);
    if (used > width) break;
    kept++;
  }
  const cut = characters.slice(0, kept).join('');
  const atWord = cut.lastIndexOf(' ');
  const end = atWord > cut.length * 0.6 ? cut.slice(0, atWord) : cut;
  return [...end].length < 4 ? '' : `${end.replace(/[\s,;:.]+$/, '')}…`;
}

/**
 * The order of lanes from top to bottom: by the first words of their group, and within it by their own. The order stays the
 * same when more is said later.
 */
export function laneOrder(lanes: readonly Pick<ChartLane, 'group'>[]): number[] {
  const first = new Map<string, number>();
  lanes.forEach(({ group }, lane) => {
    if (group !== null && !first.has(group)) first.set(group, lane);
  });
  const leader = (lane: number) => {
    const { group } = lanes[lane]!;
    return group === null ? lane : first.get(group)!;
  };
  return lanes.map((_, lane) => lane).sort((a, b) => leader(a) - leader(b) || a - b);
}

/** Whether two rectangles share more than an edge. */
export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function place(
  text: string,
  x: number,
  y: number,
  anchor: PlacedText['anchor'],
  size: number,
  isBold = false,
): PlacedText {
  const width = textWidth(text, size, isBold);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { text, x, y, anchor, size, box: { x: left, y: y - size * 0.82, width, height: size * 1.1 } };
}

/** Statements of one moment, and where they stand. */
interface Column {
  at: number | null;
  statements: ChartStatement[];
  /** Half of its width. */
  half: number;
  x: number;
}

/** Lays a thread out. The width grows with what is in it; lanes grow until every arrow's word has room, as far as that goes. */
export function layoutThread(picture: ThreadPicture): ThreadLayout {
  let layout = layoutWith(picture, LANE_HEIGHTS[0]!);
  for (const height of LANE_HEIGHTS.slice(1)) {
    if (layout.links.every(({ word }) => word !== null)) break;
    layout = layoutWith(picture, height);
  }
  return layout;
}

function layoutWith(picture: ThreadPicture, laneHeight: number): ThreadLayout {
  const order = laneOrder(picture.lanes);
  const row = new Map(order.map((lane, index) => [lane, index]));
  const { columns, span, isToScale, cuts } = placeColumns(picture.statements);
  const inner = Math.max(WIDTH - NAMES - 2 * EDGE, span + 2 * EDGE);
  const width = NAMES + inner + 2 * EDGE;
  const left = picture.isRightToLeft ? EDGE : NAMES + EDGE;
  const plot = { left, right: left + inner };
  for (const column of columns) column.x += left + EDGE;

  const hasArcsOnTop = picture.links.some((link) => isWithin(picture, link, order[0]));
  const top = hasArcsOnTop ? 26 : 2;
  const yOf = (lane: number) => top + laneHeight * (row.get(lane)! + 0.5);
  const axisY = top + laneHeight * order.length + 14;
  const height = axisY + 46;

  const marks = placeMarks(picture, columns, plot, yOf);
  const taken: Box[] = marks.map(({ x, y }) => ({
    x: x - MARK - 1,
    y: y - MARK - 1,
    width: 2 * MARK + 2,
    height: 2 * MARK + 2,
  }));
  const bounds: Box = { x: plot.left, y: 0, width: inner, height: axisY - 8 };
  const links = placeLinks(picture, marks, taken, bounds);
  placeWords(marks, taken, plot);
  const lanes = placeLanes(picture, order, plot, width, yOf);
  return {
    ...{ width, height, plot, lanes, marks, links, isToScale },
    axis: placeAxis(picture, columns, cuts, axisY, plot),
  };
}

const isWithin = (picture: ThreadPicture, link: ChartLink, lane: number | undefined) => {
  const laneOf = (id: string) => picture.statements.find((one) => one.id === id)?.lane;
  return laneOf(link.from) === lane && laneOf(link.to) === lane;
};

/** The middle of what a date may mean. */
const middle = ({ from, to }: { from: number; to: number }) => from + (to - from) / 2;

/** Columns from left to right beginning at 0, and how far they reach. */
function placeColumns(statements: readonly ChartStatement[]): {
  columns: Column[];
  span: number;
  isToScale: boolean;
  cuts: { before: number; length: number }[];
} {
  const byTime = new Map<number | null, ChartStatement[]>();
  for (const statement of statements) {
    const at = statement.range === null ? null : middle(statement.range);
    byTime.set(at, [...(byTime.get(at) ?? []), statement]);
  }
  const columns = [...byTime]
    .map(([at, held]): Column => {
      const perLane = new Map<number, number>();
      for (const { lane } of held) perLane.set(lane, (perLane.get(lane) ?? 0) + 1);
      const most = Math.max(...perLane.values());
      return { at, statements: held, half: MARK + ((most - 1) * STEP) / 2, x: 0 };
    })
    .sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity));
  const dated = columns.filter(({ at }) => at !== null);
  const gaps = dated.slice(1).map((column, index) => ({
    length: column.at! - dated[index]!.at!,
    least: column.half + dated[index]!.half + 10,
  }));
  const room =
    WIDTH -
    NAMES -
    4 * EDGE -
    columns.reduce((sum, { at, half }) => (at === null ? sum + 2 * half + STEP : sum), 0) -
    60;
  const { widths, isToScale } = spread(gaps, room);
  let x = dated[0]?.half ?? 0;
  const cuts: { before: number; length: number }[] = [];
  dated.forEach((column, index) => {
    if (index > 0) {
      x += widths[index - 1]!.width;
      if (widths[index - 1]!.isCut) cuts.push({ before: index, length: gaps[index - 1]!.length });
    }
    column.x = x;
  });
  let end = dated.length === 0 ? 0 : x + dated.at(-1)!.half;
  const undated = columns.find(({ at }) => at === null);
  if (undated) {
    undated.x = end + (dated.length === 0 ? 0 : STEP) + undated.half;
    end = undated.x + undated.half;
  }
  return { columns, span: end, isToScale, cuts };
}

/**
 * Widths of the gaps between columns: in proportion where that leaves each the room it needs; else each between what it
 * needs and where it is cut short, by the scale that fills the room.
 */
function spread(
  gaps: readonly { length: number; least: number }[],
  room: number,
): { widths: { width: number; isCut: boolean }[]; isToScale: boolean } {
  const whole = gaps.reduce((sum, { length }) => sum + length, 0);
  const longest = Math.max(0, ...gaps.map(({ length }) => length));
  if (whole === 0) return { widths: [], isToScale: true };
  // One gap alone says nothing of scale, and need not fill the picture.
  const scale = Math.min(Math.max(room, 0) / whole, 240 / longest);
  if (gaps.every(({ length, least }) => length * scale >= least))
    return { widths: gaps.map(({ length }) => ({ width: length * scale, isCut: false })), isToScale: true };
  const most = gaps.map(({ least }) => Math.max(CUT, least));
  const at = (k: number) =>
    gaps.map(({ length, least }, index) => Math.min(most[index]!, Math.max(least, length * k)));
  const sum = (k: number) => at(k).reduce((total, width) => total + width, 0);
  const shortest = Math.min(...gaps.map(({ length }) => length));
  let [low, high] = [0, CUT / Math.max(shortest, 1)];
  for (let step = 0; step < 60; step++) {
    const k = (low + high) / 2;
    if (sum(k) > room) high = k;
    else low = k;
  }
  return {
    widths: at(low).map((width, index) => ({
      width,
      isCut: gaps[index]!.length * low > width + 1 || (low === 0 && gaps[index]!.length === longest),
    })),
    isToScale: false,
  };
}

type Mark = ThreadLayout['marks'][number];

function placeMarks(
  picture: ThreadPicture,
  columns: readonly Column[],
  plot: ThreadLayout['plot'],
  yOf: (lane: number) => number,
): Mark[] {
  const dated = columns.filter(({ at }) => at !== null);
  const xOf = (at: number) => {
    const after = dated.findIndex((column) => column.at! >= at);
    if (after === 0) return at === dated[0]!.at ? dated[0]!.x : Math.max(plot.left, dated[0]!.x - 20);
    if (after < 0) return Math.min(plot.right, dated.at(-1)!.x + 20);
    const [a, b] = [dated[after - 1]!, dated[after]!];
    return a.x + ((at - a.at!) / (b.at! - a.at!)) * (b.x - a.x);
  };
  const marks: Mark[] = [];
  for (const { statements, x } of columns) {
    const byLane = new Map<number, ChartStatement[]>();
    for (const statement of statements)
      byLane.set(statement.lane, [...(byLane.get(statement.lane) ?? []), statement]);
    for (const [lane, held] of byLane) {
      held.forEach((statement, index) => {
        const { range } = statement;
        const at = x + (index - (held.length - 1) / 2) * STEP;
        const span =
          range && range.to - range.from > 86_400_000
            ? { left: xOf(range.from), right: xOf(range.to) }
            : null;
        marks.push({
          statement,
          x: at,
          y: yOf(lane),
          span: span && span.right - span.left > 2 * MARK + 6 ? span : null,
          words: null,
        });
      });
    }
  }
  const numberOf = new Map(picture.statements.map(({ id }, index) => [id, index]));
  return marks.sort((a, b) => numberOf.get(a.statement.id)! - numberOf.get(b.statement.id)!);
}

interface Point {
  x: number;
  y: number;
}
type Curve = readonly [Point, Point, Point, Point];

function pointOn([a, b, c, d]: Curve, t: number): Point {
  const u = 1 - t;
  const mix = (key: 'x' | 'y') =>
    u * u * u * a[key] + 3 * u * u * t * b[key] + 3 * u * t * t * c[key] + t * t * t * d[key];
  return { x: mix('x'), y: mix('y') };
}

/** From the mark that answers to the one it answers; arrows into one mark end side by side. `bow` bends it to the right. */
function curveOf(from: Mark, to: Mark, shift: number, bow: number): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  // On the circle around the mark, where the shift leads.
  const rim = Math.sqrt((MARK + 2) ** 2 - shift ** 2);
  if (Math.abs(dy) < 1) {
    const rise = Math.min(24, 10 + Math.abs(dx) * 0.12) + Math.abs(bow) * 0.2;
    return [
      { x: from.x, y: from.y - MARK },
      { x: from.x + dx * 0.15, y: from.y - MARK - rise },
      { x: to.x + shift - dx * 0.15, y: to.y - MARK - rise },
      { x: to.x + shift, y: to.y - rim },
    ];
  }
  const down = Math.sign(dy);
  const reach = Math.abs(dy) * 0.5;
  return [
    { x: from.x, y: from.y + down * MARK },
    { x: from.x + bow, y: from.y + down * (MARK + reach) },
    { x: to.x + shift * 1.6 + bow, y: to.y - down * (MARK + reach) },
    { x: to.x + shift, y: to.y - down * rim },
  ];
}

const BOWS = [0, 36, -36, 72, -72];

/** The curve that crosses the fewest other marks; the straightest of them. */
function clearCurve(from: Mark, to: Mark, shift: number, marks: readonly Mark[]): Curve {
  let best: { curve: Curve; crossed: number } | null = null;
  const others = marks.filter((mark) => mark !== from && mark !== to);
  for (const bow of BOWS) {
    const curve = curveOf(from, to, shift, bow);
    let crossed = 0;
    for (let step = 1; step < 24; step++) {
      const { x, y } = pointOn(curve, step / 24);
      for (const mark of others)
        if (Math.abs(mark.x - x) < MARK + 3 && Math.abs(mark.y - y) < MARK + 3) crossed++;
    }
    if (best === null || crossed < best.crossed) best = { curve, crossed };
    if (crossed === 0) break;
  }
  return best!.curve;
}

const TRIED = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

function placeLinks(
  picture: ThreadPicture,
  marks: readonly Mark[],
  taken: Box[],
  bounds: Box,
): ThreadLayout['links'] {
  const byId = new Map(marks.map((mark) => [mark.statement.id, mark]));
  const drawn = picture.links.filter(({ from, to }) => from !== to && byId.has(from) && byId.has(to));
  const into = new Map<string, ChartLink[]>();
  for (const link of drawn) into.set(link.to, [...(into.get(link.to) ?? []), link]);
  for (const [to, arriving] of into) {
    const target = byId.get(to)!;
    const rise = ({ y }: Mark) => Math.abs(y - target.y);
    // From left to right as they come, the nearer on the outside, so that they need not cross.
    arriving.sort((one, other) => {
      const [a, b] = [byId.get(one.from)!, byId.get(other.from)!];
      return a.x - b.x || (a.x >= target.x ? rise(b) - rise(a) : rise(a) - rise(b));
    });
  }
  return drawn.map((link) => {
    const arriving = into.get(link.to)!;
    const spacing = Math.min(9, 18 / Math.max(1, arriving.length - 1));
    const shift = (arriving.indexOf(link) - (arriving.length - 1) / 2) * spacing;
    const curve = clearCurve(byId.get(link.from)!, byId.get(link.to)!, shift, marks);
    const word = placeWord(link.word, curve, taken, bounds);
    if (word) taken.push(word.box);
    return { link, path: pathOf(curve), arrow: arrowOf(curve), word };
  });
}

/** The word of an arrow, on it or beside it, where it touches nothing; null where there is no such place. */
function placeWord(text: string, curve: Curve, taken: readonly Box[], bounds: Box): PlacedText | null {
  const half = textWidth(text, SMALL) / 2;
  for (const aside of [0, half + 8, -half - 8]) {
    for (const t of TRIED) {
      const { x, y } = pointOn(curve, t);
      const word = place(text, x + aside, y + SMALL * 0.32, 'middle', SMALL);
      const box = {
        x: word.box.x - 4,
        y: word.box.y - 2,
        width: word.box.width + 8,
        height: word.box.height + 4,
      };
      const isInside =
        box.x >= bounds.x &&
        box.y >= bounds.y &&
        box.x + box.width <= bounds.x + bounds.width &&
        box.y + box.height <= bounds.y + bounds.height;
      if (isInside && !taken.some((other) => overlap(box, other))) return { ...word, box };
    }
  }
  return null;
}

const n = (value: number) => String(Math.round(value * 10) / 10);
const pathOf = ([a, b, c, d]: Curve) =>
  `M${n(a.x)} ${n(a.y)}C${n(b.x)} ${n(b.y)} ${n(c.x)} ${n(c.y)} ${n(d.x)} ${n(d.y)}`;

/** The head of an arrow at the end of a curve. */
function arrowOf(curve: Curve): string {
  const [, , c, d] = curve;
  const length = Math.hypot(d.x - c.x, d.y - c.y) || 1;
  const [ux, uy] = [(d.x - c.x) / length, (d.y - c.y) / length];
  const side = (way: number) => `${n(d.x - 8 * ux + way * 4 * uy)} ${n(d.y - 8 * uy - way * 4 * ux)}`;
  return `M${side(1)}L${n(d.x)} ${n(d.y)}L${side(-1)}`;
}

/** The first words of each statement right of its mark, as far as there is room. */
function placeWords(marks: Mark[], taken: Box[], plot: ThreadLayout['plot']): void {
  for (const mark of marks) {
    const start = mark.x + MARK + 8;
    const line: Box = { x: start, y: mark.y - SMALL, width: plot.right - start, height: 2 * SMALL };
    const end = taken.reduce(
      (least, box) => (overlap(line, box) ? Math.min(least, box.x - 8) : least),
      plot.right,
    );
    if (end - start < 70) continue;
    const text = fitText(mark.statement.words, Math.min(end - start, 420), TEXT);
    if (text === '') continue;
    mark.words = place(text, start, mark.y + TEXT * 0.33, 'start', TEXT);
    taken.push(mark.words.box);
  }
}

function placeLanes(
  { lanes, isRightToLeft }: ThreadPicture,
  order: readonly number[],
  plot: ThreadLayout['plot'],
  width: number,
  yOf: (lane: number) => number,
): ThreadLayout['lanes'] {
  const x = isRightToLeft ? width : 0;
  const anchor = isRightToLeft ? 'end' : 'start';
  const room = isRightToLeft ? width - plot.right - 10 : plot.left - 10;
  return order.map((lane, index) => {
    const { name, note, group } = lanes[lane]!;
    const y = yOf(lane);
    const cut = note === null ? '' : fitText(note, room, SMALL);
    const nameY = cut === '' ? y + TEXT * 0.33 : y - 2;
    return {
      lane,
      y,
      name: place(fitText(name, room, TEXT, true) || '…', x, nameY, anchor, TEXT, true),
      note: cut === '' ? null : place(cut, x, nameY + LINE, anchor, SMALL),
      joinsAbove: index > 0 && group !== null && lanes[order[index - 1]!]!.group === group,
    };
  });
}

function placeAxis(
  { words }: ThreadPicture,
  columns: readonly Column[],
  cuts: readonly { before: number; length: number }[],
  y: number,
  plot: ThreadLayout['plot'],
): ThreadLayout['axis'] {
  const dated = columns.filter(({ at }) => at !== null);
  const dates: PlacedText[] = [];
  const fits = (text: PlacedText) =>
    text.box.x >= plot.left - EDGE / 2 &&
    text.box.x + text.box.width <= plot.right + EDGE / 2 &&
    !dates.some((other) =>
      overlap({ ...other.box, x: other.box.x - 6, width: other.box.width + 12 }, text.box),
    );
  let lastYear: string | null = null;
  // What is most precise is asked first: a day tells more than the month it lies in.
  for (const { x, statements } of dated) {
    const ranges = statements.map(({ range }) => range!);
    const range = ranges.reduce((best, one) => (one.to - one.from < best.to - best.from ? one : best));
    const { day, year } = words.date(range);
    const above = place(day, x, y + 17, 'middle', SMALL);
    if (!fits(above)) continue;
    dates.push(above);
    if (year === null) {
      lastYear = null;
      continue;
    }
    if (year === lastYear) continue;
    const below = place(year, x, y + 33, 'middle', SMALL);
    if (fits(below)) {
      dates.push(below);
      lastYear = year;
    }
  }
  const gaps = cuts.map(({ before, length }) => {
    const [a, b] = [dated[before - 1]!, dated[before]!];
    const x = (a.x + b.x) / 2;
    const text = place(words.gap(length), x, y + 4, 'middle', SMALL);
    return { x, text: text.box.width <= b.x - a.x - 2 * MARK - 8 ? text : null };
  });
  const column = columns.find(({ at }) => at === null);
  const label = column && place(words.undated, column.x, y + 17, 'middle', SMALL);
  const inside =
    label &&
    place(
      words.undated,
      Math.min(Math.max(column.x, plot.left + label.box.width / 2), plot.right - label.box.width / 2),
      y + 17,
      'middle',
      SMALL,
    );
  return {
    y,
    dates: inside ? dates.filter(({ box }) => !overlap(box, inside.box)) : dates,
    gaps,
    undated: inside ? { x: column!.x - column!.half - STEP / 2, text: inside } : null,
  };
}
