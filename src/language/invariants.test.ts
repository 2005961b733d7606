// What holds of every output on every input: spans are slices that halve no character, and the same input gives the
// same output. Arbitrary Unicode, and the inputs that break rules made for prose.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateRange } from '../record/date.ts';
import { type Block, type ProposeContext, type Span, Suggestions } from '../record/suggestion.ts';
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
  'Ministry', 'Comments (3)\n', 'Photo: ', 'Read more: ', 'By A. Name\n', 'PARIS (Agency) — ', '12 comments\n', 'mouette62 il y a 2 heures\n',
  'Il y aurait ', 'would have ', 'asked whether ', 'se demande si ', 'a promis de ', 'was accused of ', 'the former ', 'cette dernière ', 'qui ', 'dont ', ', ', ', ',
  'in about 1850 ', 'la veille ', 'since ', 'du 3 au 5 mai 2016 ', 'spring 2016 ', 'from 600 to 80 ', 'three times as many ', 'trois fois plus ', 'one in five ', '(€4.1 million) ',
  '(', 'a dozen ', 'une centaine de ', '45 minutes ', '-', '/', '\t', '\u00a0', '\u2028', '\u00ad', '\ufeff', 'İ', 'ſ', 'ﬁ', 'ß', '一二三', '٣٤', 'e\u0301\u0301',
];

/** Sentences of both languages that the rules read, to be cut and mixed. */
const SENTENCES = [
  'The mayor of the town, a former teacher, said on Tuesday that 2,300 people had left.',
  '“We were told nothing,” a volunteer said. “Nobody came.”',
  'According to the council, up to 45 % of the £3.5 million (€4.1 million) was spent by 2019.',
  'Police evicted 300 people from the camp on 12 May 2016, the prefecture said.',
  'The ministry did not respond to a request for comment.',
  '« Nous partons, a dit la maire, demain », rapporte le journal.',
  'Selon l’association, quatre-vingt-dix-sept mineurs auraient été évacués la veille.',
  'Le préfet dément toute expulsion : « C’est faux. »',
  '— Je ne sais pas, répondit-elle, quand il viendra.',
  'A-t-il promis de revenir ? se demande l’élu.',
];

const hostile = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 60 }).map((parts) => parts.join(''));
/** Beginnings, ends and middles of sentences of both languages, with what may stand between. */
const mixed = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom(...SENTENCES), fc.nat(60), fc.nat(120))
        .map(([sentence, from, length]) => sentence.slice(from, from + length)),
      fc.constantFrom(...FRAGMENTS, ...SENTENCES, ' ', '\n\n'),
    ),
    { maxLength: 16 },
  )
  .map((parts) => parts.join(''));
const anyText = fc.oneof(
  hostile,
  mixed,
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.nat(0xffff), { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
);

/** What may be known of a text: names that stand in it and others, blocks that overlap or lie outside, dates of all kinds. */
const context = (text: string): fc.Arbitrary<ProposeContext> => {
  const at = fc.nat(text.length + 5);
  const part = fc.tuple(at, fc.nat(40)).map(([from, length]) => text.slice(from, from + length));
  const known = fc
    .record({ id: fc.uuid(), name: fc.oneof(part, hostile), aliases: fc.array(part, { maxLength: 3 }) })
    .map((name) => ({ ...name }));
  const block = fc.record({
    start: at,
    end: at,
    kind: fc.constantFrom<Block['kind'][]>(
      'title',
      'heading',
      'paragraph',
      'list-item',
      'caption',
      'table',
      'furniture',
    ),
  });
  return fc.record(
    {
      title: fc.oneof(part, hostile, fc.constant(null)),
      published: fc.constantFrom(
        null,
        '2020-02-29',
        '2016-10',
        '2016~',
        '2016-21',
        '2014/2016',
        '../2016',
        '',
        'soon',
      ),
      actors: fc.array(known, { maxLength: 3 }),
      places: fc.array(known, { maxLength: 3 }),
      blocks: fc.array(block, { maxLength: 4 }),
    },
    { requiredKeys: [] },
  );
};

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

/** Everything that must hold of suggestions, whatever they were made from. */
function expectSound(text: string, found: Suggestions): void {
  expect(Suggestions.safeParse(found).error).toBeUndefined();
  expectSlices(text, spansOf(found));
  for (const span of spansOf(found)) expect(text.slice(span.start, span.end).trim()).not.toBe('');
  for (const { content, when } of found.statements) {
    let end = 0;
    for (const piece of content) {
      expect(piece.start).toBeGreaterThanOrEqual(end);
      end = piece.end;
    }
    if (when !== null) expect(dateRange(when), when).not.toBeNull();
  }
  for (const { value, low, high, equivalents } of found.figures) {
    const numbers = [value, low, high, ...equivalents.map((other) => other.value)];
    for (const number of numbers) if (number !== null) expect(number).toSatisfy(Number.isFinite);
    if (low !== null && high !== null) expect(low).toBeLessThanOrEqual(high);
  }
  for (const { confidence } of [...found.statements, ...found.figures, ...found.incidents]) {
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
  }
  for (const starts of [
    found.statements.map(({ content }) => content[0]!.start),
    found.figures.map(({ span }) => span.start),
    found.incidents.map(({ span }) => span.start),
  ])
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
}

/** The same suggestions, each of their spans moved. */
function moved(found: Suggestions, by: number): Suggestions {
  return JSON.parse(JSON.stringify(found), (key, value) =>
    (key === 'start' || key === 'end') && typeof value === 'number' ? value + by : value,
  );
}

describe.each(LANGUAGES)('whatever the text, in %s', (language) => {
  it('every suggestion is sound, and every span of it a slice of the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expectSound(text, propose(text, language, { published: '2020-02-29' }));
      }),
      { numRuns: 800 },
    );
  });

  it('whatever is known of the text beside its words', () => {
    fc.assert(
      fc.property(
        fc.oneof(hostile, mixed).chain((text) => fc.tuple(fc.constant(text), context(text))),
        ([text, known]) => expectSound(text, propose(text, language, known)),
      ),
      { numRuns: 500 },
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

  it('empty lines before a text only move what is found in it', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const found = propose(text, language, { published: '2020-02-29' });
        const later = propose(`\n\n\n${text}`, language, { published: '2020-02-29' });
        expect(later).toEqual(moved(found, 3));
      }),
      { numRuns: 200 },
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
    ['incises without end', '« Oui, dit-il, non, répondit-elle, '.repeat(5000)],
    ['dialogue without end', '— Non, dit-il.\n'.repeat(8000)],
    ['dates without end', 'le 3 mai 2016, du 3 au 5 mai, since May, '.repeat(3000)],
    ['brackets that never close', 'up to £3 million (€4 million '.repeat(4000)],
    ['relatives within relatives', 'the man who said that the woman whom '.repeat(3000)],
    ['names without end', 'Marie Dupont, Mayor of Calais and '.repeat(3000)],
    ['according to, over and over', 'according to the mayor, selon la préfecture, '.repeat(2500)],
    ['empty lines', '\n \r\n\u2028'.repeat(30_000)],
    ['headings of comments', 'Comments\n\nReply\n\n'.repeat(6000)],
    ['hyphens', 'mid-quatre-vingt-'.repeat(8000)],
    ['an endless address', `http://${'a1/'.repeat(30_000)}`],
    ['stops without space', '1.'.repeat(50_000)],
  ];
  it.each(long)('%s', (_, text) => {
    for (const language of LANGUAGES) expectSound(text, propose(text, language, { published: '2020-02-29' }));
  });

  it('an empty text and white space propose nothing', () => {
    for (const text of ['', ' ', '\n\n\n', '\u00a0\t']) {
      const { statements, figures, incidents } = propose(text, 'en', {});
      expect([statements, figures, incidents]).toEqual([[], [], []]);
    }
  });
});
