/** `npm run screenshots`: makes docs/screenshots from the running product with the example dossier. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startServer } from '../src/server/serve.ts';
import { readSettings } from '../src/server/settings.ts';
import { launchChromium } from '../test/platform/chromium.ts';
import { ensureBuilt } from './build.mjs';

const out = join(import.meta.dirname, '../docs/screenshots');
mkdirSync(out, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'constat-screenshots-'));
await ensureBuilt();
const running = await startServer({ ...readSettings({ port: 0, data }), logLevel: 'error' });
const browser = await launchChromium();

try {
  const wide: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
  const owner = await browser.newContext(wide);
  const page = await owner.newPage();
  await page.goto(running.setupLink!);
  await page.getByLabel('Name', { exact: true }).fill('an observer');
  await page.getByLabel('Password', { exact: true }).fill('three tents by the canal');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('button', { name: 'Open the example dossier' }).first().click();
  await page.waitForURL('**/d/calais-example');
  const { store } = running;
  const sources = await store.read.selectFrom('sources').selectAll().orderBy('createdAt').execute();
  const said = await store.read
    .selectFrom('statements')
    .selectAll()
    .where('act', '=', 'clarifies')
    .where('status', '=', 'accepted')
    .executeTakeFirstOrThrow();
  // The statement that is clarified begins its thread, and names it.
  const call = await store.read
    .selectFrom('statements')
    .select('id')
    .where('content', 'like', 'having more policemen%')
    .where('status', '=', 'accepted')
    .executeTakeFirstOrThrow();
  const desk = `${running.url}/d/calais-example`;
  const pub = `${running.url}/p/calais-example`;

  const shoot = async (at: Page, name: string, address: string, more: { whole?: boolean } = {}) => {
    await at.goto(address);
    await at.waitForLoadState('networkidle');
    // The last answers are painted a moment after the network is quiet.
    await at.waitForTimeout(500);
    await at.screenshot({ path: join(out, `${name}.png`), fullPage: more.whole ?? false });
    console.log(`docs/screenshots/${name}.png`);
  };
  await shoot(page, 'dossier', desk);
  await shoot(page, 'sources', `${desk}/sources`);
  await shoot(page, 'reader', `${desk}/sources/${sources[0]!.id}`);
  await shoot(page, 'figures', `${desk}/figures?status=accepted`);
  await shoot(page, 'statements', `${desk}/statements`);
  await shoot(page, 'record', `${desk}/statements/${said.id}`);
  await shoot(page, 'who-said-what', `${desk}/who-said-what/thread:${call.id}?statement=${said.id}`);
  await shoot(page, 'disagreements', `${desk}/disagreements?show=all`);
  await shoot(page, 'commitments', `${desk}/commitments`);
  await shoot(page, 'right-of-reply', `${desk}/right-of-reply`);
  const { id: counted } = await store.read
    .selectFrom('measures')
    .select('id')
    .where('name', '=', 'Migrants living around Calais')
    .executeTakeFirstOrThrow();
  await shoot(page, 'measures', `${desk}/how-many`);
  await shoot(page, 'how-many', `${desk}/how-many/${counted}`);
  await shoot(page, 'publish', `${desk}/publish`);
  await shoot(page, 'log', `${desk}/log`);

  const variants: [string, BrowserContextOptions, string][] = [
    ['', wide, ''],
    ['-dark', { ...wide, colorScheme: 'dark' }, ''],
    ['-phone', { viewport: { width: 360, height: 740 } }, ''],
    ['-arabic', wide, '?lang=ar'],
  ];
  for (const [suffix, options, query] of variants) {
    const reader = await browser.newContext(options);
    const at = await reader.newPage();
    await shoot(at, `public-dossier${suffix}`, `${pub}${query}`);
    await shoot(at, `public-how-many${suffix}`, `${pub}/how-many/${counted}${query}`, { whole: true });
    await shoot(at, `public-record${suffix}`, `${pub}/record/${said.id}${query}`);
    await shoot(at, `public-disagreements${suffix}`, `${pub}/disagreements${query}`);
    await shoot(at, `public-who-said-what${suffix}`, `${pub}/who-said-what/${call.id}${query}`);
    await reader.close();
  }
  const cookies = await owner.cookies();
  for (const [suffix, options] of [
    ['-dark', { ...wide, colorScheme: 'dark' as const }],
    ['-phone', { viewport: { width: 360, height: 740 } }],
  ] as const) {
    const again = await browser.newContext(options);
    await again.addCookies(cookies);
    const at = await again.newPage();
    await shoot(at, `reader${suffix}`, `${desk}/sources/${sources[0]!.id}`);
    await shoot(at, `statements${suffix}`, `${desk}/statements`);
    await shoot(at, `disagreements${suffix}`, `${desk}/disagreements?show=all`);
    await shoot(at, `sources${suffix}`, `${desk}/sources`);
    await again.close();
  }
  const french = await browser.newContext({ ...wide, locale: 'fr-FR' });
  await french.addCookies(cookies);
  await shoot(await french.newPage(), 'reader-french', `${desk}/sources/${sources[1]!.id}`);
} finally {
  await browser.close();
  await running.stop();
  rmSync(data, { recursive: true, force: true });
}
