// What holds of every output on every input: spans are slices that halve no character, and the same input gives the
// same output. Arbitrary Unicode, and the inputs that break rules made for prose.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, type Span, Suggestions } from '../record/suggestion.ts';
import { type Language, propose } from './propose.ts';
import { findQuotations } from './quotation.ts';
import { readText, tokenise } from './text-model.ts';

const LANGUAGES: Language[] = ['en', 'fr'];

/** Words, marks and half characters that set the rules off, in any order. */
// biome-ignore format: one long list reads better than a column
const FRAGMENTS = [
  '“', '”', '"', "'", '’', '‘', '«', '»', '‹', '›', '„', '‚', '— ', ' - ', '(', ')', '[', ']', ':', ', ', '. ', '! ', '… ', '\n', '\n\n', '\r\n',
  'the mayor ', 'said ', 'that ', 'according to ', 'did not respond to a request for comment', 'Police evicted ', 'He ', 'which ', 'denied ',
  'le maire ', 'a déclaré ', 'a-t-il ajouté', 'selon ', "n'a pas répondu", "s'indigne ", 'dit-il', 'La ministre ', "l'", "qu'",
  '2,300 ', '1 500 ', '1\u202f500', 'up to ', "jusqu'à ", '£12 million (€15 million) ', '50 % ', 'between 1 and 2 ', '+5 %', '12 May 2014 ', 'hier ',
  'quatre-vingt-', 'two hundred and ', 'a ', 'half ', 'Natacha Bouchart', 'M. ', 'U.S. ', 'Mr. ', '🏕️', '\ud83d', '\udc4d', 'é', 'e\u0301', '\u200f', 'مخيم ', '\0',
];

const hostile = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 60 }).map((parts) => parts.join(''));
const anyText = fc.oneof(
  hostile,
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.nat(0xffff), { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
);

function spansOf(found: Suggestions): Span[] {
  return [
    ...found.statements.flatMap(({ content, source, cue }) => [...content, source, cue]),
    ...found.figures.flatMap(({ span, equivalents }) => [span, ...equivalents.map((other) => other.span)]),
    ...found.incidents.map(({ span }) => span),
  ].filter((span) => span !== null);
}

function isSlice(text: string, { start, end }: Span): boolean {
  const halves = (edge: number) => {
    const before = text.charCodeAt(edge - 1);
    const after = text.charCodeAt(edge);
    return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  };
  return start >= 0 && start < end && end <= text.length && !halves(start) && !halves(end);
}

function expectSlices(text: string, spans: Span[]): void {
  expect(spans.filter((span) => !isSlice(text, span))).toEqual([]);
}

describe.each(LANGUAGES)('whatever the text, in %s', (language) => {
  it('every span of a suggestion is a slice of the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const found = propose(text, language, { published: '2020-02-29' });
        expect(Suggestions.safeParse(found).error).toBeUndefined();
        expectSlices(text, spansOf(found));
      }),
      { numRuns: 600 },
    );
  });

  it('the same text gives the same suggestions', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(propose(text, language, {})).toEqual(propose(text, language, {}));
      }),
      { numRuns: 200 },
    );
  });

  it('suggestions stand in text order', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { statements, figures, incidents } = propose(text, language, {});
        for (const starts of [
          statements.map(({ content }) => content[0]!.start),
          figures.map(({ span }) => span.start),
          incidents.map(({ span }) => span.start),
        ])
          expect(starts).toEqual([...starts].sort((a, b) => a - b));
      }),
      { numRuns: 250 },
    );
  });

  it('nothing is proposed from a block that the reader called furniture', () => {
    fc.assert(
      fc.property(hostile, hostile, (kept, dropped) => {
        const text = `${kept}\n\n${dropped}`;
        const from = kept.length + 2;
        const blocks: Block[] = [{ start: from, end: text.length, kind: 'furniture' }];
        for (const span of spansOf(propose(text, language, { blocks })))
          expect(span.start).toBeLessThan(from);
      }),
      { numRuns: 250 },
    );
  });

  it('tokens and sentences are slices, in order, that together hold every mark and letter', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { sentences, paragraphs } = readText(text, language);
        for (const spans of [sentences, paragraphs]) {
          expectSlices(text, spans);
          let end = 0;
          for (const span of spans) {
            expect(span.start).toBeGreaterThanOrEqual(end);
            end = span.end;
          }
        }
        const tokens = sentences.flatMap(({ start, end }) => tokenise(text, start, end, language));
        for (const token of tokens) expect(token.text).toBe(text.slice(token.start, token.end));
        const squeeze = (value: string) => value.replace(/[\s\u0085]/gu, '');
        expect(squeeze(tokens.map((token) => token.text).join(''))).toBe(squeeze(text));
      }),
      { numRuns: 400 },
    );
  });

  it('quotations are slices and never cross', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const quotations = findQuotations(readText(text, language));
        const open: Span[] = [];
        for (const { outer, inner, depth } of quotations) {
          expectSlices(text, [outer, inner]);
          expect(outer.start).toBeLessThanOrEqual(inner.start);
          expect(inner.end).toBeLessThanOrEqual(outer.end);
          while (open.length > 0 && open.at(-1)!.end <= outer.start) open.pop();
          if (open.length > 0) expect(outer.end).toBeLessThanOrEqual(open.at(-1)!.end);
          expect(depth).toBe(open.length);
          open.push(outer);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('hostile texts', () => {
  const long: [string, string][] = [
    ['one endless word', 'x'.repeat(200_000)],
    ['one endless line of words', 'the mayor said that people '.repeat(4000)],
    ['nothing but digits', '7'.repeat(100_000)],
    ['nothing but quotation marks', `"'“‘«`.repeat(20_000)],
    ['opening marks that never close', '“word '.repeat(20_000)],
    ['single marks everywhere', `'a -'b ('c `.repeat(20_000)],
    ['quotations over every sentence end', '"a. B" said '.repeat(10_000)],
    ['number words without end', 'two hundred and '.repeat(10_000)],
    ['half characters', '\ud83d'.repeat(20_000)],
    ['an endless address', `http://${'a1/'.repeat(30_000)}`],
    ['stops without space', '1.'.repeat(50_000)],
  ];
  it.each(long)('%s', (_, text) => {
    for (const language of LANGUAGES) expectSlices(text, spansOf(propose(text, language, {})));
  });

  it('an empty text and white space propose nothing', () => {
    for (const text of ['', ' ', '\n\n\n', '\u00a0\t']) {
      const { statements, figures, incidents } = propose(text, 'en', {});
      expect([statements, figures, incidents]).toEqual([[], [], []]);
    }
  });
});
