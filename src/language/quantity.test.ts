// Quantities of every kind: what each expression is worth, how it is bounded, and what is no quantity at all.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDates } from './date.ts';
import { findQuantities, type NumberMention } from './number.ts';
import type { Language } from './propose.ts';
import { readQuantities } from './quantity.ts';
import { tokenise } from './text-model.ts';

function quantities(text: string, language: Language): NumberMention[] {
  const tokens = tokenise(text, 0, text.length, language);
  return findQuantities(text, tokens, language, findDates(tokens, language, '2021-06-15'));
}

/** "words of the span: kind amount bound unit", defaults left out. */
function short(text: string, language: Language): string[] {
  return quantities(text, language).map(({ start, end, kind, value, low, high, bound, quantity }) =>
    [
      `${text.slice(start, end)}:`,
      kind === 'count' ? '' : kind,
      value ?? `${low}..${high}`,
      bound === 'exact' ? '' : bound,
      quantity.unit === null ? '' : `${quantity.unit}`,
      quantity.rate ?? '',
      quantity.was === null ? '' : `was ${quantity.was}`,
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
}

type Case = [text: string, expected: string[]];

const ENGLISH: Case[] = [
  ['two thousand three hundred tents', ['two thousand three hundred: 2300']],
  ['a couple of thousand letters', ['a couple of thousand: 2000 about']],
  ['several hundred boats and dozens of cars', ['several hundred: 100 more-than', 'dozens: 12 more-than']],
  ['tens of thousands of trees', ['tens of thousands: 10000 more-than']],
  ['three million and a half voters', ['three million and a half: 3500000']],
  ['half a million doses', ['half a million: 500000 about']],
  ['a mass of 1.99×10−30 kilograms', ['1.99×10−30 kilograms: measure 1.99e-30 kg']],
  [
    '2½ hours, 2 1/4 miles and ¾ of a litre',
    ['2½ hours: duration 2.5 h', '2 1/4 miles: measure 2.25 mi', '¾ of a litre: measure 0.75 l'],
  ],
  ['two thirds of the seats, half of them empty', ['two thirds: share 66.67 %', 'half: share 50 %']],
  [
    'one in five pupils and two out of three teachers',
    ['one in five: share 20 %', 'two out of three: share 66.67 %'],
  ],
  ['one nurse in ten', ['one nurse in ten: share 10 %']],
  ['minus 5 degrees and -12C', ['minus 5 degrees: measure -5 °', '-12C: measure -12 °C']],
  [
    '30-odd boats, 200-plus cars, 40 or so bikes',
    ['30-odd: 30 about', '200-plus: 200 at-least', '40 or so: 40 about'],
  ],
  ['just under 90 seats, well over 40 lamps', ['just under 90: 90 less-than', 'well over 40: 40 more-than']],
  ['a crowd that exceeded 4,000', ['4,000: 4000 more-than']],
  [
    '€1.5bn, USD10m, £85, 85p and 3 M€',
    [
      '€1.5bn: money 1500000000 EUR',
      'USD10m: money 10000000 USD',
      '£85: money 85 GBP',
      '85p: money 0.85 GBP',
      '3 M€: money 3000000 EUR',
    ],
  ],
  ['between £2 and £3 million', ['between £2 and £3 million: money 2000000..3000000 range GBP']],
  [
    '$3,500 a month, 60 mph, 12 tonnes per hectare',
    ['$3,500: money 3500 USD /month', '60 mph: measure 60 mph', '12 tonnes: measure 12 t /ha'],
  ],
  ['it weighs 12 pounds. It costs 12 pounds', ['12 pounds: measure 12 lb', '12 pounds: money 12 GBP']],
  ['a five-mile walk of 40 square metres', ['five-mile: measure 5 mi', '40 square metres: measure 40 m2']],
  [
    'prices rose by 12 %, then slid 3 per cent',
    ['rose by 12 %: share 12 change %', 'slid 3 per cent: share -3 change %'],
  ],
  ['they cut the price by £5', ['cut the price by £5: money -5 change GBP']],
  ['rents doubled, and the queue halved', ['doubled: ratio 100 change %', 'halved: ratio -50 change %']],
  [
    'three times as many ships, a fivefold rise',
    ['three times as many: ratio 200 change %', 'fivefold: ratio 400 change %'],
  ],
  ['it fell from 600 to 80', ['600: 600', '80: 80 was 600']],
  ['up to 80 from 60', ['80: 80 was 60', '60: 60']],
  [
    'it runs twice a week and three times a day',
    ['twice a week: frequency 2 /week', 'three times a day: frequency 3 /day'],
  ],
  [
    'a 17-year-old, aged 17 months, 40 years old',
    ['17-year: age 17 year', '17 months: age 17 month', '40 years: age 40 year'],
  ],
  ['Windows 11, the A16, G7, Covid-19, Article 8, version 2.1.3, room 12', []],
  ['at 9 Harbour Street, at 10.45pm, at 8 am, on line 5', []],
  ['which one, the one, no one, one another', []],
  ['he won 3–1 and lost 2-0', []],
  ['they put two and two: one lamp', ['two: 2', 'two: 2', 'one: 1']],
];

const FRENCH: Case[] = [
  ['quatre-vingt-dix-sept tentes', ['quatre-vingt-dix-sept: 97']],
  [
    'soixante et onze, septante-deux et nonante ans',
    ['soixante et onze: 71', 'septante-deux: 72', 'nonante ans: duration 90 year'],
  ],
  ['deux cent mille et un millier de lettres', ['deux cent mille: 200000', 'un millier: 1000 about']],
  ['un million et demi de doses', ['un million et demi: 1500000']],
  [
    'plusieurs dizaines de bateaux, des centaines de milliers de tracts',
    ['plusieurs dizaines: 10 more-than', 'des centaines de milliers: 100000 more-than'],
  ],
  [
    "1 500, 1\u202f500, 1.500 et 1'500 lits",
    ['1 500: 1500', '1\u202f500: 1500', '1.500: 1500', "1'500: 1500"],
  ],
  [
    'un tiers des élus, trois sur quatre, la moitié des sièges',
    ['un tiers: share 33.33 %', 'trois sur quatre: share 75 %', 'la moitié: share 50 %'],
  ],
  ['deux élèves sur trois', ['deux élèves sur trois: share 66.67 %']],
  [
    'entre 500 et 600, de 1 500 à 2 000',
    ['entre 500 et 600: 500..600 range', 'de 1 500 à 2 000: 1500..2000 range'],
  ],
  [
    "au moins une barque, plus d'une barque, une barque",
    ['au moins une: 1 at-least', "plus d'une: 1 more-than"],
  ],
  [
    'un peu plus de 300, au-delà de 40, 20 au maximum',
    ['un peu plus de 300: 300 more-than', 'au-delà de 40: 40 more-than', '20 au maximum: 20 at-most'],
  ],
  [
    '3,5 M€, 20 k€, 1,5 Md€, 12 millions de livres, 50 centimes',
    [
      '3,5 M€: money 3500000 EUR',
      '20 k€: money 20000 EUR',
      '1,5 Md€: money 1500000000 EUR',
      '12 millions de livres: money 12000000 GBP',
      '50 centimes: money 0.5 EUR',
    ],
  ],
  ['800 € par mois et 90 km/h', ['800 €: money 800 EUR /month', '90 km/h: measure 90 km/h']],
  [
    'une hausse de 12 %, un recul de 4 points de pourcentage',
    ['hausse de 12 %: share 12 change %', 'recul de 4 points de pourcentage: share -4 change %'],
  ],
  ['les loyers ont presque doublé', ['presque doublé: ratio 100 change %']],
  [
    'multiplié par quatre, divisé par deux, trois fois moins',
    [
      'multiplié par quatre: ratio 300 change %',
      'divisé par deux: ratio -50 change %',
      'trois fois moins: ratio -66.6666666667 change %',
    ],
  ],
  ['passé de 600 à 80', ['600: 600', '80: 80 was 600']],
  ['deux fois par semaine', ['deux fois par semaine: frequency 2 /week']],
  [
    'un garçon de 17 ans, âgée de 9 mois, trois ans de travaux',
    ['17 ans: age 17 year', '9 mois: age 9 month', 'trois ans: duration 3 year'],
  ],
  ["l'A16, la sortie 47, l'article 8, salle 204, le 115, le 17 mai, 14 h 30, à 8 heures", []],
  ['12, rue du Port, 62100 Calais', []],
  ['24 heures sur 24 et 7 jours sur 7', []],
];

describe('quantities', () => {
  it.each(ENGLISH)('%s', (text, expected) => expect(short(text, 'en')).toEqual(expected));
  it.each(FRENCH)('%s', (text, expected) => expect(short(text, 'fr')).toEqual(expected));

  it('leaves the numbers of dates alone', () => {
    expect(short('on 3 May 2014, in 2016, some 2016 letters', 'en')).toEqual(['some 2016: 2016 about']);
  });

  it('keeps conversions, with a rate between, as equivalents of one amount', () => {
    const [found, ...rest] = quantities('It cost £44m a year ($61m; 50m euros) in all.', 'en');
    expect(rest).toEqual([]);
    expect(found!.equivalents.map(({ value, unit }) => [value, unit])).toEqual([
      [61_000_000, 'USD'],
      [50_000_000, 'EUR'],
    ]);
    expect(short('8 miles (13 kilometres) of pipe', 'en')).toEqual(['8 miles: measure 8 mi']);
  });
});

describe('whatever the text', () => {
  const parts = fc.constantFrom(
    ...'1 2,500 .5 ½ -  – % £ $ € USD m bn million and half a of to from between two hundred twenty-one third thirds un deux cent mille et demi sur de par fois plus % km /h ( ) twice doubled by rose × 10 ^ ⁻³ constructor __proto__ \n 🏕️ \ud83d'.split(
      ' ',
    ),
  );
  const text = fc.oneof(
    fc.array(parts, { maxLength: 40 }).map((words) => words.join(' ')),
    fc.array(parts, { maxLength: 40 }).map((words) => words.join('')),
    fc.string({ unit: 'binary', maxLength: 120 }),
  );
  it.each<Language>(['en', 'fr'])('quantities are slices in order and never overlap, in %s', (language) => {
    fc.assert(
      fc.property(text, (words) => {
        let last = 0;
        for (const found of readQuantities(words, 0, words.length, language, [])) {
          expect(found.start).toBeGreaterThanOrEqual(last);
          expect(found.end).toBeGreaterThan(found.start);
          expect(found.after).toBeGreaterThanOrEqual(found.end);
          expect(found.after).toBeLessThanOrEqual(words.length);
          for (const number of [found.value, found.low, found.high])
            if (number !== null) expect(Number.isFinite(number)).toBe(true);
          expect((found.low === null) === (found.high === null)).toBe(true);
          expect(found.value === null).toBe(found.low !== null);
          last = found.end;
        }
      }),
      { numRuns: 1500 },
    );
  });
});
