/** A second proposer at work: where texts go is said, the rules come first, the model's suggestions are marked as its. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmbedded } from '../platform/embedded.ts';
import { quotedStatement, says, startTestModel, type TestModel } from '../platform/language-model.ts';
import { type Desk, openDesk } from './desk.ts';

const TEXT = `Sheds on the quay

“No belongings were destroyed,” said the prefect of the region on Monday.

Ida Vane of the harbour union stirred her tea: the quay had never been hers to keep.`;
const FOUND = quotedStatement('the quay had never been hers to keep', {
  source: 'Ida Vane of the harbour union',
  cue: 'stirred her tea',
  speaker: 'Ida Vane',
  mode: 'indirect',
});

let server: TestModel;
let desk: Desk;
let release = () => {};
beforeAll(async () => {
  server = await startTestModel();
  desk = await openDesk({ model: server.settings() });
});
afterAll(() => desk.close());

const goes =
  /Suggestions also come from small-model at 127\.0\.0\.1:\d+; the text of each source is sent there/;

describe('a researcher with a language model of their own', () => {
  it('is told where texts go before adding one', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'New dossier' }).first().click();
    await page.getByLabel('Title', { exact: true }).fill('The quay');
    await page.getByRole('button', { name: 'Make the dossier' }).click();
    await page.waitForURL('**/d/the-quay**');
    await page.goto(`${desk.running.url}/d/the-quay/sources`);
    await page.getByText(goes).waitFor();
    expect(server.asked).toEqual([]);
  });

  it('gets the rules’ suggestions first, and the model’s when they come, each with who proposed it', async () => {
    const { page } = desk;
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.answers(async () => {
      await waiting;
      return { content: says({ statements: [FOUND] }) };
    });
    await page
      .getByRole('button', { name: /Paste text/ })
      .first()
      .click();
    await page.getByRole('textbox', { name: /text/i }).first().fill(TEXT);
    await page.getByRole('button', { name: 'Add as a source' }).click();
    await page.getByRole('link', { name: 'Sheds on the quay' }).first().click();
    await page.getByText('small-model is being asked about this text').waitFor();
    const cards = page.locator('[data-queue] li');
    await cards.filter({ hasText: 'No belongings were destroyed' }).first().waitFor();
    expect(await cards.filter({ hasText: 'never been hers' }).count()).toBe(0);
    release();
    const card = cards.filter({ hasText: 'never been hers' }).first();
    await card.waitFor();
    await card.getByText('Model small-model-q4').waitFor();
    await page.getByText(/small-model-q4 at 127\.0\.0\.1:\d+ was asked: 1 new suggestion/).waitFor();
    // The record in focus is shown in any case; so that is the model's.
    await card.click();
    expect(await cards.filter({ hasText: 'Rules' }).count()).toBeGreaterThan(0);
    await page.getByLabel('Who proposed').selectOption('llm');
    await expect.poll(() => cards.count()).toBe(1);
    await cards.filter({ hasText: 'hers to keep' }).waitFor();
    await page.getByLabel('Who proposed').selectOption('');
  });

  it('is told when the model does not answer, and tries again', async () => {
    const { page } = desk;
    server.answers(() => ({ status: 401 }));
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.getByText(/refused the question \(HTTP 401\)\. The rules’ suggestions are complete/).waitFor();
    server.answers(() => ({ content: says({ statements: [FOUND] }) }));
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/was asked: no new suggestion/).waitFor();
    expect(await page.locator('[data-queue] li').filter({ hasText: 'hers to keep' }).count()).toBe(1);
  });

  it('switches it off for a dossier, and nothing more is sent', async () => {
    const { page, running } = desk;
    await page.goto(`${running.url}/d/the-quay/settings`);
    await page.getByText(goes).waitFor();
    await page.getByRole('checkbox', { name: /Ask the language model/ }).uncheck({ force: true });
    await page.getByText('The settings are saved.').first().waitFor();
    await page.goto(`${running.url}/d/the-quay/sources`);
    await page.getByRole('link', { name: 'Sheds on the quay' }).first().waitFor();
    expect(await page.getByText(goes).count()).toBe(0);
    server.asked.length = 0;
    await page
      .getByRole('button', { name: /Paste text/ })
      .first()
      .click();
    await page.getByRole('textbox', { name: /text/i }).first().fill(`${TEXT}\n\nIt rained.`);
    await page.getByRole('button', { name: 'Add as a source' }).click();
    const proposed = () =>
      running.store.read.selectFrom('sources').select('id').where('state', '=', 'proposed').execute();
    await expect.poll(async () => (await proposed()).length, { timeout: 30_000 }).toBe(2);
    expect(server.asked).toEqual([]);
  });
});

describe('whoever runs it', () => {
  const program = join(import.meta.dirname, '../../bin/constat');
  const constat = (env: Record<string, string>, ...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      execFile(
        process.execPath,
        [program, ...args],
        { env: { ...process.env, ...env } },
        (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });

  it('is refused an address that is none, with a sentence', async () => {
    const env = { CONSTAT_LLM_URL: 'ftp://models.example', CONSTAT_LLM_MODEL: 'small-model' };
    const { code, stderr } = await constat(env, 'serve', '--port', '0', '--data', await createEmbedded());
    expect(code).toBe(3);
    expect(stderr).toContain('CONSTAT_LLM_URL: it is no address that begins with http:// or https://');
  });

  it('hears from `doctor` whether the server answers and has the model; no text is sent for it', async () => {
    const data = await createEmbedded();
    const { url } = server.settings();
    const env = { CONSTAT_LLM_URL: url, CONSTAT_LLM_MODEL: 'small-model', CONSTAT_LLM_KEY: 'a-secret-key' };
    server.answers(() => ({ body: '{"data":[{"id":"small-model"}]}' }));
    const well = await constat(env, 'doctor', '--data', data);
    expect(well).toMatchObject({ code: 0, stdout: expect.stringContaining('answers and has small-model.') });
    expect(server.asked.map(({ method, path }) => [method, path])).toEqual([['GET', '/v1/models']]);
    server.answers(() => ({ status: 401 }));
    const refused = await constat(env, 'doctor', '--data', data, '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      findings: [],
      model: { answers: false, name: 'small-model' },
    });
    expect(well.stdout + well.stderr + refused.stdout + refused.stderr).not.toContain('secret');
  });
});
