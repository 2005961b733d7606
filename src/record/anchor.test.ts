// Passages survive a new rendition of their text, or say that they did not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPassage, reanchor } from './anchor.ts';
import { type Passage, pin, stands } from './passage.ts';

const SOURCE = '01890000-0000-7000-8000-000000000001';
const OLD = 'a'.repeat(64);
const NEW = 'b'.repeat(64);
const noPages = () => [];
const of = (text: string, words: string): Passage => {
  const start = text.indexOf(words);
  return pin(text, { start, end: start + words.length }, { source: SOURCE, rendition: OLD });
};

const TEXT =
  'The prefecture counted 500 people in the dunes on Monday. Observers who walked the same paths counted 1,500 ' +
  'people that evening.\n\nOn Friday the prefecture said that 500 tents had been taken away, and that no belongings ' +
  'were destroyed. Observers photographed a skip full of blankets.';

// Sentences of common words: enough repetition that the wrong place is always near.
const words = fc.constantFrom(
  'tent',
  'dune',
  'people',
  'counted',
  'the',
  'said',
  'Monday',
  'no',
  '500',
  'été',
);
const prose = fc.array(words, { minLength: 20, maxLength: 80 }).map((list) => `${list.join(' ')}.`);

describe('a passage in a new rendition', () => {
  test('stays where it is when the text is the same', () => {
    const passage = of(TEXT, '500 tents had been taken away');
    expect(reanchor(passage, TEXT, NEW, noPages)).toEqual({ ...passage, rendition: NEW });
  });

  test('moves with its words when text is put before it', () => {
    fc.assert(
      fc.property(prose, prose, fc.nat(), fc.integer({ min: 30, max: 60 }), (text, before, at, length) => {
        const start = at % Math.max(1, text.length - length);
        const passage = pin(text, { start, end: start + length }, { source: SOURCE, rendition: OLD });
        const longer = `${before}\n\n${text}`;
        const found = reanchor(passage, longer, NEW, noPages);
        expect(found.anchor).toBe('exact');
        expect(found.exact).toBe(passage.exact);
        expect(stands(longer, found)).toBe(true);
      }),
    );
  });

  test('of two equal quotes, finds the one whose context is its own', () => {
    const passage = of(TEXT, '500 tents');
    const short = {
      ...passage,
      exact: '500',
      end: passage.start + 3,
      suffix: TEXT.slice(passage.start + 3, passage.start + 67),
    };
    const found = findPassage(`A new first line, added by the reader.\n${TEXT}`, short)!;
    expect(found.anchor).toBe('exact');
    expect(found.start).toBe(short.start + 'A new first line, added by the reader.\n'.length);
  });

  test('is found nearly when its words changed a little', () => {
    const passage = of(TEXT, 'Observers who walked the same paths counted 1,500 people');
    const other = TEXT.replace('walked the same paths', 'walked thesame pa-ths').replace(
      'The prefecture',
      'Préfecture',
    );
    const found = reanchor(passage, other, NEW, noPages);
    expect(found.anchor).toBe('fuzzy');
    expect(found.exact).toBe('Observers who walked thesame pa-ths counted 1,500 people');
    expect(stands(other, found)).toBe(true);
  });

  test('is lost when its words are gone, and still stands in its old rendition', () => {
    const passage = of(TEXT, 'no belongings were destroyed');
    const other = 'A wholly different page about the timetable of ferries and the price of coffee on board.';
    expect(reanchor(passage, other, NEW, noPages)).toEqual({ ...passage, anchor: 'lost' });
  });

  test('is not taken for any number that looks alike', () => {
    const passage = of(TEXT, '500');
    expect(
      findPassage('Line 500 leaves the harbour station twice an hour, said the timetable.', passage),
    ).toBeNull();
  });

  test('whatever the new text, either stands in it or is lost', () => {
    fc.assert(
      fc.property(prose, prose, fc.nat(), fc.integer({ min: 1, max: 90 }), (text, other, at, length) => {
        const start = at % text.length;
        const end = Math.min(text.length, start + length);
        const passage = pin(text, { start, end }, { source: SOURCE, rendition: OLD });
        const found = reanchor(passage, other, NEW, noPages);
        if (found.anchor === 'lost') expect(found).toEqual({ ...passage, anchor: 'lost' });
        else {
          expect(found.rendition).toBe(NEW);
          expect(stands(other, found)).toBe(true);
          expect(found.anchor === 'exact').toBe(found.exact === passage.exact);
        }
      }),
    );
  });

  test('never ends inside a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), prose, (words, around) => {
        const text = `${around} ${words} ${around}`;
        const passage = of(text, words);
        const other = `${around.slice(5)} ${words}x ${around}`;
        const found = reanchor(passage, other, NEW, noPages);
        expect(found.exact.isWellFormed()).toBe(words.isWellFormed());
      }),
    );
  });
});
