/** The desk, the public pages and /verify under their content policy: a real browser finds nothing that breaks it. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
/** What the browser reported as breaking the policy: the directive, what was blocked, and where. */
const violations: string[] = [];
const watched = new WeakSet<Page>();

beforeAll(async () => {
  desk = await openDesk({ example: true });
  await watch(desk.page);
});
afterAll(async () => {
  await desk?.close();
  expect(violations).toEqual([]);
});

/** Listens for violations from the first line of every page on. */
async function watch(page: Page): Promise<void> {
  if (watched.has(page)) return;
  watched.add(page);
  await page.exposeFunction('tellViolation', (words: string) => violations.push(words));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      const words = `${location.pathname}: ${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`;
      (window as unknown as { tellViolation: (words: string) => void }).tellViolation(words);
    });
  });
  page.on('console', (message) => {
    if (/Content.Security.Policy|Trusted ?(?:Type|HTML|Script)|Permissions-Policy/i.test(message.text()))
      violations.push(message.text());
  });
}

const url = (path: string) => desk.running.url + path;

/** Opens a page of the desk and waits until its heading and all it asks for are there. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(url(path));
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
}

test('the policy is in force: a page cannot write markup, run text or load from elsewhere', async () => {
  const page = await desk.stranger();
  const found: string[] = [];
  await page.exposeFunction('tellViolation', (words: string) => found.push(words));
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) =>
      (window as unknown as { tellViolation: (words: string) => void }).tellViolation(
        event.effectiveDirective,
      ),
    ),
  );
  await visit(page, '/sign-in');
  const refused = await page.evaluate(async () => {
    // What the browser's tools run by themselves is exempt; what a page begins later is not.
    await new Promise((resolve) => setTimeout(resolve, 10));
    const outcomes: Record<string, boolean> = {};
    const attempt = (name: string, run: () => unknown) => {
      try {
        run();
        outcomes[name] = false;
      } catch {
        outcomes[name] = true;
      }
    };
    attempt('markup', () => {
      document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>';
    });
    attempt('insertion', () => document.body.insertAdjacentHTML('beforeend', '<b>x</b>'));
    attempt('parsing', () => new DOMParser().parseFromString('<svg onload="x"/>', 'image/svg+xml'));
    // biome-ignore lint/security/noGlobalEval: it is shown that this is refused.
    attempt('text', () => eval('1'));
    attempt('worker', () => new Worker('/p'));
    attempt('script', () => {
      document.createElement('script').src = 'https://elsewhere.example/x.js';
    });
    attempt('policy', () =>
      (
        window as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => unknown } }
      ).trustedTypes.createPolicy('mine', {}),
    );
    return outcomes;
  });
  expect(Object.values(refused)).not.toContain(false);
  expect(Object.keys(refused)).toHaveLength(7);
  const image = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const element = new Image();
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        element.src = 'https://elsewhere.example/x.png';
      }),
  );
  expect(image).toBe('refused');
  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
  expect(found).toContain('img-src');
  expect(found).toContain('require-trusted-types-for');
  // What was done on purpose here is no complaint.
  desk.complaints.splice(0);
  await page.close();
});

test('the desk’s rooms break nothing', async () => {
  const { page } = desk;
  const base = '/d/calais-example';
  await visit(page, '/d');
  for (const room of [
    ...['', '/sources', '/statements', '/figures', '/incidents', '/actors', '/disagreements', '/commitments'],
    ...['/how-many', '/who-said-what', '/right-of-reply', '/publish', '/log', '/settings'],
  ]) {
    await visit(page, base + room);
    await page.keyboard.press('?');
    await page.keyboard.press('Escape');
  }
  // What is drawn by the server and taken into the page.
  await visit(page, `${base}/how-many`);
  await page.locator('main a[href*="/how-many/"]').first().click();
  await page.locator('main svg [data-mark]').first().waitFor();
  await visit(page, `${base}/who-said-what`);
  await page.locator('main a[href*="/who-said-what/"]').first().click();
  await page.locator('main svg [data-statement]').first().waitFor();
  // A source with its passages, a record, a form with all its fields.
  await visit(page, `${base}/sources`);
  await page.locator('main h2 a').first().click();
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('j');
  await visit(page, `${base}/statements`);
  await page.locator('main a[href*="/statements/"]').first().click();
  await page.waitForLoadState('networkidle');
  expect(violations).toEqual([]);
});

test('adding, choosing in lists and telling by the live region break nothing', async () => {
  const { page } = desk;
  await visit(page, '/d/calais-example/sources');
  await page.getByRole('button', { name: 'From an address' }).click();
  const form = page.getByRole('form', { name: 'From an address' });
  await form.getByLabel('Address of the page or file').fill('http://127.0.0.1:1/inside');
  await form.getByRole('button', { name: 'Fetch and add' }).click();
  await page.getByText(/There is no public host|Only the ports 80 and 443/).waitFor();
  await page.getByRole('button', { name: 'Paste text' }).first().click();
  await page.getByRole('form', { name: 'Paste text' }).getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Details' }).first().click();
  const details = page.locator('form').filter({ hasText: 'How obtained' }).first();
  const choice = details.getByRole('button').first();
  if (await choice.isVisible()) await choice.click();
  await page.keyboard.press('Escape');
  expect(violations).toEqual([]);
});

test('public pages and /verify break nothing', async () => {
  const { page } = desk;
  await visit(page, '/d/calais-example/publish');
  const publish = page.getByRole('button', { name: 'Publish', exact: true });
  if (await publish.isVisible()) {
    await publish.click();
    await page
      .getByText(/is public/)
      .first()
      .waitFor();
  }
  const reader = await desk.stranger();
  await watch(reader);
  await visit(reader, '/p');
  const front = '/p/calais-example';
  const seen = new Set<string>();
  const queue = [front];
  // One page of each kind: two of the same kind have the same way of being made.
  const kinds = new Set<string>();
  while (queue.length > 0) {
    const path = queue.shift()!;
    if (seen.has(path)) continue;
    seen.add(path);
    const kind = path.replace(/[0-9a-f-]{36}|\d+/g, '*').replace(/\?.*/, '');
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    await reader.goto(url(path));
    const links = await reader
      .locator('a[href^="/p/calais-example"]:not([href*="."])')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
    queue.push(...links);
  }
  expect(kinds.size).toBeGreaterThan(8);
  const bundle = await (await fetch(url(`${front}/bundle.zip`))).arrayBuffer();
  await visit(reader, '/verify');
  await reader.setInputFiles('#zip', {
    name: 'calais.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(bundle),
  });
  await reader.locator('#verdict strong').waitFor();
  expect(violations).toEqual([]);
  await reader.close();
});

test('another site can neither frame the desk nor read from it', async () => {
  const outside = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>elsewhere</title><iframe src="${url('/d')}"></iframe>
      <img src="${url('/api/v1/openapi.json')}">`);
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  try {
    const page = await desk.stranger();
    await page.goto(`http://127.0.0.1:${(outside.address() as AddressInfo).port}/`);
    await page.waitForLoadState('networkidle');
    const inside = page.frames().find((frame) => frame !== page.mainFrame());
    expect(await inside?.locator('#desk').count()).toBe(0);
    const read = await page.evaluate(async (address) => {
      try {
        return (await fetch(address)).status;
      } catch {
        return 'refused';
      }
    }, url('/api/v1/session'));
    expect(read).toBe('refused');
    desk.complaints.splice(0);
    await page.close();
  } finally {
    outside.close();
  }
});
