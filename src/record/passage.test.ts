// A passage is exactly a slice of its text, never half a character, with the context it needs to be found again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTEXT_LENGTH, pin, stands } from './passage.ts';

const SOURCE = '00000000-0000-7000-8000-00000000000a';
const RENDITION = 'a'.repeat(64);
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 });

describe('pin', () => {
  it('stands where it says, for any text and range', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (words, a, b) => {
        const start = a % words.length;
        const end = start + 1 + (b % (words.length - start));
        const passage = pin(words, { start, end }, { source: SOURCE, rendition: RENDITION });
        expect(stands(words, passage)).toBe(true);
        expect(words.slice(passage.start - passage.prefix.length, passage.start)).toBe(passage.prefix);
        expect(words.slice(passage.end, passage.end + passage.suffix.length)).toBe(passage.suffix);
        expect(passage.prefix.length).toBeLessThanOrEqual(CONTEXT_LENGTH);
        for (const part of [passage.exact, passage.prefix, passage.suffix])
          expect(part.isWellFormed()).toBe(true);
        expect(passage.start).toBeLessThanOrEqual(start);
        expect(passage.end).toBeGreaterThanOrEqual(end);
      }),
    );
  });
  it.each([
    [5, 5],
    [-1, 3],
    [2, 99],
    [4, 2],
  ])('refuses %d to %d', (start, end) => {
    expect(() => pin('ten tents', { start, end }, { source: SOURCE, rendition: RENDITION })).toThrow(
      RangeError,
    );
  });
});
