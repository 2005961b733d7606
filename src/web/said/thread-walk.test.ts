// Arrows through the picture of a thread: along time, and from lane to lane.
import { describe, expect, it } from 'vitest';
import { topicsOf } from './thread-topics.ts';
import { markAfter } from './thread-walk.ts';

// Two lanes, drawn in the order 1, 0: five statements in order of time.
const said = [0, 1, 0, 0, 1].map((speaker) => ({ speaker }));
const lanes = [1, 0];
const go = (key: string, at: number) => markAfter(key, at, said, lanes);

describe('the arrows', () => {
  it('lead along time whoever speaks, and stop at the ends', () => {
    expect([go('ArrowRight', 0), go('ArrowRight', 3), go('ArrowRight', 4)]).toEqual([1, 4, null]);
    expect([go('ArrowLeft', 4), go('ArrowLeft', 0)]).toEqual([3, null]);
    expect([go('Home', 3), go('End', 0)]).toEqual([0, 4]);
  });

  it('lead to the lane above or below, to what was said nearest in time', () => {
    expect(go('ArrowUp', 0)).toBe(1);
    expect(go('ArrowUp', 3)).toBe(4);
    expect(go('ArrowDown', 4)).toBe(3);
    expect(go('ArrowDown', 1)).toBe(0);
    expect([go('ArrowDown', 0), go('ArrowUp', 1)]).toEqual([null, null]);
  });

  it('leave other keys alone', () => {
    expect(go('Enter', 0)).toBeNull();
    expect(markAfter('ArrowRight', -1, [], [])).toBeNull();
  });
});

describe('what holds a thread together', () => {
  it('is its title where that is a topic, and what several of its statements are about', () => {
    const topics = (...lists: string[][]) => lists.map((list) => ({ topics: list }));
    expect(topicsOf('a', topics(['a'], ['b'], ['b', 'c']))).toEqual(['a', 'b']);
    expect(topicsOf('words they share', topics([], []))).toEqual([]);
  });
});
