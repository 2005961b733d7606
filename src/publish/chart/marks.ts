// The marks of a chart: every figure as its bound is drawn, in the colour and shape of its party, with its words and its link.
import type { ChartGroup, ChartMark } from '../../analysis/how-many.ts';
import { amountInWords, dateInWords } from '../../language/wording.ts';
import type { MarkOptions } from './axes.ts';
import { INKS, type Pen, SIZE, styleOf, widthOf, wrap } from './pen.ts';
import { markInWords } from './words.ts';

/** A mark's place on the page: where its sign stands, and what it covers. */
interface Placing {
  mark: ChartMark;
  /** The middle, moved aside where several stand in one place. */
  x: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const DAY = 86_400_000;
/** Between the signs of two parties that speak of one time. */
const ASIDE = 11;

export function marksOf(group: ChartGroup, options: MarkOptions): Element {
  const { draw, frame, m } = options;
  const all = draw.element('g', { class: 'marks' });
  if (group.dots.length > 0) all.append(dotsOf(group, options));
  const placings = placingsOf(group, options);
  for (const placing of placings) all.append(drawMark(placing, group, options));
  if (group.marks.length <= 12 && group.thinned === null) all.append(labels(placings, group, options));
  if (group.isOneMoment) {
    const [mark] = group.marks;
    const middle = (frame.left + frame.width - frame.right) / 2;
    const under = frame.height - frame.bottom + (options.namesBelow ? 52 : 24);
    all.append(
      draw.text(mark ? dateInWords(mark.period, m) : '', middle, under, {
        ...{ 'text-anchor': 'middle', ink: 'soft', 'aria-hidden': 'true' },
      }),
    );
  }
  return all;
}

function placingsOf(group: ChartGroup, { x, y, frame }: MarkOptions): Placing[] {
  const [first, last] = [frame.left + 7, frame.width - frame.right - 7];
  const inside = (at: number) => Math.min(last, Math.max(first, at));
  const together = new Map<string, number>();
  const place = ({ from, to }: ChartMark) => `${from}/${to}`;
  for (const mark of group.marks) together.set(place(mark), (together.get(place(mark)) ?? 0) + 1);
  const seen = new Map<string, number>();
  return group.marks.map((mark, index) => {
    const [top, bottom] = [y(mark.high), y(mark.low)];
    if (group.isOneMoment) {
      const middle = x(index + 0.5);
      return { mark, x: middle, left: middle, right: middle, top, bottom };
    }
    let [left, right] = [x(mark.from), x(mark.to)];
    if (mark.shape === 'stretch' && group.dots.length === 0) {
      // Bars of several parties stand beside one another in their stretch.
      const share = (right - left) / group.series.length;
      [left, right] = [left + share * mark.series, left + share * (mark.series + 1)];
    }
    const many = together.get(place(mark))!;
    const nth = seen.get(place(mark)) ?? 0;
    seen.set(place(mark), nth + 1);
    const aside = mark.shape === 'stretch' ? 0 : (nth - (many - 1) / 2) * Math.min(ASIDE, 160 / many);
    const middle = inside((left + right) / 2 + aside);
    // What is narrower than its sign, or of a day, is drawn where the sign is.
    const isDay = mark.to - mark.from < DAY;
    const isNarrow = mark.shape !== 'stretch' && (isDay || right - left < ASIDE * Math.max(1, many));
    return { mark, x: middle, left: isNarrow ? middle : left, right: isNarrow ? middle : right, top, bottom };
  });
}

/** The figures behind stretches, as one path for each party: a dot of a line without length. */
function dotsOf(group: ChartGroup, { draw, x, y }: MarkOptions): Element {
  const paths = new Map<number, string[]>();
  const one = (value: number) => Math.round(value * 10) / 10;
  for (const { series, at, amount } of group.dots) {
    const path = paths.get(styleOf(series)) ?? [];
    paths.set(styleOf(series), path);
    path.push(`M${one(x(at))},${one(y(amount))}h0`);
  }
  return draw.element(
    'g',
    {
      class: 'dots',
      'stroke-linecap': 'round',
      'stroke-width': group.dots.length > 800 ? 2.6 : 4,
      'stroke-opacity': 0.5,
    },
    ...[...paths].map(([style, path]) => draw.element('path', { ...draw.lined(style), d: path.join('') })),
  );
}

function drawMark(placing: Placing, group: ChartGroup, options: MarkOptions): Element {
  const { draw, m } = options;
  const { mark } = placing;
  const words = markInWords(mark, group, m);
  const href = options.hrefOf(mark);
  const element = draw.element(href === null ? 'g' : 'a', {
    class: 'mark',
    'data-mark': mark.key,
    'data-series': mark.series,
    'aria-label': words,
    ...(href === null ? { role: 'img' } : { href }),
  });
  const title = draw.element('title', {});
  title.textContent = words;
  element.append(title, ...signOf(placing, group, options), reach(placing, options));
  return element;
}

/** What can be pointed at: never smaller than a fingertip needs. */
function reach({ left, right, top, bottom, x }: Placing, { draw }: MarkOptions): Element {
  const [width, height] = [Math.max(24, right - left + 8), Math.max(24, bottom - top + 12)];
  const middle = right - left < 1 ? x : (left + right) / 2;
  const box = { x: middle - width / 2, y: (top + bottom) / 2 - height / 2, width, height, rx: 4 };
  return draw.element('rect', { ...box, class: 'ring', fill: 'none', 'pointer-events': 'all' });
}

function signOf(placing: Placing, group: ChartGroup, options: MarkOptions): Element[] {
  const { draw, y, amounts } = options;
  const { mark, x, left, right, top, bottom } = placing;
  const style = styleOf(mark.series);
  const isHollow = mark.figure !== null && mark.figure.modality !== 'reported';
  const line = (from: [number, number], to: [number, number], more = {}) =>
    draw.element('line', {
      ...draw.lined(style),
      ...{ x1: from[0], y1: from[1], x2: to[0], y2: to[1], 'stroke-width': 2, ...more },
    });
  const sign = (at: number) => symbol(draw, mark.series, x, at, 5, isHollow);
  const isWide = right - left > 8;
  const across = (at: number) => (isWide ? [line([left, at], [right, at])] : []);
  const area = (opacity: number, more: Record<string, string | number> = {}) => {
    const wide = isWide ? right - left : 16;
    const box = { x: isWide ? left : x - 8, y: top, width: wide, height: Math.max(1, bottom - top) };
    return draw.element('rect', { ...draw.filled(style), ...box, 'fill-opacity': opacity, ...more });
  };
  const dashes: Record<string, string> = isHollow ? { 'stroke-dasharray': '4 3' } : {};
  switch (mark.shape) {
    case 'stretch':
      // With its figures as dots behind it, a stretch is only there to be pointed at.
      if (group.dots.length > 0) return [];
      return [
        area(right - left < 5 ? 0.85 : 0.3, { x: left, width: Math.max(1, right - left - 0.5) }),
        ...(isWide ? [line([left, top], [right, top]), line([left, bottom], [right, bottom])] : []),
        ...(mark.low === mark.high ? [sign(top)] : []),
      ];
    case 'range':
      return [
        area(isHollow ? 0.05 : 0.16, isWide ? {} : { x: x - 6, width: 12 }),
        line([x, top], [x, bottom], { 'stroke-width': isWide ? 1.5 : 2, ...dashes }),
        ...across(top),
        ...across(bottom),
        sign(top),
        sign(bottom),
      ];
    case 'about':
      return [
        area(0.2, { rx: 7 }),
        ...(isWide ? [line([left, y(mark.value!)], [right, y(mark.value!)], { 'stroke-opacity': 0.5 })] : []),
        sign(y(mark.value!)),
      ];
    case 'at-least':
    case 'at-most': {
      const isUp = mark.shape === 'at-least';
      const end = isUp ? Math.max(options.frame.top, top - 30) : Math.min(y(amounts.low), top + 30);
      const head = isUp ? 5 : -5;
      const arrow = draw.element('path', {
        ...draw.lined(style),
        d: `M${two(x)},${two(top)}V${two(end)}M${two(x - 4)},${two(end + head)}L${two(x)},${two(end)}L${two(x + 4)},${two(end + head)}`,
        ...{ 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', ...dashes },
      });
      return [...across(top), arrow, sign(top)];
    }
    default:
      return [...across(top), sign(top)];
  }
}

const two = (value: number) => Math.round(value * 100) / 100;

/** The shape of a party: circle, square, triangle, diamond, cross, star, hexagon, plus; a small ring for all others. */
export function symbol(
  draw: Pen,
  series: number,
  x: number,
  y: number,
  r: number,
  isHollow: boolean,
): Element {
  const style = styleOf(series);
  const ink = isHollow
    ? { ...draw.lined(style), class: `line-${style} fill-paper`, fill: INKS.paper.light, 'stroke-width': 2 }
    : { ...draw.filled(style) };
  const polygon = (points: [number, number][]) =>
    draw.element('path', {
      ...ink,
      d: `M${points.map(([dx, dy]) => `${two(x + dx * r)},${two(y + dy * r)}`).join('L')}Z`,
    });
  switch (style) {
    case 0:
      return draw.element('circle', { ...ink, cx: x, cy: y, r });
    case 1:
      return draw.element('rect', {
        ...ink,
        x: x - r * 0.9,
        y: y - r * 0.9,
        width: r * 1.8,
        height: r * 1.8,
      });
    case 2:
      return polygon([0, 1, 2].map((n) => around(n / 3, 1.22)));
    case 3:
      return polygon([0, 1, 2, 3].map((n) => around(n / 4, 1.28)));
    case 4:
      return polygon(CROSS.map(([a, b]) => [(a - b) * 0.76, (a + b) * 0.76]));
    case 5:
      return polygon(Array.from({ length: 10 }, (_, n) => around(n / 10, n % 2 === 0 ? 1.4 : 0.6)));
    case 6:
      return polygon([0, 1, 2, 3, 4, 5].map((n) => around(n / 6 + 1 / 12, 1.15)));
    case 7:
      return polygon(CROSS.map(([a, b]) => [a * 1.12, b * 1.12]));
    default:
      return draw.element('circle', { ...draw.lined(style), cx: x, cy: y, r: r * 0.7, 'stroke-width': 1.8 });
  }
}

/** A point on a circle: a share of the way round, from the top, clockwise. */
function around(share: number, r: number): [number, number] {
  return [Math.sin(share * 2 * Math.PI) * r, -Math.cos(share * 2 * Math.PI) * r];
}

/** The outline of a plus. */
const CROSS: readonly [number, number][] = [
  [-0.33, -1],
  [0.33, -1],
  [0.33, -0.33],
  [1, -0.33],
  [1, 0.33],
  [0.33, 0.33],
  [0.33, 1],
  [-0.33, 1],
  [-0.33, 0.33],
  [-1, 0.33],
  [-1, -0.33],
  [-0.33, -0.33],
];

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Amounts beside their marks, where there is room; and in one moment the parties' names beneath. */
function labels(placings: Placing[], group: ChartGroup, options: MarkOptions): Element {
  const { draw, frame, m, namesBelow, y, amounts } = options;
  const parent = draw.element('g', { class: 'labels', 'aria-hidden': 'true' });
  const taken: Box[] = placings.map(({ mark, left, right, top, bottom, x }) => ({
    left: Math.min(left, x - 8),
    right: Math.max(right, x + 8),
    top: top - (mark.shape === 'at-least' ? 34 : 8),
    bottom: bottom + (mark.shape === 'at-most' ? 34 : 8),
  }));
  for (const { mark, x, left, right, top, bottom } of placings) {
    const words = amountInWords(mark.figure!, group.unit, m);
    const wide = widthOf(words, SIZE) + 4;
    const middle = (top + bottom) / 2;
    const candidates: { x: number; y: number; anchor: 'start' | 'middle' | 'end' }[] = [
      { x: Math.max(right, x + 8) + 5, y: middle + 4.5, anchor: 'start' },
      { x, y: top - 13, anchor: 'middle' },
      { x: Math.min(left, x - 8) - 5, y: middle + 4.5, anchor: 'end' },
      { x, y: bottom + 21, anchor: 'middle' },
    ];
    const found = candidates.find((at) => {
      const start = at.anchor === 'start' ? at.x : at.anchor === 'end' ? at.x - wide : at.x - wide / 2;
      const box = { left: start, right: start + wide, top: at.y - 11, bottom: at.y + 4 };
      if (box.left < frame.left || box.right > frame.width - 2) return false;
      if (box.top < frame.top - 12 || box.bottom > y(amounts.low)) return false;
      if (taken.some((other) => overlap(other, box))) return false;
      taken.push(box);
      return true;
    });
    if (found)
      parent.append(
        draw.text(words, found.x, found.y, {
          ...{ 'text-anchor': found.anchor, 'font-weight': 600, ink: styleOf(mark.series) },
        }),
      );
    if (!namesBelow) continue;
    const room = (frame.width - frame.left - frame.right) / placings.length - 10;
    const name = group.series[mark.series]!.name || m.t('words.how-many.nobody');
    for (const [index, line] of wrap(name, SIZE, room, 2).entries())
      parent.append(
        draw.text(line, x, frame.height - frame.bottom + 18 + index * 15, { 'text-anchor': 'middle' }),
      );
  }
  return parent;
}
