// Records in words, in both languages: what lists, headlines and histories say.
import { describe, expect, test } from 'vitest';
import english from '../../locales/en.json';
import french from '../../locales/fr.json';
import { FigureContent } from '../record/figure.ts';
import { IncidentContent } from '../record/incident.ts';
import { StatementContent } from '../record/statement.ts';
import { differences, fieldLabel, valueInWords } from './field-words.ts';
import { wordsOf } from './messages.tsx';
import {
  type AnyRecord,
  figureAmount,
  headlineOf,
  perpetratorsOf,
  placeInWords,
  wordsSaid,
} from './record-words.ts';
import { emptyValues, fieldAt, schemaFields } from './schema-fields.ts';

const en = wordsOf('en', english);
const fr = wordsOf('fr', french);
/** Narrow spaces are what French prints; the tests read better with plain ones. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const fields = {
  statement: schemaFields(StatementContent, 'statement'),
  figure: schemaFields(FigureContent, 'figure'),
  incident: schemaFields(IncidentContent, 'incident'),
};
const figure = (part: Partial<FigureContent>) =>
  ({ kind: 'figure', ...emptyValues(fields.figure), counted: 'tents', ...part }) as AnyRecord & FigureContent;
const statement = (part: Partial<StatementContent>) =>
  ({
    kind: 'statement',
    ...emptyValues(fields.statement),
    content: 'it will be done',
    ...part,
  }) as AnyRecord & StatementContent;
const party = (name: string, role: string | null = null) => ({ actor: null, name, role });

describe('a figure', () => {
  test('is its amount with its bound', () => {
    const upTo = figure({ bound: 'at-most', value: 2300 });
    expect(figureAmount(upTo, en)).toBe('up to 2,300');
    expect(plain(figureAmount(upTo, fr))).toBe('jusqu’à 2 300');
    const range = figure({ bound: 'range', low: 1500, high: 2000 });
    expect(figureAmount(range, en)).toBe('1,500 to 2,000');
    expect(plain(figureAmount(range, fr))).toBe('1 500 à 2 000');
  });

  test('names the same amount in other currencies', () => {
    const pledge = figure({
      bound: 'exact',
      value: 12_000_000,
      unit: 'GBP',
      equivalents: [
        { value: 15_000_000, unit: 'EUR' },
        { value: 19_000_000, unit: 'USD' },
      ],
    });
    expect(figureAmount(pledge, en)).toBe('£12,000,000 (also €15,000,000, $19,000,000)');
    expect(plain(figureAmount(pledge, fr))).toMatch(/^12 000 000 £ \(aussi 15 000 000 €, 19 000 000 \$\)$/);
  });

  test('that is a change names what it is a change from', () => {
    const more = figure({
      bound: 'change',
      value: 50,
      unit: '%',
      baseline: { period: '2020', value: 9551, words: null },
    });
    expect(figureAmount(more, en)).toBe('50% more, compared with 2020 (9,551)');
    expect(plain(figureAmount(more, fr))).toBe('50 % de plus, par rapport à 2020 (9 551)');
  });

  test('without a number still says so', () => {
    expect(figureAmount(figure({ bound: 'exact' }), en)).toBe(en.t('words.amount.unknown'));
  });

  test('has a headline that names who gives it', () => {
    const given = figure({ bound: 'about', value: 500, accordingTo: party('the prefecture') });
    expect(headlineOf(given, en)).toBe('tents: about 500, according to the prefecture');
    expect(plain(headlineOf(given, fr))).toBe('tents : environ 500, selon the prefecture');
  });
});

describe('a statement', () => {
  test('stands in the marks of the reader’s language, once', () => {
    expect(wordsSaid(statement({ mode: 'direct' }), en)).toBe('“it will be done”');
    expect(plain(wordsSaid(statement({ mode: 'direct' }), fr))).toBe('« it will be done »');
    expect(wordsSaid(statement({ mode: 'direct', content: '« it will be done »' }), en)).toBe(
      '“it will be done”',
    );
    expect(wordsSaid(statement({ mode: 'direct', content: '“yes” and “no”' }), en)).toBe('“yes” and “no”');
    expect(wordsSaid(statement({ mode: 'indirect' }), en)).toBe('it will be done');
  });

  test('is told with its speaker, or says that nobody is named', () => {
    const said = statement({ mode: 'direct', act: 'denies', speaker: party('a name', 'minister') });
    expect(headlineOf(said, en)).toBe('a name, minister (denies): “it will be done”');
    expect(headlineOf(statement({ mode: 'indirect' }), en)).toBe('Speaker not named: it will be done');
  });
});

test('those who did it are named once each', () => {
  const act = (...names: string[]) => ({
    perpetrators: names.map((name) => ({ party: party(name), involvement: 'carried-out' as const })),
  });
  const acts = [act('police', 'cleaning crew'), act('police')] as never;
  expect(perpetratorsOf({ acts }, en)).toBe('police and cleaning crew');
  expect(perpetratorsOf({ acts }, fr)).toBe('police et cleaning crew');
});

test('a place says how precisely it is known', () => {
  expect(placeInWords({ place: null, name: 'the port', precision: 1500 }, en)).toBe(
    'the port (to within 1.5 km)',
  );
  expect(plain(placeInWords({ place: null, name: 'the port', precision: 200 }, fr))).toBe(
    'the port (à 200 m près)',
  );
  expect(placeInWords({ place: null, name: 'the port', precision: null }, en)).toBe('the port');
});

describe('what changed', () => {
  const nothing = () => undefined;

  test('is told field by field, before and after, in words', () => {
    const before = statement({ mode: 'direct', saidOn: '2014-10', speaker: party('the mayor') });
    const after = {
      ...before,
      mode: 'indirect',
      saidOn: '2014-10-28',
      speaker: party('the mayor', 'of the town'),
    };
    expect(differences(fields.statement, before, after, en, nothing)).toEqual([
      { field: 'mode', label: [en.t('field.mode')], before: 'exact words', after: 'reported words' },
      { field: 'speaker', label: ['Speaker'], before: 'the mayor', after: 'the mayor, of the town' },
      { field: 'saidOn', label: ['When'], before: 'October 2014', after: '28 October 2014' },
    ]);
    expect(differences(fields.statement, before, structuredClone(before), en, nothing)).toEqual([]);
  });

  test('reads a number together with its bound and unit', () => {
    const before = figure({ bound: 'exact', value: 500 });
    const after = figure({ bound: 'range', low: 500, high: 600, unit: 'EUR' });
    const found = differences(fields.figure, before, after, en, nothing);
    expect(found).toEqual([{ field: 'bound', label: ['Amount'], before: '500', after: '€500 to €600' }]);
  });

  test('finds what changed inside an act, and tells what came and went whole', () => {
    const act = { ...(emptyValues(fields.incident).acts as object[])[0], kind: 'eviction' };
    const before = { title: 'x', acts: [act] };
    const things = [
      { what: 'tents', fate: 'seized', count: { bound: 'at-least', value: 30, low: null, high: null } },
    ];
    const after = {
      title: 'x',
      acts: [
        { ...act, outcome: 'moved on', things },
        { ...act, kind: 'arrest' },
      ],
    };
    expect(differences(fields.incident, before, after, en, nothing)).toEqual([
      {
        field: 'acts',
        label: ['Act 1', 'Things 1'],
        before: '',
        after: 'tents, seized, at least 30',
      },
      { field: 'acts', label: ['Act 1', 'Outcome'], before: '', after: 'moved on' },
      { field: 'acts', label: ['Act 2'], before: '', after: 'Arrest' },
    ]);
  });

  test('names what an identifier stands for', () => {
    const measure = fieldAt(fields.figure, ['measure'])!;
    expect(valueInWords(measure, 'id-1', en, (id) => (id === 'id-1' ? 'People present' : undefined))).toBe(
      'People present',
    );
    expect(valueInWords(measure, 'id-2', en, nothing)).toBe('id-2');
  });
});

test('every field that people write has a label in both languages, down to the last count', () => {
  const walk = (list: typeof fields.figure): typeof fields.figure =>
    list.flatMap((field) => [field, ...walk(field.fields)]);
  // Parties and places are written by their name and their role or precision; what they resolve to has no label.
  const silent = new Set(['party.actor', 'party.name', 'placeMention.place', 'placeMention.name']);
  const unlabelled = walk(Object.values(fields).flat()).filter(
    (field) =>
      !silent.has(`${field.owner}.${field.name}`) &&
      !en.has(`field.${field.owner}.${field.name}`) &&
      !en.has(`field.${field.name}`),
  );
  expect(unlabelled.map((field) => `${field.owner}.${field.name}`)).toEqual([]);
  expect(fieldLabel({ name: 'recorded', owner: 'statement', title: 'On tape' }, fr)).toBe('On tape');
});
