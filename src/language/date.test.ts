// Dates of both languages to EDTF, absolute and counted from publication.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdtfDate } from '../record/date.ts';
import { findDates, newDateMemory } from './date.ts';
import type { Language } from './propose.ts';
import { tokenise } from './text-model.ts';

function dates(text: string, language: Language, published: string | null = '2021-10-08') {
  return findDates(tokenise(text, 0, text.length, language), language, published).map(
    ({ start, end, edtf }) => [text.slice(start, end), edtf],
  );
}

type Case = [text: string, found: [string, string | null][]];

/** Every text stands on Friday 8 October 2021. */
const english: Record<string, Case[]> = {
  'full dates in every order': [
    [
      'on 28 October 2014 and October 7, 2021',
      [
        ['28 October 2014', '2014-10-28'],
        ['October 7, 2021', '2021-10-07'],
      ],
    ],
    ['on Tuesday, 28 October 2014, it rained', [['Tuesday, 28 October 2014', '2014-10-28']]],
    ['the 3rd of June 2019', [['3rd of June 2019', '2019-06-03']]],
    ['the fourth of July 2016', [['fourth of July 2016', '2016-07-04']]],
    [
      'on 2014-10-28, 28/10/2014 and 10/28/2014',
      [
        ['2014-10-28', '2014-10-28'],
        ['28/10/2014', '2014-10-28'],
        ['10/28/2014', '2014-10-28'],
      ],
    ],
    [
      'filed 28.10.2014 or 28-Oct-2014',
      [
        ['28.10.2014', '2014-10-28'],
        ['28-Oct-2014', '2014-10-28'],
      ],
    ],
    ['seen on 12/05/16', [['12/05/16', '2016-05-12']]],
    [
      'dated Feb. 21 and Oct. 31, 2019.',
      [
        ['Feb. 21', '2019-02-21'],
        ['Oct. 31, 2019', '2019-10-31'],
      ],
    ],
    [
      '10/28/2014 and then 10/11/2014',
      [
        ['10/28/2014', '2014-10-28'],
        ['10/11/2014', '2014-10-11'],
      ],
    ],
  ],
  'months, years, decades, centuries': [
    [
      'in 2014, in May 2015, the 1990s',
      [
        ['2014', '2014'],
        ['May 2015', '2015-05'],
        ['1990s', '199X'],
      ],
    ],
    [
      'the nineties and the 19th century',
      [
        ['nineties', '199X'],
        ['19th century', '18XX'],
      ],
    ],
    [
      'a 2016 report, the 1951 Convention and the 2014 law',
      [
        ['2016', '2016'],
        ['1951', '1951'],
        ['2014', '2014'],
      ],
    ],
    [
      'in 2014, 2015 and 2016',
      [
        ['2014', '2014'],
        ['2015', '2015'],
        ['2016', '2016'],
      ],
    ],
    ['the January evictions', [['January', '2021-01']]],
    [
      'spring 2014, the summer of 2015',
      [
        ['spring 2014', '2014-21'],
        ['summer of 2015', '2015-22'],
      ],
    ],
    [
      'the first quarter of 2016 and Q3 2019',
      [
        ['first quarter of 2016', '2016-01/2016-03'],
        ['Q3 2019', '2019-07/2019-09'],
      ],
    ],
    [
      '2017-Q1 and 2019 H2',
      [
        ['2017-Q1', '2017-01/2017-03'],
        ['2019 H2', '2019-07/2019-12'],
      ],
    ],
    ['the second half of 2015', [['second half of 2015', '2015-07/2015-12']]],
    ['the first eight months of 2021', [['first eight months of 2021', '2021-01/2021-08']]],
    ['the last three days of May 2016', [['last three days of May 2016', '2016-05-29/2016-05-31']]],
  ],
  'several days and ranges': [
    ['the night of 12 to 13 May 2015', [['12 to 13 May 2015', '2015-05-12/2015-05-13']]],
    ['between 3 and 10 June 2019', [['between 3 and 10 June 2019', '2019-06-03/2019-06-10']]],
    ['on 12 and 13 May 2016', [['12 and 13 May 2016', '2016-05-12/2016-05-13']]],
    ['on 12, 14 and 17 May 2016', [['12, 14 and 17 May 2016', '{2016-05-12,2016-05-14,2016-05-17}']]],
    [
      'on 24 July and 5 August 2006',
      [
        ['24 July', '2006-07-24'],
        ['5 August 2006', '2006-08-05'],
      ],
    ],
    [
      'on 24 July 2006 and 5 August',
      [
        ['24 July 2006', '2006-07-24'],
        ['5 August', '2006-08-05'],
      ],
    ],
    ['in 1600 BC', [['1600', null]]],
    ['two years later', [['two years later', null]]],
    ['on 12 or 14 May 2016', [['12 or 14 May 2016', '[2016-05-12,2016-05-14]']]],
    ['from 28 December to 3 January 2016', [['from 28 December to 3 January 2016', '2015-12-28/2016-01-03']]],
    ['May 3-5, 2016', [['May 3-5, 2016', '2016-05-03/2016-05-05']]],
    ['from June to August 2016', [['from June to August 2016', '2016-06/2016-08']]],
    ['June–August 1992', [['June–August 1992', '1992-06/1992-08']]],
    [
      'between 2014 and 2016; 2014–2021; 2015-16',
      [
        ['between 2014 and 2016', '2014/2016'],
        ['2014–2021', '2014/2021'],
        ['2015-16', '2015/2016'],
      ],
    ],
    [
      '02/02/2020 - 03/03/2020; from 2016-05-12 to 2016-06-01',
      [
        ['02/02/2020 - 03/03/2020', '2020-02-02/2020-03-03'],
        ['from 2016-05-12 to 2016-06-01', '2016-05-12/2016-06-01'],
      ],
    ],
    ['over the next decade', [['next decade', '203X']]],
    ['from Monday to Wednesday', [['from Monday to Wednesday', '2021-10-04/2021-10-06']]],
    ['the winter of 2015-16', [['winter of 2015-16', '2015-24']]],
  ],
  bounds: [
    ['since March', [['since March', '2021-03/..']]],
    ['since 12 May 2016', [['since 12 May 2016', '2016-05-12/..']]],
    ['from 2019 onwards', [['from 2019 onwards', '2019/..']]],
    ['until June 2016', [['until June 2016', '../2016-06']]],
    ['by the end of May 2016', [['by the end of May 2016', '../2016-05']]],
    [
      'before 2018 and after 2016',
      [
        ['before 2018', '../2017'],
        ['after 2016', '2017/..'],
      ],
    ],
    ['after 12 May 2016', [['after 12 May 2016', '2016-05-13/..']]],
    ['before the Sept. 11, 2001 attacks', [['Sept. 11, 2001', '2001-09-11']]],
    ['Following Wednesday’s vote', [['Wednesday', '2021-10-06']]],
    ["before Tuesday's vote", [['Tuesday', '2021-10-05']]],
  ],
  'parts and approximations': [
    ['early 2016', [['early 2016', '2016-01~/2016-04~']]],
    ['in mid-October', [['mid-October', '2021-10-10~/2021-10-20~']]],
    ['mid-2016', [['mid-2016', '2016-05~/2016-08~']]],
    ['at the end of August 2015', [['end of August 2015', '2015-08-21~/2015-08-31~']]],
    ['the late 1990s', [['late 1990s', '1997~/1999~']]],
    ['since early 2016', [['since early 2016', '2016-01~/..']]],
    [
      'around 2015 or circa 1998',
      [
        ['around 2015', '2015~'],
        ['circa 1998', '1998~'],
      ],
    ],
    [
      'in about 1850, built around 1900, open since about 1902',
      [
        ['about 1850', '1850~'],
        ['around 1900', '1900~'],
        ['since about 1902', '1902~/..'],
      ],
    ],
    ['in about 1850 cases, in around 2000 of them, a total of about 1850', []],
    ['around 12 May 2016', [['around 12 May 2016', '2016-05-12~']]],
    ['early on Wednesday', [['early on Wednesday', '2021-10-06']]],
  ],
  'counted from publication': [
    [
      'on Wednesday, yesterday, today',
      [
        ['Wednesday', '2021-10-06'],
        ['yesterday', '2021-10-07'],
        ['today', '2021-10-08'],
      ],
    ],
    [
      'on Tuesday night and on Friday',
      [
        ['Tuesday night', '2021-10-05'],
        ['Friday', '2021-10-08'],
      ],
    ],
    ['the day before yesterday', [['the day before yesterday', '2021-10-06']]],
    [
      'last week, this week, last month, last year, next year',
      [
        ['last week', '2021-09-27/2021-10-03'],
        ['this week', '2021-10-04/2021-10-10'],
        ['last month', '2021-09'],
        ['last year', '2020'],
        ['next year', '2022'],
      ],
    ],
    [
      'two days ago, 3 weeks ago, five months ago, a year ago',
      [
        ['two days ago', '2021-10-06'],
        ['3 weeks ago', '2021-09-13/2021-09-19'],
        ['five months ago', '2021-05'],
        ['a year ago', '2020'],
      ],
    ],
    [
      'a few weeks ago, in recent months',
      [
        ['a few weeks ago', null],
        ['recent months', null],
      ],
    ],
    [
      'on 12 May, last Friday, last Tuesday',
      [
        ['12 May', '2021-05-12'],
        ['last Friday', '2021-10-01'],
        ['last Tuesday', '2021-10-05'],
      ],
    ],
    [
      'last November and last October',
      [
        ['last November', '2020-11'],
        ['last October', '2020-10'],
      ],
    ],
    [
      'last summer and last winter',
      [
        ['last summer', '2021-22'],
        ['last winter', '2020-24'],
      ],
    ],
    [
      'last night, this morning',
      [
        ['last night', '2021-10-07'],
        ['this morning', '2021-10-08'],
      ],
    ],
    ['over the past two years', [['past two years', '2019-10/2021-10']]],
    ['in the last six months', [['last six months', '2021-04/2021-10']]],
    ['over the past 10 days', [['past 10 days', '2021-09-28/2021-10-08']]],
    [
      'earlier this month, later this year',
      [
        ['earlier this month', '2021-10-01/2021-10-08'],
        ['later this year', '2021-10-08/2021-12-31'],
      ],
    ],
    ['over the weekend', [['the weekend', '2021-10-02/2021-10-03']]],
    [
      '12 May last year; in March this year',
      [
        ['12 May last year', '2020-05-12'],
        ['March this year', '2021-03'],
      ],
    ],
    ['the week of 12 May 2016', [['week of 12 May 2016', '2016-05-09/2016-05-15']]],
    ['at the end of the month', [['end of the month', '2021-10-21~/2021-10-31~']]],
    ['until last Friday', [['until last Friday', '../2021-10-01']]],
    ['in December', [['December', '2020-12']]],
  ],
  feasts: [
    [
      'on Christmas Eve 2018, New Year’s Day, Easter Monday 2016',
      [
        ['Christmas Eve 2018', '2018-12-24'],
        ['New Year’s Day', '2021-01-01'],
        ['Easter Monday 2016', '2016-03-28'],
      ],
    ],
    [
      'on Good Friday and at Christmas',
      [
        ['Good Friday', '2021-04-02'],
        ['Christmas', '2020-12-25'],
      ],
    ],
    ['Christmas Island', []],
  ],
  'hurried writing': [
    [
      '14 nov 2023 and april 2017, on 22/04',
      [
        ['14 nov 2023', '2023-11-14'],
        ['april 2017', '2017-04'],
        ['22/04', '2021-04-22'],
      ],
    ],
    ['next week on Tuesday', [['next week on Tuesday', '2021-10-12']]],
    ['the last week of the trial', []],
  ],
  'what is to come': [
    ['It will open in December.', [['December', '2021-12']]],
    ['The court is due to rule on Monday.', [['Monday', '2021-10-11']]],
    [
      'next March and next Tuesday',
      [
        ['next March', '2022-03'],
        ['next Tuesday', '2021-10-12'],
      ],
    ],
    ['They will leave in two weeks.', [['in two weeks', '2021-10-18/2021-10-24']]],
    ['The tents will go by Wednesday.', [['by Wednesday', '../2021-10-13']]],
  ],
  'counted from the date before': [
    [
      'On 12 May 2016 they came; the day before, they had left.',
      [
        ['12 May 2016', '2016-05-12'],
        ['the day before', '2016-05-11'],
      ],
    ],
    [
      'On 12 May 2016 they came and two days later they left.',
      [
        ['12 May 2016', '2016-05-12'],
        ['two days later', '2016-05-14'],
      ],
    ],
    [
      'in May 2016 and a year earlier',
      [
        ['May 2016', '2016-05'],
        ['a year earlier', '2015-05'],
      ],
    ],
    [
      'on 12 May 2016, and the same day again',
      [
        ['12 May 2016', '2016-05-12'],
        ['same day', '2016-05-12'],
      ],
    ],
    ['two days before 12 May 2016', [['two days before 12 May 2016', '2016-05-10']]],
    ['two weeks after 12 May 2016', [['two weeks after 12 May 2016', '2016-05-26~']]],
    ['the day after Tuesday', [['the day after Tuesday', '2021-10-06']]],
    ['the day before the vote', []],
  ],
  'what is no date': [
    ['It may rain on the march in second place', []],
    ['He ran for two hours in 1,500 cases; 2,016 people and 2016 people; 1500 and 2000 tents', []],
    ['between 1500 and 2000 migrants; from 1500 to 2000 people; around 2000 people', []],
    ['Article 2014, Resolution 1973, page 1998, room 2016, section 2 and No. 2015', []],
    ['directive 2013/33/EU', []],
    ['Theresa May said May was right', []],
    ['every Tuesday and on Tuesdays', []],
    ['at 8.30 am, 20:15, 2015 GMT, from 9 to 10', []],
    ['In May 10 people came', [['May', '2021-05']]],
    ['the Sunday Times, USA TODAY and “This Week”', []],
    ['in her 30s', []],
    ['£2015 and $2016', []],
    ['The constructor and the prototype', []],
  ],
};

const french: Record<string, Case[]> = {
  'full dates in every order': [
    [
      'le 28 octobre 2014, le 1er mai 2015, en mai 2016',
      [
        ['28 octobre 2014', '2014-10-28'],
        ['1er mai 2015', '2015-05-01'],
        ['mai 2016', '2016-05'],
      ],
    ],
    ['mardi 28 octobre 2014', [['mardi 28 octobre 2014', '2014-10-28']]],
    [
      'le 28/10/2014, le 28.10.2014',
      [
        ['28/10/2014', '2014-10-28'],
        ['28.10.2014', '2014-10-28'],
      ],
    ],
    [
      'le quinze août et le premier mai',
      [
        ['quinze août', '2021-08-15'],
        ['premier mai', '2021-05-01'],
      ],
    ],
    [
      'le 12 mai dernier, le 3 novembre prochain',
      [
        ['12 mai dernier', '2021-05-12'],
        ['3 novembre prochain', '2021-11-03'],
      ],
    ],
  ],
  'months, years, decades, centuries': [
    [
      'en 2020, l’année 2015, fin 2016',
      [
        ['2020', '2020'],
        ['2015', '2015'],
        ['fin 2016', '2016-09~/2016-12~'],
      ],
    ],
    [
      'les années 1990, les années 90',
      [
        ['années 1990', '199X'],
        ['années 90', '199X'],
      ],
    ],
    ['au XIXe siècle', [['XIXe siècle', '18XX']]],
    [
      'au printemps 2015, l’été 2015',
      [
        ['printemps 2015', '2015-21'],
        ['été 2015', '2015-22'],
      ],
    ],
    [
      'le premier semestre 2016, au troisième trimestre de 2019',
      [
        ['premier semestre 2016', '2016-01/2016-06'],
        ['troisième trimestre de 2019', '2019-07/2019-09'],
      ],
    ],
    ['les huit premiers mois de 2021', [['huit premiers mois de 2021', '2021-01/2021-08']]],
    [
      'le rapport 2016 et la loi de 2014',
      [
        ['2016', '2016'],
        ['2014', '2014'],
      ],
    ],
    [
      'mars dernier et juin prochain',
      [
        ['mars dernier', '2021-03'],
        ['juin prochain', '2022-06'],
      ],
    ],
  ],
  'several days and ranges': [
    ['dans la nuit du 12 au 13 mai 2015', [['du 12 au 13 mai 2015', '2015-05-12/2015-05-13']]],
    ['du 3 au 10 juin', [['du 3 au 10 juin', '2021-06-03/2021-06-10']]],
    ['les 12, 14 et 17 mai 2016', [['12, 14 et 17 mai 2016', '{2016-05-12,2016-05-14,2016-05-17}']]],
    ['du 28 décembre au 3 janvier 2016', [['du 28 décembre au 3 janvier 2016', '2015-12-28/2016-01-03']]],
    [
      'du 24 juillet et du 5 août 2006',
      [
        ['24 juillet', '2006-07-24'],
        ['5 août 2006', '2006-08-05'],
      ],
    ],
    ['vers 1900 avant J.-C.', [['vers 1900', null]]],
    ['entre mars et mai 2016', [['entre mars et mai 2016', '2016-03/2016-05']]],
    ['d’avril à juin 2016', [['d’avril à juin 2016', '2016-04/2016-06']]],
    [
      'entre 2014 et 2016, de 2015 à 2018',
      [
        ['entre 2014 et 2016', '2014/2016'],
        ['de 2015 à 2018', '2015/2018'],
      ],
    ],
    ['dans la nuit de lundi à mardi', [['de lundi à mardi', '2021-10-04/2021-10-05']]],
    ['de 2007 à la fin de 2008', [['de 2007 à la fin de 2008', '2007/2008-12~']]],
    ['la dernière semaine de mai 2016', [['dernière semaine de mai 2016', '2016-05-25~/2016-05-31~']]],
    ['juin-août 1992', [['juin-août 1992', '1992-06/1992-08']]],
  ],
  bounds: [
    [
      'depuis 2015, depuis mars, depuis lundi',
      [
        ['depuis 2015', '2015/..'],
        ['depuis mars', '2021-03/..'],
        ['depuis lundi', '2021-10-04/..'],
      ],
    ],
    ['à partir du 12 mai 2016', [['à partir du 12 mai 2016', '2016-05-12/..']]],
    [
      'jusqu’au 12 mai 2016, jusqu’en 2018',
      [
        ['jusqu’au 12 mai 2016', '../2016-05-12'],
        ['jusqu’en 2018', '../2018'],
      ],
    ],
    [
      'd’ici à 2025, d’ici la fin de mai 2022',
      [
        ['d’ici à 2025', '../2025'],
        ['d’ici la fin de mai 2022', '../2022-05'],
      ],
    ],
    [
      'avant 2018, après le 12 mai 2016',
      [
        ['avant 2018', '../2017'],
        ['après le 12 mai 2016', '2016-05-13/..'],
      ],
    ],
  ],
  'parts and approximations': [
    [
      'début 2014, début 2016',
      [
        ['début 2014', '2014-01~/2014-04~'],
        ['début 2016', '2016-01~/2016-04~'],
      ],
    ],
    [
      'fin août, à la mi-mai, mi-octobre 2016',
      [
        ['fin août', '2021-08-21~/2021-08-31~'],
        ['mi-mai', '2021-05-10~/2021-05-20~'],
        ['mi-octobre 2016', '2016-10-10~/2016-10-20~'],
      ],
    ],
    ['au début des années 1990', [['début des années 1990', '1990~/1993~']]],
    ['au début de l’année', [['début de l’année', '2021-01~/2021-04~']]],
    ['à la fin du mois', [['fin du mois', '2021-10-21~/2021-10-31~']]],
    [
      'vers 2015, aux alentours de 2010',
      [
        ['vers 2015', '2015~'],
        ['aux alentours de 2010', '2010~'],
      ],
    ],
  ],
  'counted from publication': [
    [
      'mercredi, hier, avant-hier, hier soir',
      [
        ['mercredi', '2021-10-06'],
        ['hier', '2021-10-07'],
        ['avant-hier', '2021-10-06'],
        ['hier soir', '2021-10-07'],
      ],
    ],
    [
      'la semaine dernière, le mois dernier, l’an dernier, l’année prochaine',
      [
        ['la semaine dernière', '2021-09-27/2021-10-03'],
        ['le mois dernier', '2021-09'],
        ['l’an dernier', '2020'],
        ['l’année prochaine', '2022'],
      ],
    ],
    [
      'cette semaine, ce matin, ce mois-ci, cette année, cet été',
      [
        ['cette semaine', '2021-10-04/2021-10-10'],
        ['ce matin', '2021-10-08'],
        ['ce mois-ci', '2021-10'],
        ['cette année', '2021'],
        ['cet été', '2021-22'],
      ],
    ],
    [
      'il y a deux jours, il y a trois ans, il y a près de deux mois',
      [
        ['il y a deux jours', '2021-10-06'],
        ['il y a trois ans', '2018'],
        ['il y a près de deux mois', '2021-08'],
      ],
    ],
    [
      'lundi dernier, mardi prochain, lundi matin',
      [
        ['lundi dernier', '2021-10-04'],
        ['mardi prochain', '2021-10-12'],
        ['lundi matin', '2021-10-04'],
      ],
    ],
    [
      'au cours des six derniers mois, ces trois dernières années',
      [
        ['des six derniers mois', '2021-04/2021-10'],
        ['ces trois dernières années', '2018-10/2021-10'],
      ],
    ],
    [
      'ces derniers jours, les prochaines semaines',
      [
        ['ces derniers jours', null],
        ['les prochaines semaines', null],
      ],
    ],
    [
      'l’été dernier, l’hiver dernier',
      [
        ['l’été dernier', '2021-22'],
        ['l’hiver dernier', '2020-24'],
      ],
    ],
    ['le week-end dernier', [['le week-end dernier', '2021-10-02/2021-10-03']]],
    ['en mai de l’an dernier', [['mai de l’an dernier', '2020-05']]],
    ['la semaine du 12 mai 2016', [['semaine du 12 mai 2016', '2016-05-09/2016-05-15']]],
    ['en décembre', [['décembre', '2020-12']]],
  ],
  feasts: [
    [
      'à Noël 2018, le jour de l’An, à la Toussaint',
      [
        ['Noël 2018', '2018-12-25'],
        ['jour de l’An', '2021-01-01'],
        ['Toussaint', '2021-11-01'],
      ],
    ],
    [
      'le lundi de Pâques 2016, à Pâques',
      [
        ['lundi de Pâques 2016', '2016-03-28'],
        ['Pâques', '2021-04-04'],
      ],
    ],
  ],
  'hurried writing': [
    [
      'le 22/04 ; le 27 dec. 2016 ; 3/4 des tentes',
      [
        ['22/04', '2021-04-22'],
        ['27 dec. 2016', '2016-12-27'],
      ],
    ],
  ],
  'what is to come': [
    ['Il ouvrira ses portes en décembre.', [['décembre', '2021-12']]],
    ['Il a annoncé lundi que le centre ouvrira.', [['lundi', '2021-10-04']]],
    ['La préfète doit venir mardi.', [['mardi', '2021-10-12']]],
    ['Le tribunal rendra sa décision lundi.', [['lundi', '2021-10-11']]],
    ['Les tentes seront parties dans deux semaines.', [['dans deux semaines', '2021-10-18/2021-10-24']]],
  ],
  'counted from the date before': [
    [
      'Le 12 mai 2016 ils sont venus ; la veille, ils étaient partis.',
      [
        ['12 mai 2016', '2016-05-12'],
        ['la veille', '2016-05-11'],
      ],
    ],
    [
      'Le 12 mai 2016, puis deux jours plus tard',
      [
        ['12 mai 2016', '2016-05-12'],
        ['deux jours plus tard', '2016-05-14'],
      ],
    ],
    [
      'Le 12 mai 2016 et le lendemain',
      [
        ['12 mai 2016', '2016-05-12'],
        ['le lendemain', '2016-05-13'],
      ],
    ],
    [
      'en mai 2016 et un an auparavant',
      [
        ['mai 2016', '2016-05'],
        ['un an auparavant', '2015-05'],
      ],
    ],
    [
      'Le 12 mai 2016 : ce jour-là, le jour même',
      [
        ['12 mai 2016', '2016-05-12'],
        ['ce jour-là', '2016-05-12'],
        ['le jour même', '2016-05-12'],
      ],
    ],
    ['la veille du 12 mai 2016', [['veille du 12 mai 2016', '2016-05-11']]],
    ['au lendemain de l’attaque', []],
  ],
  'what is no date': [
    ['La planète Mars et les habitants de Mars', []],
    ['à 8 h 30, vers 20 h 30, 20h15, à 4 heures et demie', []],
    ['entre 1500 et 2000 personnes, près de 2000 migrants', []],
    ['l’article 2014, le règlement 2016/679, la loi n° 2016-274', []],
    ['chaque mardi, tous les mardis', []],
    ['le 12 sept personnes', []],
    ['du jour au lendemain', []],
    ['il y a trois jours de marche', []],
  ],
};

describe.each([
  ['en', english],
  ['fr', french],
] as const)('findDates, %s', (language, groups) => {
  describe.each(Object.entries(groups))('%s', (_, cases) => {
    it.each(cases)('%s', (text, expected) => expect(dates(text, language)).toEqual(expected));
  });
});

describe('findDates', () => {
  it('finds relative dates without a publication date, and makes no date of them', () => {
    expect(dates('on Wednesday, yesterday, last week and in March', 'en', null)).toEqual([
      ['Wednesday', null],
      ['yesterday', null],
      ['last week', null],
      ['March', null],
    ]);
    expect(dates('hier, il y a trois ans, depuis mars', 'fr', null)).toEqual([
      ['hier', null],
      ['il y a trois ans', null],
      ['depuis mars', null],
    ]);
  });

  it('takes from a publication date known by its year or month what it can', () => {
    expect(dates('last year and last month', 'en', '2021')).toEqual([
      ['last year', '2020'],
      ['last month', null],
    ]);
    expect(dates('last month and yesterday', 'en', '2021-10')).toEqual([
      ['last month', '2021-09'],
      ['yesterday', null],
    ]);
  });

  it('knows no 31 June and no 30 February', () => {
    expect(dates('31 June 2015', 'en')).toEqual([['31 June 2015', null]]);
    expect(dates('on 30/02/2015', 'en')).toEqual([]);
  });

  it('carries the last date and the order of digits from sentence to sentence', () => {
    const memory = newDateMemory();
    const read = (text: string) =>
      findDates(tokenise(text, 0, text.length, 'en'), 'en', '2021-10-08', memory).map(({ edtf }) => edtf);
    expect(read('It began on 10/28/2014.')).toEqual(['2014-10-28']);
    expect(read('It went on the next day, and on 10/11/2014.')).toEqual(['2014-10-29', '2014-10-11']);
    expect(read('In 2012 nothing happened.')).toEqual(['2012']);
    expect(read('The day before, it had rained.')).toEqual(['2014-11-10'].map(() => '2014-10-10'));
  });

  it('costs the same a word however its words are nested', () => {
    for (const words of ['end of ', 'the week of the ', 'early ', 'from May to ', '12, ', 'la veille du '])
      expect(dates(words.repeat(50_000), words.startsWith('la') ? 'fr' : 'en').length).toBeLessThan(50_001);
  });

  it('whatever the words, every date is EDTF and every span a slice, in order', () => {
    const words = Object.values({ ...english, ...french })
      .concat(Object.values(english))
      .flatMap((cases) => cases.flatMap(([text]) => text.split(/(?<= )/)));
    const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2040-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { maxLength: 30 }),
        fc.constantFrom<Language>('en', 'fr'),
        fc.option(days),
        (parts, language, day) => {
          const text = parts.join('');
          const published = day ? day.toISOString().slice(0, 10) : null;
          let end = 0;
          for (const date of findDates(tokenise(text, 0, text.length, language), language, published)) {
            expect(date.start).toBeGreaterThanOrEqual(end);
            expect(date.end).toBeGreaterThan(date.start);
            if (date.edtf !== null) expect(EdtfDate.safeParse(date.edtf).success, date.edtf).toBe(true);
            end = date.end;
          }
          expect(end).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
