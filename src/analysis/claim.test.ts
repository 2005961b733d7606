/** Claims against evidence: what a number of the one allows of a number of the other, in invented sentences and by property. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readClaim } from '../language/claim.ts';
import type { Language } from '../language/propose.ts';
import type { ClaimQuantity } from '../record/claim-quantity.ts';
import type { Bound } from '../record/vocabulary.ts';
import { claimOfFigure, claimWorking, judgeClaim } from './claim.ts';
import type { AnalysedFigure } from './names.ts';

const judge = (claim: string, evidence: string, language: Language = 'en') =>
  judgeClaim(readClaim(claim, language, '2016-07-01'), readClaim(evidence, language, '2016-07-01'));

describe('judgeClaim', () => {
  test.each([
    ['The lake holds more than 20 million fish.', 'The lake holds 21 million fish.', 'supports'],
    ['The lake holds more than 20 million fish.', 'The lake holds 19 million fish.', 'refutes'],
    ['The lake holds more than 20 million fish.', 'The lake holds 20 million fish.', 'refutes'],
    ['The lake holds at least 20 million fish.', 'The lake holds 20 million fish.', 'supports'],
    ['Over 280 lanterns were lit.', 'More than 300 lanterns were lit.', 'supports'],
    ['Over 300 lanterns were lit.', 'Over 300 lanterns were lit.', 'supports'],
    ['Under 300 lanterns were lit.', 'More than 300 lanterns were lit.', 'refutes'],
    ['Less than 50 % of the pupils walk.', 'Nearly 50 percent of the pupils walk.', 'supports'],
    ['About 500 goats graze there.', 'Some 530 goats graze there.', 'supports'],
    ['About 500 goats graze there.', 'Some 700 goats graze there.', 'refutes'],
    ['Between 400 and 500 goats graze there.', 'The shepherd counted 430 goats.', 'supports'],
    ['Between 400 and 500 goats graze there.', 'The shepherd counted 530 goats.', 'refutes'],
    ['The mill sold 2.1 million sacks.', 'The mill sold 2,112,000 sacks.', 'supports'],
    ['The mill sold 2.1 million sacks.', 'The mill sold 2,212,000 sacks.', 'refutes'],
    ['The bakery is rated 5.7/10.', 'Inspectors rated the bakery 5.7 out of 10.', 'supports'],
    ['The bakery is rated above 5.7/10.', 'Inspectors rated the bakery 5.7/10.', 'refutes'],
    ['The bakery is rated 57 %.', 'Inspectors rated the bakery 5.7/10.', 'supports'],
    ['A quarter of the wells are dry.', 'In the valley 25 % of the wells are dry.', 'supports'],
    ['The choir came 42nd in the contest.', 'The choir came 43rd in the contest.', 'refutes'],
    ['No boats sank in the storm.', 'Three boats sank in the storm.', 'refutes'],
    ['No boats sank in the storm.', 'In the storm 0 boats sank.', 'supports'],
    ['The fair did not reach 900 visitors.', 'The fair drew 850 visitors.', 'supports'],
    ['The fair did not reach 900 visitors.', 'The fair drew 950 visitors.', 'refutes'],
    ['The strike lasted two weeks.', 'The strike lasted 14 days.', 'supports'],
    ['The strike lasted more than two weeks.', 'The strike lasted 10 days.', 'refutes'],
  ] as const)('%s / %s', (claim, evidence, verdict) => {
    expect(judge(claim, evidence).verdict).toBe(verdict);
  });

  test.each([
    ['Plus de 200 tentes ont été comptées.', 'On a compté 210 tentes.', 'supports'],
    ['Plus de 200 tentes ont été comptées.', 'On a compté 190 tentes.', 'refutes'],
    ['Près de 500 moutons paissent là.', 'Le berger a compté 480 moutons.', 'supports'],
    ['Au moins 12 % des puits sont à sec.', 'Selon la mairie, 9 % des puits sont à sec.', 'refutes'],
    [
      'La kermesse a rapporté moins de 3 millions d’euros.',
      'La kermesse a rapporté 2,8 millions d’euros.',
      'supports',
    ],
    ['Aucune barque n’a coulé.', 'Trois barques ont coulé.', 'refutes'],
  ] as const)('%s / %s', (claim, evidence, verdict) => {
    expect(judge(claim, evidence, 'fr').verdict).toBe(verdict);
  });

  test('each number goes to the one said of the same, not to the nearest or the first', () => {
    const evidence = 'The storm sank 12 boats, felled 90 trees and closed 14 roads.';
    expect(judge('More than 80 trees and fewer than 13 boats were lost.', evidence).verdict).toBe('supports');
    expect(judge('The storm closed 12 roads.', evidence).verdict).toBe('refutes');
    expect(
      judge('Fires burnt in fewer than 20 districts.', 'Fires burnt in 16 out of 28 districts.').verdict,
    ).toBe('supports');
  });

  test('no number that can be set against another is no verdict', () => {
    expect(judge('The mayor opened the bridge.', 'The bridge cost 3 million euros.')).toEqual({
      verdict: null,
      sure: false,
      pairs: [],
    });
    expect(judge('The bridge is 40 % done.', 'The choir came 3rd.').verdict).toBeNull();
  });

  test('the very number at another time refutes; a lower bound shown later does too, one shown earlier does not', () => {
    expect(
      judge('By 3 May 2016 the camp had 500 tents.', 'On 9 May 2016 the camp had 500 tents.').verdict,
    ).toBe('refutes');
    expect(
      judge('By 3 May 2016 the camp had over 500 tents.', 'On 9 May 2016 the camp had 510 tents.').verdict,
    ).toBe('refutes');
    expect(
      judge('On 9 May 2016 the camp had over 500 tents.', 'By 3 May 2016 the camp had 510 tents.').verdict,
    ).toBe('supports');
  });

  test('a claim without amounts is judged by its dates', () => {
    expect(judge('The bridge opened before June 2016.', 'The bridge opened on 9 May 2016.').verdict).toBe(
      'supports',
    );
    expect(judge('The bridge opened after June 2016.', 'The bridge opened on 9 May 2016.').verdict).toBe(
      'refutes',
    );
  });

  test('it is sure only with words in common and no guess about a bound', () => {
    expect(judge('Over 280 lanterns were lit.', 'More than 300 lanterns were lit.').sure).toBe(true);
    expect(judge('Over 320 lanterns were lit.', 'More than 300 lanterns were lit.')).toMatchObject({
      verdict: 'refutes',
      sure: false,
    });
    expect(judge('Over 280 lanterns were lit.', 'They built 300 huts.').sure).toBe(false);
  });

  test('the working says each step', () => {
    const judgement = judge(
      'By 3 May 2016 over 320 lanterns were lit.',
      'On 9 May 2016 more than 300 lanterns were lit.',
    );
    expect(claimWorking(judgement)).toEqual([
      { code: 'claim-contradicts', values: { claim: 'over 320', evidence: 'more than 300' } },
      { code: 'claim-meant', values: { evidence: 'more than 300' } },
      { code: 'claim-other-time', values: { periodClaim: expect.any(String), periodEvidence: '2016-05-09' } },
    ]);
  });
});

test('a figure of the dossier is evidence like any other', () => {
  const figure: AnalysedFigure = {
    kind: 'figure',
    id: 'f1',
    counted: 'tents in the camp',
    measure: null,
    unit: null,
    modality: 'reported',
    bound: 'exact',
    value: 480,
    low: null,
    high: null,
    equivalents: [],
    baseline: null,
    place: null,
    period: '2016-05-09',
    accordingTo: null,
    reportedBy: null,
    method: null,
    passages: [],
  };
  const claim = readClaim('On 9 May 2016 there were more than 500 tents in the camp.', 'en');
  expect(judgeClaim(claim, [claimOfFigure(figure)])).toMatchObject({ verdict: 'refutes', sure: true });
});

const number = (bound: Bound, value: number, high: number | null = null): ClaimQuantity => ({
  kind: 'count',
  amount: { bound, value: high === null ? value : null, low: high === null ? null : value, high, unit: null },
  grain: null,
  short: false,
  denied: false,
  whole: false,
  counted: 'tents',
  context: [{ word: 'tents', distance: 0 }],
  period: null,
  text: 'tents',
});
const verdict = (claim: ClaimQuantity, evidence: ClaimQuantity) => judgeClaim([claim], [evidence]).verdict;
const value = fc.integer({ min: 0, max: 5000 });
const oneBound = fc.constantFrom<Bound>('exact', 'about', 'at-least', 'at-most', 'more-than', 'less-than');

describe('judgeClaim, by property', () => {
  test('whatever is said is supported by the same words', () => {
    fc.assert(
      fc.property(
        oneBound,
        value,
        (bound, at) => verdict(number(bound, at), number(bound, at)) === 'supports',
      ),
    );
  });

  test('exact numbers agree both ways or neither', () => {
    fc.assert(
      fc.property(
        value,
        value,
        (a, b) =>
          verdict(number('exact', a), number('exact', b)) === verdict(number('exact', b), number('exact', a)),
      ),
    );
  });

  test('a claim that allows more never loses its support', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Bound>('at-least', 'more-than'),
        value,
        value,
        oneBound,
        value,
        (bound, at, less, given, seen) => {
          const evidence = number(given, seen);
          const before = verdict(number(bound, at), evidence);
          if (before === 'supports')
            expect(verdict(number(bound, Math.max(0, at - less)), evidence)).toBe('supports');
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom<Bound>('at-most', 'less-than'),
        value,
        value,
        oneBound,
        value,
        (bound, at, more, given, seen) => {
          const evidence = number(given, seen);
          if (verdict(number(bound, at), evidence) === 'supports')
            expect(verdict(number(bound, at + more), evidence)).toBe('supports');
        },
      ),
    );
    fc.assert(
      fc.property(value, value, value, value, value, (low, width, below, above, seen) => {
        const evidence = number('exact', seen);
        if (verdict(number('range', low, low + width), evidence) === 'supports')
          expect(verdict(number('range', Math.max(0, low - below), low + width + above), evidence)).toBe(
            'supports',
          );
      }),
    );
  });

  test('a bound and its opposite never both hold of an exact number', () => {
    fc.assert(
      fc.property(value, value, (at, seen) => {
        const evidence = number('exact', seen);
        expect(verdict(number('more-than', at), evidence)).not.toBe(verdict(number('at-most', at), evidence));
        expect(verdict(number('less-than', at), evidence)).not.toBe(
          verdict(number('at-least', at), evidence),
        );
      }),
    );
  });

  test('what is denied is judged the other way round', () => {
    fc.assert(
      fc.property(value, value, (at, seen) => {
        const claim = number('exact', at);
        expect(verdict({ ...claim, denied: true }, number('exact', seen))).not.toBe(
          verdict(claim, number('exact', seen)),
        );
      }),
    );
  });
});
