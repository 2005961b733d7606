// The state of a screen in its address: what is written is read back, and an old or broken link still shows something.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RecordQuery, RecordSort } from '../record/record-query.ts';
import { Sensitivity, Status } from '../record/vocabulary.ts';
import { readSearch, writeSearch } from './search-state.ts';

describe('the state of a list in its address', () => {
  test('is empty for the list everybody starts with', () => {
    expect(writeSearch(RecordQuery, readSearch(RecordQuery, ''))).toBe('');
  });

  test('reads like what was chosen', () => {
    const query = readSearch(RecordQuery, '?q=%22the+border%22&status=accepted&status=corrected&year=2014');
    expect(query).toMatchObject({
      q: '"the border"',
      status: ['accepted', 'corrected'],
      year: [2014],
      sort: 'date',
    });
    expect(writeSearch(RecordQuery, query)).toBe(
      'q=%22the+border%22&status=accepted&status=corrected&year=2014',
    );
  });

  test('comes back from the address as it was', () => {
    const words = fc
      .string({ minLength: 1, maxLength: 20 })
      .filter((text) => text.trim() === text && text !== '');
    const several = <T>(one: fc.Arbitrary<T>) => fc.uniqueArray(one, { maxLength: 4 });
    const query = fc.record({
      q: fc.option(words, { nil: undefined }),
      status: several(fc.constantFrom(...Status.options)),
      form: several(words),
      party: several(words),
      act: several(words),
      venue: several(words),
      place: several(words),
      year: several(fc.integer({ min: -500, max: 2100 })),
      source: several(fc.uuid()),
      sensitivity: several(fc.constantFrom(...Sensitivity.options)),
      sort: fc.constantFrom(...RecordSort.options),
      order: fc.constantFrom('asc' as const, 'desc' as const),
      cursor: fc.option(words, { nil: undefined }),
      limit: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(query, (value) => {
        expect(readSearch(RecordQuery, writeSearch(RecordQuery, value))).toEqual(value);
      }),
    );
  });

  test('passes over what does not fit, and keeps the rest', () => {
    const query = readSearch(RecordQuery, 'status=lost&q=tents&limit=9999&sort=colour&order=asc&colour=red');
    expect(query).toMatchObject({ status: [], q: 'tents', limit: 50, sort: 'date', order: 'asc' });
  });
});
