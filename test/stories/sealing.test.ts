/** Somebody who could be hurt is in the record: what names them is sealed, opened with a reason, and nowhere else. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDossier } from '../../src/store/dossiers.ts';
import { pinPassages } from '../../src/store/passages.ts';
import { createRecord } from '../../src/store/records.ts';
import { sampleStatement } from '../samples.ts';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
let at: string;
/** Pictures of the screens are kept where this is set. */
const PICTURES = process.env.CONSTAT_PICTURES;

beforeAll(async () => {
  desk = await openDesk();
  const { store, services } = desk.running;
  const { id: account } = await store.read.selectFrom('accounts').select('id').executeTakeFirstOrThrow();
  const dossier = await createDossier(store, account, {
    ...{ title: 'A matter', slug: 'a-matter', summary: null, language: 'en', publishedBy: 'An association' },
  });
  at = `${desk.running.url}/d/${dossier.slug}`;
  const writer = { account, dossier: dossier.id };
  const words =
    'Somebody at the harbour said that the tents were taken at night. The site was empty by noon.';
  const { source } = await services.intake.receive(writer, {
    fileName: 'harbour.txt',
    chunks: (async function* () {
      yield Buffer.from(words);
    })(),
    expected: null,
    content: { title: 'At the harbour', sensitivity: 'team' },
  });
  await services.intake.settled(dossier.id, source.id);
  for (const [name, content] of [
    ['the harbour keeper', 'the tents were taken at night'],
    ['the second keeper', 'The site was empty by noon'],
  ] as const) {
    const start = words.indexOf(content);
    const passages = await pinPassages(store, dossier.id, [
      { source: source.id, start, end: start + content.length },
    ]);
    const said = sampleStatement({ content, speaker: { actor: null, name, role: null } });
    await createRecord(store, writer, 'statement', said, passages);
  }
});
afterAll(() => desk.close());

async function picture(name: string) {
  if (!PICTURES) return;
  const { page } = desk;
  for (const [scheme, width] of [
    ['light', 1440],
    ['dark', 1440],
    ['light', 360],
    ['dark', 360],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(PICTURES, `${name}-${scheme}-${width}.png`), fullPage: true });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** A statement that stands, and who says it. */
async function statement() {
  const rows = await desk.running.store.read
    .selectFrom('statements')
    .selectAll()
    .where('status', '=', 'accepted')
    .where('speaker', 'is not', null)
    .orderBy('id')
    .execute();
  return rows.find((row) => row.sealed === null && row.speaker!.name.length > 4)!;
}

async function open(reason: string) {
  const { page } = desk;
  await page.getByRole('region', { name: 'sealed' }).getByRole('button', { name: 'Open…' }).click();
  await page.getByLabel('Why you open it').fill(reason);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByText('Open for you alone').waitFor();
}

it('a speaker is sealed behind a pseudonym, and opened in place with a reason', async () => {
  const { page, running } = desk;
  const { id, speaker } = await statement();
  await page.goto(`${at}/statements/${id}`);
  await page.getByRole('button', { name: 'Edit' }).first().click();
  await page.getByText('Seal what could identify somebody').click();
  await page.getByText('Seal “Speaker”').click();
  await page.getByLabel('What stands there instead (Speaker)').fill('a resident');
  await picture('choice');
  await page.getByRole('button', { name: 'Save' }).first().click();
  const note = page.getByRole('region', { name: 'sealed' });
  await note.waitFor();
  await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toContain('a resident');
  expect(await page.locator('main').textContent()).not.toContain(speaker!.name);
  await open('to call them back');
  expect(await note.textContent()).toContain(speaker!.name);
  await picture('opened');
  await page.getByRole('button', { name: 'Close it now' }).click();
  await expect.poll(() => note.textContent()).not.toContain(speaker!.name);
  await page.getByText('to call them back').first().waitFor();
  const row = await running.store.read
    .selectFrom('statements')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(row.speaker).toMatchObject({ name: 'a resident' });
});

it('a whole record is sealed, stands in its list as such, and is lifted again', async () => {
  const { page } = desk;
  const { id, content } = await statement();
  await page.goto(`${at}/statements/${id}`);
  await page.getByRole('button', { name: 'Edit' }).first().click();
  await page.getByLabel('Who may see it').first().selectOption('sealed');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Sealed statement' }).waitFor();
  expect(await page.locator('main').textContent()).not.toContain(content);
  await picture('whole');
  await page.goto(`${at}/statements?sensitivity=sealed`);
  await page.getByRole('link', { name: 'sealed', exact: true }).first().waitFor();
  await picture('list');
  await page.goto(`${at}/statements/${id}`);
  await open('to lift it');
  expect(await page.getByRole('region', { name: 'sealed' }).textContent()).toContain(content.slice(0, 20));
  await page.getByRole('button', { name: 'Edit' }).first().click();
  await page.getByLabel('Who may see it').first().selectOption('team');
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.getByText(content.slice(0, 20)).first().waitFor();
});

it('a text is handed in as sealed, opened, and left again', async () => {
  const { page } = desk;
  const words = 'At the quay a resident told where the tents were taken.';
  await page.goto(`${at}/sources`);
  await page.getByText('Hand in as sealed').click();
  await page.getByRole('button', { name: 'Paste text' }).first().click();
  await page.getByLabel('Text', { exact: true }).fill(words);
  await page.getByRole('button', { name: 'Add as a source' }).click();
  const link = page.getByRole('link', { name: 'Sealed source' });
  await link.first().waitFor();
  await picture('sources');
  await link.first().click();
  await page.getByRole('heading', { level: 1, name: 'Sealed source' }).waitFor();
  await expect
    .poll(
      async () =>
        (
          await desk.running.store.read
            .selectFrom('sources')
            .select('state')
            .where('sealed', 'is not', null)
            .execute()
        ).map(({ state }) => state),
      { timeout: 30_000 },
    )
    .toEqual(['proposed']);
  await page.reload();
  await open('to read it');
  await page.getByText(words).last().waitFor();
  await picture('source');
  // Whoever leaves and comes back finds it closed.
  await page.goto(`${at}/sources`);
  await page.goBack();
  await page.getByRole('region', { name: 'sealed' }).getByRole('button', { name: 'Open…' }).waitFor();
  expect(await page.locator('main').textContent()).not.toContain(words);
});
