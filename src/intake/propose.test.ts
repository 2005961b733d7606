// From spans to records: everything pinned, everything sound, what does not fit left out.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stands } from '../record/passage.ts';
import type { Source } from '../record/source.ts';
import type { FigureSuggestion, Span, StatementSuggestion, Suggestions } from '../record/suggestion.ts';
import { newId, SYSTEM_ACCOUNT } from '../store/write.ts';
import { type Known, suggestRecords } from './propose.ts';

const TEXT =
  'On Monday the interior minister said “no tents were burnt” 🔥, and that up to 2,300 people had left.';
const at = '2016-10-24T10:00:00.000Z';
const stamps = {
  version: 1,
  createdAt: at,
  createdBy: SYSTEM_ACCOUNT,
  updatedAt: at,
  updatedBy: SYSTEM_ACCOUNT,
};
const dossier = newId();
const source: Source = {
  id: newId(),
  dossier,
  original: 'a'.repeat(64),
  text: 'b'.repeat(64),
  fileName: null,
  mediaType: 'text/plain',
  bytes: TEXT.length,
  state: 'read',
  failure: null,
  textLength: TEXT.length,
  title: 'Monday',
  type: 'article',
  publisher: 'Shore Gazette',
  author: null,
  published: '2016-10-24',
  language: 'en',
  address: null,
  acquisition: 'pasted',
  obtainedFrom: null,
  reliability: 'unknown',
  mayLeave: false,
  sensitivity: 'public',
  note: null,
  ...stamps,
};
const nobody: Known = { actors: [], places: [], measures: [] };
const layout = {
  blocks: [],
  runs: [{ start: 0, end: TEXT.length, page: 2, x: 0, y: 10, width: TEXT.length, height: 12 }],
};

const span = (words: string): Span => {
  const start = TEXT.indexOf(words);
  return { start, end: start + words.length };
};
const statement = (more: Partial<StatementSuggestion> = {}): StatementSuggestion => ({
  mode: 'direct',
  act: 'says',
  content: [span('no tents were burnt')],
  source: span('the interior minister'),
  cue: span('said'),
  speaker: 'the interior minister',
  role: null,
  addressee: null,
  venue: null,
  when: '2016-10-24',
  confidence: 0.8,
  ...more,
});
const figure = (more: Partial<FigureSuggestion> = {}): FigureSuggestion => ({
  span: span('up to 2,300 people'),
  value: 2300,
  low: null,
  high: null,
  bound: 'at-most',
  equivalents: [],
  unit: null,
  counted: 'people',
  place: 'the Dunes',
  when: 'last year',
  accordingTo: 'Shore gazette',
  baseline: null,
  confidence: 0.7,
  ...more,
});
const suggest = (some: Partial<Suggestions>, known = nobody) =>
  suggestRecords(
    { text: TEXT, layout },
    source,
    { proposer: { name: 'rules', version: '1' }, statements: [], figures: [], incidents: [], ...some },
    'en',
    known,
  );

describe('suggested records', () => {
  test('a statement rests on all its parts, and knows its page, its reporter and its proposer', () => {
    const [record] = suggest({ statements: [statement()] });
    expect(record).toMatchObject({
      kind: 'statement',
      status: 'suggested',
      content: 'no tents were burnt',
      saidOn: '2016-10-24',
      speaker: { actor: null, name: 'the interior minister', role: null },
      reporter: { actor: null, name: 'Shore Gazette', role: null },
      provenance: { proposer: 'rules', version: '1', confidence: 0.8 },
      sensitivity: 'public',
      language: 'en',
    });
    const [passage] = record!.passages;
    expect(passage!.exact).toBe('the interior minister said “no tents were burnt');
    expect(passage!.pages).toEqual([
      { page: 2, rectangles: [{ x: passage!.start, y: 10, width: passage!.exact.length, height: 12 }] },
    ]);
  });

  test('names resolve to actors and places by name, alias, or the role held when the source was published', () => {
    const actor = (name: string, aliases: string[], held: string | null) => ({
      id: newId(),
      dossier,
      name,
      type: 'person' as const,
      aliases,
      roles: held === null ? [] : [{ title: 'Interior minister', body: null, held }],
      ...stamps,
    });
    const [before, then, gazette] = [
      actor('Minister A', [], '2010/2014-04-01'),
      actor('Minister B', [], '2014-04-02/2016-12-06'),
      actor('The Gazette', ['Shore gazétte'], null),
    ];
    const place = {
      id: newId(),
      dossier,
      name: 'Dunes',
      type: 'area' as const,
      aliases: [],
      parent: null,
      position: null,
      existed: null,
      ...stamps,
    };
    const known = { actors: [before!, then!, gazette!], places: [place], measures: [] };
    const [said, counted] = suggest({ statements: [statement()], figures: [figure()] }, known);
    expect(said).toMatchObject({ speaker: { actor: then!.id }, reporter: { actor: gazette!.id } });
    expect(counted).toMatchObject({
      accordingTo: { actor: gazette!.id },
      place: { place: place.id, name: 'the Dunes' },
    });
    // Two who held it at the time: nobody is guessed.
    const both = suggest(
      { statements: [statement()] },
      { ...known, actors: [...known.actors, actor('Minister C', [], '2016')] },
    );
    expect(both[0]).toMatchObject({ speaker: { actor: null } });
  });

  test('a figure whose words are those of one measure is put under it', () => {
    const measure = (name: string, wordings: string[] = []) => ({ id: newId(), name, unit: null, wordings });
    const [tents, arrivals] = [measure('Tents on the dunes', ['the tents']), measure('Arrivals')];
    const known = { ...nobody, measures: [tents, arrivals] };
    const of = (counted: string | null) => {
      const [record] = suggest({ figures: [figure({ counted })] }, known);
      return record?.kind === 'figure' ? record.measure : undefined;
    };
    expect(of('tents')).toBe(tents.id);
    expect(of('arrivals')).toBe(arrivals.id);
    expect(of('attempts')).toBeNull();
    expect(of(null)).toBeNull();
  });

  test('a date in words is no date; numbers that do not fit their bound are no figure', () => {
    const [record] = suggest({ figures: [figure()] });
    expect(record).toMatchObject({ period: null, bound: 'at-most', value: 2300 });
    expect(suggest({ figures: [figure({ bound: 'range' })] })).toEqual([]);
    expect(suggest({ figures: [figure({ value: null })] })).toEqual([]);
  });

  test('an incident’s part in it is alleged, and an unknown act is “other”', () => {
    const incident = {
      span: span('no tents were burnt'),
      act: 'burning',
      perpetrator: 'police',
      victims: 'people',
      place: null,
      when: null,
      confidence: 0.5,
    };
    expect(suggest({ incidents: [incident] })[0]).toMatchObject({
      title: 'no tents were burnt',
      acts: [{ kind: 'other', perpetrators: [{ party: { name: 'police' }, involvement: 'alleged' }] }],
    });
  });

  test('whatever spans a proposer gives, every record stands in the text and none is half a character', () => {
    const anySpan = fc
      .tuple(fc.nat(TEXT.length + 5), fc.nat(TEXT.length + 5))
      .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
    fc.assert(
      fc.property(fc.array(anySpan, { minLength: 1, maxLength: 3 }), anySpan, (content, spanOfFigure) => {
        const records = suggest({
          statements: [statement({ content })],
          figures: [figure({ span: spanOfFigure })],
        });
        for (const record of records) {
          expect(record.passages).toHaveLength(1);
          for (const passage of record.passages) {
            expect(stands(TEXT, passage)).toBe(true);
            expect(passage.exact.isWellFormed()).toBe(true);
          }
        }
        const fits = ({ start, end }: Span) => start < end && end <= TEXT.length;
        expect(records.some(({ kind }) => kind === 'figure')).toBe(fits(spanOfFigure));
        if (!content.every(fits)) expect(records.some(({ kind }) => kind === 'statement')).toBe(false);
      }),
    );
  });

  test('a figure keeps what it is a change from; a period that is no date is kept in its words', () => {
    const baselineOf = (baseline: FigureSuggestion['baseline']) => {
      const [record] = suggest({ figures: [figure({ bound: 'change', value: 12, unit: '%', baseline })] });
      return record!.kind === 'figure' ? record!.baseline : undefined;
    };
    expect(baselineOf({ period: '2018', value: 40, words: null })).toEqual({
      period: '2018',
      value: 40,
      words: null,
    });
    expect(baselineOf({ period: 'that year', value: null, words: null })).toEqual({
      period: null,
      value: null,
      words: 'that year',
    });
    expect(baselineOf({ period: null, value: null, words: null })).toBeNull();
    expect(baselineOf(null)).toBeNull();
  });
});
