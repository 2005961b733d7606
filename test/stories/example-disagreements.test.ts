/** What does not fit in the example dossier, as whoever opens it first sees it: six things, each with its evidence, and no other. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ example: true });
});
afterAll(() => desk.close());

/** What is found, by its kind, with the words that its evidence and its working must show. */
const FOUND: Record<string, string[]> = {
  'Later clarified': [
    'having more policemen in Calais would be useful',
    'civil servants and not police officers',
  ],
  Rejected: ['Britain will send no police', 'having more policemen in Calais would be useful'],
  'Figures differ': ['500', '1,500 to 2,000'],
  'No response': ['n’a pas répondu', 'tentes sont démontées'],
  'Explained otherwise': ['servent de refuge à des passeurs', 'tentes sont démontées'],
  'The arithmetic does not hold': ['50% more', '61.2%', '47.5%', 'They define it differently'],
};

it('holds the clarification, the rejection, the two counts, the silence, the other explanation and the “+50 %”, and nothing else', async () => {
  const { page, running } = desk;
  await page.goto(`${running.url}/d/calais-example/disagreements?show=all`);
  const lines = page.locator('[data-queue] li');
  await expect.poll(() => lines.count(), { timeout: 20_000 }).toBe(Object.keys(FOUND).length);
  const pane = page.getByRole('region', { name: 'The disagreement looked at' });
  for (const [kind, told] of Object.entries(FOUND)) {
    const line = lines.filter({ hasText: kind });
    expect(await line.count(), kind).toBe(1);
    await line.getByRole('link').click();
    // Two have their passages marked in the text they stand in; many stand in a table with theirs.
    const evidence = pane.getByRole('region', { name: /records, side by side/ });
    const passages =
      kind === 'The arithmetic does not hold' ? evidence.locator('tbody tr') : evidence.locator('mark');
    await expect.poll(() => passages.count(), { timeout: 20_000 }).toBeGreaterThan(1);
    for (const words of told) expect(await pane.textContent(), kind).toContain(words);
  }
});

it('leaves two to judge, and says so wherever one is', async () => {
  const { page, running } = desk;
  await page.goto(`${running.url}/d/calais-example`);
  await page.getByRole('link', { name: '2 disagreements among the records are open.' }).click();
  await page.locator('[data-queue] li').nth(1).waitFor();
  expect(await page.locator('[data-queue] li').count()).toBe(2);
});

it('shows a stranger what was judged: four of them, each with its working', async () => {
  const { running, stranger } = desk;
  const reader = await stranger({ javaScriptEnabled: false, locale: 'en-GB' });
  await reader.goto(`${running.url}/p/calais-example/disagreements`);
  const articles = reader.locator('article.disagreement');
  expect(await articles.count()).toBe(4);
  for (const article of await articles.all())
    expect(await article.locator('ol.working li').count()).toBeGreaterThan(1);
  await reader.getByText('Neither side says how it counted.').waitFor();
});
