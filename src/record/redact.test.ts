// Redaction: nothing of the team's or of a sealed source gets into a view, and what stays behind says why.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleFigure, sampleIncident, samplePassage, sampleStatement } from '../../test/samples.ts';
import type { Disagreement } from './disagreement.ts';
import type { Figure } from './figure.ts';
import type { Link } from './link.ts';
import type { Measure } from './measure.ts';
import type { Passage } from './passage.ts';
import { PublicRecord, PublicSource } from './public-view.ts';
import { changedFields, type Material, publicRecord, redact, titleOf, whatWouldLeave } from './redact.ts';
import type { Request } from './request.ts';
import { NO_SEALED_WORDS } from './sealed-words.ts';
import type { Rendition, Source } from './source.ts';
import type { Statement } from './statement.ts';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const DOSSIER = id(1);
const AT = '2026-02-03T04:05:06.007Z';
const LATER = '2026-03-03T04:05:06.007Z';
const kept = { version: 3, createdAt: AT, createdBy: id(900), updatedAt: LATER, updatedBy: id(901) };

/** Words that must never leave; each occurrence can be told from all others. */
const secret = (what: string) => `SECRET-${what}-5d1e`;

function source(n: number, change: Partial<Source> = {}): Source {
  return {
    id: id(n),
    dossier: DOSSIER,
    original: String(n % 10).repeat(64),
    fileName: secret('file-name'),
    mediaType: 'text/plain',
    bytes: 10,
    state: 'proposed',
    failure: { code: 'read.damaged', sentence: secret('failure') },
    text: 'b'.repeat(64),
    textLength: 10,
    title: 'A report',
    type: 'report',
    publisher: 'An association',
    author: null,
    published: '2021-10-07',
    language: 'en',
    address: 'https://example.org/report',
    acquisition: 'handed-over',
    obtainedFrom: secret('obtained-from'),
    reliability: 'unknown',
    mayLeave: true,
    sensitivity: 'public',
    note: secret('source-note'),
    ...kept,
    ...change,
  };
}

function text(of: Source): Rendition {
  return {
    id: id(700),
    dossier: DOSSIER,
    source: of.id,
    kind: 'text',
    parent: of.original,
    sha256: of.text!,
    bytes: 10,
    mediaType: 'text/plain',
    tool: 'plain text',
    toolVersion: '1',
    createdAt: AT,
  };
}

const working = { submission: null, provenance: null, ...kept };

function statement(n: number, passages: Passage[], change: Partial<Statement> = {}): Statement {
  const content = { ...sampleStatement(), note: secret('note') };
  return {
    ...{ kind: 'statement', id: id(n), dossier: DOSSIER, status: 'accepted', passages },
    ...working,
    ...content,
    ...change,
  };
}

function material(change: Partial<Material> = {}): Material {
  const [open, closed] = [source(10), source(11, { sensitivity: 'team' })];
  return {
    records: [statement(20, [samplePassage(open.id)])],
    sources: [open, closed],
    texts: [text(open), text(closed)],
    links: [],
    measures: [],
    disagreements: [],
    requests: [],
    witnesses: [],
    sealedWords: NO_SEALED_WORDS,
    today: '2026-11-23',
    recordedAt: new Map(),
    ...change,
  };
}

function disagreement(n: number, records: number[], change: Partial<Disagreement> = {}): Disagreement {
  return {
    ...{ id: id(n), dossier: DOSSIER, key: `echo:${id(records[0]!)}`, kind: 'duplicate', foundBy: 'echo' },
    records: records.map((record) => ({ kind: 'statement', id: id(record) })),
    working: [{ code: 'filed', values: {} }],
    ...{ state: 'upheld', explanation: null, reason: null, link: null },
    ...kept,
    ...change,
  };
}

function link(n: number, from: number, to: number): Link {
  return {
    id: id(n),
    dossier: DOSSIER,
    from: { kind: 'statement', id: id(from) },
    to: { kind: 'statement', id: id(to) },
    link: 'clarifies',
    note: secret('link-note'),
    ...kept,
  };
}

describe('a view', () => {
  test('never holds what is for the team or sealed, whatever is combined', () => {
    const sensitivity = fc.constantFrom('public', 'team', 'sealed');
    const status = fc.constantFrom('suggested', 'accepted', 'rejected', 'corrected', 'withdrawn');
    const one = fc.record({
      kind: fc.constantFrom('statement', 'figure', 'incident'),
      sensitivity,
      status,
      sources: fc.array(fc.nat(3), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(
        fc.array(sensitivity, { minLength: 4, maxLength: 4 }),
        fc.array(one, { maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 6 }),
        (sourceSensitivities, planned, linked) => {
          const sources = sourceSensitivities.map((value, n) =>
            source(10 + n, {
              sensitivity: value,
              title: value === 'public' ? 'A report' : secret('source-title'),
            }),
          );
          const records = planned.map((plan, n) => {
            const closed = plan.sensitivity !== 'public' || !['accepted', 'corrected'].includes(plan.status);
            const words = closed ? secret('record') : 'open words';
            const passages = plan.sources.map((at) => {
              const passage = samplePassage(sources[at]!.id);
              return sources[at]!.sensitivity === 'public'
                ? passage
                : {
                    ...passage,
                    exact: secret('passage'),
                    prefix: secret('prefix'),
                    suffix: secret('suffix'),
                  };
            });
            const content =
              plan.kind === 'statement'
                ? sampleStatement({ content: words })
                : plan.kind === 'figure'
                  ? sampleFigure({ counted: words })
                  : sampleIncident({ title: words });
            return {
              ...{ kind: plan.kind, id: id(100 + n), dossier: DOSSIER },
              ...working,
              ...content,
              ...{ passages, status: plan.status, sensitivity: plan.sensitivity, note: secret('note') },
              extra: secret('unknown-field'),
            } as unknown as Statement;
          });
          const links = linked.map(([from, to], n) => link(300 + n, 100 + from, 100 + to));
          const disagreements = linked.map(([from, to], n) => disagreement(400 + n, [100 + from, 100 + to]));
          const redacted = redact(
            material({ records, sources, texts: sources.map(text), links, disagreements }),
          );
          const { heldBack: _, ...leaving } = redacted;
          const out = JSON.stringify(leaving);
          expect(out).not.toContain('SECRET');
          for (const person of [kept.createdBy, kept.updatedBy]) expect(out).not.toContain(person);
          // No trace of a record or source that stays, not even its id.
          const shown = new Set([...redacted.records, ...redacted.sources].map((view) => view.id));
          for (const { id: other } of [...records, ...sources])
            if (!shown.has(other)) expect(out).not.toContain(other);
          for (const view of redacted.records) {
            expect(view.passages.length).toBeGreaterThan(0);
            expect(PublicRecord.parse(view)).toEqual(view);
          }
          for (const view of redacted.sources) expect(PublicSource.parse(view)).toEqual(view);
          // Whatever stands is either shown or accounted for.
          const standing = records.filter(({ status }) => status === 'accepted' || status === 'corrected');
          const stay = redacted.heldBack.filter(({ kind }) => kind !== 'disagreement');
          expect(redacted.records.length + stay.length).toBe(standing.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('keeps what the public needs to check it', () => {
    const { records, sources } = redact(material({ recordedAt: new Map([[id(20), AT]]) }));
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ content: 'the site was empty', recordedAt: AT, changedAt: LATER });
    expect(records[0]!.passages[0]).not.toHaveProperty('anchor');
    expect(sources).toHaveLength(1);
    expect(sources[0]).toMatchObject({
      original: '0'.repeat(64),
      text: { sha256: 'b'.repeat(64), parent: '0'.repeat(64), tool: 'plain text' },
      receivedAt: AT,
    });
  });

  test('shows links between two records that both leave, at both ends, and in one order however they were made', () => {
    const open = id(10);
    const records = [20, 21, 22].map((n) => statement(n, [samplePassage(open)]));
    const hidden = statement(23, [samplePassage(open)], { sensitivity: 'team' });
    const links = [link(30, 21, 20), link(31, 22, 20), link(32, 23, 20)];
    const one = redact(material({ records: [...records, hidden], links }));
    const other = redact(material({ records: [...records, hidden], links: links.toReversed() }));
    expect(one.records.map((view) => view.links)).toEqual([
      [
        { link: 'clarifies', direction: 'from', kind: 'statement', id: id(21) },
        { link: 'clarifies', direction: 'from', kind: 'statement', id: id(22) },
      ],
      [{ link: 'clarifies', direction: 'to', kind: 'statement', id: id(20) }],
      [{ link: 'clarifies', direction: 'to', kind: 'statement', id: id(20) }],
    ]);
    expect(other).toEqual(one);
  });
});

describe('measures and disagreements', () => {
  const open = samplePassage(id(10));
  const measure = (n: number): Measure => ({
    ...{ id: id(n), dossier: DOSSIER, name: 'Tents', definition: null, unit: null },
    ...{ series: 'flow', repeats: 'counted', countingRule: null, wordings: [secret('wording')], ...kept },
  });
  const figure = (n: number, of: number): Figure => ({
    ...{ kind: 'figure', id: id(n), dossier: DOSSIER, status: 'accepted', passages: [open], ...working },
    ...sampleFigure({ measure: id(of), note: null }),
  });

  test('a measure leaves with a figure of it, without the words in which sources put it', () => {
    const { measures } = redact(
      material({ records: [figure(20, 50)], measures: [measure(50), measure(51)] }),
    );
    expect(measures.map((view) => view.id)).toEqual([id(50)]);
    expect(JSON.stringify(measures)).not.toContain('SECRET');
  });

  test('a disagreement leaves when it is upheld or explained and all its records do', () => {
    const records = [20, 21].map((n) => statement(n, [open]));
    const hidden = statement(22, [open], { sensitivity: 'team' });
    const { disagreements, heldBack } = redact(
      material({
        records: [...records, hidden],
        disagreements: [
          disagreement(60, [20, 21]),
          disagreement(61, [20, 21], {
            state: 'explained',
            explanation: 'misprint',
            reason: 'a digit is lost',
          }),
          disagreement(62, [20, 21], { state: 'open' }),
          disagreement(63, [20, 21], { state: 'dismissed' }),
          disagreement(64, [20, 22]),
        ],
      }),
    );
    expect(disagreements.map((view) => [view.id, view.state, view.finding, view.decidedAt])).toEqual([
      [id(60), 'upheld', 'duplicate', LATER],
      [id(61), 'explained', 'duplicate', LATER],
    ]);
    expect(disagreements[0]).not.toHaveProperty('createdBy');
    expect(heldBack).toContainEqual({
      ...{ kind: 'disagreement', id: id(64), title: 'duplicate', reason: 'record-not-public' },
    });
  });

  test('one over a request that is for the team stays with it', () => {
    const request = { id: id(70), dossier: DOSSIER, sensitivity: 'team' } as Request;
    const over = disagreement(60, [20], { key: `request-unanswered:${id(70)}`, kind: 'no-response' });
    const reasons = (requests: Request[]) =>
      redact(material({ disagreements: [over], requests })).heldBack.map(({ reason }) => reason);
    expect(reasons([request])).toEqual(['team']);
    expect(reasons([])).toEqual(['team']);
    expect(reasons([{ ...request, sensitivity: 'public' }])).toEqual([]);
  });
});

describe('what stays', () => {
  const reasonOf = (record: Statement, change: Partial<Material> = {}) =>
    redact(material({ records: [record], ...change })).heldBack.map(({ reason, title }) => [reason, title]);

  test('says why', () => {
    const open = samplePassage(id(10));
    const line = 'the minister: the site was empty';
    expect(reasonOf(statement(20, [open], { sensitivity: 'team' }))).toEqual([['team', line]]);
    expect(reasonOf(statement(20, [], { submission: id(40) }))).toEqual([['no-passage', line]]);
    expect(reasonOf(statement(20, [samplePassage(id(11))]))).toEqual([['source-not-public', line]]);
    expect(reasonOf(statement(20, [{ ...open, rendition: 'c'.repeat(64) }]))).toEqual([
      ['text-changed', line],
    ]);
    expect(reasonOf(statement(20, [open]))).toEqual([]);
  });

  test('tells nothing of what is sealed', () => {
    expect(reasonOf(statement(20, [samplePassage(id(10))], { sensitivity: 'sealed' }))).toEqual([
      ['sealed', ''],
    ]);
  });

  test('is silent about what does not stand', () => {
    const record = statement(20, [samplePassage(id(10))], { status: 'withdrawn' });
    expect(reasonOf(record)).toEqual([]);
    expect(publicRecord(record, new Map(), [], AT)).toBeNull();
  });
});

describe('the next publication', () => {
  const before = redact(material());

  test('has everything as new at first', () => {
    const { new: added, changed, unchanged, withdrawn } = whatWouldLeave(before, []);
    expect(added.map((view) => view.kind)).toEqual(['statement', 'source']);
    expect([changed, unchanged, withdrawn]).toEqual([[], [], []]);
  });

  test('takes a changed note or date of change for no change at all', () => {
    const again = material();
    again.records[0] = { ...again.records[0]!, note: 'another', updatedAt: '2026-04-01T00:00:00.000Z' };
    const seen = [...before.records, ...before.sources];
    const { changed, unchanged } = whatWouldLeave(redact(again), seen);
    expect(changed).toEqual([]);
    // What stays is the view as it was published, not a new one with another time.
    expect(unchanged).toEqual(seen);
  });

  test('names the fields that changed, and what is withdrawn', () => {
    const again = material();
    again.records[0] = statement(20, [samplePassage(id(10))], { content: 'the site was cleared' });
    const { changed } = whatWouldLeave(redact(again), before.records);
    expect(changed.map(({ fields }) => fields)).toEqual([['content']]);
    const { withdrawn } = whatWouldLeave(redact(material({ records: [] })), [
      ...before.records,
      ...before.sources,
    ]);
    expect(withdrawn.map((view) => view.id)).toEqual([id(20), id(10)]);
  });

  test('does not mind the order of keys, as a database gives them back in its own', () => {
    const view = before.records[0]!;
    const reordered = Object.fromEntries(Object.entries(view).reverse()) as typeof view;
    expect(changedFields(view, reordered)).toEqual([]);
    expect(changedFields(view, { ...reordered, passages: [] })).toEqual(['passages']);
  });
});

test('a title is one line of bearable length', () => {
  const long = statement(20, [], { content: `${'word '.repeat(100)}\nsecond line` });
  expect(titleOf(long).length).toBeLessThanOrEqual(160);
  expect(titleOf(long)).not.toContain('second');
});

test('what a witness told stays while they do not agree to its being published', () => {
  const told = source(10, { witness: id(50) });
  const record = statement(20, [samplePassage(told.id), samplePassage(id(11))]);
  const other = source(11);
  const held = (witnesses: Material['witnesses'], today = '2026-11-23') =>
    redact(
      material({
        records: [record],
        sources: [told, other],
        texts: [text(told), text(other)],
        witnesses,
        today,
      }),
    ).heldBack.map(({ reason }) => reason);
  const agreed = {
    purpose: 'publish',
    givenOn: '2026-01-01',
    until: '2026-11-23',
    withdrawnOn: null,
    how: null,
  } as const;
  const witness = (consents: Material['witnesses'][number]['consents']) => [{ id: id(50), consents }];
  expect(held(witness([agreed]))).toEqual([]);
  expect(held(witness([agreed]), '2026-11-24')).toEqual(['no-consent']);
  expect(held(witness([{ ...agreed, withdrawnOn: '2026-11-20' }]))).toEqual(['no-consent']);
  expect(held(witness([{ ...agreed, purpose: 'keep' }]))).toEqual(['no-consent']);
  expect(held(witness([]))).toEqual(['no-consent']);
  // A witness who was erased can agree to nothing.
  expect(held([])).toEqual(['no-consent']);
  expect(held([{ id: id(51), consents: [agreed] }])).toEqual(['no-consent']);
});
