// Numbers written by hand, in the habits of both languages.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumber } from './number-input.ts';

describe('a number written by hand', () => {
  test.each([
    ['2300', 2300],
    ['2,300', 2300],
    ['2 300', 2300],
    ['2\u202f300', 2300],
    ['2’300', 2300],
    ['1,234,567.5', 1_234_567.5],
    ['1.234.567,5', 1_234_567.5],
    ['12.5', 12.5],
    ['12,5', 12.5],
    ['0.125', 0.125],
    ['1500,25', 1500.25],
    ['−5', -5],
    ['+50', 50],
    ['7.', 7],
  ])('%s is read as %d in English', (text, value) => {
    expect(readNumber(text, 'en')).toBe(value);
  });

  test('that reads two ways follows the language', () => {
    expect(readNumber('2,300', 'fr')).toBe(2.3);
    expect(readNumber('2.300', 'fr')).toBe(2300);
    expect(readNumber('2.300', 'en')).toBe(2.3);
  });

  test.each(['', 'about 5', '1,23,4', '12,34,567', '1.2.3,4.5', '5 %', '1e5', '--5', '.', '٣'])(
    '%s is no number',
    (text) => {
      expect(readNumber(text, 'en')).toBe(null);
    },
  );

  test('comes back from the way each language prints it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.constantFrom(0, 1, 2, 4),
        fc.constantFrom('en', 'fr'),
        (digits, decimals, locale) => {
          const value = digits / 10 ** decimals;
          const printed = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(value);
          expect(readNumber(printed, locale)).toBe(value === 0 ? 0 : value);
        },
      ),
    );
  });
});
