// Changes on their way: shown at once, sent in order, taken back when refused, kept while nothing answers.
import { describe, expect, test } from 'vitest';
import type { AnyRecord } from '../../ui/record-words.ts';
import { type Change, makeWriter, type Outcome } from './writes.ts';

type Row = { id: string; version: number; status: string };

/** A server of records that answers when told to, and a writer to it. */
function open() {
  const rows = new Map<string, Row>([
    ['a', { id: 'a', version: 1, status: 'suggested' }],
    ['b', { id: 'b', version: 1, status: 'suggested' }],
  ]);
  const known = new Map(rows);
  const sent: string[] = [];
  const refusals: unknown[] = [];
  let failure: unknown = null;
  const writer = makeWriter({
    read: (id) => known.get(id) as AnyRecord | undefined,
    keep: ({ records = [] }: Outcome) => {
      for (const record of records) known.set(record.id, record as unknown as Row);
    },
    refused: (error) => refusals.push(error),
    isPassing: (error) => error === 'offline',
    pause: () => new Promise(() => {}),
  });
  const judge = (id: string, status: string): Change => ({
    subjects: [id],
    show: (record) => ({ ...record, status }) as AnyRecord,
    send: async (now) => {
      await Promise.resolve();
      if (failure !== null) throw failure;
      const row = rows.get(id)!;
      if (now(id)!.version !== row.version) throw 'record.version';
      sent.push(`${id} ${status}`);
      const next = { ...row, status, version: row.version + 1 };
      rows.set(id, next);
      return { records: [next as unknown as AnyRecord] };
    },
  });
  const shown = (id: string) => writer.shown(known.get(id) as unknown as AnyRecord).status;
  return { writer, rows, known, sent, refusals, judge, shown, fail: (error: unknown) => (failure = error) };
}

describe('a change', () => {
  test('is shown before it is saved, and stays once it is', async () => {
    const { writer, judge, shown, sent } = open();
    writer.add(judge('a', 'accepted'));
    expect(shown('a')).toBe('accepted');
    expect(writer.status()).toMatchObject({ state: 'saving', waiting: 1 });
    await writer.settled();
    expect(shown('a')).toBe('accepted');
    expect(sent).toEqual(['a accepted']);
    expect(writer.status()).toMatchObject({ state: 'saved', waiting: 0 });
  });

  test('names the version that the change before it left', async () => {
    const { writer, judge, rows, refusals } = open();
    for (const status of ['accepted', 'rejected', 'accepted']) writer.add(judge('a', status));
    await writer.settled();
    expect(refusals).toEqual([]);
    expect(rows.get('a')).toEqual({ id: 'a', version: 4, status: 'accepted' });
  });

  test('that is refused is taken back with what was built on it, and nothing else', async () => {
    const { writer, judge, rows, shown, refusals, sent } = open();
    rows.set('a', { id: 'a', version: 7, status: 'rejected' });
    writer.add(judge('a', 'accepted'));
    writer.add(judge('b', 'accepted'));
    writer.add(judge('a', 'rejected'));
    expect(shown('a')).toBe('rejected');
    await writer.settled();
    expect(refusals).toEqual(['record.version']);
    expect(sent).toEqual(['b accepted']);
    expect(shown('a')).toBe('suggested');
    expect(shown('b')).toBe('accepted');
  });

  test('waits while nothing answers, and is sent when it is tried again', async () => {
    const { writer, judge, shown, sent, fail, refusals } = open();
    fail('offline');
    writer.add(judge('a', 'accepted'));
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(writer.status()).toMatchObject({ state: 'failed', waiting: 1 });
    writer.add(judge('b', 'rejected'));
    expect(writer.status().state).toBe('failed');
    expect([shown('a'), shown('b'), sent.length]).toEqual(['accepted', 'rejected', 0]);
    fail(null);
    writer.retry();
    await writer.settled();
    expect(sent).toEqual(['a accepted', 'b rejected']);
    expect(refusals).toEqual([]);
  });
});

test('those who listen hear of every change of what is shown', async () => {
  const { writer, judge } = open();
  const heard: string[] = [];
  const stop = writer.subscribe(() => heard.push(writer.status().state));
  writer.add(judge('a', 'accepted'));
  await writer.settled();
  stop();
  writer.add(judge('b', 'accepted'));
  await writer.settled();
  expect(heard).toEqual(['saving', 'saved']);
});
