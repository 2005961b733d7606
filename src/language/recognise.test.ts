// Recognisers: place, value and unit of everything that is a number, whatever it is used for.
import { describe, expect, it } from 'vitest';
import type { Language } from './propose.ts';
import {
  type Recognised,
  recogniseAges,
  recogniseCurrency,
  recogniseDimensions,
  recogniseNumbers,
  recognisePercentages,
  recogniseTemperatures,
} from './recognise.ts';
import { recogniseRanges } from './recognise-range.ts';

const short = (text: string, found: Recognised[]) =>
  found.map(({ start, end, value, unit }) => `${text.slice(start, end)}=${value}${unit ?? ''}`);

describe('recognisers', () => {
  it.each<[string, Language, string[]]>([
    [
      'seven eighths, five and a third, forty-one fifths',
      'en',
      ['seven eighths=0.875', 'five and a third=5.33333333333', 'forty-one fifths=8.2'],
    ],
    [
      'three out of eight; -6/8; 2e4; 3^3',
      'en',
      ['three out of eight=0.375', '-6/8=-0.75', '2e4=20000', '3^3=27'],
    ],
    ['3 hundred and 7 and 40k', 'en', ['3 hundred and 7=307', '40k=40000']],
    ['this one weighs 90kg on 6 May', 'en', []],
    ['10.0.0.7', 'en', ['10=10', '0=0', '0=0', '7=7']],
    [
      'trois septièmes, deux et demi, un sur huit',
      'fr',
      ['trois septièmes=0.42857142857142855', 'deux et demi=2.5', 'un sur huit=0.125'],
    ],
    ['sept virgule zéro quatre, un arbre', 'fr', ['sept virgule zéro quatre=7.04']],
  ])('numbers: %s', (text, language, expected) =>
    expect(short(text, recogniseNumbers(text, language))).toEqual(expected),
  );

  it('percentages, and the words for them alone', () => {
    const text = 'a share of 7 per cent, per cent of 40, and what percentage?';
    expect(short(text, recognisePercentages(text, 'en'))).toEqual([
      '7 per cent=7%',
      'per cent of 40=40%',
      'percentage=null%',
    ]);
    const french = 'vingt pour cent et 8%';
    expect(short(french, recognisePercentages(french, 'fr'))).toEqual(['vingt pour cent=20%', '8%=8%']);
    expect(recognisePercentages('https://example.org/?a=30%25', 'en')).toEqual([]);
  });

  it.each<[string, Language, string[]]>([
    ['7 dollars 40 cents and US$3', 'en', ['7 dollars 40 cents=7.4USD', 'US$3=3USD']],
    [
      '40 MEUR, 6 usd million, rmb 9',
      'en',
      ['40 MEUR=40000000EUR', '6 usd million=6000000USD', 'rmb 9=9CNY'],
    ],
    ['the dollar fell', 'en', ['dollar=nullUSD']],
    [
      '7 millions de $, 12 euros et 40 cents, 9 francs suisses, 5 cents',
      'fr',
      [
        '7 millions de $=7000000USD',
        '12 euros et 40 cents=12.4EUR',
        '9 francs suisses=9CHF',
        '5 cents=5cent',
      ],
    ],
  ])('currency: %s', (text, language, expected) =>
    expect(short(text, recogniseCurrency(text, language))).toEqual(expected),
  );

  it('dimensions, temperatures and ages', () => {
    const dimensions = 'a 6-inch pipe, 5 feet 6 inches, 30 [kg], 40 km per hour';
    expect(short(dimensions, recogniseDimensions(dimensions, 'en'))).toEqual([
      '6-inch=6in',
      '5 feet 6 inches=5.5ft',
      '30 [kg]=30kg',
      '40 km per hour=40km/h',
    ]);
    const heat = '21 degrees celsius is 70 fahrenheit';
    expect(short(heat, recogniseTemperatures(heat, 'en'))).toEqual([
      '21 degrees celsius=21°C',
      '70 fahrenheit=70°F',
    ]);
    const ages = 'she is 31 years old, he 9 months of age';
    expect(short(ages, recogniseAges(ages, 'en'))).toEqual(['31 years old=31year', '9 months of age=9month']);
  });

  it.each<[string, Language, string[]]>([
    [
      'between 7 and 9, 4-6, from ten to twelve',
      'en',
      ['between 7 and 9=[7,9)', '4-6=[4,6)', 'from ten to twelve=[10,12)'],
    ],
    ['more than 7 but no more than 9', 'en', ['more than 7 but no more than 9=(7,9]']],
    [
      '7 or more, x>=4; less than 5 or equal to',
      'en',
      ['7 or more=[7,)', '>=4=[4,)', 'less than 5 or equal to=(,5]'],
    ],
    ['more than 9 and less than 7', 'en', ['more than 9=(9,)', 'less than 7=(,7)']],
    [
      'entre 7 et 9, plus de 4 et moins de 6, 5 ou plus',
      'fr',
      ['entre 7 et 9=[7,9)', 'plus de 4 et moins de 6=(4,6)', '5 ou plus=[5,)'],
    ],
  ])('ranges: %s', (text, language, expected) =>
    expect(
      recogniseRanges(text, language).map(
        ({ start, end, low, high, closedLow, closedHigh }) =>
          `${text.slice(start, end)}=${closedLow ? '[' : '('}${low ?? ''},${high ?? ''}${closedHigh ? ']' : ')'}`,
      ),
    ).toEqual(expected),
  );
});
