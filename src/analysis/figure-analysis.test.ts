// Figures against figures: what is found, what is left alone, and that a dossier kept up record by record says the same as one
// that is read anew.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Link } from '../record/link.ts';
import { EXAMPLE_RECORDS, NAMED_MEASURES, NAMED_PLACES } from '../server/example/records.ts';
import { ecbRates } from './ecb-rates.ts';
import { FigureAnalysis } from './figure-analysis.ts';
import { type Finding, inOrder } from './finding.ts';
import type { AnalysedFigure, Names } from './names.ts';

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const ATTEMPTS = id(901);
const PRESENT = id(902);
const TOTAL = id(903);
const names: Names = {
  measures: [
    measure(ATTEMPTS, 'Attempted crossings', 'flow'),
    measure(PRESENT, 'People present', 'stock'),
    measure(TOTAL, 'Deaths so far', 'cumulative'),
  ],
  places: [
    { id: id(911), name: 'Calais', aliases: [], parent: id(912) },
    { id: id(912), name: 'Pas-de-Calais', aliases: [], parent: null },
  ],
  actors: [
    { id: id(921), name: 'Prefecture', type: 'government-body', aliases: ['the prefecture'], roles: [] },
  ],
};

function measure(
  of: string,
  name: string,
  series: Names['measures'][number]['series'],
): Names['measures'][number] {
  return { id: of, name, unit: null, series, repeats: 'unknown', wordings: [] };
}

const party = (name: string) => ({ actor: null, name, role: null });
const at = (name: string) => ({ place: null, name, precision: null });

type Given = Partial<Omit<AnalysedFigure, 'accordingTo' | 'place' | 'passages'>> & {
  party?: string | null;
  place?: string | null;
  source?: string;
};
let made = 0;
/** A figure; each has a source of its own unless told. */
function figure({ party: by = 'Prefecture', place = 'Calais', source, ...given }: Given): AnalysedFigure {
  const number = ++made;
  return {
    kind: 'figure',
    id: id(number),
    counted: 'people present',
    measure: null,
    unit: null,
    modality: 'reported',
    bound: given.low != null ? 'range' : 'exact',
    value: null,
    low: null,
    high: null,
    equivalents: [],
    baseline: null,
    place: place === null ? null : at(place),
    period: '2021-10-07',
    accordingTo: by === null ? null : party(by),
    reportedBy: null,
    method: null,
    passages: [{ source: source ?? `source ${number}`, start: 0, end: 3, exact: 'abc' }],
    ...given,
  };
}

type Links = readonly Pick<Link, 'from' | 'to' | 'link'>[];

function readAnew(figures: readonly AnalysedFigure[], links: Links = []): Finding[] {
  const analysis = new FigureAnalysis(names, ecbRates());
  for (const one of figures) analysis.set(one);
  analysis.setLinks(links);
  return inOrder(analysis.findings());
}

/** What is found in figures: the same, however they come and go before they all stand. */
function findingsIn(figures: readonly AnalysedFigure[], links: Links = []): Finding[] {
  const found = readAnew(figures, links);
  const kept = new FigureAnalysis(names, ecbRates());
  kept.setLinks(links);
  for (const one of figures.toReversed()) {
    kept.set(one);
    kept.findings();
  }
  expect(inOrder(kept.findings())).toEqual(found);
  for (const one of figures) {
    kept.remove(one.id);
    expect(inOrder(kept.findings())).toEqual(
      readAnew(
        figures.filter((other) => other !== one),
        links,
      ),
    );
    kept.set(one);
    expect(inOrder(kept.findings())).toEqual(found);
  }
  return found;
}
const codes = (finding: Finding) => finding.working.map((step) => step.code);
const ids = (finding: Finding) => finding.records.map((record) => record.id);
const change = (value: number, given: Given = {}) =>
  figure({ bound: 'change', value, unit: '%', counted: 'attempted crossings', ...given });

describe('the example', () => {
  const measures = NAMED_MEASURES.map((one, number) => ({ id: id(950 + number), ...one }));
  const places = NAMED_PLACES.map((one, number) => ({ id: id(970 + number), ...one }));
  const figures = EXAMPLE_RECORDS.flatMap((record, number): AnalysedFigure[] =>
    record.kind === 'figure'
      ? [
          {
            kind: 'figure',
            id: id(1000 + number),
            ...record.content,
            passages: [{ source: `digest ${record.digest}`, start: number, end: number + 1, exact: 'x' }],
          },
        ]
      : [],
  );
  const analysis = new FigureAnalysis({ measures, places, actors: [] }, ecbRates());
  for (const one of figures) analysis.set(one);
  const findings = inOrder(analysis.findings());
  const idOf = (name: string) => id(1000 + EXAMPLE_RECORDS.findIndex((record) => record.name === name));

  it('has exactly two findings among its figures', () => {
    expect(findings.map((finding) => finding.check)).toEqual(['figures-differ', 'percent-change']);
  });

  it('sets 500 against 1,500–2,000, at least 1,000 apart, three times as many', () => {
    const [found] = findings.filter((finding) => finding.kind === 'figures-differ');
    expect(ids(found!)).toEqual([idOf('authorities'), idOf('associations')]);
    expect(found!.key).toBe(`figures-differ:${[idOf('authorities'), idOf('associations')].sort()[0]}`);
    expect(codes(found!)).toEqual(['cell', 'voice', 'voice', 'differ-times']);
    expect(found!.working.at(-1)!.values).toMatchObject({
      lower: { value: 500 },
      higher: { value: 1500 },
      difference: { value: 1000 },
      times: 3,
    });
  });

  it('finds +50 % to be +61.2 % by the one count and +47.5 % by the other', () => {
    const [found] = findings.filter((finding) => finding.kind === 'arithmetic-does-not-hold');
    expect(found!.key).toBe(`percent-change:${idOf('rise')}`);
    expect(found!.records[0]!.id).toBe(idOf('rise'));
    expect([...ids(found!)].sort()).toEqual(
      ['rise', 'crossings-2021', 'attempts-2020', 'arrivals-2021', 'arrivals-2020'].map(idOf).sort(),
    );
    const step = (code: string) => found!.working.find((one) => one.code === code)!.values;
    expect(step('percent-change').result).toMatchObject({ bound: 'change', value: 61.2, unit: '%' });
    expect(step('percent-other-fits').result).toMatchObject({ bound: 'change', value: 47.5, unit: '%' });
  });
});

describe('figures of one measure, place and period', () => {
  it('are one finding, however many there are, whose key stays when more come', () => {
    const three = [
      figure({ value: 500, party: 'State' }),
      figure({ low: 800, high: 1000, party: 'Mayor' }),
      figure({ value: 700, party: 'Association' }),
    ];
    const [found, ...more] = findingsIn(three);
    expect(more).toEqual([]);
    expect(ids(found!)).toEqual([three[0]!.id, three[2]!.id, three[1]!.id]);
    const [after] = findingsIn([...three, figure({ value: 3000, party: 'Another' })]);
    expect(after!.key).toBe(found!.key);
    expect(after!.records).toHaveLength(4);
  });

  it.each([
    ['rounding', { value: 500 }, { value: 487 }],
    ['cutting off', { value: 9500 }, { value: 9551 }],
    ['a range', { low: 1500, high: 2000 }, { value: 1650 }],
    ['about', { value: 500, bound: 'about' as const }, { value: 545 }],
    ['up to', { value: 2300, bound: 'at-most' as const }, { value: 400 }],
  ])('are left alone where %s leaves room', (_, one, other) => {
    expect(findingsIn([figure({ ...one, party: 'A' }), figure({ ...other, party: 'B' })])).toEqual([]);
  });

  it.each<[string, Given]>([
    ['another place', { place: 'Dunkirk' }],
    ['the place it lies in', { place: 'Pas-de-Calais' }],
    ['two weeks later', { period: '2021-10-21' }],
    ['a year', { period: '2021' }],
    ['another measure', { counted: 'attempted crossings' }],
    ['pledged', { modality: 'pledged' }],
    ['another unit', { unit: 'EUR' }],
    ['no place', { place: null }],
    ['no period', { period: null }],
  ])('are not set against those of %s', (_, other) => {
    expect(
      findingsIn([figure({ value: 500, party: 'A' }), figure({ value: 5000, party: 'B', ...other })]),
    ).toEqual([]);
  });

  it('are told by the two that lie farthest apart, in whatever order they come', () => {
    const values = [8417, 8462, 8466, 9120];
    for (const order of [values, values.toReversed(), [8462, 9120, 8417, 8466]]) {
      const [found] = findingsIn(order.map((value) => figure({ value, party: `party ${value}` })));
      expect(found!.working.at(-1)!.values).toMatchObject({
        lower: { value: 8417 },
        higher: { value: 9120 },
      });
    }
  });

  it('of "October" are set against the 7th, and not the 7th against the 21st', () => {
    const figures = [
      figure({ value: 500, party: 'A', period: '2021-10~' }),
      figure({ value: 2000, party: 'B', period: '2021-10-07' }),
      figure({ value: 900, party: 'C', period: '2021-10-21' }),
      figure({ value: 520, party: 'D', period: '2021-10-22' }),
    ];
    const found = findingsIn(figures);
    expect(found).toHaveLength(1);
    expect(ids(found[0]!)).toEqual([figures[0]!.id, figures[1]!.id, figures[2]!.id]);
    expect(found[0]!.key).toBe(`figures-differ:${figures[0]!.id}`);
    expect(found[0]!.working[1]!.values).toMatchObject({ period: '2021-10~' });
    expect(findingsIn(figures.slice(1))).toEqual([]);
  });

  it('of one party in several sources are one voice', () => {
    const [found] = findingsIn([
      figure({ value: 500, party: 'The prefecture' }),
      figure({ value: 500, party: 'Prefecture' }),
      figure({ value: 2000, party: 'Association' }),
    ]);
    expect(codes(found!)).toEqual(['cell', 'voice-echo', 'voice', 'differ-times']);
    expect(found!.working[1]!.values).toMatchObject({ party: 'Prefecture', count: 2 });
    expect(found!.records).toHaveLength(3);
  });

  it('that one party gives in turn are told as a revision', () => {
    const [found, ...more] = findingsIn([figure({ value: 8466 }), figure({ value: 8462 })]);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ kind: 'figures-differ', check: 'figures-revised', weight: 0.3 });
    expect(codes(found!)).toContain('revision');
  });

  it('that differ by method say so', () => {
    const [found] = findingsIn([
      figure({ value: 5684, method: 'visual', source: 'one' }),
      figure({ value: 6468, method: 'declarative', source: 'one' }),
    ]);
    expect(found!.kind).toBe('figures-differ');
    expect(codes(found!)).toContain('methods-differ');
  });

  it('without a place are set against one another within one source only', () => {
    const pair = (source?: string) => [
      figure({ value: 500, party: 'A', place: null, ...(source && { source }) }),
      figure({ value: 5000, party: 'B', place: null, ...(source && { source }) }),
    ];
    expect(findingsIn(pair('one'))).toHaveLength(1);
    expect(findingsIn(pair())).toEqual([]);
  });

  it('leave out what its own party corrected, not what another says against it', () => {
    const [first, second] = [figure({ value: 8466 }), figure({ value: 9000 })];
    const link = (from: AnalysedFigure, to: AnalysedFigure, kind: Link['link']) => ({
      from: { kind: 'figure' as const, id: from.id },
      to: { kind: 'figure' as const, id: to.id },
      link: kind,
    });
    expect(findingsIn([first, second])).toHaveLength(1);
    expect(findingsIn([first, second], [link(second, first, 'corrects')])).toEqual([]);
    const other = { ...second, accordingTo: party('Association') };
    expect(findingsIn([first, other], [link(other, first, 'corrects')])).toHaveLength(1);
  });

  it('of a hundred parties are told by those at either end', () => {
    const many = Array.from({ length: 100 }, (_, number) =>
      figure({ value: 1001 + 97 * number, party: `party ${number}` }),
    );
    const [found] = findingsIn(many);
    expect(found!.key).toBe(`figures-differ:${many[0]!.id}`);
    expect(found!.records).toHaveLength(24);
    expect(found!.working.length).toBeLessThanOrEqual(60);
    expect(found!.working.find((step) => step.code === 'voices-more')!.values).toEqual({ count: 76 });
  });
});

describe('arithmetic', () => {
  const attempts = (value: number, period: string, given: Given = {}) =>
    figure({ counted: 'attempted crossings', value, period, ...given });
  const link = (from: AnalysedFigure, to: AnalysedFigure): Pick<Link, 'from' | 'to' | 'link'> => ({
    from: { kind: 'figure', id: from.id },
    to: { kind: 'figure', id: to.id },
    link: 'part-of',
  });
  const baseline = { period: '2020', value: null, words: null };

  it('holds a change that any two figures it may speak of fit', () => {
    const two = [attempts(9551, '2020'), attempts(15_400, '2021')];
    expect(findingsIn([...two, change(61, { period: '2021', baseline })])).toEqual([]);
    expect(findingsIn([...two, change(50, { period: '2021', baseline })])).toHaveLength(1);
    const another = attempts(14_300, '2021', { party: 'Coast guard' });
    const checks = findingsIn([...two, another, change(50, { period: '2021', baseline })]).map(
      (one) => one.check,
    );
    expect(checks).toEqual(['figures-differ']);
  });

  it('says what a change that does not hold would be by other counts', () => {
    const others = [
      figure({ counted: 'arrivals', value: 8462, period: '2020', party: 'Britain' }),
      figure({ counted: 'arrivals', value: 12_482, period: '2021', party: 'Britain' }),
    ];
    const own = [attempts(9551, '2020'), attempts(15_400, '2021'), change(50, { period: '2021', baseline })];
    const [found, ...more] = findingsIn([...own, ...others]);
    expect(more).toEqual([]);
    expect(codes(found!)).toContain('percent-other-fits');
    expect(found!.records).toHaveLength(5);
    expect(findingsIn(own)[0]!.records).toHaveLength(3);
  });

  it('takes the number a change says it is from', () => {
    const from = { period: null, value: 9551, words: null };
    const [found] = findingsIn([attempts(15_400, '2021'), change(50, { period: '2021', baseline: from })]);
    expect(found!.check).toBe('percent-change');
    expect(found!.records).toHaveLength(2);
  });

  it('finds a page that gives two changes for the same', () => {
    const [found] = findingsIn([
      change(68, { period: '2021', baseline, source: 'one' }),
      change(100, { period: '2021', baseline, source: 'one', bound: 'change', value: 200 }),
    ]);
    expect(found!.check).toBe('changes-conflict');
  });

  it('finds a page that contradicts itself, and a digit that was lost', () => {
    const [page] = findingsIn([
      figure({ value: 1234, source: 'one' }),
      figure({ value: 1834, source: 'one' }),
    ]);
    expect(page!.check).toBe('page-contradicts');
    const [slip] = findingsIn([attempts(2294, '2019'), attempts(294, '2019')]);
    expect(slip!.check).toBe('lost-digit');
  });

  it('adds up parts that people linked to their total, where they are counts of the same in one source', () => {
    const total = figure({ value: 3700, source: 'one' });
    const parts = [1000, 1200, 200].map((value, number) =>
      figure({ value, source: 'one', place: `zone ${number}` }),
    );
    const links = parts.map((part) => link(part, total));
    const [found] = findingsIn([total, ...parts], links);
    expect(found).toMatchObject({ check: 'sum-of-parts', key: `sum-of-parts:${total.id}` });
    expect(findingsIn([total, ...parts])).toEqual([]);
    const minors = figure({ value: 97, source: 'one', counted: 'minors' });
    const women = figure({ value: 120, source: 'one', counted: 'women' });
    expect(findingsIn([total, minors, women], [link(minors, total), link(women, total)])).toEqual([]);
    const tooMany = figure({ value: 4321, source: 'two', counted: 'minors' });
    expect(findingsIn([total, tooMany], [link(tooMany, total)])[0]!.check).toBe('part-exceeds-total');
  });

  it('finds a running total that falls, and a longer stretch that holds less than a shorter one', () => {
    const total = (value: number, period: string) => figure({ counted: 'deaths so far', value, period });
    expect(findingsIn([total(85, '2024-10-01'), total(89, '2024-11-01')])).toEqual([]);
    expect(findingsIn([total(89, '2024-10-01'), total(85, '2024-11-01')])[0]!.check).toBe('cumulative-falls');
    const [found] = findingsIn([attempts(15_400, '2021-01/2021-08'), attempts(14_900, '2021-01/2021-09')]);
    expect(found!.check).toBe('cumulative-falls');
  });

  it('holds a week to its days only where all seven are known and sure', () => {
    const days = [3, 5, 7, 0, 2, 11, 4].map((value, day) => attempts(value, `2025-01-0${day + 1}`));
    const week = (value: number) => attempts(value, '2025-01-01/2025-01-07');
    expect(findingsIn([...days, week(32)])).toEqual([]);
    const [found] = findingsIn([...days, week(67)]);
    expect(found!.check).toBe('finer-against-coarser');
    expect(found!.records).toHaveLength(8);
    expect(findingsIn([...days.slice(1), week(67)])).toEqual([]);
    const other = week(67);
    expect(findingsIn([...days, { ...other, accordingTo: party('Somebody else') }])).toEqual([]);
  });

  it('finds one number for two areas by one party', () => {
    const two = [attempts(1226, '2021'), attempts(1226, '2021', { place: 'Calais and Grande-Synthe' })];
    const [found, ...more] = findingsIn(two);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ kind: 'scope-differs', check: 'same-number-two-areas' });
    const many = Array.from({ length: 20 }, (_, number) =>
      attempts(1226, '2021', { place: `place ${number}` }),
    );
    expect(findingsIn(many)).toEqual([]);
  });

  it('finds two words for what may be one on one page', () => {
    const two = (source?: string) => [
      figure({ counted: 'migrants sleeping rough', value: 300, party: 'A', ...(source && { source }) }),
      figure({ counted: 'migrants sleeping outside', value: 900, party: 'B', ...(source && { source }) }),
    ];
    expect(findingsIn(two('one'))[0]).toMatchObject({ kind: 'scope-differs', check: 'other-words' });
    expect(findingsIn(two())).toEqual([]);
  });

  it('holds money to its equivalents', () => {
    const money = (value: number) =>
      figure({
        counted: 'money paid',
        value: 54_000_000,
        unit: 'GBP',
        period: '2021-07-20',
        equivalents: [{ value, unit: 'EUR' }],
      });
    expect(findingsIn([money(62_700_000)])).toEqual([]);
    expect(findingsIn([money(82_700_000)])[0]!.check).toBe('currency-equivalent');
  });
});

describe('kept up record by record', () => {
  // Few words, places and days, so that figures meet.
  const numbers = fc.constantFrom(0, 3, 9, 294, 2294, 500, 1226, 15_400);
  const mostly = <Some>(usual: Some, ...others: Some[]) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(usual) },
      { weight: 1, arbitrary: fc.constantFrom(...others) },
    );
  const some = fc.record({
    number: fc.nat(9),
    counted: fc.constantFrom('people present', 'attempted crossings', 'attempted crossings', 'deaths so far'),
    amount: fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.constantFrom('exact' as const, 'at-least' as const), numbers) },
      { weight: 1, arbitrary: fc.constant(['change', 50] as const) },
    ),
    party: mostly<string | null>('Prefecture', 'A', null),
    place: mostly<string | null>('Calais', 'Pas-de-Calais', null),
    period: mostly<string | null>(
      '2021-10-07',
      '2020',
      '2021-10~',
      '2021-10-08',
      '2021-10-07/2021-10-08',
      null,
    ),
    source: fc.constantFrom('one', 'one', 'one', 'two'),
  });
  const step = fc.oneof(
    { weight: 8, arbitrary: some.map((given) => ({ kind: 'set' as const, given })) },
    { weight: 3, arbitrary: fc.nat(9).map((number) => ({ kind: 'remove' as const, number })) },
    { weight: 1, arbitrary: fc.nat(3).map((which) => ({ kind: 'names' as const, which })) },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.tuple(fc.nat(9), fc.nat(9), fc.constantFrom('part-of' as const, 'corrects' as const)), {
          maxLength: 4,
        })
        .map((links) => ({ kind: 'links' as const, links })),
    },
  );
  const renamed = (series: 'flow' | 'unknown') =>
    names.measures.map((one) => ({ ...one, series, name: `${one.name} by now`, wordings: [one.name] }));
  const known: Names[] = [
    names,
    { ...names, measures: names.measures.slice(0, 1) },
    { ...names, measures: renamed('flow') },
    { ...names, measures: renamed('unknown') },
  ];
  const figureOf = (given: typeof some extends fc.Arbitrary<infer Some> ? Some : never): AnalysedFigure => ({
    ...figure({
      counted: given.counted,
      bound: given.amount[0],
      value: given.amount[1],
      unit: given.amount[0] === 'change' ? '%' : null,
      baseline: given.amount[0] === 'change' ? { period: '2020', value: null, words: null } : null,
      party: given.party,
      place: given.place,
      period: given.period,
      source: given.source,
    }),
    id: id(given.number),
  });
  const ends = (links: [number, number, 'part-of' | 'corrects'][]) =>
    links.map(([from, to, link]) => ({
      from: { kind: 'figure' as const, id: id(from) },
      to: { kind: 'figure' as const, id: id(to) },
      link,
    }));

  it('says the same as read anew, in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 8, maxLength: 40 }),
        fc.nat(3),
        fc.nat(),
        (steps, every, turn) => {
          const kept = new FigureAnalysis(names, null);
          const standing = new Map<string, AnalysedFigure>();
          let [now, links] = [names, [] as ReturnType<typeof ends>];
          for (const [at, one] of steps.entries()) {
            if (one.kind === 'set') {
              const given = figureOf(one.given);
              standing.set(given.id, given);
              kept.set(given);
            } else if (one.kind === 'remove') {
              standing.delete(id(one.number));
              kept.remove(id(one.number));
            } else if (one.kind === 'names') {
              now = known[one.which]!;
              kept.setNames(now);
            } else {
              links = ends(one.links);
              kept.setLinks(links);
            }
            if (every === 0 || at % every === 0) for (const _ of kept.settle());
          }
          const anew = new FigureAnalysis(now, null);
          anew.setLinks(links);
          const all = [...standing.values()];
          for (const at of all.keys()) anew.set(all[(at + turn) % all.length]!);
          expect(inOrder(kept.findings())).toEqual(inOrder(anew.findings()));
          for (const one of standing.keys()) {
            expect(inOrder(kept.findingsOf(one))).toEqual(
              inOrder(anew.findings()).filter((finding) => ids(finding).includes(one)),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('says the same of a cell of hundreds', () => {
    const change = fc.tuple(fc.nat(299), fc.nat(5000), fc.boolean());
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const one = (number: number, value: number) => ({
          ...figure({ value, party: `party ${number % 90}`, source: `source ${number % 7}` }),
          id: id(number),
        });
        const standing = new Map(
          Array.from({ length: 200 }, (_, at) => [at, one(at, 1000 + ((at * 37) % 500))]),
        );
        const kept = new FigureAnalysis(names, null);
        for (const given of standing.values()) kept.set(given);
        kept.findings();
        for (const [number, value, isSet] of changes) {
          if (isSet) {
            standing.set(number, one(number, value));
            kept.set(standing.get(number)!);
          } else {
            standing.delete(number);
            kept.remove(id(number));
          }
          for (const _ of kept.settle());
        }
        expect(inOrder(kept.findings())).toEqual(readAnew([...standing.values()]));
      }),
      { numRuns: 40 },
    );
  });

  it('has keys of their own, working, and only figures that stand', () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 40 }), (given) => {
        const figures = new Map(given.map((one) => [id(one.number), figureOf(one)]));
        const found = readAnew([...figures.values()]);
        expect(new Set(found.map((finding) => finding.key)).size).toBe(found.length);
        for (const finding of found) {
          expect(finding.working.length).toBeGreaterThan(0);
          expect(finding.working.length).toBeLessThanOrEqual(60);
          expect(new Set(ids(finding)).size).toBe(finding.records.length);
          for (const one of ids(finding)) expect(figures.has(one)).toBe(true);
          expect(finding.weight).toBeGreaterThan(0);
          expect(finding.weight).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('finds nothing more between figures when more is allowed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.nat(3000)), { maxLength: 8 }),
        (pairs) => {
          const figures = (widen: number) =>
            pairs.map(([low, width], number) => ({
              ...figure({
                low: Math.max(0, low - widen),
                high: low + width + widen,
                party: `party ${number}`,
              }),
              id: id(number),
            }));
          if (readAnew(figures(0)).length === 0) expect(readAnew(figures(400))).toEqual([]);
        },
      ),
    );
  });

  it('finds nothing more when all numbers grow alike', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9999 }), { maxLength: 6 }),
        fc.constantFrom(10, 100, 1000),
        (values, factor) => {
          const figures = (times: number) =>
            values.map((value, number) => ({
              ...figure({ value: value * times, party: `party ${number}` }),
              id: id(number),
            }));
          if (readAnew(figures(1)).length === 0) expect(readAnew(figures(factor))).toEqual([]);
        },
      ),
    );
  });

  it('takes numbers of any size', () => {
    const huge = [1e308, -1e308, 0, Number.MIN_VALUE, 1.7e308];
    const found = readAnew(huge.map((value, number) => figure({ value, party: `party ${number}` })));
    expect(found).toHaveLength(1);
  });

  it('lets whoever waits breathe', () => {
    const analysis = new FigureAnalysis(names, null);
    for (let number = 0; number < 1000; number++)
      analysis.set(figure({ value: number, place: `place ${number}` }));
    expect([...analysis.settle()].length).toBeGreaterThan(5);
  });

  it('gives a series in order of time', () => {
    const analysis = new FigureAnalysis(names, null);
    for (const period of ['2021-10-09', '2021-10-07', '2021-10-08'])
      analysis.set(figure({ value: 5, period }));
    const periods = (place: string | null) => analysis.series(PRESENT, place).map((one) => one.period!.text);
    expect(periods(id(911))).toEqual(['2021-10-07', '2021-10-08', '2021-10-09']);
    expect(periods(null)).toEqual(['2021-10-07', '2021-10-08', '2021-10-09']);
    expect(periods('dunkirk')).toEqual([]);
  });
});
