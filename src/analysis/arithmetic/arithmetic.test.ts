/** Each check of arithmetic by a case that does not hold and one that does, and by what rounding must never make of a true one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateRange } from '../../record/date.ts';
import type { StepAmount } from '../../record/disagreement.ts';
import { dayOfDate } from '../calendar.ts';
import { ecbRates, ecbRows } from '../ecb-rates.ts';
import { rateRows, ratesOf } from '../exchange-rates.ts';
import { printedInterval } from '../interval.ts';
import type { Quantity } from '../quantity.ts';
import { absoluteChange, changesConflict, percentChange } from './change.ts';
import { currencyEquivalent } from './currency.ts';
import { digitSlip, lostDigit } from './digits.ts';
import { periodLength, rateAgainstTotal, weekdayMismatch } from './duration.ts';
import { formulaMisfit } from './formula.ts';
import { cumulativeFalls, finerAgainstCoarser, partExceedsTotal, sumOfParts } from './parts.ts';
import { pageContradicts, sameNumberTwoAreas } from './same.ts';

/** A quantity of boats in the strait, as far as a case says otherwise. */
function quantity(amount: number | Partial<StepAmount>, more: Partial<Quantity> = {}): Quantity {
  const full: StepAmount = {
    bound: 'exact',
    value: typeof amount === 'number' ? amount : null,
    low: null,
    high: null,
    unit: null,
    ...(typeof amount === 'number' ? {} : amount),
  };
  return {
    id: 'a',
    measure: 'boats',
    counted: 'boats',
    series: 'flow',
    repeats: 'unknown',
    modality: 'reported',
    amount: full,
    printed: printedInterval(full),
    place: { key: 'strait', name: 'the strait' },
    period: { range: dateRange('2021')!, text: '2021' },
    party: null,
    source: null,
    baseline: null,
    equivalents: [],
    method: null,
    ...more,
  };
}
const change = (value: number, unit: string | null = '%') => quantity({ bound: 'change', value, unit });
const codes = (misfit: { working: { code: string }[] } | null) => misfit?.working.map(({ code }) => code);

describe('changes', () => {
  // Attempts to cross the Channel, préfecture maritime and préfet maritime; arrivals, British Home Office.
  const [attempts2020, attempts2021] = [quantity(9_551), quantity(15_400)];
  const [arrivals2020, arrivals2021] = [quantity(8_462), quantity(12_482)];

  it('that the figures do not bear out are told, with what another count would make of them', () => {
    const found = percentChange({
      change: change(50),
      from: attempts2020,
      to: attempts2021,
      others: [{ from: arrivals2020, to: arrivals2021 }],
    });
    expect(codes(found)).toEqual([
      'figure',
      'figure',
      'percent-change',
      'percent-allowed',
      'percent-other-fits',
    ]);
    expect(found!.working[2]!.values.result).toMatchObject({ bound: 'change', value: 61.2 });
    expect(found!.working[4]!.values.result).toMatchObject({ value: 47.5 });
  });

  it('that rounding bears out are silent', () => {
    expect(
      percentChange({ change: change(50), from: arrivals2020, to: arrivals2021, others: [] }),
    ).toBeNull();
    expect(
      percentChange({ change: change(61), from: attempts2020, to: attempts2021, others: [] }),
    ).toBeNull();
  });

  it('in ratio words are loose, and strict with "more than"', () => {
    const pair = { from: quantity(586), to: quantity(2_358), others: [] };
    expect(percentChange({ change: change(300), ...pair })).toBeNull();
    const doubled = { bound: 'change', value: null, low: 100, high: null, unit: '%' } as const;
    expect(percentChange({ change: quantity(doubled), ...pair })).toBeNull();
    expect(
      percentChange({ change: quantity(doubled), from: quantity(100), to: quantity(168), others: [] }),
    ).not.toBeNull();
  });

  it('computed and rounded in any way never flag; those a whole step beyond rounding always do', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 1e6 }),
        fc.integer({ min: 50, max: 1e6 }),
        fc.integer({ min: 0, max: 2 }),
        (from, to, decimals) => {
          const true_ = (to / from - 1) * 100;
          const printed = Number(true_.toFixed(decimals));
          const pair = { from: quantity(from), to: quantity(to), others: [] };
          expect(percentChange({ change: change(printed), ...pair })).toBeNull();
          // Further off than its own rounding and that of both figures can reach.
          const slack = Math.abs(printed) + 100 * (1 + to / from) + 10;
          expect(
            percentChange({ change: change(Math.round(true_ + slack * 3) + 0.5), ...pair }),
          ).not.toBeNull();
        },
      ),
    );
  });

  it('as numbers are held against the difference', () => {
    const pair = { from: quantity(4_486), to: quantity(6_901) };
    expect(absoluteChange({ change: change(2_415, null), ...pair })).toBeNull();
    expect(codes(absoluteChange({ change: change(2_145, null), ...pair }))).toContain('absolute-change');
  });

  it('of one thing that cannot both hold are told', () => {
    const doubled = quantity({ bound: 'change', value: null, low: 100, unit: '%' });
    expect(codes(changesConflict(change(68), doubled))?.[0]).toBe('changes-conflict');
    expect(changesConflict(change(104), doubled)).toBeNull();
    // "doubled" without "more than" is anything near it.
    expect(changesConflict(change(94), change(100))).toBeNull();
  });
});

describe('sums', () => {
  it('of parts that do not make the total are told; rounding is let pass', () => {
    expect(
      sumOfParts({ total: quantity(541), parts: [141, 191, 209].map((one) => quantity(one)) }),
    ).toBeNull();
    expect(
      sumOfParts({ total: quantity(540), parts: [141, 191, 209].map((one) => quantity(one)) }),
    ).toBeNull();
    const found = sumOfParts({ total: quantity(561), parts: [141, 191, 209].map((one) => quantity(one)) });
    expect(found!.working.at(-2)).toMatchObject({ code: 'parts-sum', values: { sum: { value: 541 } } });
  });

  it('with ranges take the other parts as printed: who gives ranges says how sure it is', () => {
    const range = (low: number, high: number) => quantity({ bound: 'range', low, high });
    const parts = [range(300, 400), quantity(100), quantity(500)];
    expect(sumOfParts({ total: quantity(1_120), parts })).not.toBeNull();
    expect(sumOfParts({ total: quantity(1_000), parts })).toBeNull();
  });

  it('of consistent parts, rounded or not, never flag', () => {
    const rounded = (value: number, to: number) => Math.round(value / to) * to;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 2, maxLength: 9 }),
        fc.constantFrom(1, 10, 100),
        (parts, to) => {
          const total = parts.reduce((sum, part) => sum + part, 0);
          // A number is rounded to a tenth of itself at the most, which is what "about" allows as well.
          fc.pre(parts.every((part) => part >= to * 10));
          const printed = parts.map((part) => quantity(rounded(part, to)));
          expect(sumOfParts({ total: quantity(rounded(total, to)), parts: printed })).toBeNull();
          expect(finerAgainstCoarser({ coarse: quantity(rounded(total, to)), fine: printed })).toBeNull();
        },
      ),
    );
  });

  it('tell parts above their whole, running totals that fall and days that do not make their week', () => {
    expect(partExceedsTotal({ part: quantity(411), total: quantity(367) })).not.toBeNull();
    expect(
      partExceedsTotal({ part: quantity({ bound: 'at-least', value: 300 }), total: quantity(367) }),
    ).toBeNull();
    expect(cumulativeFalls({ earlier: quantity(411), later: quantity(367) })).not.toBeNull();
    expect(cumulativeFalls({ earlier: quantity(367), later: quantity(411) })).toBeNull();
    const days = [3, 0, 12, 4, 0, 9, 1].map((one) => quantity(one));
    expect(finerAgainstCoarser({ coarse: quantity(29), fine: days })).toBeNull();
    expect(finerAgainstCoarser({ coarse: quantity(32), fine: days })).not.toBeNull();
  });

  it('written out are worked out, multiplication first; a quotient may be cut', () => {
    const formula = (terms: ['+' | '-' | '*' | '/', number][], result: number, half = 0) =>
      formulaMisfit({
        text: 'x',
        terms: terms.map(([operator, value]) => ({ operator, value })),
        result,
        allowed: { low: result - half, high: result + half },
      });
    expect(
      formula(
        [
          ['+', 2],
          ['+', 3],
          ['*', 4],
        ],
        14,
      ),
    ).toBeNull();
    expect(
      formula(
        [
          ['+', 479],
          ['/', 3],
        ],
        159,
      ),
    ).toBeNull();
    expect(
      formula(
        [
          ['+', 1226],
          ['/', 52],
        ],
        23.6,
        0.05,
      ),
    ).toBeNull();
    expect(
      formula(
        [
          ['+', 20],
          ['+', 30],
        ],
        60,
      ),
    ).not.toBeNull();
  });
});

describe('time', () => {
  const year = { first: dayOfDate(2021, 1, 1)!, last: dayOfDate(2021, 12, 31)! };
  const sevenMonths = { first: dayOfDate(2020, 1, 1)!, last: dayOfDate(2020, 7, 31)! };

  it('in words is held against the period', () => {
    expect(periodLength({ count: 6, unit: 'month', days: sevenMonths })).not.toBeNull();
    expect(periodLength({ count: 7, unit: 'month', days: sevenMonths })).toBeNull();
    expect(periodLength({ count: 52, unit: 'week', days: year })).toBeNull();
    expect(periodLength({ count: 6, unit: 'month', days: { first: -Infinity, last: 0 } })).toBeNull();
  });

  it('makes rates of totals', () => {
    const total = quantity(1_226);
    const rate = (value: number, bound: StepAmount['bound'] = 'exact'): StepAmount => ({
      bound,
      value,
      low: null,
      high: null,
      unit: null,
    });
    expect(rateAgainstTotal({ rate: rate(4.5), per: 'week', total })).not.toBeNull();
    expect(rateAgainstTotal({ rate: rate(102), per: 'month', total })).toBeNull();
    expect(rateAgainstTotal({ rate: rate(3, 'more-than'), per: 'day', total })).toBeNull();
    expect(rateAgainstTotal({ rate: rate(5, 'more-than'), per: 'day', total })).not.toBeNull();
  });

  it('has weekdays', () => {
    const day = dayOfDate(2025, 1, 4)!;
    expect(weekdayMismatch({ day, weekday: 5 })).toBeNull();
    expect(codes(weekdayMismatch({ day, weekday: 6, likely: [dayOfDate(2026, 1, 4)!] }))).toEqual([
      'weekday',
      'weekday-likely',
    ]);
  });
});

describe('digits', () => {
  it.each([
    [294, 2294, 'lost'],
    [1_226, 12_226, 'lost'],
    [230, 2_300, 'lost'],
    [325, 352, 'swapped'],
    [8_462, 8_466, null],
    [12, 21, null],
    [4_190, 4_192, null],
  ] as const)('%i and %i: %s', (a, b, slip) => {
    expect(digitSlip(a, b)).toBe(slip);
    expect(digitSlip(b, a)).toBe(slip);
  });

  it('that a slip would explain are told only where the prints do not meet', () => {
    expect(codes(lostDigit({ a: quantity(294), b: quantity(2_294) }))).toContain('digit-lost');
    expect(lostDigit({ a: quantity({ bound: 'at-least', value: 294 }), b: quantity(2_294) })).toBeNull();
  });
});

describe('currencies', () => {
  const rates = ecbRates();
  const money = (value: number, unit: string, day: string) =>
    quantity({ value, unit }, { period: { range: dateRange(day)!, text: day } });
  const held = (a: [number, string], b: [number, string], day: string) => {
    const at = dayOfDate(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8)))!;
    return currencyEquivalent({
      amount: money(...a, day),
      equivalent: money(...b, day),
      days: { first: at, last: at },
      rates,
    });
  };

  it('are held against the European Central Bank’s rates', () => {
    expect(rates.perEuro('GBP', '2021-07-20')).toBe(0.86545);
    // A Sunday has the rate of the Friday before it.
    expect(rates.perEuro('USD', '2021-07-25')).toBe(rates.perEuro('USD', '2021-07-23'));
    expect(rates.perEuro('USD', '2013-12-31')).toBeNull();
    expect(rates.perEuro('CHF', '2020-01-02')).toBeNull();
    expect(rates.range('GBP', '2021-07-01', '2999-01-01')).toBeNull();
  });

  it('that are about the same amount are silent', () => {
    // What the British government gave France, as the press had it.
    expect(held([54e6, 'GBP'], [62.7e6, 'EUR'], '2021-07-20')).toBeNull();
    expect(held([12e6, 'GBP'], [15e6, 'EUR'], '2014-11-03')).toBeNull();
    expect(held([12e6, 'GBP'], [19e6, 'USD'], '2014-11-03')).toBeNull();
    expect(held([541e6, 'EUR'], [479e6, 'GBP'], '2023-03-10')).toBeNull();
    expect(held([12e6, 'GBP'], [30e6, 'EUR'], '2030-01-01')).toBeNull();
  });

  it('that are not are told with the rate of the day', () => {
    const found = held([12e6, 'GBP'], [19e6, 'EUR'], '2014-11-03');
    expect(codes(found)).toEqual(['equivalent-given', 'equivalent-day', 'equivalent-range', 'apart']);
  });

  it('converted at any day’s rate and rounded to three digits never flag', () => {
    const days = ecbRows().filter(
      ({ currency, day }) => currency === 'GBP' && day > '2014-03' && day < '2026-03',
    );
    fc.assert(
      fc.property(fc.nat(days.length - 1), fc.integer({ min: 101, max: 999 }), (at, size) => {
        const { day, perEuro } = days[at]!;
        const pounds = Number((size * 1e5 * perEuro).toPrecision(3));
        expect(held([size * 1e5, 'EUR'], [pounds, 'GBP'], day)).toBeNull();
        expect(held([size * 1e5, 'EUR'], [pounds * 2, 'GBP'], day)).not.toBeNull();
      }),
    );
  });

  it('of other days and coins come from tables, long or wide', () => {
    const long = rateRows(
      ['date', 'currency', 'per_euro'],
      [
        ['2026-11-20', 'usd', '1.15'],
        ['x', 'usd', '2'],
        ['2026-11-21', 'usd', '-1'],
      ],
    )!;
    const wide = rateRows(
      ['Date', 'USD', 'GBP'],
      [
        ['2026-11-20', '1.15', '0.88'],
        ['2026-11-19', 'N/A', '0.87'],
      ],
    )!;
    expect(ratesOf(long).range('USD', '2026-11-20', '2026-11-20')).toEqual({ low: 1.15, high: 1.15 });
    expect(ratesOf(wide).perEuro('GBP', '2026-11-19')).toBe(0.87);
    expect(ratesOf([...ecbRows(), ...wide]).last).toBe('2026-11-20');
    expect(rateRows(['a', 'b'], [])).toBeNull();
  });
});

describe('the same number', () => {
  const party = { key: 'us', name: 'us' };
  const [one, other] = [
    quantity(1_226, { party }),
    quantity(1_226, { party, place: { key: 'both', name: 'both shores' } }),
  ];

  it('for two areas is told, unless it is a round one', () => {
    expect(sameNumberTwoAreas({ a: one, b: other })).not.toBeNull();
    expect(sameNumberTwoAreas({ a: one, b: one })).toBeNull();
    const round = { value: 1_200 };
    expect(
      sameNumberTwoAreas({
        a: quantity(round, { party }),
        b: quantity(round, { party, place: other.place }),
      }),
    ).toBeNull();
  });

  it('should stand on one page for the same', () => {
    const on = (value: number, more: Partial<Quantity> = {}) =>
      quantity(value, { source: 'page', party, ...more });
    expect(pageContradicts({ a: on(352), b: on(411) })).not.toBeNull();
    expect(pageContradicts({ a: on(352), b: on(411, { party: { key: 'them', name: 'them' } }) })).toBeNull();
    expect(pageContradicts({ a: on(352), b: on(352) })).toBeNull();
  });
});
