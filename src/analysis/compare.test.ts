// Intervals against intervals: what a print allows, and how far two prints are apart.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StepAmount } from '../record/disagreement.ts';
import { Bound } from '../record/vocabulary.ts';
import { compareFigures, relationOf } from './compare.ts';
import { printedInterval } from './interval.ts';

const amount = (bound: Bound, value: number, unit: string | null = null): StepAmount => ({
  bound,
  value,
  low: null,
  high: null,
  unit,
});
const between = (low: number, high: number): StepAmount => ({
  bound: 'range',
  value: null,
  low,
  high,
  unit: null,
});

describe('printedInterval', () => {
  it.each([
    [amount('exact', 15_400), 15_350, 15_500],
    [amount('exact', 9500), 9450, 9600],
    [amount('exact', -9500), -9600, -9450],
    [amount('exact', 3.5), 3.45, 3.6],
    [amount('exact', 9551), 9551, 9551],
    [amount('exact', 500), 450, 550],
    [amount('exact', 10_000), 9000, 11_000],
    [amount('exact', 7), 7, 7],
    [amount('exact', 0), 0, 0],
    [amount('change', 50, '%'), 45, 55],
    [amount('change', 12, '%'), 11.5, 12.5],
    [amount('change', 1, '%'), 0.5, 1.5],
    [amount('exact', 12, 'GBP'), 11.5, 13],
    [amount('about', 500), 450, 550],
    [amount('about', 5), 4, 6],
    [amount('at-least', 89), 89, Infinity],
    [amount('more-than', 1000), 900, Infinity],
    [amount('at-most', 2300), 0, 2350],
    [amount('less-than', -5), -Infinity, -5],
    [between(1500, 2000), 1450, 2050],
    [between(800, 1000), 750, 1050],
  ])('%o is %d to %d', (printed, low, high) => {
    const allowed = printedInterval(printed);
    expect(allowed.low).toBeCloseTo(low, 9);
    expect(allowed.high).toBeCloseTo(high, 9);
  });

  it('never allows less than the number itself', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Bound.options),
        fc.oneof(fc.integer(), fc.double({ noNaN: true, min: -1e12, max: 1e12 })),
        fc.constantFrom(null, '%', 'EUR'),
        (bound, value, unit) => {
          const { low, high } = printedInterval(amount(bound, value, unit));
          expect(low).toBeLessThanOrEqual(value);
          expect(high).toBeGreaterThanOrEqual(value);
        },
      ),
    );
  });

  it('allows about as much as plainly written, or more', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (value) => {
        const [plain, about] = [
          printedInterval(amount('exact', value)),
          printedInterval(amount('about', value)),
        ];
        expect(about.low).toBeLessThanOrEqual(plain.low);
        expect(about.high).toBeGreaterThanOrEqual(plain.high);
      }),
    );
  });
});

const end = fc.integer({ min: -1000, max: 1000 });
const some = fc.tuple(end, end, fc.constantFrom('both', 'low', 'high')).map(([a, b, ends]) => ({
  low: ends === 'high' ? -Infinity : Math.min(a, b),
  high: ends === 'low' ? Infinity : Math.max(a, b),
}));
const figure = fc
  .oneof(
    fc
      .tuple(fc.constantFrom<Bound>('exact', 'about', 'at-least', 'at-most'), end)
      .map(([b, v]) => amount(b, v)),
    fc.tuple(end, fc.nat(1000)).map(([low, width]) => between(low, low + width)),
  )
  .map((written) => ({ amount: written, printed: printedInterval(written) }));
const printed = (written: StepAmount) => ({ amount: written, printed: printedInterval(written) });
const MIRRORED = {
  consistent: 'consistent',
  contains: 'contained',
  contained: 'contains',
  differ: 'differ',
} as const;

describe('compareFigures', () => {
  it('tells 500 from 1,500–2,000, by their nearest ends as written', () => {
    expect(compareFigures(printed(amount('exact', 500)), printed(between(1500, 2000)))).toEqual({
      relation: 'differ',
      nearest: { lower: 500, higher: 1500 },
      difference: 1000,
      ratio: 3,
      percent: 200,
    });
  });

  it('has no ratio to nothing', () => {
    const { ratio, percent, difference } = compareFigures(
      printed(amount('exact', 0)),
      printed(amount('exact', 352)),
    );
    expect([ratio, percent, difference]).toEqual([null, null, 352]);
  });

  it.each([
    [between(0, 10), between(3, 5), 'contains'],
    [between(3, 5), between(0, 10), 'contained'],
    [between(0, 1500), between(1200, 3100), 'consistent'],
    [amount('at-most', 2300), amount('exact', 487), 'contains'],
    [amount('at-least', 89), amount('exact', 85), 'differ'],
  ] as const)('%o against %o: %s', (a, b, relation) => {
    expect(compareFigures(printed(a), printed(b)).relation).toBe(relation);
  });

  it('is symmetric, and finds every figure consistent with itself', () => {
    fc.assert(
      fc.property(figure, figure, (a, b) => {
        const [there, back] = [compareFigures(a, b), compareFigures(b, a)];
        expect(back).toEqual({ ...there, relation: MIRRORED[there.relation] });
        expect(compareFigures(a, a).relation).toBe('consistent');
      }),
    );
  });

  it('says how far apart only what differs, and that at least as far as the prints are', () => {
    fc.assert(
      fc.property(figure, figure, (a, b) => {
        const { relation, nearest, difference } = compareFigures(a, b);
        expect(nearest !== null).toBe(relation === 'differ');
        const gap = Math.max(a.printed.low, b.printed.low) - Math.min(a.printed.high, b.printed.high);
        if (relation === 'differ') expect(difference).toBeGreaterThanOrEqual(gap - 1e-9);
        else expect(difference).toBe(0);
      }),
    );
  });
});

describe('relationOf', () => {
  it('finds a difference exactly where no value fits both', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const fits = Math.max(a.low, b.low) <= Math.min(a.high, b.high);
        expect(relationOf(a, b) === 'differ').toBe(!fits);
      }),
    );
  });

  it('finds no difference more when more is allowed', () => {
    fc.assert(
      fc.property(some, some, fc.nat(500), fc.nat(500), (a, b, down, up) => {
        const wide = { low: a.low - down, high: a.high + up };
        if (relationOf(a, b) !== 'differ') expect(relationOf(wide, b)).not.toBe('differ');
        expect(relationOf(wide, a)).toBe(
          down + up === 0 || (wide.low === a.low && wide.high === a.high) ? 'consistent' : 'contains',
        );
      }),
    );
  });
});
