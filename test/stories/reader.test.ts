/** A researcher at work: changing what was suggested, making records by hand, finding them again, linking them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
let at: string;
let source: string;
let text: string;
beforeAll(async () => {
  desk = await openDesk({ example: true });
  at = `${desk.running.url}/d/calais-example`;
  const { store } = desk.running;
  const row = await store.read
    .selectFrom('sources')
    .selectAll()
    .orderBy('createdAt')
    .executeTakeFirstOrThrow();
  source = row.id;
  text = (await store.blobs.read(row.text!)).toString('utf8');
});
afterAll(() => desk.close());

const suggested = async () => {
  const rows = await desk.running.store.read
    .selectFrom('statements')
    .selectAll()
    .where('status', '=', 'suggested')
    .execute();
  return rows
    .filter((row) => row.passages[0]!.source === source)
    .sort((a, b) => a.passages[0]!.start - b.passages[0]!.start);
};

describe('in the reader', () => {
  it('moves the end of a passage by a word with Shift and the arrows, and back by undo', async () => {
    const { page } = desk;
    await page.goto(`${at}/sources/${source}`);
    await page.locator('mark').first().waitFor();
    const [before] = await suggested();
    const end = before!.passages[0]!.end;
    const endNow = async () => (await suggested()).find((row) => row.id === before!.id)!.passages[0]!;
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(async () => (await endNow()).end, { timeout: 20_000 }).toBeLessThan(end);
    const moved = await endNow();
    expect(text.slice(moved.start, moved.end)).toBe(moved.exact);
    await page.keyboard.press('u');
    await expect.poll(async () => (await endNow()).end, { timeout: 20_000 }).toBe(end);
  });

  it('edits what a suggestion says in its place', async () => {
    const { page } = desk;
    const [before] = await suggested();
    await page.keyboard.press('e');
    const words = page.getByLabel('What was said').first();
    await words.fill('such a force should belong to a shared system');
    await page.keyboard.press('Control+Enter');
    const now = async () => (await suggested()).find((row) => row.id === before!.id)!.content;
    await expect.poll(now, { timeout: 20_000 }).toBe('such a force should belong to a shared system');
    // The form closes once it is saved, and gives the focus back.
    await words.waitFor({ state: 'detached' });
  });

  it('makes a record by hand of a sentence chosen by keys alone', async () => {
    const { page, running } = desk;
    const count = async () => {
      const rows = await running.store.read
        .selectFrom('statements')
        .selectAll()
        .where('status', '=', 'accepted')
        .execute();
      return rows.filter((row) => row.provenance === null && row.passages[0]!.source === source);
    };
    const made = (await count()).length;
    await page.getByLabel(/^Text of/).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('1');
    await page.getByLabel('What was said').first().waitFor();
    await page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await count()).length, { timeout: 20_000 }).toBe(made + 1);
    for (const row of await count()) {
      for (const passage of row.passages) expect(text.slice(passage.start, passage.end)).toBe(passage.exact);
    }
  });
});

describe('among the sources', () => {
  it('says of each bad file what is wrong with it, and takes the good one', async () => {
    const { page, folder, running } = desk;
    const files = {
      'empty.txt': '',
      'cut-short.pdf': '%PDF-1.7\n1 0 obj\n<< /Type /Cat',
      'latin.txt': Buffer.from([0x63, 0x61, 0x66, 0xe9]),
      'good.txt': 'Volunteers counted 40 tents in the dunes.',
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    await page.goto(`${at}/sources`);
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add files' }).first().click();
    await (await choosing).setFiles(Object.keys(files).map((name) => join(folder, name)));
    await page.getByText('The file is empty').first().waitFor();
    await page
      .getByText(/is damaged or not what its name says/)
      .first()
      .waitFor();
    await page
      .getByText(/is not valid UTF-8 \(byte 3\)/)
      .first()
      .waitFor();
    const states = async () => {
      const rows = await running.store.read
        .selectFrom('sources')
        .select(['fileName', 'state'])
        .where('fileName', 'is not', null)
        .execute();
      return Object.fromEntries(rows.map((row) => [row.fileName, row.state]));
    };
    await expect.poll(states, { timeout: 30_000 }).toEqual({
      'cut-short.pdf': 'unreadable',
      'latin.txt': 'unreadable',
      'good.txt': 'proposed',
    });
  });

  it('takes pasted text, and keeps a draft over a reload', async () => {
    const { page, running } = desk;
    await page.goto(`${at}/sources`);
    await page.getByRole('button', { name: /Paste text/ }).click();
    const box = page.getByRole('textbox', { name: /text/i }).first();
    await box.fill('The mayor said that the gymnasium would stay open.');
    await page.reload();
    const again = page.getByRole('textbox', { name: /text/i }).first();
    if (!(await again.isVisible().catch(() => false)))
      await page.getByRole('button', { name: /Paste text/ }).click();
    await expect
      .poll(() =>
        page.getByText('The mayor said that the gymnasium would stay open.').or(again).first().inputValue(),
      )
      .toContain('gymnasium');
    await page.getByRole('button', { name: 'Add as a source' }).click();
    const found = () =>
      running.store.read
        .selectFrom('sources')
        .select('id')
        .where('acquisition', '=', 'pasted')
        .where('state', '=', 'proposed')
        .execute();
    await expect.poll(async () => (await found()).length, { timeout: 30_000 }).toBe(1);
  });
});

describe('in the lists', () => {
  it('narrows by facet and search, and the address remembers', async () => {
    const { page } = desk;
    await page.goto(`${at}/figures`);
    await page
      .getByRole('checkbox', { name: /Accepted/ })
      .first()
      .check({ force: true });
    await page.waitForURL(/status=accepted/);
    await page
      .getByRole('searchbox')
      .or(page.getByRole('textbox', { name: /Search/ }))
      .first()
      .fill('migrants');
    await page.waitForURL(/q=migrants/);
    await page.getByText('1,500 to 2,000').first().waitFor();
    await page.reload();
    await page.getByText('1,500 to 2,000').first().waitFor();
    expect(await page.getByText('12,482').count()).toBe(0);
  });

  it('works in French', async () => {
    const { page } = desk;
    await page.getByRole('combobox', { name: 'Language of the screens' }).selectOption('fr');
    await page.getByRole('link', { name: 'Déclarations' }).first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await page.getByText('1 500 à 2 000').or(page.getByText('1\u202f500 à 2\u202f000')).first().waitFor();
  });
});
