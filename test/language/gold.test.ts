/** The reader of gold files and its comparison, without which the regression set could pass for the wrong reason. */
import { describe, expect, it } from 'vitest';
import { describeResult, GoldError, parseGold, readGold, runGold, scoreGold } from './gold.ts';

const EXAMPLE = `// a remark
# a quotation before its verb
published: 2019-11-08
actors: Comité du port = le comité | CDP
title: Un titre
« ⟦c1 Nous avons compté ⟦f1 près de 40 tentes⟧ (⟦e1 un hectare⟧)⟧ », ⟦v1 a déclaré⟧ ⟦s1 la maire⟧.

Il pleuvait.
--
1: direct says; speaker=la maire; role=maire | maire du port; addressee=null
f1: value=40; bound=about; counted=tentes

# nothing here
check: statements, dates
Il pleuvait ⟦d1 hier⟧.
--
d1: null
`;
const parse = (source: string) => parseGold(source, 'x/family.txt', 'fr');

describe('parseGold', () => {
  it('reads headers, text, marks and expectations', () => {
    const [first, second] = parse(EXAMPLE);
    const { text, statements, figures } = first!;
    const words = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    expect(text).toBe(
      '« Nous avons compté près de 40 tentes (un hectare) », a déclaré la maire.\n\nIl pleuvait.',
    );
    expect(first).toMatchObject({ name: 'a quotation before its verb', family: 'family', line: 2 });
    expect(first!.context).toEqual({
      title: 'Un titre',
      published: '2019-11-08',
      actors: [{ id: 'actor-1', name: 'Comité du port', aliases: ['le comité', 'CDP'] }],
      places: [],
    });
    expect(statements[0]).toMatchObject({ number: 1, mode: 'direct', act: 'says' });
    expect(statements[0]!.content.map(words)).toEqual(['Nous avons compté près de 40 tentes (un hectare)']);
    expect([words(statements[0]!.source!), words(statements[0]!.cue!)]).toEqual(['la maire', 'a déclaré']);
    expect([...statements[0]!.fields]).toEqual([
      ['speaker', ['la maire']],
      ['role', ['maire', 'maire du port']],
      ['addressee', [null]],
    ]);
    expect(words(figures[0]!.span)).toBe('près de 40 tentes');
    expect(figures[0]!.equivalents.map(words)).toEqual(['un hectare']);
    expect(second).toMatchObject({ check: ['statements', 'dates'], line: 13, statements: [] });
    expect(second!.dates).toEqual([{ number: 1, span: { start: 12, end: 16 }, edtf: null }]);
  });

  it.each([
    ['Un texte.', 'x/family.txt:1: a case begins'],
    ['# a\n', 'has no text'],
    ['# a\nUn ⟦c1 texte.\n--\n1: direct says', 'c1 is not closed'],
    ['# a\nUn texte⟧.', 'closes nothing'],
    ['# a\nUn ⟦q1 texte⟧.', 'a mark is'],
    ['# a\nUn ⟦c1  ⟧texte.', 'around nothing'],
    ['# a\nUn ⟦c1 texte⟧.', 'statement 1 has no line'],
    ['# a\nUn ⟦s1 texte⟧.\n--\n1: direct says', 'has no content'],
    ['# a\nUn ⟦c1 texte⟧.\n--\n1: direct speaks', 'not a mode and an act'],
    ['# a\nUn ⟦c1 texte⟧.\n--\n1: direct says; speakr=lui', 'no field "speakr"'],
    ['# a\nUn ⟦c1 texte⟧.\n--\n1: direct says; speaker=?', 'must be known'],
    ['# a\nUn ⟦c1 texte⟧.\n--\n1: direct says; venue=bistro', 'not a venue'],
    ['# a\nUn ⟦f1 texte⟧.\n--\nf1: value=many', 'is a number'],
    ['# a\nUn texte.\n--\n1: direct says', 'nothing is marked 1'],
    ['# a\nUn ⟦e1 texte⟧.', 'e1 has no figure'],
    ['# a\ncheck: figures\nUn ⟦c1 texte⟧.\n--\n1: direct says', 'marked but not checked'],
    ['# a\ncheck: verbs\nUn texte.', 'not "verbs"'],
    ['# a\nUn texte.\n# a\nUn texte.', 'another case "a"'],
  ])('refuses %j', (source, message) => {
    expect(() => parse(source)).toThrow(GoldError);
    expect(() => parse(source)).toThrow(message);
  });
});

describe('runGold', () => {
  const problemsOf = (source: string) => runGold(parse(source)[0]!).problems;
  const RIGHT =
    '« ⟦c1 Rien ne change⟧ », ⟦v1 a déclaré⟧ ⟦s1 la maire⟧.\n--\n1: direct says; speaker=la maire';

  it('has nothing to say of a case that is right, tolerant of edge punctuation', () => {
    expect(problemsOf(`# a\n${RIGHT}`)).toEqual([]);
    expect(problemsOf(`# a\n${RIGHT.replace('« ⟦c1 Rien ne change⟧ »', '⟦c1 « Rien ne change »⟧')}`)).toEqual(
      [],
    );
  });

  it.each([
    ['an extra statement', '« Rien ne change », a déclaré la maire.', 'extra statement: “Rien ne change”'],
    ['a missing one', '⟦c1 Il pleut⟧.\n--\n1: direct says', 'statement 1 is missing: “Il pleut”'],
    [
      'a wrong content',
      RIGHT.replace('⟦c1 Rien ', 'Rien ⟦c1 '),
      'content: expected “ne change”, found “Rien',
    ],
    ['a source not marked', RIGHT.replace('⟦s1 la maire⟧', 'la maire'), 'source: expected none, found “la'],
    ['a wrong cue', RIGHT.replace('⟦v1 a déclaré⟧', 'a ⟦v1 déclaré⟧'), 'cue: expected “déclaré”'],
    ['a wrong mode', RIGHT.replace('direct', 'mixed'), 'mode: expected mixed, found direct'],
    ['a wrong act', RIGHT.replace('says', 'denies'), 'act: expected denies, found says'],
    [
      'a wrong field',
      RIGHT.replace('=la maire', '=le maire | il'),
      'speaker: expected le maire or il, found la',
    ],
    ['an extra figure', 'On a compté 40 tentes.', 'extra figure: “40 tentes” (value 40)'],
    ['a missing figure', '⟦f1 Il⟧ pleut.', 'figure f1 is missing: “Il”'],
    ['a wrong value', 'On a compté ⟦f1 40 tentes⟧.\n--\nf1: value=41', 'value: expected 41, found 40'],
    [
      'an absent field',
      'On a compté ⟦f1 40 tentes⟧.\n--\nf1: counted=null',
      'counted: expected none, found tentes',
    ],
  ])('tells %s', (_, body, problem) => {
    const problems = problemsOf(`# a\n${body}`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('tells wrong, missing and extra dates', () => {
    const source =
      '# a\npublished: 2019-11-08\ncheck: dates\n⟦d1 Il⟧ vint ⟦d2 hier⟧, en 2018.\n--\nd1: 2019\nd2: 2019';
    expect(problemsOf(source)).toEqual([
      'date d1 is missing: “Il” (2019)',
      'extra date: “2018” (2018)',
      'date d2 “hier”: expected 2019, found 2019-11-07',
    ]);
  });

  it('names the case, its file and its line, and counts by family', () => {
    const [right, wrong] = parse(`# right\n${RIGHT}\n\n# wrong\nOn a compté 40 tentes.`);
    expect(describeResult(runGold(wrong!)).split('\n')[0]).toBe('x/family.txt:6  wrong');
    expect([...scoreGold([right!, wrong!])]).toEqual([['family', { passed: 1, total: 2 }]]);
  });
});

it('readGold tells a folder that is not there from one without cases', () => {
  expect(readGold(`${import.meta.dirname}/none`, 'fr')).toBeNull();
});
