// The way through a list, forwards and back again.
import { expect, test } from 'vitest';
import { listState, searchAt, trailAfter, trailBefore, trailOf } from './trail.ts';

test('a first page has nothing before it; a link into the middle does not know', () => {
  expect(listState({ before: ['', 'a'] }, undefined)).toEqual({ before: [] });
  expect(listState({ before: ['', 'a'] }, 'b')).toEqual({ before: ['', 'a'] });
  expect(listState(null, 'b')).toBe(null);
  expect(listState({ before: 'x' }, 'b')).toBe(null);
});

test('going on and coming back leads to the same page of the same list', () => {
  const first = { search: 'q=tents&status=accepted', ids: ['1', '2'], next: 'c2', before: [] };
  const second = trailAfter(first, ['3', '4'], 'c3');
  expect(second).toEqual({
    search: 'q=tents&status=accepted&cursor=c2',
    ids: ['3', '4'],
    next: 'c3',
    before: [''],
  });
  const third = trailAfter(second, ['5'], null);
  expect(third.before).toEqual(['', 'c2']);
  expect(trailBefore(third, ['3', '4'])).toEqual(second);
  expect(trailBefore(second, ['1', '2'])).toEqual(first);
});

test('what is kept with an address is only believed when it is a trail', () => {
  const trail = { search: '', ids: ['1'], next: null, before: null };
  expect(trailOf({ trail })).toEqual(trail);
  expect(trailOf({ trail: { ...trail, ids: 3 } })).toBe(null);
  expect(trailOf(null)).toBe(null);
  expect(searchAt('cursor=a&q=b', '')).toBe('q=b');
});
