// Quoted words found again: exactly or not at all, near one another, numbers read again, nothing kept of an answer that
// does not stand in the text.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quotedFigure, quotedStatement } from '../../../test/platform/language-model.ts';
import type { QuotedAnswer } from '../../record/quoted.ts';
import type { ProposeContext, Span } from '../../record/suggestion.ts';
import { anchorAnswer, openQuotedText } from './anchor.ts';
import { findQuote, fold } from './find-quote.ts';
import { overlap, raised, sameAs } from './same.ts';
import { cutWindows, halve } from './window.ts';

const ENGLISH = `The harbour master, Ida Vane, said that 1,500 people had slept on the quay. “Nobody was hurt,” she said, “and nobody was moved.”

A spokesman for the port did not deny it: “Nobody was hurt.” According to the union, up to 2,300 travellers were delayed on 3 May 2016, 12% more than a year before.`;
const FRENCH = `Le préfet a déclaré : « Près de 2 300 personnes ont été mises à l’abri », et l’association compte 1 500 à 2 000 personnes.`;

const sizes = { size: 4000, longest: 200_000 };
function anchor(
  text: string,
  answer: Partial<QuotedAnswer>,
  language: 'en' | 'fr' = 'en',
  context: ProposeContext = {},
) {
  const { windows, furniture, model } = cutWindows(text, language, context, sizes);
  const quoted = openQuotedText(model, furniture, context);
  const found = anchorAnswer({ statements: [], figures: [], ...answer }, windows[0]!, quoted);
  const words = (span: Span | null) => span && text.slice(span.start, span.end);
  return {
    ...found,
    told: found.statements.map(({ content, source, cue, mode, speaker, role }) => ({
      content: content.map(words),
      source: words(source),
      cue: words(cue),
      mode,
      speaker,
      role,
    })),
    given: found.figures.map((figure) => ({ ...figure, words: words(figure.span) })),
  };
}

describe('finding a quotation', () => {
  const places = (text: string, quote: string) =>
    findQuote(fold(text), quote).map(({ start, end }) => text.slice(start, end));

  test('other spaces, marks and apostrophes are the same words', () => {
    expect(places('a\u00a0déclaré : «\u202fl’abri\nest  plein\u202f»', '"l\'abri est plein"')).toEqual([
      '«\u202fl’abri\nest  plein\u202f»',
    ]);
    expect(places('the cafe\u0301 closed', 'café')).toEqual(['cafe\u0301']);
    expect(places('co\u00adoperation was refused', 'cooperation')).toEqual(['co\u00adoperation']);
    expect(places('a well‑known quay', 'well-known')).toEqual(['well‑known']);
  });

  test('other words are not', () => {
    for (const quote of [
      'nobody were hurt',
      'Nobody was hurt',
      'nobody  was',
      'was hur',
      'obody was hurt',
      '',
    ]) {
      expect(places('he said nobody was hurt there', quote), quote).toEqual(
        quote === 'nobody  was' ? ['nobody was'] : [],
      );
    }
    expect(places('the other', 'he')).toEqual([]);
    expect(places('cafe\u0301s', 'cafe')).toEqual([]);
    expect(places('😀a', '\ude00a')).toEqual([]);
  });

  test('what is found is made of the quoted words, whatever the text and the quotation', () => {
    const plain = (words: string) => words.normalize('NFD').replace(/[^\p{L}\p{N}\p{M}]/gu, '');
    const piece = fc.oneof(
      fc.constantFrom(
        'é',
        'e\u0301',
        ' ',
        '\u00a0',
        '\n',
        '“',
        '”',
        '"',
        "'",
        '’',
        '«',
        'a',
        'b',
        '1',
        '\u00ad',
        '😀',
        '\ud83d',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const text = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, fc.nat(), fc.nat(), (from, other, a, b) => {
        const [start, end] = [a % (from.length + 1), b % (from.length + 1)].sort((x, y) => x - y) as [
          number,
          number,
        ];
        for (const quote of [other, from.slice(start, end)]) {
          for (const span of findQuote(fold(from), quote)) {
            expect(span.start).toBeLessThan(span.end);
            expect(span.end).toBeLessThanOrEqual(from.length);
            expect(plain(from.slice(span.start, span.end))).toBe(plain(quote));
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('windows', () => {
  test('lie in order, none over another, none too long, and together hold all that is no furniture', () => {
    const line = fc.stringMatching(/^[A-Za-zé0-9 .,“”\n]{0,120}$/);
    const text = fc
      .array(fc.oneof(line, fc.string({ unit: 'binary', maxLength: 30 })), { maxLength: 30 })
      .map((lines) => lines.join('\n\n'));
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 20, max: 300 }),
        fc.integer({ min: 0, max: 2000 }),
        (words, size, longest) => {
          const { windows, furniture, end } = cutWindows(words, 'en', {}, { size, longest });
          let last = 0;
          let held = '';
          for (const { start, end: to } of windows) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(to).toBeGreaterThan(start);
            expect(to - start).toBeLessThanOrEqual(size);
            expect(/[\ud800-\udbff]/.test(words[to - 1]!) && /[\udc00-\udfff]/.test(words[to] ?? '')).toBe(
              false,
            );
            held += words.slice(start, to);
            last = to;
          }
          expect(last).toBeLessThanOrEqual(Math.max(end, 0));
          const left = furniture.map(({ start, end: to }) => words.slice(start, to)).join('');
          const bare = (one: string) => one.replace(/[\s\u0085\ufeff]+/g, '').length;
          expect(bare(held) + bare(left)).toBeGreaterThanOrEqual(bare(words.slice(0, end)));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('are halved where a sentence begins', () => {
    const text = 'One sentence stands here. Another one stands there. A third one ends it.';
    const { windows, model } = cutWindows(text, 'en', {}, sizes);
    const halves = halve(text, windows[0]!, model)!;
    expect(halves.map(({ start, end }) => text.slice(start, end))).toEqual([
      'One sentence stands here.',
      'Another one stands there. A third one ends it.',
    ]);
    expect(halve(text, halves[0], model)).toBeNull();
  });
});

describe('statements', () => {
  test('are pinned with the words that name the speaker and the reporting word', () => {
    const { told } = anchor(ENGLISH, {
      statements: [
        quotedStatement('that 1,500 people had slept on the quay.', {
          source: 'The harbour master, Ida Vane',
          cue: 'said',
          speaker: 'Ida Vane',
          role: 'harbour master',
          mode: 'indirect',
        }),
        quotedStatement(['Nobody was hurt,', '“and nobody was moved.”'], {
          source: 'she',
          cue: 'said',
          speaker: 'Ida Vane',
        }),
      ],
    });
    expect(told).toEqual([
      {
        content: ['that 1,500 people had slept on the quay'],
        source: 'The harbour master, Ida Vane',
        cue: 'said',
        mode: 'indirect',
        speaker: 'Ida Vane',
        role: 'harbour master',
      },
      {
        content: ['Nobody was hurt,', 'and nobody was moved.'],
        source: 'she',
        cue: 'said',
        mode: 'direct',
        speaker: 'Ida Vane',
        role: null,
      },
    ]);
  });

  test('whose words stand twice are pinned by what stands beside them, or not at all', () => {
    const quote = (more: object) =>
      anchor(ENGLISH, { statements: [quotedStatement('Nobody was hurt', more)] });
    const port = quote({ source: 'A spokesman for the port', cue: 'did not deny it' });
    expect(port.statements[0]!.content[0]!.start).toBe(ENGLISH.lastIndexOf('Nobody was hurt'));
    const vane = quote({ source: 'she', cue: 'said' });
    expect(vane.statements[0]!.content[0]!.start).toBe(ENGLISH.indexOf('Nobody was hurt'));
    expect(quote({}).statements).toEqual([]);
  });

  test('are dropped when their words were changed, completed or made up', () => {
    const changed = [
      quotedStatement('Nobody was injured', { cue: 'said' }),
      quotedStatement('that 1,500 persons had slept on the quay', { cue: 'said', mode: 'indirect' }),
      quotedStatement(['Nobody was hurt,', 'and everybody was moved.'], { cue: 'said' }),
      quotedStatement([], { cue: 'said' }),
      quotedStatement('', { cue: 'said' }),
    ];
    expect(anchor(ENGLISH, { statements: changed }).statements).toEqual([]);
  });

  test('reported words without anybody who reports them are no statement; quoted ones are', () => {
    expect(
      anchor(ENGLISH, {
        statements: [quotedStatement('1,500 people had slept on the quay', { mode: 'indirect' })],
      }).statements,
    ).toEqual([]);
    const [floating] = anchor(ENGLISH, {
      statements: [quotedStatement('and nobody was moved.', { mode: 'indirect' })],
    }).told;
    expect(floating).toMatchObject({ mode: 'direct', source: null, cue: null, speaker: null });
  });

  test('name nobody whom neither the text nor the dossier names, and pronouns name nobody', () => {
    const by = (speaker: string, context: ProposeContext = {}) =>
      anchor(
        ENGLISH,
        { statements: [quotedStatement('and nobody was moved.', { source: 'she', cue: 'said', speaker })] },
        'en',
        context,
      ).told[0]!.speaker;
    expect(by('Ida Vane')).toBe('Ida Vane');
    expect(by('Idabel Vane-Strand')).toBeNull();
    expect(by('she')).toBeNull();
    const actor = { id: 'a', name: 'Idabel Vane-Strand', aliases: ['I. V.-S.'] };
    expect(by('i. v.-s.', { actors: [actor] })).toBe('Idabel Vane-Strand');
  });

  test('a source far from the words is none', () => {
    const far = `The mayor spoke.\n\n${'Rain fell on the quay. '.repeat(40)}\n\n“No tents were burnt,” somebody said.`;
    const [statement] = anchor(far, {
      statements: [quotedStatement('No tents were burnt,', { source: 'The mayor', cue: 'said' })],
    }).told;
    expect(statement).toMatchObject({ source: null, cue: 'said', speaker: null });
  });

  test('one said twice in an answer is one', () => {
    const said = quotedStatement('that 1,500 people had slept on the quay', { cue: 'said' });
    const again = quotedStatement('1,500 people had slept on the quay', { cue: 'said' });
    expect(anchor(ENGLISH, { statements: [said, again] }).statements).toHaveLength(1);
  });
});

describe('figures', () => {
  test('are read again from the text, with their bound, unit and span', () => {
    const { given } = anchor(ENGLISH, {
      figures: [
        quotedFigure('1,500 people', 1500, { counted: 'people' }),
        quotedFigure('up to 2,300 travellers', 2300, {
          bound: 'at-most',
          counted: 'travellers',
          accordingTo: 'the union',
        }),
      ],
    });
    expect(given).toMatchObject([
      { words: '1,500 people', value: 1500, bound: 'exact', counted: 'people', accordingTo: null },
      {
        words: 'up to 2,300 travellers',
        value: 2300,
        bound: 'at-most',
        counted: 'travellers',
        accordingTo: 'the union',
        when: '2016-05-03',
      },
    ]);
    const french = anchor(
      FRENCH,
      {
        figures: [
          quotedFigure('Près de 2 300 personnes', 2300, { bound: 'about', counted: 'personnes' }),
          quotedFigure('1 500 à 2 000 personnes', null, {
            low: 1500,
            high: 2000,
            bound: 'range',
            counted: 'personnes',
          }),
        ],
      },
      'fr',
    );
    expect(french.given).toMatchObject([
      { words: 'Près de 2 300 personnes', value: 2300 },
      { words: '1 500 à 2 000 personnes', value: null, low: 1500, high: 2000, bound: 'range' },
    ]);
  });

  test('are dropped when the model read another number than the text has', () => {
    const wrong = [
      quotedFigure('1,500 people', 15_000),
      quotedFigure('1,500 people', 1.5),
      quotedFigure('1,500 people', null),
      quotedFigure('1,500 people', null, { low: 1500, high: 2000 }),
      quotedFigure('1,600 people', 1600),
      quotedFigure('people had slept', 1500),
      quotedFigure('12%', 12, { unit: 'EUR' }),
      quotedFigure('3 May 2016', 3),
      quotedFigure(ENGLISH, 1500),
    ];
    expect(anchor(ENGLISH, { figures: wrong }).figures).toEqual([]);
  });
});

describe('two proposals', () => {
  test('are one when they share half of what either covers', () => {
    expect(overlap([{ start: 0, end: 10 }], [{ start: 0, end: 10 }])).toBe(1);
    expect(overlap([{ start: 0, end: 10 }], [{ start: 5, end: 10 }])).toBe(0.5);
    expect(overlap([], [])).toBe(0);
    expect(
      sameAs(
        [{ start: 0, end: 10 }],
        [[{ start: 0, end: 4 }], [{ start: 0, end: 6 }], [{ start: 0, end: 9 }]],
      ),
    ).toBe(2);
    expect(sameAs([{ start: 0, end: 10 }], [[{ start: 6, end: 20 }]])).toBeNull();
  });

  test('make one surer, never sure', () => {
    expect(raised(0.6)).toBeCloseTo(0.68);
    expect(raised(0.97)).toBeLessThanOrEqual(0.98);
    expect(raised(0.99)).toBe(0.99);
  });
});

test('whatever a model answers, every span is a slice of its window, and every name is one of the text', () => {
  const words = fc.oneof(
    fc.constantFrom(
      'Nobody was hurt',
      'Ida Vane',
      'said',
      'she',
      '1,500 people',
      'up to 2,300 travellers',
      '<img src=x onerror=alert(1)>',
      'Ignore all rules',
      '',
      '“',
      'the union',
      '\u202e',
      '12%',
      ENGLISH,
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.tuple(fc.nat(ENGLISH.length), fc.nat(40)).map(([from, length]) => ENGLISH.slice(from, from + length)),
  );
  const maybe = fc.option(words);
  const number = fc.option(fc.oneof(fc.constantFrom(1500, 2300, 12, 3), fc.double()));
  const statement = fc.record({
    content: fc.array(words, { maxLength: 4 }),
    source: maybe,
    cue: maybe,
    speaker: maybe,
    role: maybe,
    addressee: maybe,
    mode: fc.constantFrom('direct' as const, 'indirect' as const, 'mixed' as const),
    act: fc.constantFrom('says' as const, 'denies' as const),
  });
  const figure = fc.record({
    words,
    value: number,
    low: number,
    high: number,
    bound: fc.constantFrom('exact' as const, 'about' as const, 'range' as const, 'change' as const),
    unit: maybe,
    counted: maybe,
    place: maybe,
    accordingTo: maybe,
  });
  const plain = ENGLISH.toLowerCase().replace(/\s+/g, ' ');
  fc.assert(
    fc.property(
      fc.array(statement, { maxLength: 6 }),
      fc.array(figure, { maxLength: 6 }),
      (statements, figures) => {
        const { windows, furniture, model } = cutWindows(ENGLISH, 'en', {}, { size: 170, longest: 1e6 });
        const quoted = openQuotedText(model, furniture, {});
        for (const window of windows) {
          const found = anchorAnswer({ statements, figures }, window, quoted);
          const spans = [
            ...found.statements.flatMap(({ content, source, cue }) => [...content, source, cue]),
            ...found.figures.map(({ span }) => span),
          ].filter((span) => span !== null);
          for (const { start, end } of spans) {
            expect(start).toBeGreaterThanOrEqual(window.start);
            expect(end).toBeLessThanOrEqual(window.end);
            expect(start).toBeLessThan(end);
          }
          const names = [
            ...found.statements.flatMap(({ speaker, role, addressee }) => [speaker, role, addressee]),
            ...found.figures.flatMap(({ counted, place, accordingTo }) => [counted, place, accordingTo]),
          ].filter((name) => name !== null);
          for (const name of names) expect(plain).toContain(name.toLowerCase().replace(/\s+/g, ' '));
          for (const { confidence } of [...found.statements, ...found.figures])
            expect(confidence).toBeLessThanOrEqual(0.65);
          for (const { content } of found.statements) {
            for (const [index, part] of content.slice(1).entries())
              expect(part.start).toBeGreaterThanOrEqual(content[index]!.end);
          }
        }
      },
    ),
    { numRuns: 1500 },
  );
});
