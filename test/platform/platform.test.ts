/** The ground the other tests stand on: a real PostgreSQL with its contrib modules, and a real browser. */
import { expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { createDatabase, oldestPostgres, query } from './postgres.ts';

test('PostgreSQL is supported, durable and can fold accents', async () => {
  const url = await createDatabase();
  const [server] = await query(url, "select current_setting('server_version_num') as number, version()");
  expect(server?.version).toMatch(/^PostgreSQL \d/);
  expect(Number(server?.number)).toBeGreaterThanOrEqual(oldestPostgres * 10_000);
  expect(await query(url, 'show fsync')).toEqual([{ fsync: 'on' }]);
  await query(url, 'create extension unaccent');
  expect(await query(url, "select unaccent('élevé') as folded")).toEqual([{ folded: 'eleve' }]);
});

test('every call makes a database of its own', async () => {
  const [one, other] = await Promise.all([createDatabase(), createDatabase()]);
  await query(one!, 'create table note (line text)');
  expect(await query(other!, "select to_regclass('note') as found")).toEqual([{ found: null }]);
});

test('Chromium opens a page and runs its script', async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto('data:text/html,<title>Constat</title><script>document.title += " " + (40 + 2)</script>');
    expect(await page.title()).toBe('Constat 42');
  } finally {
    await browser.close();
  }
});
