// Commitments: which records are pledges, what follows them, and how much of so much.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinkEnd } from '../record/link.ts';
import type { LinkKind } from '../record/vocabulary.ts';
import { type CommitmentRecords, commitmentsOf, shareOf } from './commitments.ts';
import { quantityReader } from './figure-quantity.ts';
import type { AnalysedFigure, AnalysedStatement, Names } from './names.ts';

const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const party = (name: string) => ({ actor: null, name, role: null });
const names: Names = {
  measures: [],
  places: [],
  actors: [{ id: idOf(900), name: 'The port council', type: 'other', aliases: ['the council'], roles: [] }],
};

function figure(n: number, change: Partial<AnalysedFigure> = {}): AnalysedFigure {
  return {
    ...{ kind: 'figure', id: idOf(n), counted: 'new places', measure: null, unit: null },
    ...{ modality: 'reported', bound: 'exact', value: 400, low: null, high: null, equivalents: [] },
    ...{ baseline: null, place: null, period: '2021', accordingTo: party('the council') },
    ...{
      reportedBy: null,
      method: null,
      passages: [{ source: idOf(800), start: n * 100, end: n * 100 + 9, exact: '' }],
    },
    ...change,
  } as AnalysedFigure;
}

function statement(n: number, change: Partial<AnalysedStatement> = {}): AnalysedStatement {
  return {
    ...{ kind: 'statement', id: idOf(n), content: 'it will open', mode: 'indirect', act: 'says' },
    ...{ speaker: party('the council'), reporter: null, addressee: null, venue: null, saidOn: '2020-05-01' },
    ...{ topics: ['Places'], language: 'en' },
    passages: [{ source: idOf(800), start: n * 100, end: n * 100 + 80, exact: '' }],
    ...change,
  } as AnalysedStatement;
}

const find = (given: Partial<CommitmentRecords>) =>
  commitmentsOf({ figures: [], statements: [], links: [], names, ...given });
const link = (
  from: AnalysedFigure | AnalysedStatement,
  kind: LinkKind,
  to: AnalysedFigure | AnalysedStatement,
) => ({
  from: { kind: from.kind, id: from.id } as LinkEnd,
  to: { kind: to.kind, id: to.id } as LinkEnd,
  link: kind,
});

describe('a commitment', () => {
  it('is a pledged figure or a promise; nothing else is', () => {
    const pledge = figure(1, { modality: 'pledged' });
    const promise = statement(2, { act: 'promises', addressee: party('the volunteers') });
    const found = find({
      figures: [pledge, figure(3), figure(4, { modality: 'expected' })],
      statements: [promise, statement(5)],
    });
    expect(found.map(({ record }) => record.id).sort()).toEqual([pledge.id, promise.id]);
    const [first] = found;
    expect(first).toMatchObject({
      record: { kind: 'statement' },
      addressee: 'the volunteers',
      amount: null,
      saidOn: '2020-05-01',
      party: { key: idOf(900), name: 'The port council' },
    });
  });

  it('that is part of a promise, or stands in its words, is one with it: said when it was said', () => {
    const promise = statement(1, { act: 'promises' });
    const inside = figure(2, {
      modality: 'pledged',
      accordingTo: null,
      passages: [{ source: idOf(800), start: 120, end: 130, exact: '' }],
    });
    const linked = figure(3, { modality: 'pledged' });
    const found = find({
      figures: [inside, linked],
      statements: [promise],
      links: [link(linked, 'part-of', promise)],
    });
    expect(found).toHaveLength(2);
    for (const one of found) {
      expect(one).toMatchObject({ statement: promise.id, saidOn: '2020-05-01', party: { key: idOf(900) } });
    }
  });

  it('is reported once somebody links what came of it, with how much of so much', () => {
    const pledge = figure(1, { modality: 'pledged', unit: 'GBP', value: 12_000_000 });
    const paid = figure(2, { unit: 'GBP', value: 4_400_000, accordingTo: party('the auditors') });
    const open = find({ figures: [pledge, paid] });
    expect(open).toMatchObject([{ state: 'open', reports: [], suggestions: [] }]);
    const [kept] = find({ figures: [pledge, paid], links: [link(paid, 'follows-up', pledge)] });
    expect(kept).toMatchObject({ state: 'reported', reports: [{ link: 'follows-up' }] });
    // 4.35–4.45 of 11.5–12.5 million, by the rounding of both.
    const { low, high } = kept!.reports[0]!.share!;
    expect(low).toBeGreaterThan(33);
    expect(low).toBeLessThan(36.7);
    expect(high).toBeGreaterThan(36.7);
    expect(high).toBeLessThan(41);
  });

  it('has suggested to it later figures of the same by the same, and later words of the speaker on the topic', () => {
    const promise = statement(1, { act: 'promises' });
    const pledge = figure(2, { modality: 'pledged', period: '2021' });
    const earlier = figure(3, { period: '2019' });
    const later = figure(4, { period: '2022', value: 100 });
    const elsewhere = figure(5, {
      period: '2022',
      place: { place: null, name: 'the old port', precision: null },
    });
    const other = figure(6, { period: '2022', accordingTo: party('a union') });
    const again = statement(7, { saidOn: '2020-09-01' });
    const before = statement(8, { saidOn: '2019-09-01' });
    const off = statement(9, { saidOn: '2020-09-01', topics: ['rain'] });
    const found = find({
      figures: [pledge, earlier, later, elsewhere, other],
      statements: [promise, again, before, off],
      links: [link(pledge, 'part-of', promise)],
    });
    expect(found).toHaveLength(1);
    expect(found[0]!.suggestions.map(({ record }) => record.id)).toEqual([again.id, later.id]);
    expect(found[0]!.suggestions[1]).toMatchObject({ link: null, amount: { value: 100 } });
  });

  it('is not its own report, and what is linked is not suggested again', () => {
    const pledge = figure(2, { modality: 'pledged', period: '2020' });
    const later = figure(4, { period: '2022' });
    const [one] = find({ figures: [pledge, later], links: [link(later, 'confirms', pledge)] });
    expect(one!.reports).toHaveLength(1);
    expect(one!.suggestions).toEqual([]);
  });
});

it('a share holds the true one, whatever the prints are rounded from', () => {
  const amount = fc.integer({ min: 100, max: 9_999_999 });
  const read = quantityReader(names);
  fc.assert(
    fc.property(amount, amount, fc.integer({ min: 0, max: 1 }), (part, whole, digits) => {
      const round = (value: number) => Math.round(value / 10 ** digits) * 10 ** digits;
      const [report, pledge] = [part, whole].map((value, n) => read(figure(n + 1, { value: round(value) })));
      const share = shareOf(report!, pledge!);
      if (share === null) return;
      const truth = (part / whole) * 100;
      if (share.low !== null) expect(share.low).toBeLessThanOrEqual(truth * (1 + 1e-9));
      if (share.high !== null) expect(share.high).toBeGreaterThanOrEqual(truth * (1 - 1e-9));
    }),
  );
});

it('a share is given only of the same unit, and never of a change', () => {
  const read = quantityReader(names);
  const pledge = read(figure(1, { unit: 'GBP' }));
  expect(shareOf(read(figure(2, { unit: 'EUR' })), pledge)).toBeNull();
  expect(shareOf(read(figure(2, { unit: 'GBP', bound: 'change' })), pledge)).toBeNull();
  expect(shareOf(read(figure(2, { unit: 'GBP', bound: 'at-least' })), pledge)).toMatchObject({ high: null });
});
