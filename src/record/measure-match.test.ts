// A figure is put under a measure only when its words are the measure's; what is like it is left for a person to choose.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldedWords, type MeasureWords, matchMeasure } from './measure-match.ts';

const measures: MeasureWords[] = [
  {
    id: 'attempts',
    name: 'Attempted crossings',
    unit: null,
    wordings: ['people who attempted the crossing', 'tentatives de traversée'],
  },
  { id: 'arrivals', name: 'Arrivals in Britain', unit: null, wordings: ['personnes arrivées'] },
  { id: 'present', name: 'Migrants living around Calais', unit: 'people', wordings: [] },
  { id: 'paid', name: 'Money paid for security', unit: 'GBP', wordings: ['argent versé pour la sécurité'] },
];
const match = (counted: string, unit: string | null = null) => matchMeasure(counted, unit, measures);

describe('matchMeasure', () => {
  it.each([
    ['attempted crossings', null, 'attempts'],
    ['an attempted crossing', null, 'attempts'],
    ['People who attempted the crossing', null, 'attempts'],
    ['tentatives de la traversée', null, 'attempts'],
    ['Tentative de traversée', null, 'attempts'],
    ['attempted crossings', '%', 'attempts'],
    ['the arrivals in Britain', null, 'arrivals'],
    ['migrants living around Calais', 'people', 'present'],
    ['money paid for security', 'EUR', 'paid'],
    ['l’argent versé pour la sécurité', 'GBP', 'paid'],
  ])('knows “%s” (%s)', (counted, unit, measure) => {
    expect(match(counted, unit).measure).toBe(measure);
  });

  it.each([
    ['arrivals', null],
    ['attempted crossings prevented', null],
    ['migrants living in Calais', null],
    ['crossings attempted', null],
    ['money paid for security', null],
    ['migrants living around Calais', 'EUR'],
    ['tents', null],
  ])('does not take “%s” (%s) for a measure', (counted, unit) => {
    expect(match(counted, unit).measure).toBeNull();
  });

  it('offers the likeliest first', () => {
    const { measure, possible } = match('migrants living in Calais');
    expect(measure).toBeNull();
    expect(possible.map((one) => one.measure)).toEqual(['present']);
    expect(match('attempted crossings prevented').possible[0]!.measure).toBe('attempts');
    expect(match('tents').possible).toEqual([]);
  });

  it('decides nothing where two measures have the same words', () => {
    const twice = [...measures, { id: 'other', name: 'attempted crossing', unit: null, wordings: [] }];
    const { measure, possible } = matchMeasure('attempted crossings', null, twice);
    expect(measure).toBeNull();
    expect(possible.map((one) => [one.measure, one.likeness])).toEqual([
      ['attempts', 1],
      ['other', 1],
    ]);
  });

  it('keeps who does what to whom apart', () => {
    const attacks = [{ id: 'x', name: 'Attacks by police', unit: null, wordings: [] }];
    expect(matchMeasure('attacks on police', null, attacks).measure).toBeNull();
  });

  it('offers what it matches, at likeness 1', () => {
    const counted = fc.constantFrom(
      'attempted crossings',
      'arrivals in Britain',
      'crossings',
      'migrants',
      '',
    );
    fc.assert(
      fc.property(counted, fc.constantFrom(null, '%', 'GBP'), (words, unit) => {
        const { measure, possible } = match(words, unit);
        if (measure !== null) expect(possible[0]).toEqual({ measure, likeness: 1 });
        for (const one of possible) expect(one.likeness).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('foldedWords', () => {
  it('keeps a text that is made of empty words only', () => {
    expect(foldedWords('Those who are there')).toEqual(['those', 'who', 'are', 'there']);
  });

  it('gives the same for its own words again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const word of foldedWords(text)) expect(word).not.toBe('');
      }),
    );
    expect(foldedWords(foldedWords('Les chevaux des bateaux arrivés').join(' '))).toEqual([
      'cheval',
      'bateau',
      'arrive',
    ]);
  });
});
