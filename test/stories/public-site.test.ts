/** The public site in a real browser: accessible in light and dark, in every language and width, with no script at all. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicPages } from '../../src/server/public-pages.ts';
import { decideDisagreements, fileDisagreement } from '../../src/store/disagreements.ts';
import { publish } from '../../src/store/publications.ts';
import { createRecord } from '../../src/store/records.ts';
import { launchChromium } from '../platform/chromium.ts';
import { createTestStore } from '../platform/embedded.ts';
import { dossierToPublish, passageIn, sourceWithText } from '../public-dossier.ts';
import { sampleFigure, sampleIncident, sampleStatement } from '../samples.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let server: ReturnType<typeof serve>;
let site: string;
let pages: string[];
beforeAll(async () => {
  const store = await (await createTestStore('PGlite')).open();
  const { dossier, writer } = await dossierToPublish(store);
  const source = await sourceWithText(store, writer);
  const pinned = [passageIn(source, 'the site was empty')];
  const records = [
    await createRecord(store, writer, 'statement', sampleStatement({ mode: 'direct' }), pinned),
    await createRecord(store, writer, 'figure', sampleFigure({ bound: 'at-most', value: 2300 }), pinned),
    await createRecord(store, writer, 'incident', sampleIncident(), pinned),
  ];
  const filed = await fileDisagreement(store, writer, {
    kind: 'figures-differ',
    records: records.map(({ kind, id }) => ({ kind, id })),
    words: 'Empty and counted on one day',
  });
  await decideDisagreements(store, writer, [{ ...filed, link: null }], {
    state: 'explained',
    explanation: 'different-time',
    reason: 'One speaks of the morning, the other of noon.',
  });
  await publish(store, writer, { note: null });
  await store.log.flush();
  server = serve({ fetch: publicPages(store).fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const base = `/p/${dossier.slug}`;
  pages = ['/p', base, `${base}/statements`, `${base}/source/${source.id}`, '/p/nothing'];
  pages.push(`${base}/disagreements`, `${base}/disagreements/${filed.id}`);
  pages.push(...records.map(({ id }) => `${base}/record/${id}`));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

test.each([
  ['light', 1440, 'en'],
  ['dark', 1024, 'fr'],
  ['light', 360, 'ar'],
] as const)(
  'no page breaks WCAG 2.2 AA as far as axe can tell, and none is wider than the screen: %s, %i, %s',
  async (colorScheme, width, locale) => {
    // The site's own policy would keep axe out, as it keeps out every script.
    const context = await browser.newContext({
      bypassCSP: true,
      colorScheme,
      viewport: { width, height: 900 },
    });
    const page = await context.newPage();
    for (const path of pages) {
      await page.goto(`${site}${path}?lang=${locale}`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() =>
        (window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({
          // The one rule of WCAG 2.2, which axe leaves off by default.
          rules: { 'target-size': { enabled: true } },
        }),
      );
      expect(violations.map(({ id, nodes }) => [path, id, nodes[0]!.html])).toEqual([]);
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(overflow, `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
    await context.close();
  },
);

test('a reader without script, by keyboard, gets from the dossier to the passage; nothing is fetched from elsewhere', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${site}/p`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#text$/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/p\/matter-/);
  await page.getByRole('link', { name: /the minister says/ }).click();
  await page.waitForURL(/\/record\//);
  expect(await page.locator('mark').textContent()).toBe('the site was empty');
  expect(await page.locator('.citation').evaluate((element) => getComputedStyle(element).userSelect)).toBe(
    'all',
  );
  // Fonts are here and are used: a page that fell back would have loaded none.
  expect(asked.some((url) => url.includes('source-serif-4-latin'))).toBe(true);
  for (const url of asked) expect(url.startsWith(site)).toBe(true);
  await context.close();
});
