// Dates of both languages to EDTF, absolute and counted from publication.
import { describe, expect, it } from 'vitest';
import { findDates } from './date.ts';
import type { Language } from './propose.ts';
import { tokenise } from './text-model.ts';

function dates(text: string, language: Language, published: string | null = '2021-10-08') {
  return findDates(tokenise(text, 0, text.length, language), language, published).map(
    ({ start, end, edtf }) => [text.slice(start, end), edtf],
  );
}

describe('findDates', () => {
  it.each<[string, Language, [string, string | null][]]>([
    [
      'on 28 October 2014 and October 7, 2021',
      'en',
      [
        ['28 October 2014', '2014-10-28'],
        ['October 7, 2021', '2021-10-07'],
      ],
    ],
    [
      'on 2014-10-28, 28/10/2014 and 10/28/2014',
      'en',
      [
        ['2014-10-28', '2014-10-28'],
        ['28/10/2014', '2014-10-28'],
        ['10/28/2014', '2014-10-28'],
      ],
    ],
    [
      'dated Feb. 21 and Oct. 31, 2019.',
      'en',
      [
        ['Feb. 21', '2021-02-21'],
        ['Oct. 31, 2019', '2019-10-31'],
      ],
    ],
    [
      'in 2014, in May 2015, since March, the 1990s',
      'en',
      [
        ['2014', '2014'],
        ['May 2015', '2015-05'],
        ['March', '2021-03/..'],
        ['1990s', '199X'],
      ],
    ],
    [
      'between 2014 and 2016; 2014–2021; spring 2014',
      'en',
      [
        ['2014 and 2016', '2014/2016'],
        ['2014–2021', '2014/2021'],
        ['spring 2014', '2014-21'],
      ],
    ],
    ['the night of 12 to 13 May 2015', 'en', [['12 to 13 May 2015', '2015-05-12/2015-05-13']]],
    ['the first eight months of 2021', 'en', [['first eight months of 2021', '2021-01/2021-08']]],
    [
      'on Wednesday, yesterday, last week, last month, last year',
      'en',
      [
        ['Wednesday', '2021-10-06'],
        ['yesterday', '2021-10-07'],
        ['last week', '2021-09-27/2021-10-03'],
        ['last month', '2021-09'],
        ['last year', '2020'],
      ],
    ],
    [
      'two days ago, 3 weeks ago, on 12 May, last Friday',
      'en',
      [
        ['two days ago', '2021-10-06'],
        ['3 weeks ago', '2021-09-13/2021-09-19'],
        ['12 May', '2021-05-12'],
        ['last Friday', '2021-10-01'],
      ],
    ],
    ['It may rain on the march in second place', 'en', []],
    [
      'le 28 octobre 2014, le 1er mai 2015, en mai 2016',
      'fr',
      [
        ['28 octobre 2014', '2014-10-28'],
        ['1er mai 2015', '2015-05-01'],
        ['mai 2016', '2016-05'],
      ],
    ],
    [
      'depuis 2015, en 2020, entre 2014 et 2016, début 2014',
      'fr',
      [
        ['2015', '2015/..'],
        ['2020', '2020'],
        ['2014 et 2016', '2014/2016'],
        ['2014', '2014'],
      ],
    ],
    [
      'mercredi, hier, la semaine dernière, le mois dernier, l’an dernier',
      'fr',
      [
        ['mercredi', '2021-10-06'],
        ['hier', '2021-10-07'],
        ['semaine dernière', '2021-09-27/2021-10-03'],
        ['mois dernier', '2021-09'],
        ['an dernier', '2020'],
      ],
    ],
    [
      'il y a deux jours, lundi dernier, depuis mars',
      'fr',
      [
        ['il y a deux jours', '2021-10-06'],
        ['lundi dernier', '2021-10-04'],
        ['mars', '2021-03/..'],
      ],
    ],
    [
      'dans la nuit du 12 au 13 mai 2015, au printemps 2015',
      'fr',
      [
        ['12 au 13 mai 2015', '2015-05-12/2015-05-13'],
        ['printemps 2015', '2015-21'],
      ],
    ],
    ['les huit premiers mois de 2021', 'fr', [['huit premiers mois de 2021', '2021-01/2021-08']]],
  ])('%s', (text, language, expected) => expect(dates(text, language)).toEqual(expected));

  it('finds relative dates without a publication date, and makes no date of them', () => {
    expect(dates('on Wednesday and yesterday', 'en', null)).toEqual([
      ['Wednesday', null],
      ['yesterday', null],
    ]);
    expect(dates('last year', 'en', '2021')).toEqual([['last year', '2020']]);
  });

  it('knows no 31 June', () => {
    expect(dates('31 June 2015', 'en')).toEqual([['31 June 2015', null]]);
  });
});
