/** What does not fit, worked off by a researcher by keys alone; a reply asked for; and what a stranger reads of it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listDisagreements } from '../../src/store/disagreements.ts';
import { listNamed } from '../../src/store/named.ts';
import { sampleStatement } from '../samples.ts';
import { type Desk, openDesk } from './desk.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TEXT =
  'On 3 May 2021 the harbour master said that more officers would be useful on the quay. ' +
  'Two days later the harbour master clarified that clerks had been meant and not officers. ' +
  'A shopkeeper said that the quay was always full. A fisherman said that it stood empty all spring.';

let desk: Desk;
let at: string;
let dossier: string;
/** The statements of the story by name. */
const ids: Record<string, string> = {};

/** A request of the owner, as their browser makes it. */
const ask = (page: Page, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> =>
  page.evaluate(
    async ([verb, url, sent]) => {
      const answer = await fetch(url!, {
        method: verb!,
        ...(sent && { body: sent, headers: { 'Content-Type': 'application/json' } }),
      });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    },
    [method, `/api/v1${path}`, body === undefined ? '' : JSON.stringify(body)],
  );

beforeAll(async () => {
  desk = await openDesk();
  const { page, running } = desk;
  const made = await ask(page, 'POST', '/dossiers', {
    title: 'The quay',
    slug: 'quay',
    summary: null,
    language: 'en',
    publishedBy: null,
  });
  dossier = made.id as string;
  at = `${running.url}/d/quay`;
  const source = await ask(page, 'POST', '/dossiers/quay/sources/text', {
    text: TEXT,
    title: 'The harbour paper',
  });
  const id = ((source.source as { id?: string } | undefined)?.id ?? source.id) as string;
  while ((await ask(page, 'GET', `/dossiers/quay/sources/${id}`)).state !== 'proposed') await pause(100);
  const master = { actor: null, name: 'the harbour master', role: null };
  const planned = {
    call: ['more officers would be useful on the quay', { speaker: master, saidOn: '2021-05-03' }],
    clarification: [
      'clerks had been meant and not officers',
      { speaker: master, saidOn: '2021-05-05', act: 'clarifies' },
    ],
    full: ['the quay was always full', { speaker: { ...master, name: 'a shopkeeper' } }],
    empty: ['it stood empty all spring', { speaker: { ...master, name: 'a fisherman' }, saidOn: null }],
  } as const;
  for (const [name, [words, said]] of Object.entries(planned)) {
    const content = sampleStatement({ content: words, topics: ['the quay'], venue: null, ...said });
    const start = TEXT.indexOf(words);
    const passages = [{ source: id, start, end: start + words.length }];
    const record = await ask(page, 'POST', '/dossiers/quay/statements', { content, passages });
    ids[name] = record.id as string;
  }
});
afterAll(() => desk.close());

const state = async (words: string) => {
  const all = await listDisagreements(desk.running.store, dossier);
  return all.find(({ working }) => working[0]!.values.words === words);
};
const clarification = async () =>
  (await listDisagreements(desk.running.store, dossier)).find(({ kind }) => kind === 'later-clarified');
const links = () => listNamed(desk.running.store, 'link', dossier);
const current = (page: Page) => page.locator('[data-queue] [aria-current]');

/** Goes to the line with these words by `k` and `j` alone. */
async function goTo(page: Page, words: string): Promise<void> {
  await current(page).waitFor();
  for (let steps = 0; steps < 40; steps++) {
    if ((await current(page).textContent())?.includes(words)) return;
    const before = page.url();
    await page.keyboard.press(steps < 12 ? 'k' : 'j');
    // At the end of the list a step leads nowhere.
    await page.waitForURL((url) => url.href !== before, { timeout: 400 }).catch(() => {});
  }
  throw new Error(`No line says “${words}”.`);
}

/** What axe has to say about the page, by rule and element. */
async function violations(page: Page): Promise<string[][]> {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    (window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({
      rules: { 'target-size': { enabled: true } },
    }),
  );
  return found.violations.map(({ id, nodes }) => [id, nodes[0]!.html]);
}

describe('a researcher', () => {
  it('says from a record’s page that something does not fit, choosing the other record by its words', async () => {
    const { page } = desk;
    await page.goto(`${at}/statements/${ids.full}`);
    await page.getByRole('link', { name: 'Something does not fit…' }).click();
    await page.getByLabel('What does not fit').fill('Full and empty cannot both be');
    await page.getByLabel('What kind it is').selectOption('denied');
    await page.getByLabel('Search for records').fill('spring');
    await page.getByRole('button', { name: /a fisherman/ }).click();
    await page.getByRole('button', { name: /^Take out: a fisherman/ }).waitFor();
    await page.getByLabel('What does not fit').focus();
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/disagreements\/[0-9a-f-]{36}$/);
    expect(await state('Full and empty cannot both be')).toMatchObject({
      kind: 'denied',
      state: 'open',
      records: [
        { kind: 'statement', id: ids.full },
        { kind: 'statement', id: ids.empty },
      ],
    });
    await ask(page, 'POST', '/dossiers/quay/disagreements', {
      kind: 'duplicate',
      records: [{ kind: 'statement', id: ids.call }],
      words: 'Perhaps one and the same',
    });
  });

  it('sees the passages side by side in their paragraphs, with the working', async () => {
    const { page } = desk;
    await page.goto(`${at}/disagreements`);
    await goTo(page, 'clerks had been meant');
    const cards = page.getByRole('article');
    await expect.poll(() => cards.count()).toBe(2);
    await expect.poll(() => cards.locator('mark').count()).toBe(2);
    await cards.first().getByText('Two days later the harbour master clarified that').waitFor();
    const working = page.getByRole('region', { name: 'The working' }).getByRole('listitem');
    expect(await working.count()).toBeGreaterThan(2);
    // What upholding draws is said before.
    await page.getByText(/A link is drawn: “.*” clarifies “/).waitFor();
  });

  it('upholds with a key; the link stands on the record’s page', async () => {
    const { page } = desk;
    await page.keyboard.press('a');
    await expect.poll(async () => (await clarification())?.state, { timeout: 20_000 }).toBe('upheld');
    const [link] = await links();
    expect(link).toMatchObject({ from: { id: ids.clarification }, to: { id: ids.call }, link: 'clarifies' });
    expect((await clarification())!.link).toBe(link!.id);
    await page.goto(`${at}/statements/${ids.call}`);
    const section = page.getByRole('region', { name: 'Links' });
    await section.getByText('clerks had been meant').waitFor();
    await page.getByRole('region', { name: 'Disagreements' }).getByText('upheld').waitFor();
  });

  it('explains with a reason from the list and words, by keys alone, and goes on to the next', async () => {
    const { page } = desk;
    await page.goto(`${at}/disagreements`);
    await goTo(page, 'Full and empty');
    await page.keyboard.press('w');
    await page.keyboard.type('One speaks of summer, the other of spring.');
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByRole('radio').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => state('Full and empty cannot both be'), { timeout: 20_000 })
      .toMatchObject({
        state: 'explained',
        explanation: 'different-time',
        reason: 'One speaks of summer, the other of spring.',
      });
    await expect.poll(() => current(page).textContent()).not.toContain('Full and empty');
  });

  it('dismisses, takes it back and does it again, with the one concerned in sight each time', async () => {
    const { page } = desk;
    const words = 'Perhaps one and the same';
    await goTo(page, words);
    await page.keyboard.press('d');
    await expect.poll(async () => (await state(words))?.state, { timeout: 20_000 }).toBe('dismissed');
    await page.keyboard.press('u');
    await expect.poll(async () => (await state(words))?.state, { timeout: 20_000 }).toBe('open');
    await expect.poll(() => current(page).textContent()).toContain(words);
    await page.keyboard.press('Shift+U');
    await expect.poll(async () => (await state(words))?.state, { timeout: 20_000 }).toBe('dismissed');
  });

  it('reopens what was upheld, and its link is gone', async () => {
    const { page } = desk;
    await page.goto(`${at}/disagreements?show=upheld`);
    await goTo(page, 'clerks had been meant');
    await page.keyboard.press('o');
    await expect.poll(async () => (await clarification())?.state, { timeout: 20_000 }).toBe('open');
    expect(await links()).toEqual([]);
  });

  it('dismisses several at once, and brings them back with one key', async () => {
    const { page } = desk;
    for (const words of ['First of two', 'Second of two'])
      await ask(page, 'POST', '/dossiers/quay/disagreements', {
        kind: 'duplicate',
        records: [{ kind: 'statement', id: ids.empty }],
        words,
      });
    await page.goto(`${at}/disagreements?kind=duplicate`);
    await goTo(page, 'First of two');
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await expect.poll(() => current(page).textContent()).toContain('Second of two');
    await page.keyboard.press('x');
    await page.getByText('2 chosen').waitFor();
    await page.keyboard.press('d');
    const states = async () => [(await state('First of two'))!.state, (await state('Second of two'))!.state];
    await expect.poll(states, { timeout: 20_000 }).toEqual(['dismissed', 'dismissed']);
    await page.keyboard.press('u');
    await expect.poll(states, { timeout: 20_000 }).toEqual(['open', 'open']);
  });
});

describe('the right of reply', () => {
  it('asks from a record’s page; once it is overdue, the silence stands in the queue', async () => {
    const { page } = desk;
    await page.goto(`${at}/statements/${ids.full}`);
    await page.getByRole('link', { name: 'Ask for a reply' }).click();
    // Who said it is who is asked, unless somebody writes another.
    await expect
      .poll(() => page.getByRole('combobox', { name: 'Asked of' }).inputValue())
      .toBe('a shopkeeper');
    await page.getByLabel('What was asked').fill('On which days was it full?');
    await page.getByLabel('Asked on').fill('2021-05-10');
    await page.getByLabel('Answer wanted by').fill('2021-05-20');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.waitForURL(/right-of-reply$/);
    await page.getByText(/overdue by/).waitFor();
    await page.goto(`${at}/disagreements?kind=no-response`);
    await current(page).filter({ hasText: 'a shopkeeper was asked' }).waitFor();
    await page.getByText('An answer was wanted by 20 May 2021.').waitFor();
  });

  it('an answer that is a record is linked to what was asked about, and the silence is gone; one key takes both back', async () => {
    const { page } = desk;
    await page.goto(`${at}/right-of-reply`);
    await page.getByRole('button', { name: 'An answer came…' }).click();
    await page.getByLabel('Answered on').fill('2021-06-01');
    await page.getByLabel('Search for records').fill('spring');
    await page.getByRole('button', { name: /a fisherman/ }).click();
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByText('answered on 1 June 2021').waitFor();
    expect(await links()).toMatchObject([
      { from: { id: ids.empty }, link: 'responds-to', to: { id: ids.full } },
    ]);
    await page.goto(`${at}/disagreements?kind=no-response`);
    await page.getByText('None of this kind').waitFor();
    await page.keyboard.press('u');
    await current(page).filter({ hasText: 'a shopkeeper was asked' }).waitFor();
    expect(await links()).toEqual([]);
  });
});

it('a stranger reads what was judged, with scripts off', async () => {
  const { page, running, stranger } = desk;
  await ask(page, 'POST', '/dossiers/quay/publications', { note: null });
  const reader = await stranger({ javaScriptEnabled: false, locale: 'en-GB' });
  await reader.goto(`${running.url}/p/quay`);
  await reader.getByRole('link', { name: /What does not fit/ }).click();
  await reader.getByText('One speaks of summer, the other of spring.').waitFor();
  await reader.getByText('Explained: They speak of different times').waitFor();
  expect(await reader.locator('mark').allTextContents()).toEqual([
    'the quay was always full',
    'it stood empty all spring',
  ]);
  // What is open or dismissed is the team’s business.
  expect(await reader.content()).not.toContain('Perhaps one and the same');
  await reader.getByRole('link', { name: 'The whole record' }).first().click();
  await reader.getByText('What does not fit with it').waitFor();
});

it('the screens break no rule that axe knows, in light and dark and on a phone', async () => {
  const { page } = desk;
  for (const [colorScheme, width] of [
    ['light', 1440],
    ['dark', 360],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const one = `/disagreements/${(await clarification())!.key}`;
    for (const path of ['/disagreements', '/disagreements/new', one, '/right-of-reply', '/commitments']) {
      await page.goto(`${at}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect([path, width, await violations(page)]).toEqual([path, width, []]);
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(overflow, `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});
