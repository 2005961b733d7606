// Exchange rates are added whole or not at all, whatever the table looks like, and extend those that ship with Constat.
import { expect, test } from 'vitest';
import { createTestStore } from '../../test/platform/embedded.ts';
import { OBSERVER } from '../../test/samples.ts';
import { addRates, listRates, summarizeRates } from '../store/rates.ts';
import { ratesOfStore, readRates } from './rates.ts';

test('a table has a column for each currency, or one for all', () => {
  const wide = readRates('Date,USD,GBP,\n2026-04-14,1.17,0.87,\n2026-04-15,N/A,0.86,\n');
  expect(wide).toEqual([
    { day: '2026-04-14', currency: 'USD', perEuro: 1.17 },
    { day: '2026-04-14', currency: 'GBP', perEuro: 0.87 },
    { day: '2026-04-15', currency: 'GBP', perEuro: 0.86 },
  ]);
  expect(readRates('\ufeffdate,currency,rate\n2026-04-14,tnd,3.4\n')).toEqual([
    { day: '2026-04-14', currency: 'TND', perEuro: 3.4 },
  ]);
});

test.each([
  ['', 'rates.columns'],
  ['a,b\n1,2\n', 'rates.columns'],
  ['date,USD\n', 'rates.columns'],
  ['date,USD\n14.4.2026,1.17\n', 'rates.row'],
  ['date,USD\n2026-02-30,1.17\n', 'rates.row'],
  ['date,USD\n2026-04-14,about one\n', 'rates.row'],
  ['date,USD\n2026-04-14,-1\n', 'rates.row'],
  ['date,USD\n2026-04-14,1e999\n', 'rates.row'],
  ['date,currency,rate\n2026-04-14,GBP,\n', 'rates.row'],
  ['date,currency,rate\n2026-04-14,"GBP,1\n', 'rates.row'],
])('%j is refused: %s', (text, code) => {
  expect(() => readRates(text)).toThrow(expect.objectContaining({ code }));
});

test('what was added extends and corrects the shipped table, with an entry in the log', async () => {
  const store = await (await createTestStore('PGlite')).open();
  const before = await ratesOfStore(store);
  expect(before.perEuro('TND', '2026-04-14')).toBeNull();
  const shipped = before.perEuro('GBP', '2021-07-20')!;
  await addRates(
    store,
    OBSERVER,
    readRates('date,TND,GBP\n2026-04-14,3.4,\n2021-07-20,,0.9\n'),
    'a central bank',
  );
  const after = await ratesOfStore(store);
  expect(after.perEuro('TND', '2026-04-14')).toBe(3.4);
  expect([shipped, after.perEuro('GBP', '2021-07-20')]).toEqual([0.86545, 0.9]);
  expect(await summarizeRates(store)).toEqual([
    { currency: 'GBP', source: 'a central bank', from: '2021-07-20', to: '2021-07-20', days: 1 },
    { currency: 'TND', source: 'a central bank', from: '2026-04-14', to: '2026-04-14', days: 1 },
  ]);
  expect(await listRates(store)).toHaveLength(2);
  const entries = await store.read.selectFrom('entries').select('action').execute();
  expect(entries.map(({ action }) => action)).toContain('rates.add');
});
