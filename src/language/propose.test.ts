// The engine on short texts with gold spans, in both languages. Marks: [[q1:content]] [[s1:source]] [[k1:cue]] belong
// to statement 1, [[f:…]] is a figure, [[i:…]] an incident; marks nest. What is not marked must not be proposed.
import { describe, expect, it } from 'vitest';
import type {
  FigureSuggestion,
  IncidentSuggestion,
  Span,
  StatementSuggestion,
} from '../record/suggestion.ts';
import { Suggestions } from '../record/suggestion.ts';
import { type Language, propose } from './propose.ts';

type Shape<T> = Partial<Omit<T, 'content' | 'source' | 'cue' | 'span' | 'equivalents'>>;
interface Gold {
  text: string;
  statements?: Shape<StatementSuggestion>[];
  figures?: (Shape<FigureSuggestion> & { equivalents?: [number, string][] })[];
  incidents?: Shape<IncidentSuggestion>[];
}

/** Published on a Friday: the Wednesday before is the 6th. */
const PUBLISHED = '2019-11-08';

/** Takes the marks out of a text and gives the spans they stood around, by tag. */
function unmark(marked: string): { text: string; spans: Map<string, Span[]> } {
  let text = '';
  const spans = new Map<string, Span[]>();
  const open: { tag: string; start: number }[] = [];
  for (let index = 0; index < marked.length; ) {
    const mark = /^\[\[(\w+):/.exec(marked.slice(index, index + 8));
    if (mark) {
      open.push({ tag: mark[1]!, start: text.length });
      index += mark[0].length;
    } else if (marked.startsWith(']]', index)) {
      const { tag, start } = open.pop()!;
      spans.set(tag, [...(spans.get(tag) ?? []), { start, end: text.length }]);
      index += 2;
    } else text += marked[index++];
  }
  expect(open, `marks left open in: ${marked}`).toEqual([]);
  return { text, spans };
}

function check(gold: Gold, language: Language): void {
  const { text, spans } = unmark(gold.text);
  const found = propose(text, language, { published: PUBLISHED });
  expect(Suggestions.safeParse(found).success).toBe(true);
  const words = (span: Span | null | undefined) => (span ? text.slice(span.start, span.end) : null);
  const tagged = (tag: string) => (spans.get(tag) ?? []).map(words);
  const numbers = [...spans.keys()].filter((tag) => /^q\d/.test(tag)).map((tag) => tag.slice(1));

  expect(
    found.statements.map((statement) => ({
      content: statement.content.map(words),
      source: words(statement.source),
      cue: words(statement.cue),
    })),
  ).toEqual(
    numbers
      .sort((a, b) => Number(a) - Number(b))
      .map((n) => ({
        content: tagged(`q${n}`),
        source: tagged(`s${n}`)[0] ?? null,
        cue: tagged(`k${n}`)[0] ?? null,
      })),
  );
  for (const [index, shape] of (gold.statements ?? []).entries())
    expect(found.statements[index]).toMatchObject(shape);

  expect(found.figures.map((figure) => words(figure.span))).toEqual(tagged('f'));
  for (const [index, { equivalents, ...shape }] of (gold.figures ?? []).entries()) {
    expect(found.figures[index]).toMatchObject(shape);
    if (equivalents)
      expect(found.figures[index]!.equivalents.map(({ value, unit }) => [value, unit])).toEqual(equivalents);
  }
  expect(found.incidents.map((incident) => words(incident.span))).toEqual(tagged('i'));
  for (const [index, shape] of (gold.incidents ?? []).entries())
    expect(found.incidents[index]).toMatchObject(shape);
}

const ENGLISH: Gold[] = [
  {
    text: '"[[q1:We asked for blankets and none came]]," [[s1:the mayor]] [[k1:said]] on Wednesday.',
    statements: [{ mode: 'direct', act: 'says', speaker: 'the mayor', role: 'mayor', when: '2019-11-06' }],
  },
  {
    text: '“[[q1:The fence changes nothing]],” [[k1:said]] [[s1:the director of the charity]]. “[[q1:It only moves people.]]”',
    statements: [{ mode: 'direct', speaker: 'the director of the charity' }],
  },
  {
    text: '[[s1:The prefect]] [[k1:told]] reporters: "[[q1:Nobody will be left in the cold.]]"',
    statements: [{ mode: 'direct', speaker: 'the prefect', addressee: 'reporters' }],
  },
  {
    text: '[[s1:A spokeswoman for the council]] [[k1:said]] in a statement [[q1:that the beds would stay open until March]].',
    statements: [{ mode: 'indirect', venue: 'written-statement', speaker: 'a spokeswoman for the council' }],
  },
  {
    text: '[[q1:The gate will stay shut until spring]], [[s1:the harbour authority]] [[k1:said]] on Wednesday.',
    statements: [{ mode: 'indirect', speaker: 'the harbour authority', when: '2019-11-06' }],
  },
  {
    text: 'But [[q1:the idea]] [[k1:was dismissed]] by [[s1:the council]], [[s2:which]] [[k2:said]] [[q2:it was "for others to pay for the fence"]].',
    statements: [
      { act: 'rejects', speaker: 'the council' },
      { mode: 'mixed', speaker: 'the council' },
    ],
  },
  {
    text: '[[s1:The minister]] [[k1:denied]] [[q1:that any tents had been taken]]. [[s2:He]] [[k2:added]] [[q2:that officers had acted lawfully]].',
    statements: [
      { act: 'denies', speaker: 'the minister' },
      { act: 'says', speaker: 'the minister', role: 'minister' },
    ],
  },
  {
    text: '[[s1:The ministry]] [[q1:did not respond to a request for comment]].',
    statements: [{ act: 'no-response', mode: 'indirect', speaker: 'the ministry' }],
  },
  {
    text: 'Contacted on Thursday, [[s1:the company]] [[q1:declined to comment]].',
    statements: [{ act: 'no-response', speaker: 'the company' }],
  },
  {
    text: '[[k1:According to]] [[s1:the association]], [[q1:[[f:at least 97 unaccompanied minors]] slept near the port]].',
    statements: [{ speaker: 'the association' }],
    figures: [
      {
        value: 97,
        bound: 'at-least',
        counted: 'unaccompanied minors',
        place: 'the port',
        accordingTo: 'the association',
      },
    ],
  },
  {
    text: '[[q1:The water was cut off for a week]], [[k1:according to]] [[s1:two volunteers]].',
    statements: [{ mode: 'indirect' }],
  },
  {
    text: '[[s1:Residents]] [[k1:say]] [[q1:the lights are left on all night]], but [[s2:the operator]] [[k2:said]] [[q2:this was needed for safety]].',
  },
  {
    text: '[[s1:The council leader]] [[k1:promised]] [[q1:to reopen the shelter]].',
    statements: [{ act: 'promises', role: 'council leader' }],
  },
  {
    text: '[[s1:[[s2:The prefect]]]] [[k1:rejected]] [[q1:the criticism]] and [[k2:insisted]] [[q2:that the rules were followed]].',
    statements: [{ act: 'rejects' }, { speaker: 'the prefect' }],
  },
  {
    text: '‘[[q1:The residents’ belongings were thrown away]],’ [[k1:said]] [[s1:one observer]].',
    statements: [{ mode: 'direct', speaker: 'one observer' }],
  },
  {
    text: '“[[q1:They come at dawn. Then they leave]],” [[s1:a witness]] [[k1:said]].',
    statements: [{ mode: 'direct' }],
  },
  {
    text: '[[s1:The association]] [[k1:said]]: “[[q1:They come at dawn.]]\n\n“[[q1:Then they leave.]]”',
    statements: [{ mode: 'direct', speaker: 'the association' }],
  },
  {
    text: '"[[q1:Why are the gates closed?]]" [[s1:the ombudsman]] [[k1:asked]].',
    statements: [{ act: 'asks', mode: 'direct' }],
  },
  {
    text: 'The word "camp" is avoided by officials, and the \'90s are long gone.',
  },
  {
    text: '[[f:Between 1,200 and 1,500 people]] live in the woods, [[f:about 300]] of them children.',
    figures: [
      { low: 1200, high: 1500, value: null, bound: 'range', counted: 'people', place: 'the woods' },
      { value: 300, bound: 'about' },
    ],
  },
  {
    text: 'The state will pay [[f:£3.5 million]] (€4.1 million, $4.6 million) over two years.',
    figures: [
      {
        value: 3_500_000,
        unit: 'GBP',
        when: 'over two years',
        equivalents: [
          [4_100_000, 'EUR'],
          [4_600_000, 'USD'],
        ],
      },
    ],
  },
  {
    text: 'Arrivals [[f:rose by 12 %]] over 2018, and complaints [[f:fell by 8 per cent]].',
    figures: [
      { value: 12, unit: '%', bound: 'change' },
      { value: -8, unit: '%', bound: 'change' },
    ],
  },
  {
    text: 'On 12 May 2015 at 10:30 am the observer, 34, took the A16 past junction 47, read Article 8 and the 2014 report, flew on BA 123 and called 03 21 46 66 00.',
  },
  {
    text: 'The site held [[f:up to 800 people]] in October 2016, [[f:no fewer than 60 children]] among them.',
    figures: [
      { value: 800, bound: 'at-most', when: '2016-10' },
      { value: 60, bound: 'at-least', counted: 'children' },
    ],
  },
  {
    text: '[[i:Police evicted [[f:some 400 people]] from a camp near the hospital on Tuesday.]]',
    figures: [{ value: 400, bound: 'about', when: '2019-11-05' }],
    incidents: [
      {
        act: 'eviction',
        perpetrator: 'Police',
        victims: 'some 400 people',
        place: 'the hospital',
        when: '2019-11-05',
      },
    ],
  },
  {
    text: '[[i:The camp was dismantled by police in October 2016.]] It would be rebuilt, or evicted again, some day.',
    incidents: [{ act: 'eviction', perpetrator: 'police', victims: 'the camp', when: '2016-10' }],
  },
  {
    text: 'Nobody was arrested on Tuesday, and no tent was destroyed.',
  },
  {
    text: '[[i:Officers confiscated [[f:120 tents]] last week.]]',
    figures: [{ value: 120, counted: 'tents', when: '2019-10-28/2019-11-03' }],
    incidents: [{ act: 'seizure', perpetrator: 'Officers', victims: '120 tents' }],
  },
  {
    text: '[[s1:The survey]] [[k1:found]] [[q1:that [[f:45 % of the families]] had no heating]].',
    statements: [{ speaker: 'the survey' }],
    figures: [{ value: 45, unit: '%', counted: 'families', accordingTo: 'the survey' }],
  },
  {
    text: '[[s1:The deputy mayor]] appeared before the committee, [[k1:saying]] [[q1:that the town could not cope]].',
    statements: [{ venue: 'committee', role: 'deputy mayor' }],
  },
  {
    text: '[[s1:The port’s security chief]] [[k1:told]] the committee [[q1:that the cameras were old]].',
    statements: [{ role: 'security chief', addressee: 'the committee', venue: 'committee' }],
  },
];

const FRENCH: Gold[] = [
  {
    text: '[[s1:La préfète]] [[k1:a affirmé]] [[q1:que le bois était vide]]. [[q2:En 2018]], [[k2:a-t-[[s2:elle]] indiqué]], [[q2:la route était fermée]].',
    statements: [{ speaker: 'la préfète' }, { speaker: 'la préfète', mode: 'indirect' }],
  },
  {
    text: '[[s1:Le préfet]] [[k1:a affirmé]] [[q1:que le bois était vide]]. [[k2:Selon]] [[s2:lui]], [[q2:la route est ouverte]].',
    statements: [{ speaker: 'le préfet' }, { speaker: 'le préfet' }],
  },
  {
    text: '« [[q1:Nous avons demandé des couvertures]] », [[k1:a déclaré]] mercredi [[s1:la maire]].',
    statements: [{ mode: 'direct', speaker: 'la maire', role: 'maire', when: '2019-11-06' }],
  },
  {
    text: "«\u00a0[[q1:La clôture ne change rien]]\u00a0», [[k1:explique]] [[s1:le directeur de l'association]]. «\u00a0[[q1:Elle déplace les gens.]]\u00a0»",
    statements: [{ mode: 'direct', act: 'explains', speaker: "le directeur de l'association" }],
  },
  {
    text: '[[s1:Le préfet]] [[k1:a affirmé]] [[q1:que personne ne resterait dehors]].',
    statements: [{ mode: 'indirect', speaker: 'le préfet' }],
  },
  {
    text: "[[s1:La ministre]] [[k1:a démenti]] [[q1:avoir donné cet ordre]]. « [[q2:C'est faux]] », [[k2:a-t-[[s2:elle]] ajouté]].",
    statements: [
      { act: 'denies', speaker: 'la ministre' },
      { mode: 'direct', speaker: 'la ministre', role: 'ministre' },
    ],
  },
  {
    text: '« [[q1:Nous partons]], [[k1:dit-[[s1:il]]]], [[q1:et nous ne reviendrons pas.]] »',
    statements: [{ mode: 'direct' }],
  },
  {
    text: '« [[q1:On arrache les toiles]], [[k1:dénonce]] [[s1:une bénévole, qui souhaite rester anonyme]]. [[q1:Et on recommence.]] »',
    statements: [{ act: 'accuses', speaker: 'une bénévole' }],
  },
  {
    text: '[[k1:Selon]] [[s1:la préfecture]], [[q1:[[f:près de 400 personnes]] vivaient dans le bois]].',
    statements: [{ mode: 'indirect', speaker: 'la préfecture' }],
    figures: [
      { value: 400, bound: 'about', counted: 'personnes', place: 'le bois', accordingTo: 'la préfecture' },
    ],
  },
  {
    text: "[[q1:Le port restera fermé jusqu'au printemps]], [[k1:d'après]] [[s1:la mairie]].",
    statements: [{ mode: 'indirect', speaker: 'la mairie' }],
  },
  {
    text: "[[s1:Le ministère]] [[q1:n'a pas répondu à notre demande]].",
    statements: [{ act: 'no-response', speaker: 'le ministère' }],
  },
  {
    text: "Contactée jeudi, [[s1:l'entreprise]] [[q1:n'a pas souhaité réagir]].",
    statements: [{ act: 'no-response', speaker: "l'entreprise" }],
  },
  {
    text: "[[s1:L'association]] [[k1:précise]] [[q1:que les repas sont servis chaque soir]].",
    statements: [{ act: 'clarifies' }],
  },
  {
    text: '[[q1:Les lits resteront ouverts en mars]], [[k1:a précisé]] [[s1:le département]].',
    statements: [{ mode: 'indirect', act: 'clarifies', speaker: 'le département' }],
  },
  {
    text: "« [[q1:C'est injuste !]] » [[k1:s'indigne]] [[s1:le prêtre]].",
    statements: [{ mode: 'direct', speaker: 'le prêtre' }],
  },
  {
    text: '[[s1:Le maire]] [[k1:a promis]] [[q1:de rouvrir le gymnase]].',
    statements: [{ act: 'promises' }],
  },
  {
    text: '[[s1:[[s2:La préfète]]]] [[k1:a rejeté]] [[q1:ces accusations]] et [[k2:a souligné]] [[q2:que la loi était respectée]].',
    statements: [{ act: 'rejects' }, { speaker: 'la préfète' }],
  },
  {
    text: '— [[q1:Je ne sais pas]], [[k1:répondit]] [[s1:le gardien]].',
    statements: [{ mode: 'direct', speaker: 'le gardien' }],
  },
  {
    text: "[[s1:La porte-parole du gouvernement]] [[k1:a déclaré]] : « [[q1:Rien n'est décidé.]] »",
    statements: [{ role: 'porte-parole du gouvernement', mode: 'direct' }],
  },
  {
    text: 'Le mot « camp » est évité par les élus, et les « dunes » sont vides.',
  },
  {
    text: '[[f:Entre 1\u202f200 et 1\u202f500 personnes]] vivent dans le bois, dont [[f:environ 300 enfants]].',
    figures: [
      { low: 1200, high: 1500, bound: 'range', counted: 'personnes' },
      { value: 300, bound: 'about', counted: 'enfants' },
    ],
  },
  {
    text: "L'État versera [[f:3,5 millions d'euros]] (3 millions de livres sterling) sur deux ans.",
    figures: [{ value: 3_500_000, unit: 'EUR', when: 'sur deux ans', equivalents: [[3_000_000, 'GBP']] }],
  },
  {
    text: 'Les arrivées ont [[f:augmenté de 12 %]] par rapport à 2018 et les plaintes sont en [[f:baisse de 8 %]].',
    figures: [
      { value: 12, bound: 'change', unit: '%' },
      { value: -8, bound: 'change', unit: '%' },
    ],
  },
  {
    text: "Âgé de 17 ans, il a pris l'A16 à 14 h 30 le 1er mai 2015, a lu l'article 8 de la loi n° 2003-495 et a appelé le 03 21 46 66 00.",
  },
  {
    text: "Le site a compté [[f:jusqu'à 10.000 personnes]] en octobre 2016, [[f:pas moins de 60 mineurs isolés]] et [[f:une centaine de femmes]].",
    figures: [
      { value: 10_000, bound: 'at-most', when: '2016-10' },
      { value: 60, bound: 'at-least', counted: 'mineurs isolés' },
      { value: 100, bound: 'about', counted: 'femmes' },
    ],
  },
  {
    text: '[[i:[[f:Plus de 400 personnes]] ont été évacuées mardi par la police à Grande-Synthe.]]',
    figures: [{ value: 400, bound: 'more-than' }],
    incidents: [
      {
        act: 'eviction',
        perpetrator: 'la police',
        victims: 'Plus de 400 personnes',
        place: 'Grande-Synthe',
        when: '2019-11-05',
      },
    ],
  },
  {
    text: '[[i:Les policiers ont démantelé un camp le 12 mai 2019.]] Il pourrait être évacué encore.',
    incidents: [{ act: 'demolition', perpetrator: 'les policiers', victims: 'un camp', when: '2019-05-12' }],
  },
  {
    text: '[[i:La semaine dernière, les agents ont confisqué [[f:quatre-vingt-dix-sept tentes]].]]',
    figures: [{ value: 97, counted: 'tentes', when: '2019-10-28/2019-11-03' }],
    incidents: [{ act: 'seizure', victims: 'quatre-vingt-dix-sept tentes' }],
  },
  {
    text: "[[s1:Le rapport]] [[k1:affirme]] [[q1:que [[f:45 % des familles]] n'ont pas de chauffage]].",
    figures: [{ value: 45, unit: '%', counted: 'familles', accordingTo: 'le rapport' }],
  },
  {
    text: "Le responsable du port n'a rien vu. [[s1:Il]] [[k1:ajoute]] [[q1:que les caméras sont vieilles]].",
  },
];

describe('propose on short English texts', () => {
  it.each(ENGLISH.map((gold) => [unmark(gold.text).text, gold] as const))('%s', (_, gold) =>
    check(gold, 'en'),
  );
});

describe('propose on short French texts', () => {
  it.each(FRENCH.map((gold) => [unmark(gold.text).text, gold] as const))('%s', (_, gold) =>
    check(gold, 'fr'),
  );
});
