// The picture of a thread: words that keep clear of one another, whatever is said by whom and when.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Thread, ThreadLink } from '../analysis/thread.ts';
import { publicMessages } from './public-words.ts';
import { bodiesOf, pictureOf, type ThreadToDraw, threadChart } from './thread-chart.ts';
import {
  type Box,
  fitText,
  laneOrder,
  layoutThread,
  MARK,
  overlap,
  type ThreadLayout,
  textWidth,
} from './thread-layout.ts';
import { axisDate, laterInWords, reportsInWords, type ToldStatement } from './thread-words.ts';

const en = publicMessages('en');
const DAY = 86_400_000;
const day = (text: string) => ({ from: Date.parse(text), to: Date.parse(text) + DAY - 1 });

interface Said {
  speaker: number;
  at?: { from: number; to: number } | null;
  words?: string;
  mode?: ToldStatement['mode'];
  act?: ToldStatement['act'];
}

/** A thread to draw, its statements called s0, s1 … */
function thread(speakers: string[], said: Said[], links: Partial<ThreadLink>[] = []): ThreadToDraw {
  const statements = said.map(
    ({ words = 'the site was empty', mode = 'indirect', act = 'says', speaker }, index) => {
      const told: ToldStatement = {
        ...{ id: `s${index}`, content: words, mode, act, language: 'en', topics: [] },
        ...{ reporter: null, addressee: null, venue: null, saidOn: null },
        speaker: { actor: null, name: speakers[speaker]!, role: 'a function' },
      };
      return told;
    },
  );
  const of: Pick<Thread, 'title' | 'statements' | 'speakers'> = {
    title: 'a matter',
    speakers: speakers.map((name) => ({ name, actor: null })),
    statements: said.map(({ speaker, at = null }, index) => ({
      ...{ id: `s${index}`, reports: [`s${index}`], independent: 1, speaker, range: at },
    })),
  };
  return {
    thread: of,
    statements: new Map(statements.map((one) => [one.id, one])),
    links: links.map((link) => ({
      from: '',
      to: '',
      link: 'denies',
      basis: 'drawn',
      finding: null,
      ...link,
    })),
    groups: speakers.map(() => null),
  };
}

/** Every piece of text that is drawn, with the room it takes. */
function texts(layout: ThreadLayout): [name: string, box: Box][] {
  const { axis, lanes, links, marks } = layout;
  const all = [
    ...lanes.flatMap(({ name, note }) => [name, note]),
    ...marks.map(({ words }) => words),
    ...links.map(({ word }) => word),
    ...axis.dates,
    ...axis.gaps.map(({ text }) => text),
    axis.undated?.text ?? null,
  ];
  return all.flatMap((text) => (text ? [[text.text, text.box] as [string, Box]] : []));
}

const range = fc
  .tuple(
    fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2026, 0, 1) }),
    fc.constantFrom(0, 0, DAY - 1, 30 * DAY, 365 * DAY),
  )
  .map(([from, length]) => ({ from: from - (from % DAY), to: from - (from % DAY) + length }));
const anyThread = fc
  .tuple(
    fc.array(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }), { minLength: 1, maxLength: 7 }),
    fc.array(
      fc.record({
        speaker: fc.nat(),
        at: fc.option(fc.oneof(range, fc.constant(day('2014-11-05'))), { freq: 5 }),
        words: fc.lorem({ maxCount: 12 }),
        mode: fc.constantFrom('direct' as const, 'indirect' as const, 'mixed' as const),
        act: fc.constantFrom('says' as const, 'no-response' as const),
      }),
      { minLength: 1, maxLength: 30 },
    ),
    fc.array(
      fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('denies' as const, 'explains-otherwise' as const)),
      {
        maxLength: 20,
      },
    ),
    fc.constantFrom('en' as const, 'ar' as const),
  )
  .map(([names, said, links, locale]) => {
    const sorted = [...said].sort((a, b) => (a.at?.from ?? Infinity) - (b.at?.from ?? Infinity));
    const drawn = thread(
      names,
      sorted.map((one) => ({ ...one, speaker: one.speaker % names.length })),
      links.map(([from, to, link]) => ({ from: `s${from % said.length}`, to: `s${to % said.length}`, link })),
    );
    return pictureOf(drawn, publicMessages(locale));
  });

describe('the layout', () => {
  it('never puts two words over one another, nor a word over a mark, nor anything outside', () => {
    fc.assert(
      fc.property(anyThread, (picture) => {
        const layout = layoutThread(picture);
        const placed = texts(layout);
        for (const [index, [name, box]] of placed.entries()) {
          expect(box.x, name).toBeGreaterThanOrEqual(-0.01);
          expect(box.y, name).toBeGreaterThanOrEqual(-0.01);
          expect(box.x + box.width, name).toBeLessThanOrEqual(layout.width + 0.01);
          expect(box.y + box.height, name).toBeLessThanOrEqual(layout.height + 0.01);
          for (const [other, otherBox] of placed.slice(index + 1))
            expect(overlap(box, otherBox), `${name} over ${other}`).toBe(false);
          for (const { x, y } of layout.marks) {
            const mark = { x: x - MARK, y: y - MARK, width: 2 * MARK, height: 2 * MARK };
            expect(overlap(box, mark), `${name} over a mark`).toBe(false);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps marks apart, in the order of time, each in the lane of its speaker', () => {
    fc.assert(
      fc.property(anyThread, (picture) => {
        const { marks, lanes } = layoutThread(picture);
        expect(marks).toHaveLength(picture.statements.length);
        const middle = ({ from, to }: { from: number; to: number }) => (from + to) / 2;
        for (const [index, a] of marks.entries()) {
          expect(a.y).toBe(lanes.find(({ lane }) => lane === a.statement.lane)!.y);
          for (const b of marks.slice(index + 1)) {
            expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(2 * MARK);
            const [first, second] = [a.statement.range, b.statement.range];
            if (first && second && middle(first) < middle(second)) expect(a.x).toBeLessThan(b.x);
            if (first && !second) expect(a.x).toBeLessThan(b.x);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the order of lanes when more is said, and those of one body side by side', () => {
    const group = fc.option(fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(fc.array(fc.record({ group }), { minLength: 1, maxLength: 9 }), (lanes) => {
        const order = laneOrder(lanes);
        const before = laneOrder(lanes.slice(0, -1));
        expect(order.filter((lane) => lane < lanes.length - 1)).toEqual(before);
        const groups = order.map((lane) => lanes[lane]!.group).filter((name) => name !== null);
        const runs = groups.filter((name, index) => name !== groups[index - 1]);
        expect(new Set(runs).size).toBe(runs.length);
      }),
    );
  });

  it('draws equal times at equal distances where there is room, and says when it does not', () => {
    const apart = (...days: string[]) =>
      layoutThread(
        pictureOf(
          thread(
            ['A'],
            days.map((at) => ({ speaker: 0, at: day(at) })),
          ),
          en,
        ),
      );
    const even = apart('2014-01-01', '2014-02-01', '2014-03-04');
    expect(even.isToScale).toBe(true);
    const [a, b, c] = even.marks.map(({ x }) => x);
    expect(b! - a!).toBeCloseTo(c! - b!, 5);
    const cut = apart('2014-01-01', '2014-01-02', '2021-01-02');
    expect(cut.isToScale).toBe(false);
    expect(cut.axis.gaps.map(({ text }) => text?.text)).toEqual(['7 years']);
  });

  it('grows in width rather than crowd many statements', () => {
    const many = Array.from({ length: 200 }, (_, index) => ({
      ...{ speaker: index % 3, at: { from: index * DAY, to: index * DAY } },
    }));
    const { width, marks } = layoutThread(pictureOf(thread(['A', 'B', 'C'], many), en));
    expect(marks.at(-1)!.x).toBeLessThan(width);
    expect(width).toBeGreaterThan(200 * 2 * MARK);
  });

  it('cuts text at words, to the width there is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 10, max: 400 }), (text, width) => {
        const fitted = fitText(text, width, 13);
        expect(textWidth(fitted, 13)).toBeLessThanOrEqual(width);
      }),
    );
    expect(fitText('a sentence that is cut short', 110, 13)).toBe('a sentence that…');
  });
});

describe('the picture', () => {
  const drawn = thread(
    ['the minister', 'the ministry'],
    [
      { speaker: 0, at: day('2014-11-05'), mode: 'direct', words: '<b>"police" & more</b>' },
      { speaker: 1, at: day('2014-11-06'), act: 'clarifies' },
      { speaker: 1, at: day('2014-11-09'), act: 'no-response' },
    ],
    [
      { from: 's1', to: 's0', link: 'clarifies' },
      { from: 's2', to: 's0', link: 'responds-to', basis: 'suggested' },
    ],
  );

  it('names every mark by who said what when, and what it answers', () => {
    const svg = threadChart(drawn, en, (id) => `#${id}`);
    expect(svg).toContain(
      'aria-label="2. the ministry clarifies: the site was empty. No date. It clarifies 1."',
    );
    expect(svg).toContain(
      'aria-label="3. the ministry did not answer. No date. It responds to (suggested) 1."',
    );
    expect(svg.match(/<a class="tc-mark/g)).toHaveLength(3);
    expect(svg).toContain('stroke-dasharray');
  });

  it('lets nothing of what was said end an element', () => {
    const svg = threadChart(drawn, en, null);
    expect(svg).not.toContain('<b>');
    expect(svg).not.toMatch(/<a |href/);
    expect(svg).toContain('&#60;b&#62;&#34;police&#34; &#38; more');
  });

  it('puts names on the right where reading begins there, and time from left to right still', () => {
    const layout = layoutThread(pictureOf(drawn, publicMessages('ar')));
    expect(layout.lanes[0]!.name.anchor).toBe('end');
    expect(layout.lanes[0]!.name.x).toBe(layout.width);
    const [first, second] = layout.marks;
    expect(first!.x).toBeLessThan(second!.x);
  });
});

describe('in words', () => {
  it('tells gaps that are longer than what is not known', () => {
    expect(laterInWords(day('2014-10-28'), day('2021-10-07'), en)).toBe('7 years later');
    expect(laterInWords(day('2014-10-28'), day('2015-03-30'), en)).toBe('5 months later');
    expect(laterInWords(day('2014-10-28'), day('2014-11-05'), en)).toBeNull();
    const year = { from: Date.UTC(2014, 0, 1), to: Date.UTC(2014, 11, 31) };
    expect(laterInWords(year, day('2015-03-01'), en)).toBeNull();
    expect(laterInWords(null, day('2015-03-01'), en)).toBeNull();
  });

  it('counts reports without taking copies for confirmations', () => {
    const words = (count: number, independent: number) =>
      reportsInWords({ reports: Array.from({ length: count }, String), independent }, en);
    expect(words(1, 1)).toBeNull();
    expect(words(3, 3)).toBe('Reported by 3, independent of one another');
    expect(words(3, 2)).toBe('Reported by 3, two of them from one dispatch');
    expect(words(3, 1)).toBe('Reported by 3, all from one dispatch');
    expect(words(6, 3)).toBe('Reported by 6, 3 of them independent of one another');
  });

  it('dates the axis as precisely as is known', () => {
    const date = (from: string, to: string) =>
      axisDate({ from: Date.parse(from), to: Date.parse(to) + DAY - 1 }, en);
    expect(date('2014-11-05', '2014-11-05')).toEqual({ day: '5 Nov', year: '2014' });
    expect(date('2014-11-01', '2014-11-30')).toEqual({ day: 'Nov', year: '2014' });
    expect(date('2014-01-01', '2014-12-31')).toEqual({ day: '2014', year: null });
    expect(date('2014-01-01', '2016-12-31')).toEqual({ day: '2014–2016', year: null });
  });

  it('knows a body by itself, and a person by the body of their role', () => {
    const actors = [
      { id: 'm', type: 'government-body' as const, roles: [] },
      { id: 'p', type: 'person' as const, roles: [{ title: 'minister', body: 'm', held: null }] },
    ];
    const speakers = [
      { name: 'the ministry', actor: 'm' },
      { name: 'a minister', actor: 'p' },
      { name: 'somebody', actor: null },
    ];
    expect(bodiesOf(speakers, actors)).toEqual(['m', 'm', null]);
  });
});
