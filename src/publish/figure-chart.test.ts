// The drawing of a chart: well-formed, nothing outside its axes, every mark said and linked, and one look for desk and public.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { type ChartGroup, howMany } from '../analysis/how-many.ts';
import type { DrawnFigure } from '../record/figure.ts';
import { INKS, SERIES_COLOURS } from './chart/pen.ts';
import { pictureOf } from './chart/picture.ts';
import { figureChart } from './figure-chart.ts';
import { LOCALES, publicMessages } from './public-words.ts';

let next = 0;
const figure = (content: Partial<DrawnFigure> & { by?: string } = {}): DrawnFigure => {
  const { by, ...rest } = content;
  return {
    id: `figure-${next++}`,
    counted: 'people',
    unit: null,
    modality: 'reported',
    bound: 'exact',
    value: rest.low === undefined ? 500 : null,
    low: null,
    high: null,
    place: null,
    period: '2021-10~',
    accordingTo: by === undefined ? null : { actor: null, name: by, role: null },
    reportedBy: null,
    method: null,
    ...rest,
  };
};
const MEASURE = {
  ...{ id: '01a2090a-9a30-749b-a84c-a686553fc606', name: 'People', unit: null, wordings: [] },
  ...({ series: 'stock', repeats: 'unknown' } as const),
};
const groupOf = (figures: DrawnFigure[], scale?: 'log' | 'linear'): ChartGroup =>
  howMany(figures, MEASURE, { places: [], actors: [] }, { scale }).groups[0]!;
const two = () => [
  figure({ by: 'associations', bound: 'range', value: null, low: 1500, high: 2000 }),
  figure({ by: 'the local authorities' }),
];
const draw = (group: ChartGroup, more: Partial<Parameters<typeof figureChart>[1]> = {}) =>
  figureChart(group, {
    measure: 'People & <others>',
    m: publicMessages('en'),
    width: 760,
    id: 'c',
    hrefOf: ({ key }) => `/p/x/record/${key}`,
    ...more,
  });
const parse = (svg: string) => parseHTML(`<html><body>${svg}</body></html>`).document.querySelector('svg')!;

describe('a chart', () => {
  it('is text, with a title, a description, and marks that are links said in words', () => {
    const svg = draw(groupOf(two()));
    expect(svg).toContain('People &amp; &lt;others&gt;');
    expect(svg).not.toMatch(/<style|\sstyle=|<script|on\w+=/);
    const chart = parse(svg);
    expect(chart.querySelector('desc')!.textContent).toMatch(
      /^2 figures from 500 to 2,000, about October 2021\./,
    );
    const marks = [...chart.querySelectorAll('a')];
    expect(marks.map((mark) => mark.getAttribute('aria-label'))).toEqual([
      '500, according to the local authorities, about October 2021',
      '1,500 to 2,000, according to associations, about October 2021',
    ]);
    expect(marks.every((mark) => mark.getAttribute('href')!.startsWith('/p/x/record/figure-'))).toBe(true);
  });

  it('draws each bound in its own way, and a pledge hollow', () => {
    const shapes = (content: Partial<DrawnFigure>) => {
      const mark = parse(draw(groupOf([figure({ by: 'a', ...content })]))).querySelector('.mark')!;
      return [...mark.children].map(({ localName }) => localName).join(' ');
    };
    const point = shapes({});
    expect(point).toBe('title circle rect');
    for (const bound of ['at-least', 'more-than', 'at-most', 'less-than'] as const)
      expect(shapes({ bound })).toBe('title path circle rect');
    expect(shapes({ bound: 'about' })).toBe('title rect circle rect');
    expect(shapes({ bound: 'range', value: null, low: 1, high: 2 })).toBe(
      'title rect line circle circle rect',
    );
    const pledged = parse(draw(groupOf([figure({ modality: 'pledged' })])));
    expect(pledged.querySelector('.mark circle')!.getAttribute('class')).toContain('fill-paper');
    expect(pledged.querySelector('.mark')!.getAttribute('aria-label')).toMatch(/^pledged: 500/);
  });

  it('tells parties apart by shape as well as by colour', () => {
    const figures = 'abcdefgh'.split('').map((by, index) => figure({ by, value: 100 * (index + 1) }));
    const signs = [...parse(draw(groupOf(figures))).querySelectorAll('.mark')].map((mark) => {
      const sign = mark.children[1]!;
      // Without its place: the outline alone, from its own middle.
      const outline = (sign.getAttribute('d') ?? '').match(/-?[\d.]+/g)?.map(Number) ?? [];
      const xs = outline.filter((_, at) => at % 2 === 0);
      return `${sign.localName} ${xs.map((x) => Math.round((x - xs[0]!) * 10)).join()}`;
    });
    expect(new Set(signs).size).toBe(8);
  });

  it('speaks every language, from right to left as well, while time still runs to the right', () => {
    for (const locale of LOCALES) {
      const svg = draw(groupOf(two()), { m: publicMessages(locale) });
      expect(parse(svg).getAttribute('direction')).toBe('ltr');
      expect(svg.includes('\u2067')).toBe(locale === 'ar');
    }
  });

  it('is a file by itself: with its own paper, dark as well, its notes and where it comes from', () => {
    const svg = draw(groupOf(two()), { file: { credit: 'A matter, publication 1' } });
    const chart = parse(svg);
    expect(chart.querySelector('style')!.textContent).toContain('prefers-color-scheme:dark');
    expect([...chart.querySelectorAll('text')].map(({ textContent }) => textContent)).toContain(
      'A matter, publication 1',
    );
    const png = pictureOf(svg, 1520);
    expect([...png.slice(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const width = new DataView(png.buffer, png.byteOffset).getUint32(16);
    expect(width).toBe(1520);
  });

  it('draws letters in pictures, Latin and Arabic: a picture without its words is a smaller one', () => {
    for (const locale of ['en', 'ar'] as const) {
      const svg = draw(groupOf(two()), { m: publicMessages(locale), file: { credit: '' } });
      const bare = svg.replace(/<text[^>]*>[^<]*<\/text>/g, '');
      expect(pictureOf(svg, 760).length).toBeGreaterThan(pictureOf(bare, 760).length * 1.3);
    }
  });
});

it('the desk has the colours of charts', () => {
  const css = readFileSync(new URL('../web/how-many/chart.css', import.meta.url), 'utf8');
  for (const [index, { light, dark }] of SERIES_COLOURS.entries()) {
    expect(css).toContain(`.chart .fill-${index} {\n  fill: light-dark(${light}, ${dark});\n}`);
    expect(css).toContain(`.chart .line-${index} {\n  stroke: light-dark(${light}, ${dark});\n}`);
  }
  for (const name of Object.keys(INKS)) expect(css).toContain(`.chart .fill-${name} {`);
});

it('every colour of a party is told from its paper, by light and by dark', () => {
  const light = (hex: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const contrast = (a: string, b: string) => {
    const [x, y] = [light(a), light(b)].sort((one, other) => other - one);
    return (x! + 0.05) / (y! + 0.05);
  };
  // Amounts are written in these colours, so they are held to what text is held to.
  for (const look of ['light', 'dark'] as const)
    for (const colour of SERIES_COLOURS)
      expect(contrast(colour[look], INKS.paper[look])).toBeGreaterThanOrEqual(4.5);
});

const anyFigure = fc
  .record({
    bound: fc.constantFrom('exact', 'about', 'at-least', 'at-most', 'range'),
    value: fc.oneof(fc.nat(5_000_000), fc.double({ min: 0.01, max: 1e9, noNaN: true })),
    ends: fc.tuple(fc.nat(100_000), fc.nat(100_000)),
    period: fc.constantFrom('2021', '2021-10', '2021-10-07', '2014/..', '2016-03-01/2016-03-02'),
    by: fc.constantFrom('a', 'b', 'c', 'Préfecture du Pas-de-Calais'),
  })
  .map(({ ends, by, value, ...rest }) => {
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    return figure({
      ...(rest as Partial<DrawnFigure>),
      ...(rest.bound === 'range' ? { value: null, low, high } : { value }),
      by,
    });
  });

it('nothing is drawn outside the chart, whatever the figures', () => {
  fc.assert(
    fc.property(
      fc.array(anyFigure, { minLength: 1, maxLength: 40 }),
      fc.constantFrom(340, 760),
      fc.constantFrom('linear', 'log'),
      (figures, width, scale) => {
        const group = groupOf(figures, scale as 'linear');
        const svg = draw(group, { width });
        expect(svg).not.toContain('NaN');
        expect(svg).not.toContain('Infinity');
        const chart = parse(svg);
        const height = Number(chart.getAttribute('height'));
        for (const sign of chart.querySelectorAll('.mark circle, .mark line, .mark rect:not(.ring)')) {
          const at = (name: string) => Number(sign.getAttribute(name) ?? Number.NaN);
          for (const x of [at('cx'), at('x1'), at('x2'), at('x'), at('x') + at('width')]) {
            if (Number.isNaN(x)) continue;
            expect(x).toBeGreaterThanOrEqual(0);
            expect(x).toBeLessThanOrEqual(width);
          }
          for (const y of [at('cy'), at('y1'), at('y2'), at('y'), at('y') + at('height')]) {
            if (Number.isNaN(y)) continue;
            expect(y).toBeGreaterThanOrEqual(0);
            expect(y).toBeLessThanOrEqual(height);
          }
        }
        expect(chart.querySelectorAll('.mark').length).toBe(group.marks.length);
      },
    ),
    { numRuns: 40 },
  );
});
