/** The ways in and the account behind them, with a real browser: passkeys, codes, recovery, sessions, confirming, waiting. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { generate } from 'otplib';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newResetToken } from '../../src/store/reset-links.ts';
import { type Desk, openDesk, PASSWORD } from './desk.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NAME = 'an observer';
let desk: Desk;
let page: Page;
let secret: string;
let recoveryCodes: string[];

beforeAll(async () => {
  desk = await openDesk();
  page = desk.page;
});
afterAll(() => desk.close());

const tools = new WeakMap<Page, Promise<CDPSession>>();

/** The browser's own tools for a page; one session of them, as ending one would take the devices of another along. */
function toolsOf(of: Page): Promise<CDPSession> {
  const session = tools.get(of) ?? of.context().newCDPSession(of);
  tools.set(of, session);
  return session;
}

/** A device that can hold passkeys and knows its owner, in the browser of a page. */
async function authenticator(of: Page, transport: 'internal' | 'usb' = 'internal'): Promise<void> {
  const cdp = await toolsOf(of);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

const button = (of: Page, name: string | RegExp) => of.getByRole('button', { name, exact: true });
const part = (of: Page, name: string) => of.getByRole('region', { name, exact: true });

async function signOut(of: Page): Promise<void> {
  await button(of, 'Sign out').click();
  await of.getByRole('link', { name: 'Sign in' }).waitFor();
}

/** Signs in by name and password as far as that leads. */
async function password(of: Page, words = PASSWORD): Promise<void> {
  await of.goto(`${desk.running.url}/sign-in`);
  await of.getByLabel('Name', { exact: true }).fill(NAME);
  await of.getByLabel('Password', { exact: true }).fill(words);
  await button(of, 'Sign in').click();
}

const isIn = (of: Page) => of.getByRole('heading', { name: 'Dossiers' }).waitFor();

/** What axe has to say about a page, by rule and element. */
async function faults(of: Page): Promise<string[]> {
  // The page's policy forbids programs written into it, so axe is run by the browser's own tools.
  const cdp = await toolsOf(of);
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: `(async () => { ${axe}; return JSON.stringify(await axe.run(document)) })()`,
    awaitPromise: true,
    returnByValue: true,
  });
  const { violations } = JSON.parse(result.value as string) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}

/** Looks at a screen in light and dark, on a desk and on a telephone: nothing sticks out, axe finds nothing. */
async function look(of: Page, name: string): Promise<void> {
  for (const [width, scheme] of [
    [1440, 'light'],
    [360, 'dark'],
  ] as const) {
    await of.emulateMedia({ colorScheme: scheme });
    await of.setViewportSize({ width, height: 900 });
    expect([name, width, await faults(of)]).toEqual([name, width, []]);
    const sticksOut = await of.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect([name, width, sticksOut]).toEqual([name, width, false]);
    const folder = process.env.CONSTAT_PICTURES;
    if (folder) await of.screenshot({ path: join(folder, `${name}-${width}-${scheme}.png`), fullPage: true });
  }
  await of.emulateMedia({ colorScheme: null });
  await of.setViewportSize({ width: 1440, height: 900 });
}

describe('a passkey', () => {
  test('is added from the account screen, named, and signs in without a name', async () => {
    await authenticator(page);
    await page.getByRole('link', { name: `My account: ${NAME}` }).click();
    await page.getByRole('heading', { name: 'My account' }).waitFor();
    await page.getByText('You have none yet.').waitFor();
    await look(page, 'account-empty');
    await button(page, 'Add a passkey').click();
    await button(page, 'Rename Passkey 1').click();
    await page.getByLabel('Name of the passkey').fill('the laptop');
    await part(page, 'Passkeys').getByRole('button', { name: 'Save' }).click();
    await part(page, 'Passkeys').getByText('the laptop').waitFor();
    // The same device has one already, and says so.
    await button(page, 'Add a passkey').click();
    await page.getByText('This device has a passkey for your account already.').waitFor();

    await signOut(page);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await button(page, 'Sign in with a passkey').click();
    await isIn(page);
  });

  test('stands first, and the password works beside it on a device that has none', async () => {
    const other = await desk.stranger();
    await other.goto(`${desk.running.url}/sign-in`);
    await button(other, 'Sign in with a passkey').waitFor();
    await look(other, 'sign-in');
    await password(other);
    await isIn(other);
    await other.context().close();
  });
});

describe('an app with codes', () => {
  test('is switched on by its first code, and recovery codes are shown once', async () => {
    await page.goto(`${desk.running.url}/account`);
    await button(page, 'Add an app with codes').click();
    await page.getByRole('img', { name: 'QR code with the secret for the app' }).waitFor();
    secret = (await part(page, 'App with codes').locator('code').textContent())!.replaceAll(' ', '');
    await page.getByLabel('First code').fill('000000');
    await button(page, 'Switch on').click();
    await page.getByText('This code is wrong').waitFor();
    await look(page, 'account-code');
    await page.getByLabel('First code').fill(await codeOf(-1));
    await button(page, 'Switch on').click();
    const list = page.getByRole('list', { name: 'Recovery codes' });
    await list.waitFor();
    recoveryCodes = await list.getByRole('listitem').allInnerTexts();
    expect(recoveryCodes).toHaveLength(10);
    await look(page, 'account-recovery');
    const download = page.waitForEvent('download');
    await button(page, 'Save as a file').click();
    const file = await (await download).path();
    expect(readFileSync(file, 'utf8')).toContain(recoveryCodes[9]!);
    await button(page, 'I have kept them').click();
    await page.getByText('10 recovery codes are left.').waitFor();
  });

  test('then the password asks for a code; a recovery code stands in once', async () => {
    const other = await desk.stranger();
    await password(other);
    await other.getByText('Six digits from your app').waitFor();
    await look(other, 'sign-in-code');
    await other.getByLabel('Code', { exact: true }).fill(await codeOf(0));
    await button(other, 'Sign in').click();
    await isIn(other);
    await signOut(other);
    await password(other);
    await other.getByLabel('Code', { exact: true }).fill(recoveryCodes[0]!);
    await button(other, 'Sign in').click();
    await isIn(other);
    await signOut(other);
    await password(other);
    await other.getByLabel('Code', { exact: true }).fill(recoveryCodes[0]!);
    await button(other, 'Sign in').click();
    await other.getByText('This code is wrong, was used already').waitFor();
    await other.context().close();
  });
});

/** The app's code, some steps from now. */
const codeOf = (steps: number) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });

describe('a session', () => {
  test('is seen from another one and ended there', async () => {
    const other = await desk.stranger();
    await password(other);
    await other.getByLabel('Code', { exact: true }).fill(recoveryCodes[1]!);
    await button(other, 'Sign in').click();
    await isIn(other);
    await page.goto(`${desk.running.url}/account`);
    await page.getByText('8 recovery codes are left.').waitFor();
    const line = part(page, 'Where you are signed in')
      .getByRole('listitem')
      .filter({ hasText: 'by recovery code' });
    await line.getByRole('button', { name: /^End the session/ }).click();
    await line.waitFor({ state: 'detached' });
    await other.goto(`${desk.running.url}/account`);
    await button(other, 'Sign in with a passkey').waitFor();
    await other.context().close();
  });

  test('that is no longer fresh asks in place, and goes on with what was asked', async () => {
    const { read } = desk.running.store;
    const stale = new Date(Date.now() - 3600_000).toISOString();
    await read.updateTable('sessions').set({ confirmedAt: stale }).execute();
    await page.goto(`${desk.running.url}/account`);
    await page.getByLabel('Name', { exact: true }).fill('a clerk');
    await part(page, 'Who you are here').getByRole('button', { name: 'Save' }).click();
    const panel = part(page, 'Confirm that it is you');
    await panel.waitFor();
    await look(page, 'confirm');
    // Given up, nothing has changed.
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await page.getByText('Confirm that it is you: with a passkey').waitFor();
    await part(page, 'Who you are here').getByRole('button', { name: 'Save' }).click();
    await button(page, 'Confirm with a passkey').click();
    await page.getByRole('link', { name: 'My account: a clerk' }).waitFor();
    await read.updateTable('sessions').set({ confirmedAt: stale }).execute();
    await page.getByLabel('Name', { exact: true }).fill(NAME);
    await part(page, 'Who you are here').getByRole('button', { name: 'Save' }).click();
    await panel.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await panel.getByLabel('Code', { exact: true }).fill(recoveryCodes[2]!);
    await button(page, 'Confirm').click();
    await page.getByRole('link', { name: `My account: ${NAME}` }).waitFor();
  });
});

test('a guesser waits, sees the seconds, and can go on when they are over; a passkey waits for nobody', async () => {
  const guesser = await desk.stranger();
  for (let n = 0; n < 12; n++) {
    await password(guesser, `guess number ${n}`);
    await guesser.getByRole('alert').waitFor();
    if (await guesser.getByText('There were too many wrong guesses').isVisible()) break;
  }
  await guesser.getByText(/\d+ seconds? to wait/).waitFor();
  await look(guesser, 'sign-in-wait');
  await guesser.getByText('You can try again now.').waitFor({ timeout: 70_000 });
  expect(await button(guesser, 'Sign in').isEnabled()).toBe(true);
  await guesser.context().close();
  await signOut(page);
  await page.goto(`${desk.running.url}/sign-in`);
  await button(page, 'Sign in with a passkey').click();
  await isIn(page);
});

test('two passkeys stand for a password; the app with codes goes with a word', async () => {
  await authenticator(page, 'usb');
  await page.goto(`${desk.running.url}/account`);
  await button(page, 'Add a passkey').click();
  await part(page, 'Passkeys').getByText('Passkey 2').waitFor();
  await button(page, 'Do without a password').click();
  await button(page, 'Remove').last().click();
  await page.getByText('You have no password.').waitFor();
  await look(page, 'account-full');
  await button(page, 'Set a password').click();
  await page.getByLabel('New password').fill('password1234');
  await button(page, 'Set the password').click();
  await page.getByText('would be among the first').waitFor();
  await page.getByLabel('New password').fill('a dozen boats at low tide');
  await button(page, 'Set the password').click();
  await page.getByText('You can sign in by name and password.').waitFor();
  await button(page, 'Remove the app').click();
  await part(page, 'App with codes').getByRole('button', { name: 'Remove', exact: true }).click();
  await button(page, 'Add an app with codes').waitFor();
});

test('where the house asks for a second factor, whoever has none adds one before anything else', async () => {
  await page.goto(`${desk.running.url}/account`);
  await page.getByText('Everybody needs a second factor').click();
  await page.getByRole('checkbox', { name: /Everybody needs/, checked: true }).waitFor();
  const id = (await desk.running.store.read.selectFrom('accounts').select('id').executeTakeFirstOrThrow()).id;
  const { token } = await newResetToken(desk.running.store, id, id);
  const other = await desk.stranger();
  await authenticator(other);
  await other.goto(`${desk.running.url}/reset#${token}`);
  await other.getByLabel('New password').fill('nine gulls upon the pier');
  await look(other, 'reset');
  await button(other, 'Set the password and sign in').click();
  await other.getByText('This house asks everybody for a second factor').waitFor();
  await other.goto(desk.running.url);
  await other.getByText('This house asks everybody for a second factor').waitFor();
  await look(other, 'needs');
  await button(other, 'Add a passkey').click();
  await other.getByRole('checkbox', { name: 'Everybody needs a second factor' }).waitFor();
  await other.goto(desk.running.url);
  await isIn(other);
  await other.goto(`${desk.running.url}/reset#${token}`);
  await other.getByText('This link was already used').waitFor();
  await other.context().close();
});

test('the account screen speaks French', async () => {
  const other = await desk.stranger({ locale: 'fr-FR' });
  await other.goto(`${desk.running.url}/sign-in`);
  await button(other, 'Se connecter avec une clé d’accès').waitFor();
  await look(other, 'sign-in-fr');
  await other.context().close();
});
