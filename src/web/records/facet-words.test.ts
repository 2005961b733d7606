// Facets and conditions of a list in words, in both languages.
import { describe, expect, test } from 'vitest';
import english from '../../../locales/en.json';
import french from '../../../locales/fr.json';
import { FACETS_OF, RecordQuery } from '../../record/record-query.ts';
import { RecordKind } from '../../record/vocabulary.ts';
import { wordsOf } from '../../ui/messages.tsx';
import { facetGroups, facetLabel, narrowings } from './facet-words.ts';

const en = wordsOf('en', english);
const fr = wordsOf('fr', french);
const source = '018f0000-0000-7000-8000-000000000001';
const titles = new Map([[source, 'A report']]);
const group = (name: string, query: object, counts: object) =>
  facetGroups('statement', RecordQuery.parse(query), counts, en, titles).find((one) => one.name === name)!;

describe('facets', () => {
  test('of every kind have names of their own in every language', () => {
    for (const noun of RecordKind.options) {
      for (const facet of FACETS_OF[noun]) {
        for (const words of [en, fr])
          expect(facetLabel(noun, facet, words), `${noun}.${facet}`).not.toBe(facet);
      }
    }
  });

  test('name terms, sources and what is not given', () => {
    const act = group(
      'act',
      {},
      {
        act: [
          { value: 'denies', count: 2 },
          { value: null, count: 1 },
        ],
      },
    );
    expect(act.values.map(({ label, count }) => [label, count])).toEqual([
      ['denies', 2],
      ['not given', 1],
    ]);
    const from = group(
      'source',
      {},
      {
        source: [
          { value: source, count: 2 },
          { value: 'x', count: 1 },
        ],
      },
    );
    expect(from.values.map(({ label }) => label)).toEqual(['A report', 'a source']);
  });

  test('keep what is chosen in sight when nothing is left of it, and hide what tells nothing apart', () => {
    const status = group('status', { status: 'withdrawn' }, { status: [{ value: 'accepted', count: 3 }] });
    expect(status.values).toContainEqual({ value: 'withdrawn', label: 'Withdrawn', count: 0 });
    expect(status.chosen).toEqual(['withdrawn']);
    expect(group('form', {}, { form: [{ value: 'direct', count: 3 }] }).values).toEqual([]);
  });

  test('of years run from the latest to the undated', () => {
    const counts = {
      year: [
        { value: null, count: 9 },
        { value: '2014', count: 5 },
        { value: '2021', count: 1 },
      ],
    };
    expect(group('year', {}, counts).values.map(({ value }) => value)).toEqual(['2021', '2014', null]);
  });
});

test('each condition of a list is named and can be taken off by itself', () => {
  const query = RecordQuery.parse({ q: 'tents', status: ['accepted', 'corrected'], year: '2014', source });
  const found = narrowings('statement', query, en, titles);
  expect(found.map(({ label }) => label)).toEqual([
    'Words: tents',
    'Accepted',
    'Corrected',
    'Year: 2014',
    'Source: A report',
  ]);
  expect(found.map(({ without }) => without)).toEqual([
    { q: undefined },
    { status: ['corrected'] },
    { status: ['accepted'] },
    { year: [] },
    { source: [] },
  ]);
  expect(narrowings('figure', RecordQuery.parse({ party: 'x' }), fr, titles)[0]!.label).toBe('Selon : x');
});
