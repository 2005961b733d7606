// Dates and amounts in words: exact, and in the order and with the signs of each language.
import { describe, expect, test } from 'vitest';
import ar from '../../locales/ar.json' with { type: 'json' };
import en from '../../locales/en.json' with { type: 'json' };
import fr from '../../locales/fr.json' with { type: 'json' };
import { makeMessages } from './messages.ts';
import { type Amount, amountInWords, dateInWords, quantityInWords, stepInWords } from './wording.ts';

const english = makeMessages('en', en, en);
const french = makeMessages('fr', fr, en);
const arabic = makeMessages('ar', ar, en);
/** Spaces of every width as one. */
const plain = (text: string) => text.replace(/\s/gu, ' ');

describe('dates', () => {
  const cases: [edtf: string, english: string, french: string][] = [
    ['2014-10-28', '28 October 2014', '28 octobre 2014'],
    ['2014-10', 'October 2014', 'octobre 2014'],
    ['2014', '2014', '2014'],
    ['0099', '99', '99'],
    ['2016~', 'about 2016', 'vers 2016'],
    ['2016-05?', 'May 2016 (uncertain)', 'mai 2016 (incertain)'],
    ['2016%', 'about 2016 (uncertain)', 'vers 2016 (incertain)'],
    ['2021-01/2021-08', 'January – August 2021', 'janvier – août 2021'],
    ['2014/2016', '2014 – 2016', '2014–2016'],
    ['2014-10/2016', 'October 2014 to 2016', 'entre octobre 2014 et 2016'],
    ['2016/..', 'since 2016', 'depuis 2016'],
    ['../2016-05', 'until May 2016', 'jusqu’en mai 2016'],
    ['2014-10-28~', 'about 28 October 2014', 'vers le 28 octobre 2014'],
    ['2014-10-28/..', 'since 28 October 2014', 'depuis le 28 octobre 2014'],
    ['../2014-10-28', 'until 28 October 2014', 'jusqu’au 28 octobre 2014'],
    ['2014-23', 'autumn 2014', 'automne 2014'],
    ['2014-33', 'quarter 1 of 2014', '1er trimestre 2014'],
    ['201X', 'the 2010s', 'les années 2010'],
    ['2014-XX', 'some time in 2014', 'courant 2014'],
    ['2014-10-XX', 'some time in October 2014', 'courant octobre 2014'],
  ];
  test.each(cases)('%s', (edtf, inEnglish, inFrench) => {
    expect(plain(dateInWords(edtf, english))).toBe(inEnglish);
    expect(plain(dateInWords(edtf, french))).toBe(inFrench);
  });

  test('of a kind that has no words stand as they are written', () => {
    for (const edtf of ['[1667,1668]', 'Y-17000', '-0044', '2014-10-28T10:00:00Z', '../..', 'a/b/c'])
      expect(dateInWords(edtf, english)).toBe(edtf);
  });

  test('in Arabic have Arabic months and Latin digits', () => {
    expect(dateInWords('2014-10-28', arabic)).toBe('28 أكتوبر 2014');
  });
});

describe('amounts', () => {
  const amount = (
    bound: Amount['bound'],
    value: number | null,
    low: number | null = null,
    high: number | null = null,
  ) => ({
    bound,
    value,
    low,
    high,
  });
  const cases: [Amount, string | null, string, string][] = [
    [amount('exact', 500), null, '500', '500'],
    [amount('about', 500), null, 'about 500', 'environ 500'],
    [amount('at-least', 40), null, 'at least 40', 'au moins 40'],
    [amount('at-most', 2300), null, 'up to 2,300', 'jusqu’à 2 300'],
    [amount('more-than', 9551), null, 'more than 9,551', 'plus de 9 551'],
    [amount('less-than', 10), null, 'fewer than 10', 'moins de 10'],
    [amount('less-than', 10), 'EUR', 'less than €10', 'moins de 10 €'],
    [amount('range', null, 1500, 2000), null, '1,500 to 2,000', '1 500 à 2 000'],
    [amount('change', 50), '%', '50% more', '50 % de plus'],
    [amount('change', -12.5), '%', '12.5% less', '12,5 % de moins'],
    [amount('change', null, 48, 61), '%', '48% to 61% more', '48 % à 61 % de plus'],
    [amount('change', null, -5, 5), '%', '-5% to 5%', '-5 % à 5 %'],
    [amount('change', 0), '%', 'no change', 'aucun changement'],
    [amount('exact', 12_000_000), 'GBP', '£12,000,000', '12 000 000 £'],
    [amount('exact', 3), 'tents', '3 tents', '3 tents'],
    [amount('exact', null), null, 'a number not given', 'un nombre non précisé'],
  ];
  test.each(cases)('%o %s', (given, unit, inEnglish, inFrench) => {
    expect(plain(amountInWords(given, unit, english))).toBe(inEnglish);
    expect(plain(amountInWords(given, unit, french))).toBe(inFrench);
  });

  test('keep every digit they were given', () => {
    expect(quantityInWords(0.1234567, null, english)).toBe('0.1234567');
    expect(quantityInWords(1234.5, 'EUR', english)).toBe('€1,234.50');
    expect(quantityInWords(33.333, '%', english)).toBe('33.333%');
    expect(quantityInWords(123_456_789_012, null, english)).toBe('123,456,789,012');
  });
});

describe('steps of a working', () => {
  test('tell amounts with their bounds, dates in words, and terms in the language', () => {
    const step = {
      code: 'request-asked',
      values: { who: 'the prefecture', means: 'press-office', date: '2021-10-07' },
    };
    expect(plain(stepInWords(step, english))).toBe(
      'the prefecture was asked through the press office, 7 October 2021.',
    );
    expect(plain(stepInWords(step, french))).toBe(
      'the prefecture a reçu une demande par le service de presse, 7 octobre 2021.',
    );
  });

  test('keep a Latin name to itself in an Arabic sentence', () => {
    const said = stepInWords({ code: 'request-no-response', values: { who: 'The Prefecture' } }, arabic);
    expect(said).toContain('\u2068The Prefecture\u2069');
  });
});
