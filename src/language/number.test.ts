// Numbers in digits and words, ranges, bounds, money, changes; and what is no figure at all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDates } from './date.ts';
import { findNumbers, readValue } from './number.ts';
import { readNumberWords } from './number-word.ts';
import type { Language } from './propose.ts';
import { tokenise } from './text-model.ts';

function numbers(text: string, language: Language) {
  const tokens = tokenise(text, 0, text.length, language);
  return findNumbers(text, tokens, language, findDates(tokens, language, null));
}
const short = (text: string, language: Language) =>
  numbers(text, language).map(({ value, low, high, bound, unit }) =>
    [value ?? `${low}..${high}`, bound === 'exact' ? '' : bound, unit ?? '']
      .filter((part) => part !== '')
      .join(' '),
  );

describe('findNumbers', () => {
  it.each<[string, Language, string[]]>([
    ['1,500 people, 2.3 million of them, 12m households', 'en', ['1500', '2300000', '12000000']],
    [
      '1 500, 1\u202f500, 1\u00a0500 et 1.500.000 personnes, 3,5 km',
      'fr',
      ['1500', '1500', '1500', '1500000', '3.5 km'],
    ],
    ['15 millions de personnes', 'fr', ['15000000']],
    [
      'from 5 to 10 tents; 1,500–2,000; 1.5 to 2 million',
      'en',
      ['5..10 range', '1500..2000 range', '1500000..2000000 range'],
    ],
    ['entre 1 500 et 2 000, de 10 à 12 %', 'fr', ['1500..2000 range', '10..12 range %']],
    ['numbers rose from 500 to 1,000', 'en', ['500', '1000']],
    [
      'up to about 500, more than 40, fewer than 9, nearly 100, 30 or more, 200+',
      'en',
      ['500 at-most', '40 more-than', '9 less-than', '100 about', '30 at-least', '200 at-least'],
    ],
    [
      "jusqu'à 500, au moins 40, moins de 9, près de 100, pas plus de 30, quelque 200",
      'fr',
      ['500 at-most', '40 at-least', '9 less-than', '100 about', '30 at-most', '200 about'],
    ],
    [
      '£12m, $3.5 billion, 40 euros, EUR 9, US$5, A$6',
      'en',
      ['12000000 GBP', '3500000000 USD', '40 EUR', '9 EUR', '5 USD', '6 AUD'],
    ],
    [
      '12 M€, 3 Md€, 9 francs suisses, 5 livres sterling',
      'fr',
      ['12000000 EUR', '3000000000 EUR', '9 CHF', '5 GBP'],
    ],
    [
      '+50 % and -3 %, up 12 %, a 9 % fall, 20 % more, increased by 300',
      'en',
      ['50 change %', '-3 change %', '12 change %', '-9 change %', '20 change %', '300 change'],
    ],
    ['une hausse de 12 %, recul de 4 %, 20 % de plus', 'fr', ['12 change %', '-4 change %', '20 change %']],
    ['two hundred and fifty tents, a dozen tents', 'en', ['250', '12 about']],
    ['deux mille trois cents personnes, une centaine de tentes', 'fr', ['2300', '100 about']],
    [
      'in 2014, on 3 May, at 10:30, 5 pm, aged 17, 17-year-old, 3rd, A16, Article 8, No. 5, page 12, 24/7, [4], 2014–2016',
      'en',
      [],
    ],
    [
      "en 2014, le 3 mai, à 10 h 30, 14h, âgé de 17 ans, 3e, l'A16, l'article 8, n° 5, le vol 123, la route 4",
      'fr',
      [],
    ],
    ['see https://example.org/2300/5000?q=70 or mail a12@example.org', 'en', []],
    ['call +44 20 7946 0000 or 03 21 46 66 00', 'en', []],
    ['Utopia 56 said so', 'en', []],
    ['about 2000 migrants in 2014', 'en', ['2000 about']],
  ])('%s', (text, language, expected) => expect(short(text, language)).toEqual(expected));

  it('keeps parallel conversions as equivalents of one amount', () => {
    const [pledge, ...rest] = numbers(
      'It gave £12 million (€15 million, or about $19 million) and left.',
      'en',
    );
    expect(rest).toEqual([]);
    expect(pledge!.equivalents.map(({ value, unit }) => [value, unit])).toEqual([
      [15_000_000, 'EUR'],
      [19_000_000, 'USD'],
    ]);
  });

  it('does not take a bracket that says something else for a conversion', () => {
    expect(
      numbers('It gave £12 million (12 % of the fund).', 'en').map((found) => found.equivalents),
    ).toEqual([[], []]);
  });
});

describe('readValue', () => {
  it('reads back what either language prints', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), (value) => {
        expect(readValue(value.toLocaleString('en'), 'en')).toBe(value);
        expect(readValue(value.toLocaleString('de'), 'fr')).toBe(value);
      }),
    );
  });
  it('refuses what is no number in either', () => {
    for (const digits of ['1,2,345', '1.2.3', '007', '1,2345,6']) {
      expect(readValue(digits, 'en'), digits).toBeNull();
      expect(readValue(digits, 'fr'), digits).toBeNull();
    }
  });
});

describe('number words', () => {
  const read = (text: string, language: Language) =>
    readNumberWords(tokenise(text, 0, text.length, language), 0, language);
  it.each<[string, Language, number | null]>([
    ['two thousand three hundred', 'en', 2300],
    ['twenty-three', 'en', 23],
    ['one hundred and one', 'en', 101],
    ['half a million', 'en', 500_000],
    ['one', 'en', null],
    ['ten-year', 'en', null],
    ['quatre-vingt-dix-sept', 'fr', 97],
    ['soixante et onze', 'fr', 71],
    ['deux mille trois cents', 'fr', 2300],
    ['mille', 'fr', 1000],
    ['trois millions deux cent mille', 'fr', 3_200_000],
    ['une', 'fr', null],
  ])('%s', (text, language, value) => expect(read(text, language)?.value ?? null).toBe(value));
});
