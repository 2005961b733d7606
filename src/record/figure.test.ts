// What a bound allows, and which numbers fit it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interval, numbersFit } from './figure.ts';
import { Bound } from './vocabulary.ts';

const amount = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });

describe('interval', () => {
  it('contains the printed value, whatever the bound', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Bound.options.filter((bound) => bound !== 'range')),
        amount,
        (bound, value) => {
          const { low, high } = interval({ bound, value, low: null, high: null });
          expect(low <= value && value <= high).toBe(true);
        },
      ),
    );
  });
  it.each([
    ['at-least', 500, 500, Infinity],
    ['at-most', 2300, -Infinity, 2300],
    ['about', 500, 450, 550],
    ['exact', 9551, 9551, 9551],
  ] as const)('%s %d', (bound, value, low, high) => {
    expect(interval({ bound, value, low: null, high: null })).toEqual({ low, high });
  });
  it('a range is its ends', () => {
    expect(interval({ bound: 'range', value: null, low: 1500, high: 2000 })).toEqual({
      low: 1500,
      high: 2000,
    });
  });
});

describe('numbersFit', () => {
  it('wants two ends in order for a range and one value otherwise', () => {
    expect(numbersFit({ bound: 'range', value: null, low: 1500, high: 2000 })).toBe(true);
    expect(numbersFit({ bound: 'range', value: null, low: 2000, high: 1500 })).toBe(false);
    expect(numbersFit({ bound: 'range', value: 500, low: null, high: null })).toBe(false);
    expect(numbersFit({ bound: 'exact', value: 500, low: null, high: null })).toBe(true);
    expect(numbersFit({ bound: 'exact', value: null, low: null, high: null })).toBe(false);
    expect(numbersFit({ bound: 'exact', value: 500, low: 400, high: 600 })).toBe(false);
  });
});
