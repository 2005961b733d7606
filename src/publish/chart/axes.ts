// The axes of a chart: round amounts from zero, years or months or days, and what Observable Plot makes of them.
import * as Plot from '@observablehq/plot';
import type { ChartGroup, ChartMark } from '../../analysis/how-many.ts';
import { quantityInWords } from '../../language/wording.ts';
import { INKS, isolated, type Pen, SIZE } from './pen.ts';
import type { ChartMessages } from './words.ts';

/** Where things are on the page of a chart, in its own units. */
export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface AmountAxis {
  low: number;
  high: number;
  ticks: number[];
  isLog: boolean;
}

/** The ends and the ticks of the axis of amounts: round numbers, from zero unless it is logarithmic. */
export function amountAxis({ amounts, scale, marks }: ChartGroup, wanted: number): AmountAxis {
  if (scale === 'log') {
    const [low, high] = [roundTo125(amounts.low, false), roundTo125(amounts.high * 1.05, true)];
    const decades = Math.log10(high / low);
    const steps = decades > 3 ? [1] : decades > 1.6 ? [1, 5] : [1, 2, 5];
    const ticks: number[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
      for (const step of steps) ticks.push(step * 10 ** power);
    }
    return { low, high, ticks: ticks.filter((tick) => tick >= low && tick <= high), isLog: true };
  }
  // An arrow upwards needs room above it.
  const headroom = marks.some(({ shape }) => shape === 'at-least') ? 1.16 : 1.06;
  const span = amounts.high * headroom - amounts.low || 1;
  const step = Math.max(stepFor(span, wanted), marks.every(isWhole) ? 1 : 0);
  const [low, high] = [
    Math.floor(amounts.low / step) * step,
    Math.max(step, Math.ceil((amounts.low + span) / step) * step),
  ];
  const ticks: number[] = [];
  for (let at = Math.round(low / step); at <= Math.round(high / step); at++) ticks.push(at * step);
  return { low, high, ticks, isLog: false };
}

const isWhole = ({ low, high }: ChartMark) => Number.isInteger(low) && Number.isInteger(high);

function stepFor(span: number, wanted: number): number {
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const part = rough / power;
  return (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10) * power;
}

function roundTo125(value: number, isUp: boolean): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const steps = isUp ? [1, 2, 5, 10] : [5, 2, 1];
  return (steps.find((step) => (isUp ? step * power >= value : step * power <= value)) ?? 1) * power;
}

export function axisNumber(value: number, unit: string | null, ticks: number[], m: ChartMessages): string {
  if (Math.abs(ticks.at(-1)!) >= 1_000_000) {
    const isMoney = unit !== null && /^[A-Z]{3}$/.test(unit);
    return m.number(value, {
      notation: 'compact',
      minimumFractionDigits: 0,
      maximumFractionDigits: 1,
      ...(isMoney && { style: 'currency', currency: unit, currencyDisplay: 'narrowSymbol' }),
    });
  }
  return /^[A-Z]{3}$/.test(unit ?? '') || unit === '%'
    ? quantityInWords(value, unit, m)
    : m.number(value, { maximumFractionDigits: 3 });
}

interface TimeTick {
  at: number;
  label: string;
  /** On a second line, where a year begins. */
  year: string | null;
}

const DAY = 86_400_000;

/** The ticks of the axis of time: years, months or days, as many as there is room for. */
function timeTicks(time: { from: number; to: number }, room: number, m: ChartMessages): TimeTick[] {
  const days = (time.to - time.from) / DAY;
  const most = Math.max(2, Math.floor(room / 58));
  const [first, last] = [new Date(time.from), new Date(time.to)];
  const year = (at: number) => m.date(at, { year: 'numeric' });
  const found: TimeTick[] = [];
  const push = (at: number, options: Intl.DateTimeFormatOptions | null) => {
    if (at < time.from || at > time.to) return;
    if (options === null) found.push({ at, label: year(at), year: null });
    else {
      const isNew = found.length === 0 || year(found.at(-1)!.at) !== year(at);
      found.push({ at, label: m.date(at, options), year: isNew ? year(at) : null });
    }
  };
  if (days > 365 * 2.2) {
    const years = last.getUTCFullYear() - first.getUTCFullYear() + 1;
    const step = [1, 2, 5, 10, 20, 50, 100].find((size) => years / size <= most) ?? 200;
    for (let at = Math.ceil(first.getUTCFullYear() / step) * step; at <= last.getUTCFullYear(); at += step)
      push(Date.UTC(at, 0, 1), null);
  } else if (days > 62) {
    const months = Math.ceil(days / 30.4);
    const step = [1, 2, 3, 4, 6, 12].find((size) => months / size <= most) ?? 12;
    const begin = Math.floor(first.getUTCMonth() / step) * step;
    for (let at = begin; at <= begin + months + step + 12; at += step)
      push(Date.UTC(first.getUTCFullYear(), at, 1), { month: 'short' });
  } else {
    const step = [1, 2, 5, 7, 14, 28].find((size) => days / size <= most) ?? 28;
    const begin = Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate());
    for (let at = begin; at <= time.to; at += step * DAY) push(at, { day: 'numeric', month: 'short' });
  }
  return found;
}

export interface PlotOptions {
  frame: Frame;
  amounts: AmountAxis;
  unitWords: (value: number) => string;
  namesBelow: boolean;
  m: ChartMessages;
  draw: Pen;
  hrefOf: (mark: ChartMark) => string | null;
}

/** Axes, grid and marks: the scales and axes are Observable Plot's, the marks are drawn on its scales. */
export function axes(
  document: Document,
  group: ChartGroup,
  options: PlotOptions,
  marksOf: (group: ChartGroup, options: MarkOptions) => Element,
): Element[] {
  const { frame, amounts, unitWords, m, draw } = options;
  const room = frame.width - frame.left - frame.right;
  const time = padded(group, room);
  const ticks = group.isOneMoment ? [] : timeTicks(time, room, m);
  const words = (text: string) => (draw.isRightToLeft ? isolated(text) : text);
  const plot = Plot.plot({
    document,
    ...{ width: frame.width, height: frame.height },
    ...{ marginLeft: frame.left, marginRight: frame.right, marginTop: frame.top, marginBottom: frame.bottom },
    x: group.isOneMoment
      ? { type: 'linear', domain: slots(group.marks.length, room), axis: null }
      : { type: 'utc', domain: [new Date(time.from), new Date(time.to)], axis: null },
    y: { type: amounts.isLog ? 'log' : 'linear', domain: [amounts.low, amounts.high], axis: null },
    marks: [
      Plot.gridY(amounts.ticks, {
        ...{ className: 'line-rule', stroke: INKS.rule.light, strokeOpacity: 1 },
      }),
      Plot.axisY(amounts.ticks, {
        ...{ tickSize: 0, label: null, fontSize: SIZE, className: 'fill-soft', fill: INKS.soft.light },
        tickFormat: (value: number) => words(unitWords(value)),
      }),
      Plot.ruleY([amounts.isLog ? amounts.low : 0], { className: 'line-base', stroke: INKS.base.light }),
      Plot.tickX(ticks, {
        ...{
          x: (tick: TimeTick) => new Date(tick.at),
          insetTop: frame.height - frame.top - frame.bottom - 5,
        },
        ...{ className: 'line-base', stroke: INKS.base.light },
      }),
      Plot.text(ticks, {
        ...{ x: (tick: TimeTick) => new Date(tick.at), frameAnchor: 'bottom', lineAnchor: 'top', dy: 9 },
        text: (tick: TimeTick) => words(tick.label),
        ...{ fontSize: SIZE, className: 'fill-soft', fill: INKS.soft.light },
      }),
      Plot.text(
        ticks.filter(({ year }) => year !== null),
        {
          ...{ x: (tick: TimeTick) => new Date(tick.at), frameAnchor: 'bottom', lineAnchor: 'top', dy: 25 },
          text: (tick: TimeTick) => words(tick.year!),
          ...{ fontSize: SIZE, fontWeight: 600, className: 'fill-soft', fill: INKS.soft.light },
        },
      ),
      (_index, scales) => {
        const x = scales.x as unknown as (value: Date | number) => number;
        const y = scales.y as unknown as (value: number) => number;
        const at = group.isOneMoment ? x : (value: number) => x(new Date(value));
        return marksOf(group, { ...options, x: at, y }) as unknown as SVGElement;
      },
    ],
  });
  const drawn = [...plot.childNodes].filter((node) => (node as Element).localName !== 'style') as Element[];
  for (const element of drawn) {
    // What the axes say is said by every mark and by the description; heard one by one they would only be noise.
    element.removeAttribute('aria-label');
    // Plot says this once for the whole drawing, of which only its parts are taken over.
    if (!element.hasAttribute('text-anchor')) element.setAttribute('text-anchor', 'middle');
    if (element.getAttribute('class')?.includes('marks')) continue;
    element.setAttribute('aria-hidden', 'true');
    for (const part of element.children) {
      for (const name of ['x1', 'x2', 'y1', 'y2', 'transform']) {
        const value = part.getAttribute(name);
        if (value !== null)
          part.setAttribute(
            name,
            value.replace(/-?\d+\.\d+/g, (long) => `${round(Number(long))}`),
          );
      }
    }
  }
  return drawn;
}

/** The widest that marks of one moment stand apart. */
const WIDEST_SLOT = 190;

/** Marks of one moment side by side, in the middle, not further apart than the eye compares. */
function slots(count: number, room: number): [number, number] {
  const spare = Math.max(0, room / WIDEST_SLOT - count) / 2;
  return [-spare, count + spare];
}

/** To the hundredth of a pixel: nobody sees more, and files grow by it. */
const round = (value: number) => Math.round(value * 100) / 100;

/** A little room before the first and after the last, so that no mark is cut. */
function padded({ time, marks }: ChartGroup, room: number): { from: number; to: number } {
  const span = time.to - time.from;
  const margin = marks.length === 0 ? DAY : Math.max(DAY, (span * 16) / room);
  return { from: time.from - margin, to: time.to + margin };
}

/** How marks are drawn: on these scales. */
export interface MarkOptions extends PlotOptions {
  x: (value: number) => number;
  y: (value: number) => number;
}
