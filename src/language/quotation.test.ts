// Quotation marks of both languages, told from apostrophes, nested, unclosed and re-opened.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Language } from './propose.ts';
import { findQuotations } from './quotation.ts';
import { readText } from './text-model.ts';

const quotations = (text: string, language: Language = 'en') => findQuotations(readText(text, language));
const inner = (text: string, language: Language = 'en') =>
  quotations(text, language).map((quotation) => text.slice(quotation.inner.start, quotation.inner.end));
const pieces = (text: string, language: Language = 'fr') =>
  quotations(text, language).flatMap((quotation) =>
    quotation.pieces.map(({ start, end }) => text.slice(start, end)),
  );

const groups: Record<string, [string, Language, string[]][]> = {
  'double marks': [
    ['He said “go” and "stay".', 'en', ['go', 'stay']],
    ['“She called it ‘a trap’ twice,” he said.', 'en', ['She called it ‘a trap’ twice,', 'a trap']],
    ['"They called it "home" once," she said.', 'en', ['They called it "home" once,', 'home']],
    ['“” and "" are empty', 'en', []],
    ['„Nein“, sagte er, ‚nie‘.', 'en', ['Nein', 'nie']],
    ["He said ``we go'' and ''they stay''.", 'en', ['we go', 'they stay']],
    ['He said"we go"and left.', 'en', ['we go']],
    ['Il a dit " non " hier.', 'fr', ['non']],
  ],
  guillemets: [
    ['« Il a dit “non” hier », dit-elle.', 'fr', ['Il a dit “non” hier', 'non']],
    ['«\u00a0Oui\u00a0» et ‹\u202fnon\u202f›', 'fr', ['Oui', 'non']],
    ["L'État qu’on dit « d'urgence »", 'fr', ["d'urgence"]],
    ['<< Le bois est vide >>, a dit le maire.', 'fr', ['Le bois est vide']],
    ['Le plan »Nord« et le plan »Sud«', 'fr', ['Nord', 'Sud']],
    ['« Le maire a dit « non » hier », dit-elle.', 'fr', ['Le maire a dit « non » hier', 'non']],
  ],
  'single marks': [
    ["The migrants' tents weren't 'temporary', she said.", 'en', ['temporary']],
    ["'The residents' tents were cut,' he said.", 'en', ["The residents' tents were cut,"]],
    ['‘It’s the parents’ choice,’ she said.', 'en', ['It’s the parents’ choice,']],
    ["'We will go,' he said. 'Nobody's tents are safe.'", 'en', ['We will go,', "Nobody's tents are safe."]],
    ["The `gate' is shut.", 'en', ['gate']],
    ['A ’closed’ gate.', 'en', ['closed']],
    ['\'They called it "home",\' she said.', 'en', ['They called it "home",', 'home']],
  ],
  apostrophes: [
    ["In the '90s it was the people's port, wasn't it?", 'en', []],
    ["Rock 'n' roll, fish 'n' chips, tell 'em, 'twas so.", 'en', []],
    ["O'Brien and the workers' tents, the boss's van.", 'en', []],
    ["L'homme d'Ouest n'a qu'une tente, aujourd'hui.", 'fr', []],
    ['the class of ’98 and ’em', 'en', []],
  ],
  'feet, inches, seconds': [
    ['A 6" pipe and a 12" pipe.', 'en', []],
    ['He is 5\'10" and she is 5\'4".', 'en', []],
    ['“It was a 12" pipe,” he said.', 'en', ['It was a 12" pipe,']],
    ['He said "it happened in 2016" twice.', 'en', ['it happened in 2016']],
  ],
  'slips of the pen': [
    ['A “slip and then “a word” here.', 'en', ['a word']],
    ['He said “we go" and “they stay“.', 'en', ['we go', 'they stay']],
    ['”We go,” he said.', 'en', ['We go,']],
    ['”… and so we went,” he said.', 'en', ['… and so we went,']],
    ['He said “we will go and never come back. The mayor agreed.', 'en', ['we will go and never come back.']],
    ['A stray " mark. The rest of it is text. And more of it.', 'en', []],
    ['Words » without beginning.', 'fr', []],
  ],
};

describe('quotations', () => {
  describe.each(Object.entries(groups))('%s', (_, cases) => {
    it.each(cases)('%s', (text, language, expected) => expect(inner(text, language)).toEqual(expected));
  });

  it('a quotation re-opened at each paragraph goes on', () => {
    const found = quotations('“First part.\n\n“Second part,” he said.');
    expect(found.map(({ closed, continuation }) => [closed, continuation])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it('single marks are re-opened too', () => {
    const text = "'First part, and it is long.\n\n'Second part,' he said.";
    expect(inner(text)).toEqual(['First part, and it is long.', 'Second part,']);
  });

  it('a quotation that is not re-opened goes on to its only closing mark', () => {
    const text = '« Premier point.\n\nDeuxième point.\n\nTroisième point », dit-elle. Puis rien.';
    const found = quotations(text, 'fr');
    expect(inner(text, 'fr')).toEqual(['Premier point.', 'Deuxième point.', 'Troisième point']);
    expect(found.map(({ closed, continuation }) => [closed, continuation])).toEqual([
      [false, false],
      [false, true],
      [true, true],
    ]);
  });

  it('a stray mark swallows no more than its own paragraph, and no closed quotation after it', () => {
    const text = '“A stray mark begins this.\n\nA paragraph of text.\n\nHe said “go”.';
    expect(inner(text)).toEqual(['A stray mark begins this.', 'go']);
  });
});

describe('French dialogue and reporting clauses', () => {
  it.each([
    ['— Je ne sais pas, dit-il.', ['Je ne sais pas,']],
    ['— Non, dit-il, jamais.', ['Non,', 'jamais.']],
    ['« — Non, dit-il, jamais. »', ['— Non,', 'jamais.']],
    [
      '— Partez ! s’écria la gardienne. Je ne veux plus vous voir.',
      ['Partez !', 'Je ne veux plus vous voir.'],
    ],
    ['— Partez ! dit la gardienne en se levant. Elle ferma la porte.', ['Partez !']],
    ['— Qui vient ? — Personne, répondit le garçon.', ['Qui vient ?', 'Personne,']],
    ['« Nous partirons, a déclaré le maire, avant la nuit. »', ['Nous partirons,', 'avant la nuit.']],
    ['« Le bois, a-t-il ajouté, sera vidé. »', ['Le bois,', 'sera vidé.']],
    ['« Le maire, le préfet et le juge sont venus. »', ['Le maire, le préfet et le juge sont venus.']],
    ['-- Oui, fit-elle ; il faut partir.', ['Oui,', 'il faut partir.']],
    ['- Non, dit-il.', ['Non,']],
  ])('%s', (text, expected) => expect(pieces(text)).toEqual(expected));

  it('the items of a list are not spoken', () => {
    expect(pieces('- Ouvrir le gymnase\n- Fermer le camp')).toEqual([]);
  });

  it('an English line opened by a dash is none', () => {
    expect(inner('— I do not know, he said.', 'en')).toEqual([]);
  });
});

describe('whatever the text', () => {
  const marks = [
    '“',
    '”',
    '"',
    "'",
    '’',
    '‘',
    '«',
    '»',
    '‹',
    '›',
    '„',
    '‚',
    "''",
    '``',
    '<<',
    '>>',
    '— ',
    '-- ',
    '- ',
  ];
  const words = [
    'a',
    'Le maire',
    ' dit-il',
    ', a dit le maire, ',
    '. ',
    ' ',
    '! ',
    '\n\n',
    '\n',
    '12',
    "l'",
    's ',
    '\u00a0',
    'é',
  ];
  const text = fc
    .array(fc.constantFrom(...marks, ...words), { maxLength: 50 })
    .map((parts) => parts.join(''));

  it('pieces are slices of inner, in order, and inner of outer; none cross', () => {
    fc.assert(
      fc.property(text, fc.constantFrom<Language>('en', 'fr'), (value, language) => {
        const open: number[] = [];
        let last = -1;
        for (const { outer, inner: within, pieces: spoken, depth } of quotations(value, language)) {
          expect(outer.start).toBeGreaterThanOrEqual(last);
          last = outer.start;
          expect(outer.start <= within.start && within.start < within.end && within.end <= outer.end).toBe(
            true,
          );
          let end = within.start;
          for (const piece of spoken) {
            expect(piece.start).toBeGreaterThanOrEqual(end);
            expect(piece.end).toBeGreaterThan(piece.start);
            end = piece.end;
          }
          expect(spoken.length > 0 && end <= within.end).toBe(true);
          while (open.length > 0 && open.at(-1)! <= outer.start) open.pop();
          expect(depth).toBe(open.length);
          if (open.length > 0) expect(outer.end).toBeLessThanOrEqual(open.at(-1)!);
          open.push(outer.end);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('no shape of text takes the time of its square', () => {
    for (const unit of [
      '"',
      "'",
      '“',
      '« ',
      "'a ",
      '“a ',
      '— Oui. ',
      '«\n\n',
      "'a\n\n'",
      '„',
      '“\n\na\n\nb\n\nc\n\n',
      '"a 1" b ',
    ])
      expect(quotations(unit.repeat(60_000), 'fr').length).toBeLessThanOrEqual(120_001);
  });
});
