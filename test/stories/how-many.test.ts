/** How many, in a real browser: figures put under a measure and taken back, a chart read by keyboard and by table, its files, its public page. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let desk: Desk;
let page: Page;
let base: string;
beforeAll(async () => {
  desk = await openDesk({ example: true });
  page = desk.page;
  base = `${desk.running.url}/d/calais-example`;
});
afterAll(() => desk.close());

/** What axe finds on a page; a chart's marks stand as close as their figures do, and each has its row in the table. */
async function faults(at: Page): Promise<unknown[]> {
  await at.evaluate(axe);
  const { violations } = await at.evaluate(() =>
    (window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({}),
  );
  return violations.map(({ id, nodes }) => [id, nodes[0]!.html]);
}

/** The same page, where axe may be put in, which the policy of the desk keeps out like every other script. */
async function faultsOf(address: string, width: number): Promise<unknown[]> {
  const open = await desk.browser.newContext({ bypassCSP: true, viewport: { width, height: 900 } });
  await open.addCookies(await page.context().cookies());
  const at = await open.newPage();
  await at.goto(address);
  await at.locator('[data-mark], h2').first().waitFor();
  await at.waitForLoadState('networkidle');
  const found = await faults(at);
  const overflow = await at.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(overflow, `${address} at ${width}`).toBeLessThanOrEqual(0);
  await open.close();
  return found;
}

test('an observer puts two wordings under one measure, made in its place, and takes it back', async () => {
  await page.goto(`${base}/how-many`);
  const camp = page.getByLabel('Measure for “people in the “Jungle” camp at its peak”');
  await camp.selectOption({ label: 'A new measure …' });
  await page.getByLabel('Name', { exact: true }).fill('Most people there at once');
  await page.getByLabel('What it counts').selectOption('stock');
  await page.getByRole('button', { name: /^Make it and put the figures under it/ }).click();
  await page.getByText('One figure put under “Most people there at once”.').waitFor();

  const town = page.getByLabel('Measure for “migrants in the town and around it”');
  await town.selectOption({ label: 'Most people there at once' });
  await page
    .getByRole('listitem')
    .filter({ has: town })
    .getByRole('button', { name: 'Put it under' })
    .click();
  await page.getByText('One figure put under “Most people there at once”.').last().waitFor();

  await page.getByRole('link', { name: 'Most people there at once' }).click();
  await page.locator('[data-mark]').nth(1).waitFor();
  const words = await page
    .locator('[data-mark]')
    .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label')));
  expect(words.map((said) => said!.split(',')[0])).toEqual(['up to 2', 'up to 10']);
  expect(await page.getByText('An arrow means that the source gives one end only').count()).toBe(1);

  // The two steps go back one by one: first the second wording, then the measure with the first.
  await page.keyboard.press('u');
  await expect.poll(() => page.locator('[data-mark]').count()).toBe(1);
  await page.goto(`${base}/how-many`);
  await page.getByRole('link', { name: 'Most people there at once' }).waitFor();
  await page.keyboard.press('u');
  await expect.poll(() => page.getByRole('link', { name: 'Most people there at once' }).count()).toBe(0);
  await camp.waitFor();
});

test('the range and the point are read by arrow keys, open their passage, and stand in a table that sorts', async () => {
  await page.goto(`${base}/how-many`);
  await page.getByRole('link', { name: 'Migrants living around Calais' }).click();
  const marks = page.locator('[data-mark]');
  await marks.nth(1).waitFor();
  await marks.first().focus();
  const said = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  expect(await said()).toBe('500, according to local authorities, about October 2021');
  await page.keyboard.press('ArrowRight');
  expect(await said()).toBe('1,500 to 2,000, according to associations, about October 2021');
  await page.keyboard.press('Home');
  expect(await said()).toMatch(/^500/);
  await page.keyboard.press('ArrowUp');
  expect(await said()).toMatch(/^1,500 to 2,000/);
  await page.locator('figcaption').getByText('1,500 to 2,000, according to associations').waitFor();
  // One mark is in the order of Tab, not all.
  expect(
    await marks.evaluateAll((all) => all.filter((mark) => mark.getAttribute('tabindex') === '0').length),
  ).toBe(1);

  await page.keyboard.press('Enter');
  const inspector = page.getByRole('complementary').filter({ hasText: 'What it rests on' });
  await inspector.getByText('1 500 à 2 000 migrants').waitFor();
  expect(await inspector.getByRole('link', { name: 'Read on in the source' }).getAttribute('href')).toMatch(
    /\/sources\/.+record=/,
  );

  await page.keyboard.press('t');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-labelledby'))).toBe(
    'all-figures',
  );
  const amounts = () => page.locator('tbody tr td:nth-child(2) a').allTextContents();
  await page.getByRole('button', { name: 'How many' }).click();
  await expect.poll(amounts).toEqual(['500', '1,500 to 2,000']);
  await page.getByRole('button', { name: /^How many/ }).click();
  await expect.poll(amounts).toEqual(['1,500 to 2,000', '500']);
  expect(await page.getByRole('link', { name: 'Figures differ, upheld' }).count()).toBe(2);
});

test('the chart is had as SVG and PNG, the table as CSV', async () => {
  const fetched = async (name: string) => {
    const href = await page.getByRole('link', { name }).first().getAttribute('href');
    const answer = await page.request.get(new URL(href!, desk.running.url).href);
    expect(answer.status()).toBe(200);
    return { bytes: await answer.body(), type: answer.headers()['content-type'] };
  };
  const svg = await fetched('Chart as SVG');
  expect(svg.type).toMatch(/^image\/svg\+xml/);
  expect(svg.bytes.toString()).toMatch(
    /^<svg .*xmlns="http:\/\/www\.w3\.org\/2000\/svg".*1,500 to 2,000.*<\/svg>$/s,
  );
  const png = await fetched('Chart as PNG');
  expect(png.bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  expect(png.bytes.readUInt32BE(16)).toBe(1520);
  const csv = await fetched('Table as CSV');
  expect(csv.bytes.toString().trim().split('\r\n')).toHaveLength(3);
  expect(csv.bytes.toString()).toMatch(/range,,1500,2000/);
});

test('a measure merges into another and comes back', async () => {
  await page.goto(`${base}/how-many`);
  await page.getByRole('link', { name: 'Arrivals in Britain' }).click();
  await page.getByRole('button', { name: 'Merge into another' }).click();
  await page.getByLabel('All figures of this measure go to').selectOption({ label: 'Attempted crossings' });
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('heading', { name: 'Attempted crossings', level: 1 }).waitFor();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(5);
  await page.keyboard.press('u');
  await expect.poll(() => page.locator('tbody tr').count()).toBe(3);
});

test('axe finds nothing on the desk, wide and narrow', async () => {
  const [measure] = await desk.running.store.read
    .selectFrom('measures')
    .select('id')
    .where('name', '=', 'Attempted crossings')
    .execute();
  for (const address of [`${base}/how-many`, `${base}/how-many/${measure!.id}`])
    for (const width of [1440, 360]) expect(await faultsOf(address, width)).toEqual([]);
});

test('a stranger reads the chart without script, opens a mark, and takes the files; axe finds nothing', async () => {
  const site = `${desk.running.url}/p/calais-example`;
  const reader = await desk.stranger({ javaScriptEnabled: false, locale: 'en-GB' });
  await reader.goto(site);
  await reader.getByRole('link', { name: 'How many', exact: true }).click();
  await reader.getByRole('link', { name: 'Migrants living around Calais' }).click();
  const address = reader.url();
  const mark = reader.getByRole('link', {
    name: '1,500 to 2,000, according to associations, about October 2021',
  });
  expect(await mark.count()).toBe(1);
  expect(await reader.getByText('Neither side says how it counted.').count()).toBe(1);
  await mark.focus();
  await reader.keyboard.press('Enter');
  await reader.waitForURL(/\/record\//);
  expect(await reader.locator('mark').textContent()).toBe('1 500 à 2 000 migrants');

  // The first publication has it under its own address, and its files with it.
  await reader.goto(address.replace('/p/calais-example/', '/p/calais-example/1/'));
  expect(await reader.locator('.chart-wide .mark').count()).toBe(2);
  for (const [suffix, type] of [
    ['svg', 'image/svg+xml'],
    ['png', 'image/png'],
    ['csv', 'text/csv'],
  ] as const) {
    const answer = await reader.request.get(`${address}.${suffix}`);
    expect([answer.status(), answer.headers()['content-type']!.split(';')[0]]).toEqual([200, type]);
  }
  const missing = await reader.request.get(`${site}/how-many/nothing-of-ours`);
  expect(missing.status()).toBe(404);

  for (const [path, width] of [
    [`${site}/how-many?lang=fr`, 1440],
    [`${address}?lang=en`, 1440],
    [`${address}?lang=en`, 360],
    [`${address}?lang=ar`, 360],
  ] as const)
    expect(await faultsOf(path, width)).toEqual([]);
});
