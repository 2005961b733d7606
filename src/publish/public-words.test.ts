// The words of public pages: every message in every language, with the same placeholders.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import ar from '../../locales/ar.json' with { type: 'json' };
import en from '../../locales/en.json' with { type: 'json' };
import fr from '../../locales/fr.json' with { type: 'json' };
import { sampleFigure, sampleIncident, sampleStatement } from '../../test/samples.ts';
import type { PublicFigure, PublicIncident, PublicStatement } from '../record/public-view.ts';
import {
  ActKind,
  CountingUnit,
  Involvement,
  LinkKind,
  SourceType,
  SpeechAct,
  StatementMode,
  ThingFate,
  Venue,
} from '../record/vocabulary.ts';
import { actsInWords, byline, clip, facts, headline, placeInWords, publicMessages } from './public-words.ts';

const catalogues: Record<string, Record<string, string>> = { en, fr, ar };
const ours = Object.keys(en).filter((id) => /^(public|words)\./.test(id));
/** The names of a message's placeholders. */
const placeholders = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name]) => name))].sort();

describe('messages', () => {
  test('are there in every language, filled from the same placeholders', () => {
    for (const [locale, catalogue] of Object.entries(catalogues)) {
      for (const id of ours) {
        expect(catalogue[id], `${locale} ${id}`).toBeTruthy();
        // A language may leave out what only another one needs, but not name what nobody gives.
        const given = new Set(Object.values(catalogues).flatMap((other) => placeholders(other[id] ?? '')));
        for (const name of placeholders(catalogue[id]!)) expect(given, `${locale} ${id}`).toContain(name);
      }
    }
  });

  test('name every term of every vocabulary', () => {
    const lists: [string, readonly string[]][] = [
      ['act', SpeechAct.options],
      ['mode', StatementMode.options],
      ['venue', Venue.options],
      ['act-kind', ActKind.options],
      ['involvement', Involvement.options],
      ['counting-unit', CountingUnit.options],
      ['fate', ThingFate.options],
      ['source-type', SourceType.options],
      ['link.to', LinkKind.options],
      ['link.from', LinkKind.options],
    ];
    for (const [list, terms] of lists)
      for (const term of terms) expect(ours).toContain(`public.${list}.${term}`);
  });

  test('of the pages are all used', () => {
    // Words that pages share with desk and commands are looked for everywhere by test/messages.test.ts.
    const folder = join(import.meta.dirname, '.');
    const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /^[a-z/-]+\.ts$/.test(name) && !name.includes('.test.'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    const stems = [...text.matchAll(/[`'](public\.[\w.-]*)(?:\$\{|')/g)].map(([, stem]) => stem!);
    const unused = ours.filter(
      (id) =>
        id.startsWith('public.') &&
        !stems.some((stem) => (stem.endsWith('.') ? id.startsWith(stem) : id === stem)),
    );
    expect(unused).toEqual([]);
  });
});

const view = { id: 'x', dossier: 'y', status: 'accepted', passages: [], links: [], provenance: null };
const statement = {
  kind: 'statement',
  ...view,
  ...sampleStatement({ mode: 'direct' }),
} as unknown as PublicStatement;
const figure = {
  kind: 'figure',
  ...view,
  ...sampleFigure({ bound: 'at-most', value: 2300 }),
} as unknown as PublicFigure;
const incident = { kind: 'incident', ...view, ...sampleIncident() } as unknown as PublicIncident;
const [english, french, arabic] = (['en', 'fr', 'ar'] as const).map(publicMessages) as [
  ReturnType<typeof publicMessages>,
  ReturnType<typeof publicMessages>,
  ReturnType<typeof publicMessages>,
];
const plain = (text: string) => text.replace(/\s/gu, ' ');

describe('a record in words', () => {
  test('has a headline in each language', () => {
    expect(headline(statement, english)).toBe('the minister says: “the site was empty”');
    expect(plain(headline(statement, french))).toBe('the minister dit : « the site was empty »');
    expect(headline(statement, arabic)).toBe('the minister (قول): «the site was empty»');
    expect(headline(figure, english)).toBe('tents: up to 2,300, according to observers');
    expect(plain(headline(figure, french))).toBe('tents : jusqu’à 2 300, selon observers');
    expect(headline({ ...statement, speaker: null, mode: 'indirect' }, english)).toBe(
      'A speaker not named says: the site was empty',
    );
    expect(headline(incident, english)).toBe('A site is cleared');
  });

  test('tells its details, and what is done to whom', () => {
    expect(facts(statement, english)).toContainEqual({ label: 'When', values: ['7 October 2021'] });
    expect(byline(statement, english)).toEqual(['in an interview']);
    expect(byline(figure, english)).toEqual(['according to observers', 'the old port']);
    const [act] = incident.acts;
    const full = {
      ...incident,
      acts: [
        {
          ...act!,
          victims: [
            {
              unit: 'person' as const,
              count: { bound: 'at-least' as const, value: 40, low: null, high: null },
              description: null,
            },
          ],
          things: [{ what: 'tents', fate: 'seized' as const, count: null }],
        },
      ],
    };
    expect(actsInWords(full, english)).toEqual([
      {
        title: 'Eviction',
        facts: [
          { label: 'By', values: ['police, carried it out'] },
          { label: 'Done to', values: ['at least 40 people'] },
          { label: 'Things', values: ['tents, seized'] },
        ],
      },
    ]);
  });

  test('says how precisely a place is known', () => {
    const place = (precision: number | null) =>
      placeInWords({ place: null, name: 'the dunes', precision }, english);
    expect([null, 0, 250, 1500].map(place)).toEqual([
      'the dunes',
      'the dunes',
      'the dunes (to within 250 metres)',
      'the dunes (to within 1.5 kilometres)',
    ]);
  });
});

test('a text is cut at a word, never inside a character', () => {
  expect(clip('one two three four', 12)).toBe('one two…');
  expect(clip('  one\n two ', 12)).toBe('one two');
  for (let length = 1; length < 12; length++) expect(clip('🚌🚌🚌🚌🚌🚌', length).isWellFormed()).toBe(true);
});
