// The chart of one measure: a group of figures as an SVG, the same for desk, public pages and files. Time goes across, amounts
// go up. A range is a bar from low to high, a lower or upper bound a point with an arrow, "about" a softened bar, a pledge is
// hollow; every party has a colour and a shape of its own, so that nothing depends on colour. Every mark is a link.
import { parseHTML } from 'linkedom';
import type { ChartGroup, ChartMark } from '../analysis/how-many.ts';
import { dateInWords, quantityInWords } from '../language/wording.ts';
import { amountAxis, axes, axisNumber, type Frame } from './chart/axes.ts';
import { marksOf, symbol } from './chart/marks.ts';
import { chartRules, FONT, INKS, Pen, SERIES_COLOURS, SIZE, widthOf, wrap } from './chart/pen.ts';
import { type ChartMessages, groupInWords, noteInWords, reasonsInWords } from './chart/words.ts';

/** How a chart is drawn. */
export interface ChartOptions {
  /** The name of the measure. */
  measure: string;
  m: ChartMessages;
  /** The width it is drawn for, in pixels of a screen at 100 %. */
  width: number;
  /** Where a mark leads; null for nowhere. */
  hrefOf: (mark: ChartMark) => string | null;
  /** Begins the ids of its elements: two charts on a page must not share them. */
  id: string;
  /** A file by itself: with title, notes, credit, paper and styles of its own. Otherwise the page's stylesheet colours it. */
  file?: { credit: string } | undefined;
}

/** Draws a group. The SVG is well-formed XML and holds text as text. */
export function figureChart(group: ChartGroup, options: ChartOptions): string {
  const { m, width, id, file } = options;
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const draw = new Pen(document, m.direction === 'rtl');
  const title = titleOf(group, options);
  const above = draw.element('g', {});
  let top = 0;
  if (file) top = heading(draw, above, title, width);
  const namesBelow = group.isOneMoment && fitsBelow(group, width);
  top =
    namesBelow || group.series.length < 2
      ? top
      : legend(draw, above, group, { top, width, m, inset: file ? 12 : 2 });
  const amounts = amountAxis(group, width < 480 ? 4 : 6);
  const unitWords = (value: number) => axisNumber(value, group.unit, amounts.ticks, m);
  const widest = Math.max(...amounts.ticks.map((tick) => widthOf(unitWords(tick), SIZE)));
  // One figure alone needs no heights to be compared by.
  const tall = Math.min(380, Math.max(220, width * 0.46));
  const body = Math.round(group.marks.length === 1 ? Math.min(tall, 200) : tall);
  const frame: Frame = {
    width,
    left: Math.ceil(widest) + 12,
    right: 14,
    top: top + 16,
    bottom: namesBelow ? 62 : 44,
    height: top + 16 + body + (namesBelow ? 62 : 44),
  };
  const plot = axes(
    document as unknown as Document,
    group,
    {
      frame,
      amounts,
      unitWords,
      namesBelow,
      m,
      draw,
      hrefOf: options.hrefOf,
    },
    marksOf,
  );
  const svg = draw.element('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    class: 'chart',
    width,
    viewBox: '',
    role: 'group',
    'aria-labelledby': `${id}-title`,
    'aria-describedby': `${id}-desc`,
    direction: 'ltr',
    'font-family': FONT,
    'font-size': SIZE,
  });
  const text = (name: string, words: string) => {
    const element = draw.element(name, { id: `${id}-${name}` });
    element.textContent = words;
    return element;
  };
  svg.append(text('title', title), text('desc', described(group, m)));
  let height = frame.height;
  const below = draw.element('g', {});
  if (file) height = foot(draw, below, [...notesOf(group, m), file.credit], { top: height, width });
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('height', String(height));
  if (file) {
    const style = draw.element('style', {});
    style.textContent = `.chart{color:${INKS.ink.light}}${chartRules('@media screen and (prefers-color-scheme:dark)')}`;
    svg.append(style, draw.element('rect', { class: 'fill-paper', width, height, fill: INKS.paper.light }));
  }
  svg.append(above, ...plot, below);
  return String(svg.outerHTML);
}

function titleOf(group: ChartGroup, { measure, m }: ChartOptions): string {
  const { place } = group;
  // "Migrants around Calais" need not be said to be in Calais.
  const isNamed = place !== null && measure.toLowerCase().includes(place.name.toLowerCase());
  const apart = groupInWords(isNamed ? { ...group, place: null, reasons: [] } : group, m);
  return apart === '' ? measure : m.t('words.how-many.in-place', { measure, place: apart });
}

function notesOf(group: ChartGroup, m: ChartMessages): string[] {
  return [...reasonsInWords(group, m), ...group.notes.map((note) => noteInWords(note, m))];
}

function described(group: ChartGroup, m: ChartMessages): string {
  let [low, high] = [Infinity, -Infinity];
  let count = 0;
  for (const mark of group.marks) {
    low = Math.min(low, mark.low);
    high = Math.max(high, mark.high);
    count += mark.count;
  }
  if (count === 0) return '';
  const names = group.series.slice(0, 12).map(({ name }) => name || m.t('words.how-many.nobody'));
  const rest = group.series.length - names.length;
  if (rest > 0) names.push(m.t('words.how-many.others', { count: rest }));
  return m.t('words.how-many.desc', {
    count,
    low: quantityInWords(low, group.unit, m),
    high: quantityInWords(high, group.unit, m),
    period: group.isOneMoment
      ? dateInWords(group.marks[0]!.period, m)
      : m.dateRange(group.time.from, group.time.to, { month: 'long', year: 'numeric' }),
    parties: m.list(names),
  });
}

/** Which end of a line words stand at, and how they are anchored there. */
function lineStart(draw: Pen, width: number): { x: number; 'text-anchor': 'start' | 'end' } {
  return draw.isRightToLeft ? { x: width - 12, 'text-anchor': 'end' } : { x: 12, 'text-anchor': 'start' };
}

function heading(draw: Pen, parent: Element, title: string, width: number): number {
  const { x, ...anchor } = lineStart(draw, width);
  const lines = wrap(title, 17, width - 24);
  for (const [index, line] of lines.entries())
    parent.append(draw.text(line, x, 28 + index * 22, { ...anchor, 'font-size': 17, 'font-weight': 600 }));
  return 28 + lines.length * 22 - 12;
}

function foot(draw: Pen, parent: Element, words: string[], at: { top: number; width: number }): number {
  const { x, ...anchor } = lineStart(draw, at.width);
  let y = at.top + 8;
  for (const said of words) {
    for (const line of wrap(said, 12, at.width - 24)) {
      y += 16;
      parent.append(draw.text(line, x, y, { ...anchor, ink: 'soft', 'font-size': 12 }));
    }
    y += 3;
  }
  return y + 14;
}

/** The parties with their shapes, in rows; gives back where it ends. */
function legend(
  draw: Pen,
  parent: Element,
  group: ChartGroup,
  at: { top: number; width: number; m: ChartMessages; inset: number },
): number {
  const shown = group.series.slice(0, SERIES_COLOURS.length - 1);
  const names = shown.map(({ name }) => wrap(name || at.m.t('words.how-many.nobody'), SIZE, 260, 1)[0]!);
  const rest = group.series.length - shown.length;
  if (rest > 0) names.push(at.m.t('words.how-many.others', { count: rest }));
  let [x, y] = [at.inset, at.top + 18];
  for (const [index, name] of names.entries()) {
    const wide = widthOf(name, SIZE) + 36;
    if (x > at.inset && x + wide > at.width) [x, y] = [at.inset, y + 21];
    const [sign, words] = draw.isRightToLeft ? [at.width - x - 8, at.width - x - 20] : [x + 8, x + 20];
    parent.append(
      symbol(draw, index, sign, y - 4.5, 5, false),
      draw.text(name, words, y, { 'text-anchor': draw.isRightToLeft ? 'end' : 'start' }),
    );
    x += wide;
  }
  return y + 4;
}

/** Whether the parties' names fit beneath their marks, which makes a legend needless. */
function fitsBelow(group: ChartGroup, width: number): boolean {
  if (new Set(group.marks.map(({ series }) => series)).size !== group.marks.length) return false;
  const room = (width - 70) / group.marks.length - 10;
  return group.series.every(({ name }) => wrap(name, SIZE, room).length <= 2 && longestWord(name) <= room);
}

const longestWord = (name: string) => Math.max(...name.split(' ').map((word) => widthOf(word, SIZE)));
