/** Reading the quantities of a claim: scores, ranks, negations, wholes, and the words and times around each number. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readClaim } from './claim.ts';
import type { Language } from './propose.ts';

const amounts = (text: string, language: Language = 'en') =>
  readClaim(text, language)
    .filter(({ kind }) => kind !== 'date')
    .map(({ kind, amount }) => [kind, amount.bound, amount.value, amount.unit]);

describe('readClaim', () => {
  test.each([
    ['The ferry line has fewer than 14,000 workers .', 'en', ['count', 'less-than', 14000, null]],
    ['The bakery got 5.7/10 from the inspectors.', 'en', ['score', 'exact', 5.7, '/10']],
    ['It scored over 58 out of 100 on the test.', 'en', ['score', 'more-than', 58, '/100']],
    ['The town is 42nd in the table.', 'en', ['rank', 'exact', 42, null]],
    ['The song stood at number four that week.', 'en', ['rank', 'exact', 4, null]],
    ['There were no arrests that night.', 'en', ['count', 'exact', 0, null]],
    ['The turnout was lower than 40 % .', 'en', ['share', 'less-than', 40, '%']],
    ['The fund never exceeded 20 million euros.', 'en', ['money', 'at-most', 20e6, 'EUR']],
    ['The campaign did not reach 20 million people.', 'en', ['count', 'less-than', 20e6, null]],
    ['The paper has not sold more than 300 copies.', 'en', ['count', 'at-most', 300, null]],
    ['La ville compte plus de 1 200 tentes.', 'fr', ['count', 'more-than', 1200, null]],
    ['Le lycée a obtenu 14 sur 20 cette année.', 'fr', ['score', 'exact', 14, '/20']],
    ["La collecte n'a pas dépassé 300 signatures.", 'fr', ['count', 'at-most', 300, null]],
    ['Aucune plainte ne fut déposée.', 'fr', ['count', 'exact', 0, null]],
  ] as const)('%s', (text, language, expected) => {
    expect(amounts(text, language)).toContainEqual([...expected]);
  });

  test('"a score of 67" is no twenty, "a score of villagers" is', () => {
    expect(amounts('The wine won a score of 67 at the fair.')).toEqual([['count', 'exact', 67, null]]);
    expect(amounts('A score of villagers came to the hall.')).toEqual([['count', 'about', 20, null]]);
  });

  test('a negation that no bound takes up is kept beside the number', () => {
    const [sold] = readClaim('The shop did not sell 500 lamps.', 'en');
    expect(sold).toMatchObject({ denied: true, amount: { bound: 'exact', value: 500 } });
    const [only] = readClaim("La boutique n'a vendu que 500 lampes.", 'fr');
    expect(only).toMatchObject({ denied: false, amount: { value: 500 } });
  });

  test('of "16 out of 28 districts" the one is a part, the other its whole, and both are districts', () => {
    const found = readClaim('Fires burnt in 16 out of 28 districts.', 'en');
    expect(found.map(({ amount, whole, counted }) => [amount.value, whole, counted])).toEqual([
      [16, false, 'districts'],
      [28, true, 'districts'],
    ]);
  });

  test('the last digit printed tells how fine a number is', () => {
    const grains = readClaim('1.5 million bees, 1,378 hives, 7.48 grams, 400 million eggs', 'en').map(
      ({ grain }) => grain,
    );
    expect(grains).toEqual([1e5, 1, 0.01, 1e6]);
  });

  test('a number holds at the nearest date', () => {
    const found = readClaim('On 3 May 2016 there were 120 tents; on 9 June 2016 there were 80 tents.', 'en');
    expect(found.filter(({ kind }) => kind === 'count').map(({ period }) => period)).toEqual([
      '2016-05-03',
      '2016-06-09',
    ]);
  });

  test('what a number leaves out is not among its words', () => {
    const [kept] = readClaim('The firm earned over 30 million euros outside Norway.', 'en');
    const words = kept!.context.map(({ word }) => word);
    expect(words).toContain('outside');
    expect(words).not.toContain('norway');
  });

  test('every quantity is a piece of its text, in order; nothing else is thrown', () => {
    const piece = fc.constantFrom(
      'no',
      'both',
      '5.7/10',
      '3',
      'of',
      '28',
      'tents',
      ',',
      '.',
      'May 2016',
      'over',
      'not',
      '$',
      'million',
      '1st',
      'number',
      'two',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join(' ');
        let from = 0;
        for (const one of readClaim(text, 'en')) {
          const at = text.indexOf(one.text, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at;
        }
      }),
    );
  });
});
