/** Who said what: a researcher reads a thread, judges a suggestion, sorts statements; a stranger reads it without script. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listNamed } from '../../src/store/named.ts';
import { type Desk, openDesk } from './desk.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let desk: Desk;
let room: string;
let site: string;
let dossier: string;
beforeAll(async () => {
  desk = await openDesk({ example: true });
  room = `${desk.running.url}/d/calais-example/who-said-what`;
  site = `${desk.running.url}/p/calais-example`;
  const { store } = desk.running;
  dossier = (await store.read.selectFrom('dossiers').select('id').executeTakeFirstOrThrow()).id;
});
afterAll(() => desk.close());

/** What axe finds wrong with a page, with one place of each. */
async function violations(page: Page): Promise<string[][]> {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    (window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({
      rules: { 'target-size': { enabled: true } },
    }),
  );
  return found.violations.map(({ id, nodes }) => [id, nodes[0]!.html.slice(0, 200)]);
}

const linkKinds = async () =>
  (await listNamed(desk.running.store, 'link', dossier)).map(({ link }) => link).sort();
const entries = (page: Page) => page.locator('ol > li article');

describe('at the desk', () => {
  it('reads the call, its clarification and its rejection in order, each with what it answers', async () => {
    const { page } = desk;
    await page.goto(room);
    await page.getByRole('link', { name: 'policing of Calais' }).click();
    await page.getByRole('heading', { level: 1, name: 'policing of Calais' }).waitFor();
    await entries(page).nth(2).waitFor();
    const said = await entries(page).allInnerTexts();
    expect(said.map((text) => text.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(
        /Bernard Cazeneuve .*5 November 2014 .*having more policemen in Calais would be useful/,
      ),
      expect.stringMatching(
        /French interior ministry clarifies .*clarifies ↑ 1 Bernard Cazeneuve, .*5 November 2014/,
      ),
      expect.stringMatching(/James Brokenshire rejects .*rejects ↑ 1 Bernard Cazeneuve, .*5 November 2014/),
    ]);
    expect(said[0]).toMatch(/is clarified by\s+↓ 2/);
  });

  it('walks through the picture by arrows, and looks closely at a statement with Enter', async () => {
    const { page } = desk;
    const mark = (number: number) => page.locator('svg a[data-statement]').nth(number - 1);
    await mark(1).focus();
    // One stop for the Tab key: the others are reached by arrows.
    expect(await page.locator('svg a[tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(
      /^2\. French interior ministry clarifies: .* It clarifies 1\.$/,
    );
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Statement 3' }).waitFor();
    await page.waitForURL(/statement=/);
    expect(await page.locator('aside mark').first().textContent()).toContain('Britain will send no police');
    await page.locator('aside').getByRole('link', { name: 'Read on in the source' }).waitFor();
  });

  it('upholds a suggestion by key, and takes it back by undo', async () => {
    const { page } = desk;
    const before = await linkKinds();
    expect(before).not.toContain('explains-otherwise');
    await page.goto(room);
    await page.getByRole('link', { name: 'evictions' }).click();
    await page.locator('[data-suggestion]').waitFor();
    await page.keyboard.press('w');
    await page.getByRole('heading', { name: /^Statement \d$/ }).waitFor();
    await page.keyboard.press('a');
    await expect.poll(linkKinds, { timeout: 20_000 }).toContain('explains-otherwise');
    await page.locator('li[data-basis="drawn"]', { hasText: 'explains otherwise' }).waitFor();
    expect(await page.locator('[data-suggestion]').count()).toBe(0);
    await page.keyboard.press('u');
    await expect.poll(linkKinds, { timeout: 20_000 }).toEqual(before);
    await page.locator('[data-suggestion]').waitFor();
  });

  it('dismisses it with the button; it stays in sight as dismissed, and can be opened again', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: /^Dismiss: explains otherwise/ }).click();
    const line = page.locator('li[data-state="dismissed"]');
    await line.getByText('dismissed', { exact: true }).waitFor();
    // What was turned down is no part of the picture.
    await expect.poll(() => page.locator('svg g.tc-suggested').count()).toBe(0);
    await line.getByRole('button', { name: 'Reopen' }).click();
    await page.locator('[data-suggestion]').waitFor();
  });

  it('files statements together under a topic in one step', async () => {
    const { page } = desk;
    const topics = async () => {
      const rows = await desk.running.store.read.selectFrom('statements').select('topics').execute();
      return rows.filter((row) => row.topics.includes('silence')).length;
    };
    await page.getByRole('button', { name: 'Sort statements' }).click();
    await page.getByLabel('Pick statement 2', { exact: true }).check();
    await page.getByLabel('Find other statements').fill('border');
    await page.getByLabel(/the border should be moved/).check();
    await page.getByLabel('Topic').fill('silence');
    await page.getByRole('button', { name: 'These 2 belong together' }).click();
    await expect.poll(topics, { timeout: 20_000 }).toBe(2);
    await page.getByText('2 statements filed under “silence”').waitFor();
    await page.keyboard.press('u');
    await expect.poll(topics, { timeout: 20_000 }).toBe(0);
  });

  it('is reached from a statement’s own page', async () => {
    const { page } = desk;
    await page.goto(`${desk.running.url}/d/calais-example/statements?q=policemen&status=accepted`);
    await page
      .getByRole('link', { name: /having more policemen/ })
      .first()
      .click();
    await page.getByText('In the thread:').waitFor();
    await page.getByRole('link', { name: 'policing of Calais' }).click();
    await page.getByRole('heading', { name: 'Statement 1' }).waitFor();
  });

  it('breaks no rule that axe knows, in light and dark, wide and narrow', async () => {
    const { page } = desk;
    const thread = page.url();
    for (const [colorScheme, width] of [
      ['light', 1440],
      ['dark', 1440],
      ['light', 360],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      for (const address of [room, thread]) {
        await page.goto(address);
        await page
          .getByRole('link', { name: 'Open the record' })
          .or(page.getByText('2 threads'))
          .first()
          .waitFor();
        expect(await violations(page), `${address} ${colorScheme} ${width}`).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${address} at ${width}`).toBeLessThanOrEqual(0);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});

describe('for a stranger', () => {
  it('tells the same without script, from the front page to the passage', async () => {
    const page = await desk.stranger({ javaScriptEnabled: false, locale: 'en-GB' });
    await page.goto(site);
    await page.getByRole('link', { name: 'Who said what' }).click();
    await page.getByRole('link', { name: 'policing of Calais' }).click();
    const said = (await page.locator('.told').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
    expect(said).toEqual([
      expect.stringMatching(/Bernard Cazeneuve says .*having more policemen .*Clarified by ↓ 2/),
      expect.stringMatching(/French interior ministry clarifies .*clarifies ↑ 1/),
      expect.stringMatching(/James Brokenshire rejects .*rejects ↑ 1/),
    ]);
    await page.locator('svg a.tc-mark').nth(1).click();
    await page.waitForURL(/#statement-/);
    await page
      .getByRole('link', { name: /civil servants and not police officers/ })
      .last()
      .click();
    await page.waitForURL(/\/record\//);
    expect(await page.locator('mark').first().textContent()).toContain('civil servants');
    await page.getByRole('link', { name: 'policing of Calais' }).click();
    await page.waitForURL(/\/who-said-what\/.*#statement-/);
    // What is only suggested is the team's business.
    await page.goto(`${site}/who-said-what`);
    await page.getByRole('link', { name: 'evictions' }).click();
    expect(await page.getByText(/suggested/).count()).toBe(0);
    expect(await page.getByText('explains otherwise').count()).toBe(0);
    await page.context().close();
  });

  it.each([
    ['light', 1440, 'en'],
    ['dark', 1024, 'fr'],
    ['light', 360, 'ar'],
  ] as const)('breaks no rule that axe knows: %s, %i, %s', async (colorScheme, width, locale) => {
    // The site's own policy would keep axe out, as it keeps out every script.
    const page = await desk.stranger({
      ...{ bypassCSP: true, colorScheme },
      viewport: { width, height: 900 },
    });
    await page.goto(`${site}/who-said-what?lang=${locale}`);
    const threads = await page
      .locator('.threads h2 a')
      .evaluateAll((links) => links.map((one) => (one as HTMLAnchorElement).href));
    expect(threads).toHaveLength(2);
    for (const address of [page.url(), ...threads]) {
      await page.goto(address);
      expect(await violations(page), address).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${address} at ${width}`).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  });
});
