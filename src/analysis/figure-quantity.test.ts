// A record's figure as a quantity: who says it, by whichever name, and what its print allows.
import { expect, it } from 'vitest';
import { quantityOf, quantityReader, type ReadFigure } from './figure-quantity.ts';
import type { Names } from './names.ts';

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const names: Names = {
  measures: [
    { id: id(1), name: 'People present', unit: null, series: 'stock', repeats: 'once', wordings: [] },
  ],
  places: [{ id: id(2), name: 'Calais', aliases: ['the town'], parent: null }],
  actors: [
    { id: id(3), name: 'Prefecture', type: 'government-body', aliases: ['the prefecture'], roles: [] },
  ],
};
const figure: ReadFigure = {
  kind: 'figure',
  id: id(9),
  counted: 'the people present',
  measure: null,
  unit: null,
  modality: 'reported',
  bound: 'exact',
  value: 500,
  low: null,
  high: null,
  equivalents: [],
  baseline: null,
  place: { place: null, name: 'The town', precision: null },
  period: '2021-10-07',
  accordingTo: { actor: null, name: 'The Prefecture', role: null },
  reportedBy: { actor: null, name: 'A paper', role: null },
  method: null,
  passages: [{ source: 'one' }],
};

it('knows measure, place and party by their other names', () => {
  const quantity = quantityOf(figure, names);
  expect(quantity).toMatchObject({
    measure: id(1),
    series: 'stock',
    repeats: 'once',
    printed: { low: 450, high: 550 },
    place: { key: id(2), name: 'Calais' },
    party: { key: id(3), name: 'Prefecture' },
    period: { text: '2021-10-07' },
    source: 'one',
  });
});

it('takes a number that is nobody else’s for that of who reports it', () => {
  expect(quantityOf({ ...figure, accordingTo: null }, names).party?.name).toBe('A paper');
  expect(quantityOf({ ...figure, accordingTo: null, reportedBy: null }, names).party).toBeNull();
});

it('keeps one object for a place, a party and a period however many figures name them', () => {
  const read = quantityReader(names);
  const [one, other] = [read(figure), read({ ...figure, id: id(10) })];
  expect(other.place).toBe(one.place);
  expect(other.party).toBe(one.party);
  expect(other.period).toBe(one.period);
});
