// Small invented cases of statements and what is to be found in them: answers of each kind, and near misses where nothing
// is. The first half was written before the rules were tuned, the second afterwards; they are reported separately.
import type { SpeechAct, StatementMode, Venue } from '../../src/record/vocabulary.ts';

/** One statement of a case. Those with one `in` stand in one source, in the order in which they are written. */
export interface CaseStatement {
  id: string;
  who: string;
  role?: string;
  act?: SpeechAct;
  says: string;
  on?: string;
  about?: string[];
  in?: string;
  mode?: StatementMode;
  by?: string;
  to?: string;
  venue?: Venue;
  /** The passage, when it has more words than what was said. */
  passage?: string;
}

/** One case: what is found, as "check first second", and nothing else. */
export interface Case {
  name: string;
  statements: CaseStatement[];
  finds: string[];
  /** How many independent reports the first statement has, where that is the point. */
  independent?: number;
}

export const FIRST_HALF: Case[] = [
  {
    name: 'a ministry clarifies its minister',
    statements: [
      {
        id: 'a',
        who: 'the transport minister',
        says: 'the tunnel will close at night from June',
        on: '2018-05-02',
        about: ['night trains'],
      },
      {
        id: 'b',
        who: 'the ministry of transport',
        act: 'clarifies',
        says: 'the minister was referring to freight trains only',
        on: '2018-05-03',
        about: ['night trains'],
      },
    ],
    finds: ['later-clarified b a'],
  },
  {
    name: 'un ministère précise les propos de sa ministre',
    statements: [
      {
        id: 'a',
        who: 'la ministre de la santé',
        says: 'les dispensaires du littoral fermeront à l’automne',
        on: '2019-03-04',
        about: ['dispensaires'],
      },
      {
        id: 'b',
        who: 'le ministère de la santé',
        act: 'clarifies',
        says: 'la ministre a voulu parler de deux dispensaires seulement',
        on: '2019-03-05',
        about: ['dispensaires'],
      },
    ],
    finds: ['later-clarified b a'],
  },
  {
    name: 'a ministry of another country clarifies something else',
    statements: [
      {
        id: 'a',
        who: 'the French interior minister',
        says: 'patrols on the beaches will be doubled',
        on: '2020-08-10',
        about: ['patrols'],
      },
      {
        id: 'b',
        who: 'the Belgian interior ministry',
        act: 'clarifies',
        says: 'the patrols it announced cover the ports only',
        on: '2020-08-11',
        about: ['patrols'],
      },
    ],
    finds: [],
  },
  {
    name: 'the prefecture denies what an association says',
    statements: [
      {
        id: 'a',
        who: 'an association',
        act: 'accuses',
        says: 'officers fired tear gas into the dunes while families slept',
        on: '2021-03-11',
      },
      {
        id: 'b',
        who: 'the prefecture',
        act: 'denies',
        says: 'that tear gas was used near families',
        on: '2021-03-12',
      },
    ],
    finds: ['denied b a'],
  },
  {
    name: 'the prefecture denies something else about the same topic',
    statements: [
      {
        id: 'a',
        who: 'an association',
        act: 'accuses',
        says: 'blankets were taken away before sunrise',
        on: '2021-03-11',
        about: ['operation of 11 March'],
      },
      {
        id: 'b',
        who: 'the prefecture',
        act: 'denies',
        says: 'that an officer was injured',
        on: '2021-03-12',
        about: ['operation of 11 March'],
      },
    ],
    finds: [],
  },
  {
    name: 'la préfecture dément une accusation',
    statements: [
      {
        id: 'a',
        who: 'une association',
        act: 'accuses',
        says: 'les agents ont lacéré les tentes à coups de couteau',
        on: '2020-11-03',
        in: 'p',
      },
      {
        id: 'b',
        who: 'la préfecture',
        act: 'denies',
        says: 'que des tentes aient été lacérées',
        on: '2020-11-03',
        in: 'p',
      },
    ],
    finds: ['denied b a'],
  },
  {
    name: 'a denial a year and a half later, of another operation',
    statements: [
      {
        id: 'a',
        who: 'an association',
        act: 'accuses',
        says: 'phones were confiscated during the operation',
        on: '2019-02-11',
        about: ['confiscation of phones'],
      },
      {
        id: 'b',
        who: 'the prefecture',
        act: 'denies',
        says: 'that phones were confiscated',
        on: '2020-10-12',
        about: ['confiscation of phones'],
      },
    ],
    finds: [],
  },
  {
    name: 'a mayor rejects a proposal',
    statements: [
      {
        id: 'a',
        who: 'the prefect',
        says: 'a reception centre should open in the old school',
        on: '2017-07-03',
        about: ['reception centre'],
      },
      {
        id: 'b',
        who: 'the mayor',
        act: 'rejects',
        says: 'the town will host no reception centre',
        on: '2017-07-05',
        about: ['reception centre'],
      },
    ],
    finds: ['rejected b a'],
  },
  {
    name: 'la maire rejette l’idée du préfet',
    statements: [
      {
        id: 'a',
        who: 'le préfet',
        says: 'les douches pourraient être installées sur le parking du stade',
        on: '2017-08-01',
        in: 'p',
      },
      {
        id: 'b',
        who: 'la maire',
        act: 'rejects',
        says: 'cette idée, le stade n’étant pas à la disposition du préfet',
        on: '2017-08-01',
        in: 'p',
      },
    ],
    finds: ['rejected b a'],
  },
  {
    name: 'two ministers of two countries reject two things',
    statements: [
      {
        id: 'a',
        who: 'the French interior minister',
        says: 'joint patrols would be welcome on the beaches',
        on: '2019-11-02',
      },
      {
        id: 'b',
        who: 'the Italian interior minister',
        act: 'rejects',
        says: 'a relocation scheme for those rescued at sea',
        on: '2019-11-03',
      },
    ],
    finds: [],
  },
  {
    name: 'a speaker repeats himself months later',
    statements: [
      {
        id: 'a',
        who: 'the mayor',
        says: 'the port cannot bear this burden alone',
        on: '2016-02-01',
        about: ['burden on the port'],
      },
      {
        id: 'b',
        who: 'the mayor',
        says: 'the port cannot bear this burden alone',
        on: '2016-09-14',
        about: ['burden on the port'],
      },
    ],
    finds: [],
  },
  {
    name: 'a corrected number',
    statements: [
      {
        id: 'a',
        who: 'the coast guard',
        says: 'it rescued 73 people from two boats on Sunday',
        on: '2020-09-13',
      },
      {
        id: 'b',
        who: 'the coast guard',
        act: 'corrects',
        says: 'it rescued 37 people from two boats, not 73',
        on: '2020-09-14',
      },
    ],
    finds: ['corrected b a'],
  },
  {
    name: 'a later count is no correction',
    statements: [
      {
        id: 'a',
        who: 'the coast guard',
        says: 'it rescued 73 people from two boats on Sunday',
        on: '2020-09-13',
      },
      {
        id: 'b',
        who: 'the coast guard',
        says: 'it rescued 41 people from a boat on Tuesday',
        on: '2020-09-15',
      },
    ],
    finds: [],
  },
  {
    name: 'un élu revient sur ses propos',
    statements: [
      {
        id: 'a',
        who: 'le conseiller municipal',
        says: 'les bénévoles sont payés par les passeurs',
        on: '2018-01-10',
        about: ['bénévoles'],
      },
      {
        id: 'b',
        who: 'le conseiller municipal',
        act: 'retracts',
        says: 'ses propos sur les bénévoles, qu’il regrette',
        on: '2018-01-12',
        about: ['bénévoles'],
      },
    ],
    finds: ['retracted b a'],
  },
  {
    name: 'the government explains otherwise than a report',
    statements: [
      {
        id: 'a',
        who: 'a human rights organisation',
        says: 'food distributions are obstructed by daily police checks',
        on: '2021-06-01',
        about: ['food distributions'],
        venue: 'report',
      },
      {
        id: 'b',
        who: 'the prefecture',
        act: 'explains',
        says: 'checks near distributions serve to enforce health rules',
        on: '2021-06-03',
        about: ['food distributions'],
      },
    ],
    finds: ['explained-otherwise b a'],
  },
  {
    name: 'a minister explains a thing of his own',
    statements: [
      {
        id: 'a',
        who: 'an association',
        says: 'the water points were shut for a week',
        on: '2021-06-01',
        in: 'p',
      },
      {
        id: 'b',
        who: 'the interior minister',
        act: 'explains',
        says: 'the new visa rules simplify the work of consulates',
        on: '2021-06-03',
        in: 'p',
      },
    ],
    finds: [],
  },
  {
    name: 'a ministry does not answer',
    statements: [
      {
        id: 'a',
        who: 'an association',
        act: 'accuses',
        says: 'minors are turned away from the hotel every evening',
        on: '2022-01-17',
        about: ['housing of minors'],
      },
      {
        id: 'b',
        who: 'the county council',
        act: 'no-response',
        says: 'did not reply to questions',
        on: '2022-01-18',
        about: ['housing of minors'],
      },
    ],
    finds: ['no-response b a'],
  },
  {
    name: 'agency copy in three papers',
    statements: [
      {
        id: 'a',
        who: 'the prefect',
        says: 'the camp behind the warehouse was cleared without incident and its occupants were taken to shelters in the region',
        on: '2019-09-17',
        by: 'AFP',
      },
      {
        id: 'b',
        who: 'the prefect',
        says: 'the camp behind the warehouse was cleared without incident and its occupants were taken to shelters in the region',
        on: '2019-09-17',
        by: 'a morning paper',
      },
      {
        id: 'c',
        who: 'the prefect',
        says: 'the camp behind the warehouse was cleared without incident and its occupants taken to shelters in the region',
        on: '2019-09-18',
        by: 'an evening paper',
      },
    ],
    finds: ['echo b a', 'echo c a'],
    independent: 1,
  },
  {
    name: 'two reporters hear the same words',
    statements: [
      {
        id: 'a',
        who: 'the mayor',
        mode: 'direct',
        says: 'We were never asked, and we will not be silent.',
        on: '2016-10-20',
        by: 'a morning paper',
        passage:
          '“We were never asked, and we will not be silent.” The mayor spoke on the steps of the town hall.',
      },
      {
        id: 'b',
        who: 'the mayor',
        mode: 'direct',
        says: 'we were never asked, and we will not be silent',
        on: '2016-10-20',
        by: 'a radio station',
        passage: 'In the rain she told a small crowd: “we were never asked, and we will not be silent”.',
      },
    ],
    finds: ['echo b a'],
    independent: 2,
  },
  {
    name: 'a denial nobody called one',
    statements: [
      {
        id: 'a',
        who: 'a volunteer group',
        says: 'police confiscated sleeping bags near the canal',
        on: '2020-12-01',
      },
      {
        id: 'b',
        who: 'the police',
        says: 'no sleeping bags were confiscated near the canal',
        on: '2020-12-02',
      },
    ],
    finds: ['denied b a'],
  },
  {
    name: 'two parties speak of one matter without answering',
    statements: [
      {
        id: 'a',
        who: 'an association',
        says: 'the showers by the stadium are used by 200 people a day',
        on: '2017-09-01',
        about: ['showers'],
      },
      {
        id: 'b',
        who: 'the prefecture',
        says: 'the showers will stay open through the winter',
        on: '2017-09-04',
        about: ['showers'],
      },
    ],
    finds: [],
  },
  {
    name: 'words that point back, without an act',
    statements: [
      {
        id: 'a',
        who: 'the transport minister',
        says: 'the ferry line will be given up',
        on: '2015-04-01',
        about: ['ferry line'],
      },
      {
        id: 'b',
        who: 'the ministry of transport',
        says: 'the minister had meant the summer timetable of the ferry line',
        on: '2015-04-02',
        about: ['ferry line'],
      },
    ],
    finds: ['later-clarified b a'],
  },
  {
    name: 'an answer cannot come before',
    statements: [
      {
        id: 'a',
        who: 'an association',
        act: 'accuses',
        says: 'guards beat a man at the fence',
        on: '2016-05-20',
      },
      {
        id: 'b',
        who: 'the police',
        act: 'denies',
        says: 'that guards beat anybody at the fence',
        on: '2016-05-11',
      },
    ],
    finds: [],
  },
  {
    name: 'a witness confirms, which is no disagreement',
    statements: [
      {
        id: 'a',
        who: 'an association',
        says: 'lorry drivers were attacked on the motorway at night',
        on: '2016-06-20',
      },
      {
        id: 'b',
        who: 'a lorry driver',
        act: 'confirms',
        says: 'that drivers were attacked on the motorway',
        on: '2016-06-21',
      },
    ],
    finds: [],
  },
];

export const SECOND_HALF: Case[] = [
  {
    name: 'a spokesman clarifies the prime minister',
    statements: [
      {
        id: 'a',
        who: 'the prime minister',
        says: 'every asylum seeker will be sent to the islands',
        on: '2022-04-10',
        about: ['islands'],
      },
      {
        id: 'b',
        who: 'a spokesman for the government',
        act: 'clarifies',
        says: 'the prime minister was talking about new arrivals',
        on: '2022-04-11',
        about: ['islands'],
      },
    ],
    finds: ['later-clarified b a'],
  },
  {
    name: 'the speaker himself was misunderstood, two weeks on',
    statements: [
      {
        id: 'a',
        who: 'the head of the port',
        says: 'we cannot guarantee safety at the terminal any longer',
        on: '2015-07-29',
        mode: 'direct',
      },
      {
        id: 'b',
        who: 'the head of the port',
        says: 'he had been misunderstood: the terminal is safe for passengers',
        on: '2015-08-11',
      },
    ],
    finds: ['later-clarified b a'],
  },
  {
    name: 'une préfecture rectifie un bilan',
    statements: [
      {
        id: 'a',
        who: 'la préfecture',
        says: '85 personnes ont été interpellées près de la rocade',
        on: '2016-01-24',
      },
      {
        id: 'b',
        who: 'la préfecture',
        act: 'corrects',
        says: '58 personnes ont été interpellées et non 85',
        on: '2016-01-25',
      },
      {
        id: 'c',
        who: 'une association',
        says: 'des personnes interpellées près de la rocade ont été relâchées',
        on: '2016-01-25',
      },
    ],
    finds: ['corrected b a'],
  },
  {
    name: 'another body says the number is wrong',
    statements: [
      {
        id: 'a',
        who: 'the prefecture',
        says: '800 people were living on the moor in July',
        on: '2015-07-20',
      },
      {
        id: 'b',
        who: 'an aid group',
        act: 'corrects',
        says: 'the prefecture’s number of 800 on the moor leaves out half of the people living there',
        on: '2015-07-22',
      },
    ],
    finds: ['corrected b a'],
  },
  {
    name: 'deux démentis pour deux accusations',
    statements: [
      {
        id: 'a',
        who: 'une association',
        act: 'accuses',
        says: 'des policiers ont versé du gaz sur la nourriture',
        on: '2020-09-28',
        about: ['distribution'],
      },
      {
        id: 'b',
        who: 'un collectif',
        act: 'accuses',
        says: 'des bénévoles ont été verbalisés pendant la distribution',
        on: '2020-09-28',
        about: ['distribution'],
      },
      {
        id: 'c',
        who: 'la préfecture',
        act: 'denies',
        says: 'que du gaz ait été versé sur de la nourriture',
        on: '2020-09-29',
        about: ['distribution'],
      },
      {
        id: 'd',
        who: 'la préfecture',
        act: 'denies',
        says: 'que des bénévoles aient été verbalisés',
        on: '2020-09-29',
        about: ['distribution'],
      },
    ],
    finds: ['denied c a', 'denied d b'],
  },
  {
    name: 'a denial of these allegations, without saying which, in one article',
    statements: [
      {
        id: 'a',
        who: 'a lawyers’ association',
        act: 'accuses',
        says: 'children were held overnight without an interpreter',
        on: '2019-05-06',
        in: 'p',
        about: ['holding centre'],
      },
      {
        id: 'b',
        who: 'the border police',
        act: 'denies',
        says: 'these allegations',
        on: '2019-05-06',
        in: 'p',
        about: ['holding centre'],
      },
    ],
    finds: ['denied b a'],
  },
  {
    name: 'two rejections answer a proposal, not one another',
    statements: [
      {
        id: 'a',
        who: 'the regional council president',
        says: 'a hotspot should be set up in the harbour',
        on: '2018-06-14',
        about: ['hotspot'],
      },
      {
        id: 'b',
        who: 'the mayor',
        act: 'rejects',
        says: 'a hotspot in the harbour would ruin the town',
        on: '2018-06-15',
        about: ['hotspot'],
      },
      {
        id: 'c',
        who: 'the British government',
        act: 'rejects',
        says: 'paying for a hotspot in the harbour',
        on: '2018-06-16',
        about: ['hotspot'],
      },
    ],
    finds: ['rejected b a', 'rejected c a'],
  },
  {
    name: 'un rejet d’une autre proposition de la même semaine',
    statements: [
      {
        id: 'a',
        who: 'le préfet',
        says: 'un arrêté interdira la vente d’essence au détail',
        on: '2021-11-25',
        about: ['littoral'],
      },
      {
        id: 'b',
        who: 'la maire',
        act: 'rejects',
        says: 'l’ouverture d’un accueil de jour dans l’ancienne gare',
        on: '2021-11-26',
        about: ['littoral'],
      },
    ],
    finds: [],
  },
  {
    name: 'an association rejects what its ally proposes',
    statements: [
      {
        id: 'a',
        who: 'a charity',
        says: 'tents should be handed out at the gymnasium',
        on: '2017-12-10',
        about: ['gymnasium'],
      },
      {
        id: 'b',
        who: 'a charity',
        says: 'tents will be handed out at the gymnasium again',
        on: '2017-12-17',
        about: ['gymnasium'],
      },
      {
        id: 'c',
        who: 'the mayor',
        act: 'rejects',
        says: 'opening the gymnasium to anybody',
        on: '2017-12-11',
        about: ['gymnasium'],
      },
    ],
    finds: ['rejected c a'],
  },
  {
    name: 'a minister takes back a remark in parliament',
    statements: [
      {
        id: 'a',
        who: 'the immigration minister',
        role: 'British minister for immigration',
        says: 'those who cross are criminals',
        on: '2022-11-01',
        venue: 'interview',
      },
      {
        id: 'b',
        who: 'the immigration minister',
        role: 'British minister for immigration',
        act: 'retracts',
        says: 'his remark about those who cross',
        on: '2022-11-03',
        venue: 'parliament',
      },
    ],
    finds: ['retracted b a'],
  },
  {
    name: 'le gouvernement explique autrement des départs',
    statements: [
      {
        id: 'a',
        who: 'un collectif de bénévoles',
        act: 'accuses',
        says: 'les occupants du bois ont été forcés de monter dans les cars',
        on: '2022-03-08',
      },
      {
        id: 'b',
        who: 'la préfecture',
        act: 'explains',
        says: 'les occupants du bois sont montés volontairement dans les cars pour être mis à l’abri',
        on: '2022-03-08',
      },
    ],
    finds: ['explained-otherwise b a'],
  },
  {
    name: 'an association explains its own work',
    statements: [
      {
        id: 'a',
        who: 'the prefecture',
        says: 'the day centre receives 150 people',
        on: '2022-03-08',
        about: ['day centre'],
      },
      {
        id: 'b',
        who: 'the prefecture',
        says: 'the day centre has a nurse',
        on: '2022-03-09',
        about: ['day centre'],
      },
      {
        id: 'c',
        who: 'the prefecture',
        act: 'explains',
        says: 'a nurse visits the day centre twice a week',
        on: '2022-03-10',
        about: ['day centre'],
      },
    ],
    finds: [],
  },
  {
    name: 'deux associations, deux explications du même bord',
    statements: [
      {
        id: 'a',
        who: 'une association',
        says: 'les jeunes refusent l’hébergement par peur d’être éloignés',
        on: '2022-02-02',
        about: ['hébergement'],
      },
      {
        id: 'b',
        who: 'un collectif',
        act: 'explains',
        says: 'les jeunes refusent l’hébergement à cause de sa distance',
        on: '2022-02-03',
        about: ['hébergement'],
      },
    ],
    finds: [],
  },
  {
    name: 'un silence, sans que l’on sache sur quoi',
    statements: [
      {
        id: 'a',
        who: 'une association',
        says: 'les citernes sont vides depuis lundi',
        on: '2022-05-02',
        in: 'p',
      },
      { id: 'b', who: 'un collectif', says: 'deux écoles refusent des élèves', on: '2022-05-02', in: 'q' },
      {
        id: 'c',
        who: 'la communauté urbaine',
        act: 'no-response',
        says: 'n’a pas donné suite',
        on: '2022-05-03',
        in: 'r',
      },
    ],
    finds: ['no-response c'],
  },
  {
    name: 'a silence that ended',
    statements: [
      {
        id: 'a',
        who: 'an association',
        act: 'accuses',
        says: 'a pregnant woman was left on the beach',
        on: '2021-10-01',
        about: ['beach'],
      },
      {
        id: 'b',
        who: 'the prefecture',
        act: 'no-response',
        says: 'did not return calls',
        on: '2021-10-02',
        about: ['beach'],
      },
      {
        id: 'c',
        who: 'the prefecture',
        says: 'an inquiry has been opened',
        on: '2021-10-09',
        about: ['beach'],
      },
    ],
    finds: ['no-response b a'],
  },
  {
    name: 'dépêche reprise par trois journaux, sans signature',
    statements: [
      {
        id: 'a',
        who: 'le sous-préfet',
        says: 'environ trente personnes ont été conduites dans un centre d’accueil de la région, où elles pourront déposer une demande d’asile',
        on: '2023-01-12',
        by: 'un quotidien',
      },
      {
        id: 'b',
        who: 'le sous-préfet',
        says: 'environ trente personnes ont été conduites dans un centre d’accueil de la région, où elles pourront déposer une demande d’asile',
        on: '2023-01-12',
        by: 'un hebdomadaire',
      },
      {
        id: 'c',
        who: 'le sous-préfet',
        says: 'une trentaine de tentes restent sur le terrain',
        on: '2023-01-12',
        by: 'une radio',
      },
    ],
    finds: ['echo b a'],
    independent: 1,
  },
  {
    name: 'the same sentence of two mayors',
    statements: [
      {
        id: 'a',
        who: 'the mayor of the harbour town',
        says: 'the state has abandoned us',
        on: '2016-03-01',
        mode: 'direct',
      },
      {
        id: 'b',
        who: 'the mayor of the hill town',
        says: 'the state has abandoned us',
        on: '2016-03-01',
        mode: 'direct',
      },
    ],
    finds: [],
  },
  {
    name: 'a part of a quotation, in another paper',
    statements: [
      {
        id: 'a',
        who: 'the prefect',
        mode: 'direct',
        says: 'There will be no return to the situation of last year, and every tent that goes up will come down the same day.',
        on: '2018-08-30',
        by: 'a daily',
      },
      {
        id: 'b',
        who: 'the prefect',
        mode: 'direct',
        says: 'every tent that goes up will come down the same day',
        on: '2018-08-31',
        by: 'a weekly',
      },
    ],
    finds: ['echo b a'],
  },
  {
    name: 'the same count on two days is two statements',
    statements: [
      {
        id: 'a',
        who: 'the coast guard',
        says: '48 people were brought ashore after their engine failed',
        on: '2021-07-02',
      },
      {
        id: 'b',
        who: 'the coast guard',
        says: '48 people were brought ashore after their engine failed',
        on: '2021-07-21',
      },
    ],
    finds: [],
  },
  {
    name: 'la même phrase avec un autre nombre',
    statements: [
      {
        id: 'a',
        who: 'le procureur',
        says: '12 personnes ont été placées en garde à vue après l’incendie du hangar',
        on: '2019-10-10',
      },
      {
        id: 'b',
        who: 'le procureur',
        says: '14 personnes ont été placées en garde à vue après l’incendie du hangar',
        on: '2019-10-10',
      },
    ],
    finds: [],
  },
  {
    name: 'no shelter is no denial of another thing',
    statements: [
      {
        id: 'a',
        who: 'the prefecture',
        says: 'the gymnasium was opened on the night of the frost',
        on: '2018-02-26',
        about: ['winter plan'],
      },
      {
        id: 'b',
        who: 'an association',
        says: 'there is no drinking water on the moor',
        on: '2018-02-27',
        about: ['winter plan'],
      },
    ],
    finds: [],
  },
  {
    name: 'un démenti que personne n’a nommé ainsi',
    statements: [
      {
        id: 'a',
        who: 'une association',
        says: 'les couvertures ont été jetées dans une benne',
        on: '2021-01-05',
      },
      { id: 'b', who: 'la mairie', says: 'aucune couverture n’a été jetée dans une benne', on: '2021-01-06' },
    ],
    finds: ['denied b a'],
  },
  {
    name: 'contrairement à ce qui a été dit',
    statements: [
      {
        id: 'a',
        who: 'la maire',
        says: 'l’État n’a financé aucune douche sur le terrain',
        on: '2017-11-06',
        about: ['douches'],
      },
      {
        id: 'b',
        who: 'la préfecture',
        says: 'contrairement à ce qu’affirme la maire, l’État a financé les douches du terrain',
        on: '2017-11-07',
        about: ['douches'],
      },
    ],
    finds: ['denied b a'],
  },
  {
    name: 'a complaint with never in it is no denial',
    statements: [
      {
        id: 'a',
        who: 'the prefecture',
        says: 'buses leave for the shelters every morning',
        on: '2019-12-02',
        about: ['shelters'],
      },
      {
        id: 'b',
        who: 'an exile',
        says: 'he had never slept in a warm room since he came',
        on: '2019-12-02',
        about: ['shelters'],
      },
    ],
    finds: [],
  },
  {
    name: 'the ministry of one country, the minister of another, one word',
    statements: [
      {
        id: 'a',
        who: 'the German interior minister',
        says: 'police officers will be sent to the border next week',
        on: '2015-09-13',
        about: ['border checks'],
      },
      {
        id: 'b',
        who: 'the Austrian transport ministry',
        act: 'clarifies',
        says: 'trains to the border will run as usual',
        on: '2015-09-13',
        about: ['border checks'],
      },
    ],
    finds: [],
  },
  {
    name: 'a rejection of a call known only to the month',
    statements: [
      {
        id: 'a',
        who: 'the French president',
        says: 'the treaty on the border should be renegotiated',
        on: '2017-01',
        about: ['treaty'],
      },
      {
        id: 'b',
        who: 'the British home secretary',
        act: 'rejects',
        says: 'reopening the treaty',
        on: '2017-01-19',
        about: ['treaty'],
      },
    ],
    finds: ['rejected b a'],
  },
];

/** Written after what the second half had shown was mended. */
export const THIRD_SET: Case[] = [
  {
    name: 'the town hall clarifies the mayor',
    statements: [
      {
        id: 'a',
        who: 'the mayor of the port town',
        says: 'I will close the beach to everybody',
        mode: 'direct',
        on: '2019-08-02',
      },
      {
        id: 'b',
        who: 'the town hall of the port town',
        act: 'clarifies',
        says: 'the mayor had in mind the stretch of beach under the cliff',
        on: '2019-08-03',
      },
    ],
    finds: ['later-clarified b a'],
  },
  {
    name: 'a colleague of another ministry does not clarify',
    statements: [
      {
        id: 'a',
        who: 'the health minister',
        says: 'the field clinic will move inland',
        on: '2019-08-02',
        about: ['field clinic'],
      },
      {
        id: 'b',
        who: 'the transport minister',
        act: 'clarifies',
        says: 'the coast road reopens on Monday',
        on: '2019-08-03',
        about: ['coast road'],
      },
    ],
    finds: [],
  },
  {
    name: 'le procureur dément le syndicat',
    statements: [
      {
        id: 'a',
        who: 'un syndicat de police',
        says: 'trois agents ont été blessés par des jets de pierres',
        on: '2021-06-07',
        about: ['affrontements'],
      },
      {
        id: 'b',
        who: 'le procureur',
        act: 'denies',
        says: 'que des agents aient été blessés par des pierres',
        on: '2021-06-08',
        about: ['affrontements'],
      },
      {
        id: 'c',
        who: 'un habitant',
        says: 'des pierres ont été jetées sur les voitures',
        on: '2021-06-08',
        about: ['affrontements'],
      },
    ],
    finds: ['denied b a'],
  },
  {
    name: 'a denial in another paper, undated',
    statements: [
      {
        id: 'a',
        who: 'an aid worker',
        act: 'accuses',
        says: 'a boat was pierced by officers on the beach at dawn',
        on: '2023-07-10',
      },
      { id: 'b', who: 'the coast guard', act: 'denies', says: 'that officers pierced a boat on the beach' },
    ],
    finds: ['denied b a'],
  },
  {
    name: 'une correction d’un lieu, par le même corps',
    statements: [
      {
        id: 'a',
        who: 'la préfecture maritime',
        says: 'le naufrage s’est produit au large du cap',
        on: '2021-11-24',
      },
      {
        id: 'b',
        who: 'la préfecture maritime',
        act: 'corrects',
        says: 'le naufrage s’est produit dans le chenal, non au large du cap',
        on: '2021-11-25',
      },
    ],
    finds: ['corrected b a'],
  },
  {
    name: 'two counts by two bodies are figures that differ, not a correction',
    statements: [
      {
        id: 'a',
        who: 'the prefecture',
        says: '3,700 people live in the camp',
        on: '2016-02-12',
        about: ['census'],
      },
      {
        id: 'b',
        who: 'an association',
        says: '7,000 people live in the camp',
        on: '2016-02-13',
        about: ['census'],
      },
    ],
    finds: [],
  },
  {
    name: 'the same party repeats its own denial',
    statements: [
      {
        id: 'a',
        who: 'a lawyer',
        act: 'accuses',
        says: 'her client was denied a doctor in the cell',
        on: '2020-03-02',
      },
      {
        id: 'b',
        who: 'the police',
        act: 'denies',
        says: 'that anyone in the cell was refused a doctor',
        on: '2020-03-03',
      },
      {
        id: 'c',
        who: 'the police',
        act: 'denies',
        says: 'that a doctor was refused to anyone in the cell',
        on: '2020-03-20',
      },
    ],
    finds: ['denied b a', 'denied c a'],
  },
  {
    name: 'an answer to a letter',
    statements: [
      {
        id: 'a',
        who: 'the ombudsman',
        says: 'the authorities should provide latrines at every site',
        on: '2018-12-13',
        venue: 'letter',
        to: 'the interior minister',
      },
      {
        id: 'b',
        who: 'the interior minister',
        act: 'rejects',
        says: 'any permanent installation',
        on: '2019-01-08',
        venue: 'letter',
        to: 'the ombudsman',
      },
    ],
    finds: ['rejected b a'],
  },
  {
    name: 'une explication du ministre sur une autre ville',
    statements: [
      {
        id: 'a',
        who: 'une association',
        says: 'à Ouistreham, les repas sont interdits sur le quai',
        on: '2018-03-01',
        about: ['repas'],
      },
      {
        id: 'b',
        who: 'le préfet de la Meuse',
        act: 'explains',
        says: 'la cantine du collège a changé de prestataire',
        on: '2018-03-02',
        about: ['repas'],
      },
    ],
    finds: [],
  },
  {
    name: 'le maire explique autrement un refus',
    statements: [
      {
        id: 'a',
        who: 'un collectif',
        act: 'accuses',
        says: 'la mairie a coupé l’eau du robinet du parc pour chasser les exilés',
        on: '2022-07-04',
      },
      {
        id: 'b',
        who: 'la mairie',
        act: 'explains',
        says: 'l’eau du parc a été coupée pour réparer une fuite',
        on: '2022-07-05',
      },
    ],
    finds: ['explained-otherwise b a'],
  },
  {
    name: 'a minister apologises for his words',
    statements: [
      {
        id: 'a',
        who: 'the education minister',
        says: 'teachers who strike abandon their pupils',
        on: '2023-01-30',
      },
      {
        id: 'b',
        who: 'the education minister',
        says: 'he apologised for his words on teachers',
        on: '2023-02-02',
      },
    ],
    finds: ['retracted b a'],
  },
  {
    name: 'wire copy inside one longer article',
    statements: [
      {
        id: 'a',
        who: 'the ferry company',
        says: 'sailings were suspended after people were found in the hold of a ship bound for the island',
        on: '2015-06-23',
        by: 'a news agency',
      },
      {
        id: 'b',
        who: 'the ferry company',
        says: 'sailings were suspended after people were found in the hold of a ship bound for the island',
        on: '2015-06-24',
        by: 'a daily',
      },
      {
        id: 'c',
        who: 'the harbour master',
        says: 'sailings resumed on Wednesday',
        on: '2015-06-24',
        by: 'a daily',
      },
    ],
    finds: ['echo b a'],
    independent: 1,
  },
  {
    name: 'nobody was hurt, says another about another night',
    statements: [
      {
        id: 'a',
        who: 'a doctor',
        says: 'four men were hurt when a lorry braked on the ring road',
        on: '2015-12-03',
      },
      {
        id: 'b',
        who: 'the fire brigade',
        says: 'nobody was hurt in the fire at the depot',
        on: '2015-12-05',
      },
    ],
    finds: [],
  },
  {
    name: 'le silence de deux administrations',
    statements: [
      {
        id: 'a',
        who: 'une avocate',
        act: 'accuses',
        says: 'des adolescents sont placés en rétention avec des adultes',
        on: '2020-02-10',
        about: ['rétention'],
      },
      {
        id: 'b',
        who: 'la préfecture',
        act: 'no-response',
        says: 'n’a pas souhaité répondre',
        on: '2020-02-11',
        about: ['rétention'],
      },
      {
        id: 'c',
        who: 'le ministère de l’intérieur',
        act: 'no-response',
        says: 'n’a pas répondu',
        on: '2020-02-11',
        about: ['rétention'],
      },
    ],
    finds: ['no-response b a', 'no-response c a'],
  },
];
