/** From an article to a record that anyone can check: the whole way, through the screens. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

const root = join(import.meta.dirname, '../..');
// A real article where there is one beside the checkout; it is not ours to ship. Otherwise one in our own words.
const REAL = join(root, process.env.CONSTAT_SHARED_DATA ?? '../shared/data', '../samples/article-1.txt');
const OWN = `Prefect wants more lorries searched at the harbour

The prefect said on Wednesday that more lorries should be searched at the harbour.

"We cannot look into every lorry, but we can look into more of them," the prefect told a radio station. Volunteers counted up to 2,300 people in the town and around it.

The ministry said that the prefect had meant lorries and not people.

The town has pledged £12 million (€15 million, $19 million) over three years for fences.
`;

let desk: Desk;
let article: string;
beforeAll(async () => {
  desk = await openDesk();
  article = existsSync(REAL) ? readFileSync(REAL, 'utf8') : OWN;
  writeFileSync(join(desk.folder, 'article.txt'), article);
});
afterAll(() => desk.close());

describe(`from an article (${existsSync(REAL) ? 'a real one' : 'one in our own words'}) to a verified bundle`, () => {
  it('makes a dossier', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'New dossier' }).first().click();
    await page.getByLabel('Title').fill('The harbour');
    await page.getByRole('button', { name: 'Make the dossier' }).click();
    await page.waitForURL('**/d/the-harbour');
  });

  it('takes the article in, and proposes from it while one watches', async () => {
    const { page } = desk;
    await page
      .getByRole('navigation', { name: 'Rooms of the dossier' })
      .getByRole('link', { name: 'Sources' })
      .click();
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add files' }).first().click();
    await (await choosing).setFiles(join(desk.folder, 'article.txt'));
    await page
      .getByText(/suggestion/)
      .first()
      .waitFor();
    // The same file again is recognised.
    const again = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add files' }).first().click();
    await (await again).setFiles(join(desk.folder, 'article.txt'));
    await page.getByText('Already in the dossier').first().waitFor();
  });

  it('opens the reader, where every mark is exactly a passage', async () => {
    const { page, running } = desk;
    const { store } = running;
    const source = await store.read.selectFrom('sources').selectAll().executeTakeFirstOrThrow();
    await page.goto(`${running.url}/d/the-harbour/sources/${source.id}`);
    await page.locator('mark').first().waitFor();
    const rows = await store.read.selectFrom('statements').select('passages').execute();
    expect(rows.length).toBeGreaterThanOrEqual(3);
    for (const { passages } of rows) {
      for (const passage of passages) expect(article.slice(passage.start, passage.end)).toBe(passage.exact);
    }
  });

  it('decides by keys: accepts, rejects, takes back', async () => {
    const { page, running } = desk;
    const { store } = running;
    const statuses = async () => {
      const rows = await store.read.selectFrom('recordIndex').select('status').execute();
      return {
        accepted: rows.filter((r) => r.status === 'accepted').length,
        rejected: rows.filter((r) => r.status === 'rejected').length,
      };
    };
    const expectStatuses = (wanted: object) => expect.poll(statuses, { timeout: 20_000 }).toEqual(wanted);
    await page.keyboard.press('a');
    await expectStatuses({ accepted: 1, rejected: 0 });
    await page.keyboard.press('a');
    await expectStatuses({ accepted: 2, rejected: 0 });
    await page.keyboard.press('r');
    await expectStatuses({ accepted: 2, rejected: 1 });
    await page.keyboard.press('u');
    await expectStatuses({ accepted: 2, rejected: 0 });
    await page.keyboard.press('u');
    await expectStatuses({ accepted: 1, rejected: 0 });
    await page.keyboard.press('Shift+U');
    await expectStatuses({ accepted: 2, rejected: 0 });
    // What was done again is in focus, and decided; the next one is a step further.
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await expectStatuses({ accepted: 3, rejected: 0 });
    await page.keyboard.press('Shift+?');
    await page.getByText('Next in the list').waitFor();
    await page.keyboard.press('Escape');
  });

  it('shows them as records of the dossier, found by search, with a table to take away', async () => {
    const { page, running } = desk;
    await page.goto(`${running.url}/d/the-harbour/statements?status=accepted`);
    await page
      .getByRole('searchbox')
      .or(page.getByRole('textbox', { name: /Search/ }))
      .first()
      .waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'This list as CSV' }).click();
    const csv = readFileSync((await (await download).path())!, 'utf8');
    expect(csv).toContain('passages.1.exact');
    expect(csv.trim().split('\r\n').length).toBeGreaterThanOrEqual(2);
  });

  it('opens a record onto its passage, its history and its proof', async () => {
    const { page, running } = desk;
    const row = await running.store.read
      .selectFrom('statements')
      .selectAll()
      .where('status', '=', 'accepted')
      .executeTakeFirstOrThrow();
    await page.goto(`${running.url}/d/the-harbour/statements/${row.id}`);
    await page
      .locator('mark')
      .filter({ hasText: row.passages[0]!.exact.slice(0, 20) })
      .first()
      .waitFor();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.getByText(/In the log since/).waitFor();
  });

  it('publishes the dossier, and the public page runs no script', async () => {
    const { page, running } = desk;
    await page.goto(`${running.url}/d/the-harbour/publish`);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Publication 1 is out.').waitFor();

    const reader = await desk.stranger({ javaScriptEnabled: false });
    await reader.goto(`${running.url}/p/the-harbour`);
    await reader
      .getByRole('link', { name: /Statements/ })
      .first()
      .click();
    await reader.locator('a[href*="/record/"]').first().click();
    await reader.locator('mark').first().waitFor();
    expect(await reader.locator('script:not([type="application/ld+json"])').count()).toBe(0);
    const claim = JSON.parse(
      (await reader.locator('script[type="application/ld+json"]').first().textContent())!,
    );
    expect(JSON.stringify(claim)).toContain('Claim');
    await reader.context().close();
  });

  it('lets a stranger check the bundle, in a browser and by command', async () => {
    const { running } = desk;
    const reader = await desk.stranger();
    await reader.goto(`${running.url}/p/the-harbour`);
    const download = reader.waitForEvent('download');
    await reader.locator('a[href$="bundle.zip"]').first().click();
    const file = join(desk.folder, 'harbour.zip');
    await (await download).saveAs(file);

    await reader.goto(`${running.url}/verify`);
    await reader.locator('input[type=file]').first().setInputFiles(file);
    await reader
      .getByText(/passages?/)
      .first()
      .waitFor();

    const { stdout } = await promisify(execFile)(process.execPath, [
      join(root, 'bin/constat'),
      'verify',
      file,
      '--json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, findings: [] });

    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file, bytes);
    const checked = await promisify(execFile)(process.execPath, [
      join(root, 'bin/constat'),
      'verify',
      file,
    ]).catch((error) => error);
    expect(checked.code).toBe(1);
    await reader.context().close();
  });
});
