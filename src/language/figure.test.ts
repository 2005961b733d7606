// Figures of a sentence: which quantities are figures, and what each counts, where, when, according to whom, from what.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FigureSuggestion } from '../record/suggestion.ts';
import { findDates } from './date.ts';
import { findFigures } from './figure.ts';
import { findNumbers } from './number.ts';
import { findPlaces } from './place.ts';
import type { Language } from './propose.ts';
import { tagsOf } from './tagger.ts';
import { tokenise } from './text-model.ts';

function figures(text: string, language: Language, tagged = true): FigureSuggestion[] {
  const tokens = tokenise(text, 0, text.length, language);
  const dates = findDates(tokens, language, '2021-06-15');
  const numbers = findNumbers(text, tokens, language, dates);
  const places = findPlaces(text, tokens, language, new Map(), () => false);
  const tags = tagged ? { tags: tagsOf(tokens, language) } : {};
  return findFigures({ text, language, tokens, numbers, dates, places, weight: 1, ...tags });
}

const spans = (text: string, found: FigureSuggestion[]) =>
  found.map(({ span }) => text.slice(span.start, span.end));

type Counts = [text: string, counted: (string | null)[]];

const COUNTED: Record<Language, Counts[]> = {
  en: [
    [
      'Officers found 97 unaccompanied minors and 12 damaged tents.',
      ['unaccompanied minors', 'damaged tents'],
    ],
    ['The number of complaints rose to 45.', ['complaints']],
    ['Deaths: 12. ', ['Deaths']],
    ['Some 300 people came, of whom 97 were children.', ['people', 'children']],
    ['About 300 people slept outside, 60 of them minors.', ['people', 'minors']],
    ['At least 20 residents were hurt and 23 were arrested.', ['residents', 'arrested']],
    ['Staff served 12 per cent of the families.', ['families']],
    ['Arrests in the port rose by 12 %.', ['Arrests']],
    ['The town has a population of 72,000.', ['population']],
    ['There were 12 evictions in May, compared with 8 in April.', ['evictions', 'evictions']],
    ['The crew stored 90,000 tonnes of grain.', ['grain']],
    ['They counted three times as many boats.', ['boats']],
    ['One in five tenants lost heating.', ['tenants']],
    ['It filled 1,200 of 1,500 beds.', ['beds', 'beds']],
    ['The number of tents seized reached 1,130.', ['tents']],
  ],
  fr: [
    [
      'La visite a concerné 97 mineurs non accompagnés et 40 personnes exilées.',
      ['mineurs non accompagnés', 'personnes exilées'],
    ],
    ['Le nombre de plaintes est passé à 45.', ['plaintes']],
    ['Plus de 300 personnes sont venues, dont 97 mineurs isolés.', ['personnes', 'mineurs isolés']],
    [
      "Sur place, 200 demandeurs d'asile et 12 opérations d'expulsion.",
      ["demandeurs d'asile", "opérations d'expulsion"],
    ],
    ['Au moins 20 riverains ont porté plainte et 23 ont été entendus.', ['riverains', 'entendus']],
    ['Les arrivées ont augmenté de 12 %.', ['arrivées']],
    ['Un foyer sur cinq est sans eau.', ['foyer']],
    ['On a relevé trois fois plus de départs.', ['départs']],
    ['Le maire estime à 500 le nombre de tentes.', ['tentes']],
  ],
};

describe.each<Language>(['en', 'fr'])('what is counted, in %s', (language) => {
  it.each(COUNTED[language])('%s', (text, counted) => {
    expect(figures(text, language).map((figure) => figure.counted)).toEqual(counted);
  });
});

describe('what a figure spans', () => {
  it.each<[string, Language, string[]]>([
    [
      'It rose by 12 % over 2018 and hosts up to 2,300 migrants or more.',
      'en',
      ['rose by 12 %', 'up to 2,300 migrants'],
    ],
    ['Cooks serve 450 meals a day, twice a week.', 'en', ['450 meals', 'twice a week']],
    ['They received £12 million (€15 million).', 'en', ['£12 million']],
    [
      'Près de 2 300 personnes vivent là, 500 tout au plus à Sète.',
      'fr',
      ['Près de 2 300 personnes', '500 tout au plus'],
    ],
    ["L'équipe compte 30 agents de moins qu'en 2019.", 'fr', ['30 agents de moins']],
  ])('%s', (text, language, expected) => expect(spans(text, figures(text, language))).toEqual(expected));
});

describe('what is no figure', () => {
  it.each<[string, Language]>([
    ['The two ministers and one observer, 34, took the A16 at 8 am for three days.', 'en'],
    ['A ten-year plan, a 12-bed ward, the three-week delay.', 'en'],
    ['Article 8, page 12, No. 5 and the G7 of 2016.', 'en'],
    ["Les deux ministres et une élue de 41 ans ont pris l'A16 à 8 heures pendant trois jours.", 'fr'],
    ["L'article 8, la page 12, le n° 5, Utopia 56, le 115.", 'fr'],
  ])('%s', (text, language) => expect(figures(text, language)).toEqual([]));

  it('a length of time that says how long is one; one that says when is not', () => {
    const text = 'The strike lasted eighteen days. Hearings take about five hours.';
    expect(spans(text, figures(text, 'en'))).toEqual(['eighteen days', 'about five hours']);
    expect(figures('It happened two days later, after 3 weeks, for ten years.', 'en')).toEqual([]);
  });
});

describe('when, and what a change is from', () => {
  it.each<[string, Language, Partial<FigureSuggestion>]>([
    [
      'Crossings were up 12% on 2018.',
      'en',
      {
        value: 12,
        bound: 'change',
        unit: '%',
        when: null,
        baseline: { period: '2018', value: null, words: null },
      },
    ],
    ['Crossings rose by 12% on Tuesday.', 'en', { baseline: null, when: '2021-06-15' }],
    [
      'Rents fell 3 per cent compared with 500 euros in 2019.',
      'en',
      { value: -3, baseline: { period: '2019', value: 500, words: null } },
    ],
    [
      'Sales were cut by 9 % compared with the plan of the board.',
      'en',
      { value: -9, baseline: { period: null, value: null, words: 'the plan of the board' } },
    ],
    [
      'Arrivals doubled in 2019.',
      'en',
      { value: 100, unit: '%', bound: 'change', when: '2019', baseline: null },
    ],
    [
      'The site has 30 fewer beds than in 2019.',
      'en',
      {
        value: -30,
        bound: 'change',
        counted: 'beds',
        baseline: { period: '2019', value: null, words: null },
      },
    ],
    [
      'Traversées : +50 % par rapport à 2020.',
      'fr',
      { value: 50, baseline: { period: '2020', value: null, words: null } },
    ],
    [
      'Les demandes ont doublé depuis 2018.',
      'fr',
      { value: 100, baseline: { period: '2018', value: null, words: 'depuis 2018' } },
    ],
  ])('%s', (text, language, expected) => expect(figures(text, language)[0]).toMatchObject(expected));

  it('both numbers of "from 600 to 80" are figures, the second compared with the first', () => {
    const [first, second] = figures('Arrests fell from 600 to 80.', 'en');
    expect(first).toMatchObject({ value: 600, bound: 'exact', counted: 'Arrests', baseline: null });
    expect(second).toMatchObject({
      value: 80,
      bound: 'exact',
      counted: 'Arrests',
      baseline: { period: null, value: 600, words: null },
    });
  });
});

describe('according to whom', () => {
  it.each<[string, Language, string | null]>([
    ['The ministry puts the number at 500.', 'en', 'the ministry'],
    ["By the prefecture's count, 600 migrants live there.", 'en', 'the prefecture'],
    ['An association counted 2,000 people in the woods.', 'en', 'an association'],
    ['Police put 500 people on buses.', 'en', null],
    ['La préfecture en compte 600.', 'fr', 'la préfecture'],
    ["Selon le décompte de l'association, 600 personnes vivent là.", 'fr', "l'association"],
    ['Une association a dénombré 2 000 personnes.', 'fr', 'une association'],
    ['La ville compte 72 000 habitants.', 'fr', null],
  ])('%s', (text, language, expected) => expect(figures(text, language)[0]!.accordingTo).toBe(expected));

  it('each number keeps its own count', () => {
    const text = "It held 500 people by the ministry's count and 900 by the charity's count.";
    expect(figures(text, 'en').map((figure) => figure.accordingTo)).toEqual(['the ministry', 'the charity']);
  });
});

describe('without parts of speech', () => {
  it('nouns are read from the words alone', () => {
    const found = figures('They fed 300 asylum seekers and 12 stray dogs.', 'en', false);
    expect(found.map((figure) => figure.counted)).toEqual(['asylum seekers', 'stray dogs']);
  });

  it('spans are slices, in order, on any words', () => {
    const words = fc.constantFrom(
      ...'12 2,300 of whom them people minors fell rose from to by the ministry counts en compte dont than fewer more in 2019 £5 m ( ) : % twice a week one in five deux sur trois personnes de plus que'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 30 }),
        fc.constantFrom<Language>('en', 'fr'),
        (parts, language) => {
          const text = parts.join(' ');
          for (const { span, value, low, high } of figures(text, language, false)) {
            expect(span.start).toBeGreaterThanOrEqual(0);
            expect(span.end).toBeGreaterThan(span.start);
            expect(span.end).toBeLessThanOrEqual(text.length);
            expect(value !== null || (low !== null && high !== null)).toBe(true);
          }
        },
      ),
      { numRuns: 800 },
    );
  });
});
