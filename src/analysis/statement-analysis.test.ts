/** Statements against statements: the example, invented cases of every kind, and that changes amount to a fresh start. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import arabic from '../../locales/ar.json' with { type: 'json' };
import english from '../../locales/en.json' with { type: 'json' };
import french from '../../locales/fr.json' with { type: 'json' };
import { type Case, FIRST_HALF, SECOND_HALF, THIRD_SET } from '../../test/analysis/statement-scenarios.ts';
import { makeMessages } from '../language/messages.ts';
import { stepInWords } from '../language/wording.ts';
import { makeId } from '../record/common.ts';
import { ContactMeans } from '../record/vocabulary.ts';
import { AUTUMN_2014, AUTUMN_2021 } from '../server/example/digests.ts';
import { EXAMPLE_RECORDS, NAMED_ACTORS, NAMED_PLACES } from '../server/example/records.ts';
import type { AnalysedIncident, AnalysedStatement, Names } from './names.ts';
import { type AnalysedLink, StatementAnalysis } from './statement-analysis.ts';
import { type AnalysedRequest, replyStates } from './statements/request-state.ts';

const NOBODY: Names = { measures: [], places: [], actors: [] };
const idOf = (at: number) => makeId(1_500_000_000_000 + at, new Uint8Array(10).fill(at % 251));
const party = (name: string | undefined, role: string | null = null) =>
  name === undefined ? null : { actor: null, name, role };

/** A statement with what a test does not care about filled in. */
function statement(id: string, given: Partial<AnalysedStatement> & { who?: string }): AnalysedStatement {
  const { who, ...rest } = given;
  const content = given.content ?? 'the site was cleared';
  return {
    kind: 'statement',
    id,
    content,
    mode: 'indirect',
    act: 'says',
    speaker: party(who),
    reporter: null,
    addressee: null,
    venue: null,
    saidOn: null,
    topics: [],
    language: 'en',
    passages: [{ source: `source ${id}`, start: 0, end: content.length, exact: content }],
    ...rest,
  };
}

/** The statements of a case as records; those of one source 150 characters apart. */
function recordsOf(one: Case): { records: AnalysedStatement[]; names: Map<string, string> } {
  const names = new Map<string, string>();
  const ends = new Map<string, number>();
  const records = one.statements.map((said, at) => {
    const id = idOf(at);
    names.set(id, said.id);
    const source = said.in ?? `own ${said.id}`;
    const start = ends.get(source) ?? 0;
    ends.set(source, start + said.says.length + 150);
    return statement(id, {
      content: said.says,
      mode: said.mode ?? 'indirect',
      act: said.act ?? 'says',
      speaker: party(said.who, said.role ?? null),
      reporter: party(said.by),
      addressee: party(said.to),
      venue: said.venue ?? null,
      saidOn: said.on ?? null,
      topics: said.about ?? [],
      passages: [{ source, start, end: start + said.says.length, exact: said.passage ?? said.says }],
    });
  });
  return { records, names };
}

function analysed(records: (AnalysedStatement | AnalysedIncident)[], names = NOBODY): StatementAnalysis {
  const analysis = new StatementAnalysis(names);
  for (const record of records) analysis.set(record);
  return analysis;
}

const told = new Set(Object.keys(english));

describe('invented cases', () => {
  for (const [set, cases] of Object.entries({ FIRST_HALF, SECOND_HALF, THIRD_SET })) {
    test(`${set}: what is found, and nothing else`, () => {
      let [right, found, wanted] = [0, 0, 0];
      const wrong: unknown[] = [];
      for (const one of cases) {
        const { records, names } = recordsOf(one);
        const analysis = analysed(records);
        const findings = analysis.findings();
        const got = findings.map(({ check, records: ends }) =>
          [check, ...ends.slice(0, 2).map((end) => names.get(end.id))].join(' '),
        );
        right += got.filter((text) => one.finds.includes(text)).length;
        found += got.length;
        wanted += one.finds.length;
        if (got.sort().join() !== [...one.finds].sort().join())
          wrong.push({ name: one.name, got, expected: one.finds });
        if (one.independent !== undefined) {
          const thread = analysis.threadOf(records[0]!.id)!;
          expect(thread.statements[0]!.independent, one.name).toBe(one.independent);
        }
        for (const finding of findings) {
          expect(finding.working.length).toBeGreaterThan(1);
          for (const { code } of finding.working) expect(told).toContain(`words.working.${code}`);
          expect(finding.weight).toBeGreaterThan(0);
          expect(finding.weight).toBeLessThanOrEqual(1);
        }
      }
      console.info(`${set}: ${cases.length} cases, precision ${right}/${found}, recall ${right}/${wanted}`);
      expect(wrong).toEqual([]);
    });
  }
});

/** The example as accepted: its statements and its incident, with or without topics; ids in `names`. */
function example(given: { topics: boolean; resolved: boolean }) {
  let next = 0;
  const withId = <T>(one: T) => ({ ...one, id: idOf(next++) });
  const known: Names = { measures: [], places: NAMED_PLACES.map(withId), actors: NAMED_ACTORS.map(withId) };
  const names = new Map<string, string>();
  const ids = new Map<string, string>();
  const records = EXAMPLE_RECORDS.flatMap((planned): (AnalysedStatement | AnalysedIncident)[] => {
    if (planned.kind === 'figure') return [];
    const id = idOf(next++);
    names.set(id, planned.name);
    ids.set(planned.name, id);
    const { text } = planned.digest === 2014 ? AUTUMN_2014 : AUTUMN_2021;
    const start = text.indexOf(planned.passage);
    expect(start).toBeGreaterThan(0);
    const passages = [
      {
        source: idOf(planned.digest),
        start,
        end: start + planned.passage.length,
        exact: planned.passage,
      },
    ];
    if (planned.kind === 'incident') return [{ kind: 'incident' as const, id, passages, ...planned.content }];
    const speaker = planned.content.speaker;
    const actor = known.actors.find(({ name }) => name === speaker?.name)?.id ?? null;
    return [
      {
        ...statement(id, {}),
        ...planned.content,
        language: planned.digest === 2014 ? 'en' : 'fr',
        passages,
        ...(given.topics ? {} : { topics: [] }),
        ...(given.resolved && speaker ? { speaker: { ...speaker, actor } } : {}),
      },
    ];
  });
  return { records, known, names, ids };
}

describe('the example', () => {
  for (const resolved of [true, false]) {
    test(`four findings and no more, actors ${resolved ? 'resolved' : 'by name only'}`, () => {
      const { records, known, names } = example({ topics: true, resolved });
      const found = analysed(records, known).findings();
      const lines = found.map((finding) => [
        finding.kind,
        ...finding.records.map((end) => names.get(end.id)),
        finding.link,
      ]);
      expect(lines).toEqual([
        ['later-clarified', 'clarification', 'call', 'clarifies'],
        ['rejected', 'rejection', 'call', 'rejects'],
        ['no-response', 'silence', 'tents', null],
        ['explained-otherwise', 'havens', 'tents', 'explains-otherwise'],
      ]);
    });
  }

  test('without topics the same four, but what the silence was about is left open', () => {
    const { records, known, names } = example({ topics: false, resolved: false });
    const found = analysed(records, known).findings();
    expect(found.map((finding) => finding.records.map((end) => names.get(end.id)).join(' '))).toEqual([
      'clarification call',
      'rejection call',
      'silence',
      'havens tents',
    ]);
  });

  test('threads are its topics, the latest first, in order of time', () => {
    const { records, known, names } = example({ topics: true, resolved: true });
    const threads = analysed(records, known).threads();
    expect(
      threads.map(({ title, statements }) => [title, statements.map(({ id }) => names.get(id)).join(' ')]),
    ).toEqual([
      ['evictions', 'tents harm silence witness havens'],
      ['policing of Calais', 'call clarification rejection'],
      ['place of the border', 'border'],
    ]);
    expect(threads[1]!.links.map(({ link, basis }) => [link, basis])).toEqual([
      ['clarifies', 'suggested'],
      ['rejects', 'suggested'],
    ]);
  });
});

describe('links that people drew', () => {
  const CALL = statement(idOf(1), {
    who: 'the transport minister',
    content: 'the tunnel will close at night',
    saidOn: '2018-05-02',
    topics: ['night trains'],
  });
  const ANSWER = statement(idOf(2), {
    who: 'the ministry of transport',
    act: 'clarifies',
    content: 'the minister was referring to freight trains',
    saidOn: '2018-05-03',
    topics: ['night trains'],
  });
  const link = (
    from: AnalysedStatement,
    kind: AnalysedLink['link'],
    to: AnalysedStatement,
  ): AnalysedLink => ({
    from: { kind: 'statement', id: from.id },
    link: kind,
    to: { kind: 'statement', id: to.id },
  });

  test('the same link leaves the finding word for word, so that what was decided about it stays', () => {
    const analysis = analysed([CALL, ANSWER]);
    const [before] = analysis.findings();
    expect(before).toMatchObject({ kind: 'later-clarified', link: 'clarifies' });
    analysis.setLinks([link(ANSWER, 'clarifies', CALL)]);
    expect(analysis.findings()).toEqual([before]);
    expect(analysis.threadOf(CALL.id)!.links).toMatchObject([{ link: 'clarifies', basis: 'drawn' }]);
  });

  test('a link of another kind, or the other way round, silences it; a neutral one does not', () => {
    const analysis = analysed([CALL, ANSWER]);
    analysis.setLinks([link(ANSWER, 'denies', CALL)]);
    expect(analysis.findings()).toEqual([]);
    analysis.setLinks([link(CALL, 'rejects', ANSWER)]);
    expect(analysis.findings()).toEqual([]);
    analysis.setLinks([link(ANSWER, 'follows-up', CALL)]);
    expect(analysis.findings()).toMatchObject([{ link: 'clarifies' }]);
  });

  test('what somebody said it answers is what it answers', () => {
    const other = statement(idOf(3), {
      who: 'the transport minister',
      content: 'freight trains will pay a toll in the tunnel',
      saidOn: '2018-05-01',
    });
    const analysis = analysed([CALL, ANSWER, other]);
    analysis.setLinks([link(ANSWER, 'clarifies', other)]);
    expect(analysis.findings().map(({ records }) => records.map(({ id }) => id))).toEqual([
      [ANSWER.id, other.id],
    ]);
  });

  test('reports that somebody linked are one statement and no duplicate any more', () => {
    const words = 'the terminal will be closed to lorries until the fence has been mended';
    const records = [1, 2, 3].map((at) =>
      statement(idOf(at), { who: 'the port director', content: words, saidOn: '2016-02-01' }),
    );
    const analysis = analysed(records);
    expect(analysis.findings().map(({ check }) => check)).toEqual(['echo', 'echo']);
    analysis.setLinks([link(records[2]!, 'repeats', records[0]!)]);
    expect(analysis.findings().map(({ key }) => key)).toEqual([`echo:${idOf(1)}:${idOf(2)}`]);
    expect(analysis.threadOf(idOf(2))!.statements[0]!.reports).toHaveLength(3);
  });
});

describe('speakers', () => {
  const actor = (at: number, name: string, roles: Names['actors'][number]['roles']) => ({
    id: idOf(at),
    name,
    type: 'person' as const,
    aliases: [],
    roles,
  });
  const NAMES: Names = {
    measures: [],
    places: [],
    actors: [
      actor(90, 'first minister of a time', [{ title: 'Interior minister', body: null, held: '2010/2013' }]),
      actor(91, 'second minister of a time', [{ title: 'Interior minister', body: null, held: '2014/..' }]),
    ],
  };
  test('a ministry clarifies who was its minister on that day', () => {
    const said = (who: string, on: string) =>
      analysed(
        [
          statement(idOf(1), {
            who,
            content: 'the checkpoint will stay',
            saidOn: on,
            topics: ['checkpoint'],
          }),
          statement(idOf(2), {
            who: 'the interior ministry',
            act: 'clarifies',
            content: 'it will stay for the summer',
            saidOn: on,
            topics: ['checkpoint'],
          }),
        ],
        NAMES,
      ).findings();
    expect(said('second minister of a time', '2015-03-02')).toMatchObject([{ kind: 'later-clarified' }]);
    expect(said('first minister of a time', '2015-03-02')).toEqual([]);
  });

  test('"the interior minister" of a day is who held the office', () => {
    const words = 'nobody who is saved at sea will be sent back to where he came from';
    const analysis = analysed(
      [
        statement(idOf(1), { who: 'the interior minister', content: words, saidOn: '2015-03-02' }),
        statement(idOf(2), { who: 'second minister of a time', content: words, saidOn: '2015-03-02' }),
        statement(idOf(3), { who: 'first minister of a time', content: words, saidOn: '2015-03-02' }),
      ],
      NAMES,
    );
    expect(analysis.findings().map(({ key }) => key)).toEqual([`echo:${idOf(1)}:${idOf(2)}`]);
  });
});

describe('the reason given for an incident', () => {
  const incident: AnalysedIncident = {
    kind: 'incident',
    id: idOf(70),
    title: 'Clearance of the camp behind the old tannery',
    occurredOn: '2020-10-05',
    place: null,
    acts: [
      {
        kind: 'eviction',
        method: null,
        perpetrators: [{ party: party('the prefecture')!, involvement: 'ordered' }],
        victims: [],
        things: [],
        statedReason: 'a risk of fire to the neighbouring homes',
        outcome: null,
      },
    ],
    passages: [],
  };
  const other = (content: string, who = 'an association', on = '2020-10-06') =>
    analysed([incident, statement(idOf(1), { who, act: 'explains', content, saidOn: on })]).findings();

  test('another reason by another party is found; the same reason, its own or a later year is not', () => {
    const words = 'the camp by the tannery was cleared to deter others from coming';
    expect(other(words)).toMatchObject([
      {
        kind: 'explained-otherwise',
        key: `explained-otherwise:${idOf(1)}:${idOf(70)}`,
        records: [{ kind: 'statement' }, { kind: 'incident' }],
      },
    ]);
    expect(other('the camp by the tannery was cleared for the risk of fire to homes')).toEqual([]);
    expect(other(words, 'the prefecture')).toEqual([]);
    expect(other(words, 'an association', '2021-10-06')).toEqual([]);
  });

  test('an incident that is taken out takes its finding along', () => {
    const said = statement(idOf(1), {
      who: 'an association',
      act: 'explains',
      content: 'the camp by the tannery was cleared to deter others',
      saidOn: '2020-10-06',
    });
    const analysis = analysed([incident, said]);
    expect(analysis.findingsOf(incident.id)).toHaveLength(1);
    analysis.remove(incident.id);
    expect(analysis.findings()).toEqual([]);
  });
});

describe('requests', () => {
  const ABOUT = statement(idOf(1), { who: 'an association', act: 'accuses' });
  const request = (given: Partial<AnalysedRequest>): AnalysedRequest => ({
    id: idOf(50),
    askedOf: party('the prefecture')!,
    about: [{ kind: 'statement', id: ABOUT.id }],
    means: 'email',
    askedOn: '2021-10-01',
    due: '2021-10-05',
    outcome: 'waiting',
    answeredOn: null,
    answer: null,
    ...given,
  });
  const found = (given: Partial<AnalysedRequest>, today: string) => {
    const analysis = analysed([ABOUT]);
    analysis.setRequests([request(given)], today);
    return analysis.findings();
  };

  test('a day that has passed is a silence; the day itself is not, nor is an answer', () => {
    expect(found({}, '2021-10-05')).toEqual([]);
    expect(found({}, '2021-10-06')).toMatchObject([
      {
        key: `request-unanswered:${idOf(50)}`,
        kind: 'no-response',
        check: 'request-unanswered',
        records: [{ kind: 'statement', id: ABOUT.id }],
        link: null,
      },
    ]);
    expect(found({ due: null }, '2031-10-06')).toEqual([]);
    expect(found({ outcome: 'answered' }, '2021-10-06')).toEqual([]);
    expect(found({ outcome: 'declined' }, '2021-10-06')).toEqual([]);
    expect(found({ outcome: 'no-response' }, '2021-10-02')).toHaveLength(1);
  });

  test('every means of asking can be told in every language', () => {
    for (const means of ContactMeans.options)
      for (const [locale, catalogue] of Object.entries({ en: english, fr: french, ar: arabic })) {
        const [finding] = found({ means }, '2021-10-06');
        const words = finding!.working.map((step) =>
          stepInWords(step, makeMessages(locale, catalogue, english)),
        );
        expect(words[0]).toContain('the prefecture');
        expect(words.join(' ')).not.toContain('{');
      }
  });

  test('without a record that stands there is no finding, but the request is still listed', () => {
    expect(found({ about: [], outcome: 'no-response' }, '2021-10-06')).toEqual([]);
    expect(found({ about: [{ kind: 'statement', id: idOf(9) }] }, '2021-10-06')).toEqual([]);
    expect(found({ about: [], answer: ABOUT.id, outcome: 'no-response' }, '2021-10-06')).toHaveLength(1);
    expect(replyStates([request({ about: [] })], '2021-10-06')).toMatchObject([{ state: 'overdue' }]);
  });
});

describe('threads', () => {
  test('few under one topic stay together over years; many are parted where nobody spoke, and by calendar', () => {
    const remarks = (count: number) =>
      analysed(
        Array.from({ length: count }, (_, at) =>
          statement(idOf(at), {
            who: `party ${at}`,
            content: `remark ${at}`,
            saidOn: `${at < count / 2 ? 2014 : 2021}-10-07`,
            topics: ['evictions'],
          }),
        ),
      )
        .threads()
        .map(({ statements }) => statements.length);
    expect(remarks(4)).toEqual([4]);
    expect(remarks(80)).toEqual([40, 40]);

    const many = Array.from({ length: 1200 }, (_, at) =>
      statement(idOf(at), {
        who: `party ${at % 90}`,
        content: `remark ${at}`,
        saidOn: new Date(Date.UTC(2018, 0, 1 + at)).toISOString().slice(0, 10),
        topics: ['evictions', `kind ${at % 3}`],
      }),
    );
    const threads = analysed(many).threads();
    expect(Math.max(...threads.map(({ statements }) => statements.length))).toBeLessThanOrEqual(200);
    expect(threads.length).toBeLessThan(60);
  });
});

// Invariants.

const SPEAKERS = [
  'an association',
  'the prefecture',
  'the interior minister',
  'the interior ministry',
  'the mayor',
];
const TEXTS = [
  'police took the tents in the dunes',
  'no tents were taken in the dunes',
  'that tents were taken in the dunes',
  'the minister had meant the tents near the port',
  '120 people were moved to shelters from the dunes',
  '210 people were moved, not 120',
  'the showers by the port will be closed to visitors at night',
  'did not answer',
];
const DAYS = ['2021-10-05', '2021-10-06', '2021-10', '2021-12-24', '2023-01-02', null];
const ACTS = [
  'says',
  'denies',
  'rejects',
  'clarifies',
  'corrects',
  'accuses',
  'explains',
  'no-response',
] as const;
const TOPICS = [[], ['dunes'], ['port'], ['Port', 'dunes']];

const someStatement = (at: number) =>
  fc
    .record({
      who: fc.constantFrom(...SPEAKERS),
      content: fc.constantFrom(...TEXTS),
      act: fc.constantFrom(...ACTS),
      saidOn: fc.constantFrom(...DAYS),
      topics: fc.constantFrom(...TOPICS),
      mode: fc.constantFrom('direct' as const, 'indirect' as const),
      source: fc.constantFrom('a', 'b', 'c'),
      start: fc.nat(2000),
    })
    .map(({ source, start, ...rest }) =>
      statement(idOf(at), {
        ...rest,
        passages: [{ source, start, end: start + rest.content.length, exact: rest.content }],
      }),
    );
const someStatements = fc
  .uniqueArray(fc.nat(400), { minLength: 2, maxLength: 70 })
  .chain((ids) => fc.tuple(...ids.map(someStatement)));
const someLink = (ids: string[]) =>
  fc
    .record({
      from: fc.constantFrom(...ids),
      to: fc.constantFrom(...ids),
      link: fc.constantFrom(
        'repeats' as const,
        'clarifies' as const,
        'denies' as const,
        'follows-up' as const,
      ),
    })
    .filter(({ from, to }) => from !== to)
    .map(
      ({ from, to, link }): AnalysedLink => ({
        from: { kind: 'statement', id: from },
        to: { kind: 'statement', id: to },
        link,
      }),
    );

const state = (analysis: StatementAnalysis) => ({
  findings: analysis.findings(),
  threads: analysis.threads(),
});

describe('invariants', () => {
  test('after any changes all is as from scratch', () => {
    const changes = someStatements.chain((records) =>
      fc.record({
        records: fc.constant(records),
        steps: fc.array(
          fc.oneof(
            fc.record({ set: fc.nat(records.length - 1) }),
            fc.record({ remove: fc.nat(records.length - 1) }),
            fc.nat(400).chain((at) => someStatement(at).map((replace) => ({ replace }))),
            fc.array(someLink(records.map(({ id }) => id)), { maxLength: 4 }).map((links) => ({ links })),
            fc.constant({ settle: true }),
            fc.constant({ halfway: true }),
          ),
          { maxLength: 25 },
        ),
      }),
    );
    fc.assert(
      fc.property(changes, ({ records, steps }) => {
        const analysis = analysed(records);
        const now = new Map(records.map((record) => [record.id, record]));
        let links: AnalysedLink[] = [];
        for (const step of steps) {
          if ('set' in step) {
            const record = records[step.set]!;
            analysis.set(record);
            now.set(record.id, record);
          } else if ('remove' in step) {
            analysis.remove(records[step.remove]!.id);
            now.delete(records[step.remove]!.id);
          } else if ('replace' in step) {
            analysis.set(step.replace);
            now.set(step.replace.id, step.replace);
          } else if ('links' in step) {
            links = step.links;
            analysis.setLinks(links);
          } else if ('halfway' in step) analysis.settle().next();
          else analysis.findings();
        }
        const fresh = analysed([...now.values()]);
        fresh.setLinks(links);
        expect(state(analysis)).toEqual(state(fresh));
      }),
      { numRuns: 150 },
    );
  });

  test('the order in which records are set does not matter', () => {
    const shuffled = someStatements.chain((records) =>
      fc.record({
        records: fc.constant(records),
        other: fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ records, other }) => {
        expect(state(analysed(other))).toEqual(state(analysed(records)));
      }),
      { numRuns: 100 },
    );
  });

  test('threads part the statements, and findings point only to what is there', () => {
    fc.assert(
      fc.property(someStatements, (records) => {
        const analysis = analysed(records);
        const threads = analysis.threads();
        const reports = threads.flatMap(({ statements }) => statements.flatMap((one) => one.reports));
        expect(reports.toSorted()).toEqual(records.map(({ id }) => id).toSorted());
        for (const thread of threads) {
          const first = thread.statements.flatMap((one) => one.reports).sort()[0];
          expect(thread.key).toBe(`thread:${first}`);
          for (const one of thread.statements) {
            expect(one.reports[0]).toBe(one.id);
            expect(one.independent).toBeGreaterThanOrEqual(1);
            expect(one.independent).toBeLessThanOrEqual(one.reports.length);
            expect(analysis.threadOf(one.id)).toBe(thread);
          }
          const told = new Set(thread.statements.map(({ id }) => id));
          for (const { from, to } of thread.links) expect(told.has(from) && told.has(to)).toBe(true);
        }
        const ids = new Set(records.map(({ id }) => id));
        const findings = analysis.findings();
        expect(new Set(findings.map(({ key }) => key)).size).toBe(findings.length);
        for (const finding of findings) {
          expect(finding.records.every(({ id }) => ids.has(id))).toBe(true);
          expect(new Set(finding.records.map(({ id }) => id)).size).toBe(finding.records.length);
          for (const { id } of finding.records) expect(analysis.findingsOf(id)).toContain(finding);
        }
      }),
      { numRuns: 100 },
    );
  });
});
