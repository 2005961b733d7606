// The records of the example: what a careful person makes of the two digests. Each names the words it rests on.
import type { ActorContent } from '../../record/actor.ts';
import type { Party, PlaceMention } from '../../record/common.ts';
import type { FigureContent } from '../../record/figure.ts';
import type { IncidentContent } from '../../record/incident.ts';
import type { MeasureContent } from '../../record/measure.ts';
import type { PlaceContent } from '../../record/place.ts';
import type { StatementContent } from '../../record/statement.ts';
import type { DisagreementKind, Explanation, LinkKind } from '../../record/vocabulary.ts';

/** A planned record: its kind, the digest it is in, the words it rests on, and what it says. */
export type ExampleRecord = { name: string; digest: 2014 | 2021; passage: string } & (
  | { kind: 'statement'; content: Omit<StatementContent, 'language'> }
  | { kind: 'figure'; content: Omit<FigureContent, 'language'> }
  | { kind: 'incident'; content: Omit<IncidentContent, 'language'> }
);

const party = (name: string, role: string | null = null): Party => ({ actor: null, name, role });
const place = (name: string): PlaceMention => ({ place: null, name, precision: null });
const shared = { note: null, tags: [] as string[], sensitivity: 'public' as const };

/** The actors the records name, with their roles and when they held them. */
export const NAMED_ACTORS: ActorContent[] = [
  person('Bernard Cazeneuve', 'Interior minister of France', '2014-04-02/2016-12-06'),
  person('James Brokenshire', 'British minister for immigration and security', '2014-02/2016-07'),
  person('Natacha Bouchart', 'Mayor of Calais', '2008-03/..'),
  person('Gérald Darmanin', 'Interior minister of France', '2020-07-06/2024-09'),
  person('Bénédicte Jeannerod', 'Director, Human Rights Watch France', null),
  person('Charlotte Kwantes', 'National coordinator, Utopia 56', null),
  body('French interior ministry', 'government-body', ['ministère de l’intérieur', 'interior ministry']),
  body('British government', 'government-body', ['gouvernement britannique']),
  body('French government', 'government-body', ['le gouvernement']),
  body('Human Rights Watch', 'ngo', ['HRW']),
  body('Human Rights Observers', 'ngo', ['HRO']),
  body('French coast guard', 'government-body', ['garde-côtes français']),
  body('Maritime prefecture', 'government-body', ['préfecture maritime']),
];

function person(name: string, title: string, held: string | null): ActorContent {
  return { name, type: 'person', aliases: [], roles: [{ title, body: null, held }] };
}
function body(name: string, type: ActorContent['type'], aliases: string[]): ActorContent {
  return { name, type, aliases, roles: [] };
}

/** The places the records name. */
export const NAMED_PLACES: PlaceContent[] = [
  {
    name: 'Calais',
    type: 'town',
    aliases: [],
    parent: null,
    position: { longitude: 1.86, latitude: 50.95, precision: 5000 },
    existed: null,
  },
  {
    name: 'English Channel',
    type: 'crossing',
    aliases: ['la Manche'],
    parent: null,
    position: null,
    existed: null,
  },
];

/** What the figures are figures of: attempts count the same person again, arrivals do not. */
export const NAMED_MEASURES: MeasureContent[] = [
  {
    name: 'Migrants living around Calais',
    definition: 'People on the move who live in and around the town, on the day named.',
    unit: null,
    series: 'stock',
    repeats: 'once',
    countingRule: null,
    wordings: ['migrants living around Calais'],
  },
  {
    name: 'Attempted crossings',
    definition: 'Attempts to cross the Channel by boat that the French authorities know of.',
    unit: null,
    series: 'flow',
    repeats: 'counted',
    countingRule: 'Whoever tries again is counted again.',
    wordings: ['attempted crossings', 'people who attempted the crossing'],
  },
  {
    name: 'Arrivals in Britain',
    definition: 'People who reached Britain by boat across the Channel.',
    unit: null,
    series: 'flow',
    repeats: 'once',
    countingRule: null,
    wordings: ['arrivals in Britain'],
  },
  {
    name: 'Money for security at the port',
    definition: null,
    unit: 'GBP',
    series: 'flow',
    repeats: 'unknown',
    countingRule: null,
    wordings: [],
  },
];

const statement = (
  name: string,
  digest: 2014 | 2021,
  passage: string,
  said: Partial<StatementContent> & Pick<StatementContent, 'content' | 'speaker' | 'act'>,
): ExampleRecord => ({
  name,
  digest,
  passage,
  kind: 'statement',
  content: {
    mode: 'indirect',
    reporter: party('The Local France'),
    addressee: null,
    venue: null,
    saidOn: null,
    topics: [],
    ...shared,
    ...said,
  },
});

const figure = (
  name: string,
  digest: 2014 | 2021,
  passage: string,
  given: Partial<FigureContent> & Pick<FigureContent, 'counted' | 'bound'>,
): ExampleRecord => ({
  name,
  digest,
  passage,
  kind: 'figure',
  content: {
    measure: null,
    unit: null,
    modality: 'reported',
    value: null,
    low: null,
    high: null,
    equivalents: [],
    baseline: null,
    place: null,
    period: null,
    accordingTo: null,
    reportedBy: party('The Local France'),
    method: null,
    ...shared,
    ...given,
  },
});

export const EXAMPLE_RECORDS: ExampleRecord[] = [
  statement('call', 2014, 'having more policemen in Calais would be useful', {
    act: 'says',
    content: 'having more policemen in Calais would be useful',
    speaker: party('Bernard Cazeneuve', 'French interior minister'),
    venue: 'interview',
    saidOn: '2014-11-05~',
    topics: ['policing of Calais'],
  }),
  statement('clarification', 2014, 'the minister had meant civil servants and not police officers', {
    act: 'clarifies',
    content: 'the minister had meant civil servants and not police officers',
    speaker: party('French interior ministry'),
    saidOn: '2014-11~',
    topics: ['policing of Calais'],
  }),
  statement(
    'rejection',
    2014,
    'keeping order in France is a matter for the French and that Britain will send no police',
    {
      act: 'rejects',
      content: 'keeping order in France is a matter for the French and that Britain will send no police',
      speaker: party('James Brokenshire', 'British minister for immigration and security'),
      venue: 'written-statement',
      saidOn: '2014-11~',
      topics: ['policing of Calais'],
    },
  ),
  statement('border', 2014, 'the border should be moved to British ground', {
    act: 'says',
    content: 'the border should be moved to British ground',
    speaker: party('Natacha Bouchart', 'Mayor of Calais'),
    addressee: party('Home Affairs Committee of the House of Commons'),
    venue: 'committee',
    saidOn: '2014-10-28',
    topics: ['place of the border'],
  }),
  figure('in-town', 2014, 'up to 2,300 migrants', {
    counted: 'migrants in the town and around it',
    bound: 'at-most',
    value: 2300,
    place: place('Calais'),
    period: '2014-11~',
  }),
  figure('pledge', 2014, '£12 million (€15 million, $19 million) over three years', {
    counted: 'money pledged for security at the port, fences included',
    measure: 'Money for security at the port',
    modality: 'pledged',
    bound: 'exact',
    value: 12_000_000,
    unit: 'GBP',
    equivalents: [
      { value: 15_000_000, unit: 'EUR' },
      { value: 19_000_000, unit: 'USD' },
    ],
    place: place('Calais'),
    period: '2014~/2017~',
    accordingTo: party('British government'),
  }),
  figure('associations', 2021, '1 500 à 2 000 migrants', {
    counted: 'migrants living around Calais',
    measure: 'Migrants living around Calais',
    bound: 'range',
    low: 1500,
    high: 2000,
    place: place('Calais'),
    period: '2021-10~',
    accordingTo: party('associations'),
  }),
  figure('authorities', 2021, '500 personnes', {
    counted: 'migrants living around Calais',
    measure: 'Migrants living around Calais',
    bound: 'exact',
    value: 500,
    place: place('Calais'),
    period: '2021-10~',
    accordingTo: party('local authorities'),
  }),
  figure('jungle', 2021, 'jusqu’à 10 000 personnes', {
    counted: 'people in the “Jungle” camp at its peak',
    bound: 'at-most',
    value: 10_000,
    place: place('Calais'),
    period: '2016~',
  }),
  {
    name: 'eviction',
    digest: 2021,
    passage:
      'À la fin du mois de septembre 2021, sur ordre du ministre de l’intérieur, Gérald Darmanin, la police a évacué un campement de 400 personnes près d’un hôpital. Le ministre a justifié l’opération par un danger pour les malades et le personnel. Les occupants ont été conduits vers des abris provisoires.',
    kind: 'incident',
    content: {
      title: 'Éviction d’un campement de 400 personnes près d’un hôpital',
      occurredOn: '2021-09~',
      place: place('Calais'),
      acts: [
        {
          kind: 'eviction',
          method: null,
          perpetrators: [
            { party: party('Gérald Darmanin', 'Interior minister of France'), involvement: 'ordered' },
            { party: party('police'), involvement: 'carried-out' },
          ],
          victims: [
            {
              unit: 'person',
              count: { bound: 'exact', value: 400, low: null, high: null },
              description: 'occupants du campement',
            },
          ],
          things: [],
          statedReason: 'un danger pour les malades et le personnel',
          outcome: 'Les occupants ont été conduits vers des abris provisoires.',
        },
      ],
      ...shared,
    },
  },
  statement(
    'tents',
    2021,
    'les tentes sont démontées systématiquement dans les bois, sur les terrains vagues et sous les ponts, et que les affaires des occupants sont régulièrement confisquées',
    {
      act: 'says',
      content:
        'les tentes sont démontées systématiquement dans les bois, sur les terrains vagues et sous les ponts, et que les affaires des occupants sont régulièrement confisquées',
      speaker: party('Human Rights Watch'),
      venue: 'report',
      saidOn: '2021-10-07',
      topics: ['evictions'],
    },
  ),
  statement('witness', 2021, 'elle n’avait que cinq minutes pour quitter sa tente avant qu’on la détruise', {
    act: 'says',
    content: 'elle n’avait que cinq minutes pour quitter sa tente avant qu’on la détruise',
    speaker: party('witness A'),
    addressee: party('Human Rights Watch'),
    topics: ['evictions'],
  }),
  statement(
    'havens',
    2021,
    'les camps servent de refuge à des passeurs qui exigent des sommes exorbitantes',
    {
      act: 'explains',
      content: 'les camps servent de refuge à des passeurs qui exigent des sommes exorbitantes',
      speaker: party('French government'),
      topics: ['evictions'],
    },
  ),
  statement('harm', 2021, 'cette politique échoue à dissuader et cause de graves dommages', {
    act: 'says',
    content: 'cette politique échoue à dissuader et cause de graves dommages',
    speaker: party('Bénédicte Jeannerod', 'Director, Human Rights Watch France'),
    saidOn: '2021-10-07~',
    topics: ['evictions'],
  }),
  statement('silence', 2021, 'Le ministère de l’intérieur n’a pas répondu à une demande de commentaire.', {
    act: 'no-response',
    content: 'n’a pas répondu à une demande de commentaire',
    speaker: party('French interior ministry'),
    saidOn: '2021-10~',
    topics: ['evictions'],
  }),
  figure('crossings-2021', 2021, '15 400 personnes', {
    counted: 'people who attempted the crossing',
    measure: 'Attempted crossings',
    bound: 'exact',
    value: 15_400,
    place: place('English Channel'),
    period: '2021-01/2021-08',
    accordingTo: party('French coast guard'),
  }),
  figure('rise', 2021, 'une hausse de 50 % par rapport à l’ensemble de 2020', {
    counted: 'people who attempted the crossing',
    measure: 'Attempted crossings',
    bound: 'change',
    value: 50,
    unit: '%',
    baseline: { period: '2020', value: null, words: 'l’ensemble de 2020' },
    place: place('English Channel'),
    period: '2021-01/2021-08',
    accordingTo: party('French coast guard'),
  }),
  figure('attempts-2020', 2021, '9 551 tentatives', {
    counted: 'attempted crossings',
    measure: 'Attempted crossings',
    bound: 'exact',
    value: 9551,
    place: place('English Channel'),
    period: '2020',
    accordingTo: party('Maritime prefecture'),
    reportedBy: null,
    method: 'répétitions comprises',
  }),
  figure('arrivals-2021', 2021, '12 482 arrivées de janvier à août 2021', {
    counted: 'arrivals in Britain',
    measure: 'Arrivals in Britain',
    bound: 'exact',
    value: 12_482,
    place: place('English Channel'),
    period: '2021-01/2021-08',
    accordingTo: party('British government'),
    reportedBy: null,
  }),
  figure('arrivals-2020', 2021, '8 462 pour toute l’année 2020', {
    counted: 'arrivals in Britain',
    measure: 'Arrivals in Britain',
    bound: 'exact',
    value: 8462,
    place: place('English Channel'),
    period: '2020',
    accordingTo: party('British government'),
    reportedBy: null,
  }),
];

/** How the records stand to one another, beside what upholding a finding draws. */
export const EXAMPLE_LINKS: [from: string, link: LinkKind, to: string][] = [['witness', 'confirms', 'tents']];

/** What analysis finds over the records: its kind, and the records it is about, in the order of the finding. */
export interface ExampleFinding {
  kind: DisagreementKind;
  records: string[];
  /** What is made of it; null: it is left open, for whoever tries the example. */
  decision: { state: 'upheld' | 'explained'; explanation: Explanation | null; reason: string | null } | null;
}

/** Everything that is found, and nothing else: a test holds analysis to it. */
export const EXAMPLE_FINDINGS: ExampleFinding[] = [
  {
    kind: 'later-clarified',
    records: ['clarification', 'call'],
    decision: {
      state: 'upheld',
      explanation: null,
      reason: 'Most listeners, the British government among them, had understood police.',
    },
  },
  {
    kind: 'rejected',
    records: ['rejection', 'call'],
    decision: { state: 'upheld', explanation: null, reason: null },
  },
  {
    kind: 'figures-differ',
    records: ['authorities', 'associations'],
    decision: { state: 'upheld', explanation: null, reason: 'Neither side says how it counted.' },
  },
  {
    kind: 'arithmetic-does-not-hold',
    records: ['rise', 'crossings-2021', 'attempts-2020'],
    decision: {
      state: 'explained',
      explanation: 'different-definition',
      reason:
        'Attempts rose by 61 %, arrivals in Britain by 48 %. “50 %” is near the second, and printed beside the first.',
    },
  },
  { kind: 'explained-otherwise', records: ['havens', 'tents'], decision: null },
  { kind: 'no-response', records: ['silence'], decision: null },
];
