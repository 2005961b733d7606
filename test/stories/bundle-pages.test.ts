/** The two pages that check a bundle, in a real browser: /verify, and the page inside every bundle, opened from disk. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bytesSource } from '../../src/publish/bundle/byte-source.ts';
import { indexPage } from '../../src/publish/bundle/index-page.ts';
import { contentOffset, openZip } from '../../src/publish/bundle/zip-read.ts';
import { launchChromium } from '../platform/chromium.ts';
import { bundleOf, sample } from '../sample-bundle.ts';

const directory = mkdtempSync(join(tmpdir(), 'constat-pages-'));
const bundle = join(directory, 'dunes.zip');
const changed = join(directory, 'changed.zip');
const folder = join(directory, 'dunes');
let vkey: string;
let browser: Browser;
let site: { address: string; close: () => void };

beforeAll(async () => {
  const made = await bundleOf(sample(), { parts: () => ({ page: indexPage }) });
  vkey = made.vkey;
  writeFileSync(bundle, made.bytes);
  const spoilt = made.bytes.slice();
  // A byte in the middle: in a file's content or before it, the page has to say so.
  spoilt[spoilt.length >> 1]! ^= 1;
  writeFileSync(changed, spoilt);
  await unpack(made.bytes, folder);
  site = await serveVerifyPage();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  site?.close();
  rmSync(directory, { recursive: true, force: true });
});

async function unpack(bytes: Uint8Array, into: string): Promise<void> {
  const zip = await openZip(bytesSource(bytes));
  if (!zip.ok) throw new Error(zip.why);
  for (const entry of zip.entries) {
    const path = join(into, entry.path);
    mkdirSync(dirname(path), { recursive: true });
    const from = contentOffset(entry);
    writeFileSync(path, bytes.subarray(from, from + entry.size));
  }
}

/** Builds /verify as the product does and serves it under the desk's content policy. */
async function serveVerifyPage() {
  const root = join(import.meta.dirname, '../../src/web');
  const out = join(directory, 'web');
  await build({
    root,
    base: '/desk/',
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir: out,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { verify: join(root, 'verify/index.html') } },
    },
  });
  const types: Record<string, string> = {
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.html': 'text/html',
  };
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; worker-src 'self'";
  const server = createServer((request, response) => {
    const path = request.url === '/verify' ? 'verify/index.html' : request.url!.replace(/^\/desk\//, '');
    try {
      const bytes = readFileSync(join(out, path));
      response.setHeader('Content-Type', types[extname(path)] ?? 'application/octet-stream');
      response.setHeader('Content-Security-Policy', policy);
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/verify`, close: () => server.close() };
}

/** A page that remembers what went wrong in it, and what it asked the network for after it was there. */
async function openPage(address: string): Promise<{ page: Page; faults: string[]; requests: string[] }> {
  const page = await browser.newPage({ locale: 'en-GB' });
  const faults: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.goto(address, { waitUntil: 'load' });
  page.on('request', (request) => requests.push(request.url()));
  return { page, faults, requests };
}

const verdict = (page: Page) => page.locator('#verdict strong');

test('/verify checks a bundle on the device, in three languages', async () => {
  const { page, faults, requests } = await openPage(site.address);
  await page.fill('#vkey', vkey);
  await page.setInputFiles('#zip', bundle);
  await verdict(page).waitFor();
  expect(await verdict(page).textContent()).toBe('Everything in this bundle is as it was published.');
  expect(await page.locator('#verdict').textContent()).toContain('Signed with the key you gave.');
  expect(await page.locator('#verdict').textContent()).toContain('1 of the passages, in 1 of the sources');
  expect(await page.locator('#found > li').count()).toBe(3);

  await page.selectOption('#kind', 'figure');
  expect(await page.locator('#found > li').count()).toBe(1);
  await page.locator('#found summary').click();
  await page.locator('#found blockquote mark').waitFor();
  expect(await page.locator('#found blockquote mark').textContent()).toBe('1,500');
  await page.selectOption('#kind', '');
  await page.fill('#search', 'PREFECTURE');
  expect(await page.locator('#found > li').count()).toBe(1);

  await page.selectOption('#language', 'ar');
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
  expect(await page.title()).toContain('التحقق من حزمة');
  await page.selectOption('#language', 'fr');
  expect(await verdict(page).textContent()).toBe('Tout, dans ce paquet, est tel que publié.');
  // Nothing but its own worker was fetched, and nothing at all was sent.
  expect(requests.filter((url) => !url.startsWith(new URL('/desk/', site.address).href))).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});

test('/verify says what is wrong, and refuses what is no bundle or no key', async () => {
  const { page } = await openPage(site.address);
  await page.setInputFiles('#zip', changed);
  await verdict(page).waitFor();
  expect(await verdict(page).textContent()).toBe('This bundle is not as it was published.');
  expect(await page.locator('.findings > li').count()).toBeGreaterThan(0);
  const cut = {
    name: 'cut.zip',
    mimeType: 'application/zip',
    buffer: readFileSync(bundle).subarray(0, 5000),
  };
  await page.setInputFiles('#zip', cut);
  await page.getByText('This could not be checked.').waitFor();
  await page.getByText('It was cut short, or something was added to its end.').waitFor();
  await page.fill('#vkey', 'not a key');
  await page.setInputFiles('#zip', bundle);
  await page.getByText('This is not a key. Copy the whole line.').waitFor();
  await page.close();
});

test('both pages can be used by everybody: no fault that axe finds, at 360 pixels, dark or light', async () => {
  for (const address of [site.address, pathToFileURL(join(folder, 'index.html')).href]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await openPage(address);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 360, height: 700 });
      await page.setInputFiles('#zip', changed);
      await verdict(page).waitFor();
      await page.locator('#found summary').first().click();
      // The page's policy forbids scripts of others, so axe is run by the browser's own tools.
      const violations = await page.evaluate(
        `(() => { ${axe.source} })(); axe.run().then((found) => found.violations)`,
      );
      expect(
        (violations as { id: string; nodes: { html: string }[] }[]).map(({ id, nodes }) => [
          id,
          nodes.map(({ html }) => html),
        ]),
      ).toEqual([]);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
      await page.close();
    }
  }
});

test('the page inside a bundle opens from disk and checks the zip, or the folder it lies in', async () => {
  const { page, faults, requests } = await openPage(pathToFileURL(join(folder, 'index.html')).href);
  expect(await page.locator('h1').textContent()).toBe('The dunes & the <town>');
  await page.setInputFiles('#zip', bundle);
  await verdict(page).waitFor();
  expect(await verdict(page).textContent()).toBe('Everything in this bundle is as it was published.');
  expect(await page.locator('#verdict').textContent()).toContain(
    'Compare it with the one the publisher gives',
  );
  await page.setInputFiles('#folder', folder);
  await page.locator('#verdict').waitFor();
  await page.getByText('Done.').waitFor();
  expect(await verdict(page).textContent()).toBe('Everything in this bundle is as it was published.');
  expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});

test('without script the page inside a bundle lists its records with passage, source and proof', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
  expect(await page.locator('#reader').isVisible()).toBe(false);
  const items = page.locator('ol.records > li');
  expect(await items.count()).toBe(3);
  const first = items.first();
  expect(await first.locator('mark').first().textContent()).toBe('about 500 people');
  for (const name of ['Proof', 'Entry in the log']) {
    const href = await first.getByRole('link', { name }).getAttribute('href');
    expect(readFileSync(join(folder, href!)).length).toBeGreaterThan(100);
  }
  await first.getByRole('link', { name: 'Dunes cleared' }).click();
  expect(await page.locator('body').textContent()).toContain('about 500 people');
  await context.close();
});
