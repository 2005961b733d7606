/** People come by link: an observer who sees only what they handed in, a reader who cannot judge, and who may change that. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PASSWORD = 'nine tents behind the dunes';

let desk: Desk;
let at: string;
let observer: Page;
let reader: Page;
beforeAll(async () => {
  desk = await openDesk();
  at = `${desk.running.url}/d/the-quay`;
  const { page } = desk;
  await page.getByRole('button', { name: 'New dossier' }).first().click();
  await page.getByLabel('Title').fill('The quay');
  await page.getByRole('button', { name: 'Make the dossier' }).click();
  await page.waitForURL('**/d/the-quay');
  await handIn(
    page,
    'A harbour paper',
    'The harbour master said that the quay was empty. Observers counted 40 tents.',
  );
});
afterAll(() => desk.close());

/** Pastes a text as a source, and waits until it was read. */
async function handIn(page: Page, title: string, text: string): Promise<void> {
  await page.goto(`${at}/sources`);
  await page.getByRole('button', { name: 'Paste text' }).first().click();
  await page.getByLabel('Text', { exact: true }).fill(text);
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Add as a source' }).click();
  await page.getByRole('link', { name: title }).first().waitFor();
}

/** Invites somebody through the screen, and gives the link. */
async function invite(role: string): Promise<string> {
  const { page } = desk;
  await page.goto(`${at}/people`);
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByLabel('Role', { exact: true }).selectOption({ label: role });
  await page.getByLabel('For whom').fill(`for the ${role.toLowerCase()}`);
  await page.getByRole('button', { name: 'Make the link' }).click();
  return page.getByRole('textbox', { name: 'The invitation’s link' }).inputValue();
}

/** Accepts an invitation with a new account, in a browser of its own. */
async function accept(link: string, name: string): Promise<Page> {
  const page = await desk.stranger();
  await page.goto(link);
  await page.getByText('invites you to work on “The quay”').waitFor();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Accept and make the account' }).click();
  await page.waitForURL('**/d/the-quay**');
  return page;
}

const rooms = (page: Page) =>
  page.getByRole('navigation', { name: 'Rooms of the dossier' }).getByRole('link').allTextContents();

describe('the owner of a dossier', () => {
  it('is told in a sentence what each role may do, and invites an observer and a reader by link', async () => {
    const { page } = desk;
    await page.goto(`${at}/people`);
    await page.getByText('Hands in sources and sees only their own; nothing else of the dossier.').waitFor();
    const link = await invite('Observer');
    expect(link).toMatch(new RegExp(`^${desk.running.url}/invitation#[\\w-]{43}$`));
    observer = await accept(link, 'an observer in the field');
    reader = await accept(await invite('Reader'), 'a partner who reads');
    // The link works once; whoever has it then is told so.
    const late = await desk.stranger();
    await late.goto(link);
    await late.getByText('This invitation was used already').waitFor();
    await page.goto(`${at}/people`);
    await page.getByText('an observer in the field').first().waitFor();
    await page.getByText('for the observer').waitFor();
  });

  it('cannot leave the dossier without an owner', async () => {
    const { page } = desk;
    await page.goto(`${at}/people`);
    await page.getByLabel('Role of an observer', { exact: true }).selectOption({ label: 'Reader' });
    await page.getByText('A dossier needs an owner.').waitFor();
  });
});

describe('the observer', () => {
  it('is led to their own sources, and sees no other room and nothing that others handed in', async () => {
    await observer.waitForURL('**/d/the-quay/sources');
    expect((await rooms(observer)).map((room) => room.trim())).toEqual(['The quay', 'Sources', 'Settings']);
    await observer.getByText('No source yet').waitFor();
    expect(await observer.content()).not.toContain('A harbour paper');
  });

  it('hands in a source and reads it, without what was made of it', async () => {
    await handIn(
      observer,
      'What I saw at noon',
      'At noon 12 tents stood at the quay, and police came with two vans.',
    );
    await observer.getByRole('link', { name: 'What I saw at noon' }).first().click();
    await observer.getByText('At noon 12 tents stood at the quay').waitFor();
    expect(await observer.getByRole('button', { name: /Accept/ }).count()).toBe(0);
    await observer.goto(`${at}/statements`);
    await observer.getByText('Your role does not allow this').first().waitFor();
  });

  it('has handed it in for the team', async () => {
    const { page } = desk;
    await page.goto(`${at}/sources`);
    await page.getByRole('link', { name: 'What I saw at noon' }).first().waitFor();
    await page.getByRole('link', { name: 'A harbour paper' }).first().waitFor();
  });
});

describe('the reader', () => {
  it('reads sources and records, and is offered nothing to judge or to add', async () => {
    await reader.goto(`${at}/sources`);
    await reader.getByRole('link', { name: 'A harbour paper' }).first().click();
    await reader.locator('mark').first().waitFor();
    await reader
      .getByRole('region', { name: /Records/ })
      .or(reader.locator('[data-queue]'))
      .first()
      .waitFor();
    for (const name of [/^Accept/, /^Reject/, /^Edit/])
      expect(await reader.getByRole('button', { name }).count(), String(name)).toBe(0);
    // Keys that decide for others do nothing here.
    await reader.keyboard.press('a');
    const { store } = desk.running;
    const judged = await store.read
      .selectFrom('recordIndex')
      .select('id')
      .where('status', '!=', 'suggested')
      .execute();
    expect(judged).toEqual([]);
    await reader.goto(`${at}/sources`);
    await reader.getByRole('link', { name: 'A harbour paper' }).first().waitFor();
    expect(await reader.getByRole('button', { name: 'Paste text' }).count()).toBe(0);
    const names = (await rooms(reader)).join(' ');
    expect(names).toContain('People');
    for (const hidden of ['Witnesses', 'Publish']) expect(names).not.toContain(hidden);
  });

  it('judges once the owner makes them a contributor', async () => {
    const { page } = desk;
    await page.goto(`${at}/people`);
    await page.getByLabel('Role of a partner who reads').selectOption({ label: 'Contributor' });
    await page.getByText('The part of a partner who reads was changed.').waitFor();
    await reader.goto(`${at}/sources`);
    await reader.getByRole('button', { name: 'Paste text' }).first().waitFor();
    await reader.getByRole('link', { name: 'A harbour paper' }).first().click();
    await reader.locator('mark').first().waitFor();
    await reader
      .getByRole('button', { name: /^Accept/ })
      .first()
      .waitFor();
  });
});

describe('the owner of the house', () => {
  it('reads the letters that nobody sent, and marks one as sent', async () => {
    const { page } = desk;
    await page.goto(`${at}/people`);
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByLabel('E-mail address').fill('editor@example.org');
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.getByText('the letter waits in the settings of the house').waitFor();
    await page.goto(desk.running.url);
    await page.getByRole('link', { name: 'The house: accounts and letters' }).click();
    await page.getByRole('button', { name: /^Read ?: editor@example\.org/ }).click();
    await page.getByText('/invitation#').waitFor();
    await page.getByRole('button', { name: /^Mark as sent ?: editor@example\.org/ }).click();
    await page.getByText(/^sent /).waitFor();
  });

  it('suspends an account, which is out at once', async () => {
    const { page } = desk;
    await page.goto(`${desk.running.url}/house`);
    await page.getByRole('button', { name: /^Suspend ?: an observer in the field/ }).click();
    await page.getByRole('button', { name: 'Suspend', exact: true }).click();
    await page.getByText('an observer in the field is out, on every device.').waitFor();
    await observer.goto(`${at}/sources`);
    await observer.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

it('the screens break no rule that axe knows, in light and dark and on a phone', async () => {
  const { page } = desk;
  const link = await invite('Editor');
  const stranger = await desk.stranger();
  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 360],
  ] as const) {
    for (const [on, address] of [
      [page, `${at}/people`],
      [page, `${desk.running.url}/house`],
      [page, desk.running.url],
      [stranger, link],
    ] as const) {
      await on.emulateMedia({ colorScheme });
      await on.setViewportSize({ width, height: 900 });
      // Another address first: one that differs after “#” alone would not be loaded again.
      await on.goto('about:blank');
      await on.goto(address);
      await on.getByRole('heading', { level: 1 }).waitFor();
      if (address.endsWith('/people')) await on.getByRole('button', { name: 'Invite somebody' }).click();
      await on.waitForLoadState('networkidle');
      await on.evaluate(axe);
      const found = await on.evaluate(() =>
        (window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({
          rules: { 'target-size': { enabled: true } },
        }),
      );
      const violations = found.violations.map(({ id, nodes }) => [id, nodes[0]!.html]);
      const path = address.replace(/#.*/, '');
      expect([path, width, violations]).toEqual([path, width, []]);
      const overflow = await on.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(overflow, `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});
