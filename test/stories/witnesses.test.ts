/**
 * A story: an owner adds a witness under a pseudonym, seals who they are, opens it with a reason, says that they told a
 * source, publishes what rests on it, is told when they take their consent back, and erases it all in the end.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const NAME = 'Somebody nobody may know';
const TOLD = 'On the quay stood forty tents. The person at the gate said that the tents were taken at dawn.';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await desk.close();
});

const api = (method: string, path: string, body?: unknown) =>
  desk.page.evaluate(
    async ([method, path, body]) => {
      const response = await fetch(`/api/v1/dossiers/the-quay${path}`, {
        method: method!,
        ...(body && { body, headers: { 'Content-Type': 'application/json' } }),
      });
      return (await response.json()) as Record<string, unknown>;
    },
    [method, path, body === undefined ? '' : JSON.stringify(body)] as const,
  );

/** A picture for whoever builds the screen; none where no folder is named. */
async function shoot(name: string): Promise<void> {
  const folder = process.env.CONSTAT_SHOTS;
  if (!folder) return;
  const { page } = desk;
  for (const [width, scheme] of [
    [1440, 'light'],
    [1440, 'dark'],
    [360, 'light'],
    [360, 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, `${name} at ${width}`).toBeLessThanOrEqual(0);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('a witness from the first word to the last', async () => {
  const { page, running } = desk;
  await page.evaluate(async () => {
    await fetch('/api/v1/dossiers', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        ...{ title: 'The quay', slug: 'the-quay', summary: null, language: 'en', publishedBy: null },
      }),
    });
  });

  // A pseudonym is suggested; who they are is sealed.
  await page.goto(`${running.url}/d/the-quay/witnesses`);
  await page.getByRole('link', { name: 'Add a witness' }).click();
  await page.getByRole('button', { name: 'Add a consent' }).waitFor();
  expect(await page.getByLabel('Pseudonym').inputValue()).toBe('Witness 1');
  await page.getByLabel('Protection').fill('Never telephone before noon.');
  await page.getByRole('button', { name: 'Add a consent' }).click();
  await page.getByLabel('What for').selectOption('publish');
  await page.getByLabel('Given on').fill('2026-01-05');
  await page.getByLabel('Name', { exact: true }).fill(NAME);
  await shoot('new');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Witness 1' }).waitFor();
  expect(await page.content()).not.toContain(NAME);
  const id = page.url().split('/').at(-1)!;

  // Opened with a reason, closed again; the history says so.
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByLabel('Why you open it').fill('to ask once more');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByText(NAME).waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  expect(await page.content()).not.toContain(NAME);
  await page.getByText('to ask once more').waitFor();

  // What they told is published.
  const added = (await api('POST', '/sources/text', {
    text: TOLD,
    content: { title: 'An account', sensitivity: 'public' },
  })) as { source: { id: string } };
  const dossier = (await running.store.read.selectFrom('dossiers').select('id').executeTakeFirstOrThrow()).id;
  await running.services.intake.settled(dossier, added.source.id);
  await page.goto(`${running.url}/d/the-quay/sources/${added.source.id}`);
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByLabel('Told by').selectOption({ label: 'Witness 1' });
  await page.getByRole('link', { name: 'Told by Witness 1' }).waitFor();
  const start = TOLD.indexOf('the tents were taken');
  await api('POST', '/statements', {
    content: {
      ...{ content: 'the tents were taken at dawn', mode: 'indirect', act: 'says', speaker: null },
      ...{ reporter: null, addressee: null, venue: null, saidOn: null, topics: [] },
      ...{ language: 'en', note: null, tags: [], sensitivity: 'public' },
    },
    passages: [{ source: added.source.id, start, end: start + 28 }],
  });
  await api('POST', '/publications', { note: null });

  // They take it back: the desk says at once what the public sees.
  await page.goto(`${running.url}/d/the-quay/witnesses/${id}`);
  await page.getByText('public now').waitFor();
  await shoot('witness');
  await page.getByRole('button', { name: 'They take it back' }).click();
  await page.getByRole('button', { name: 'They take it back' }).click();
  await page
    .getByText('The public sees 1 record that rests on this witness, without their consent.')
    .waitFor();
  await shoot('withdrawn');
  await page.getByRole('link', { name: 'See what would be withdrawn, and publish' }).click();
  await page.getByText('The public sees 1 record without the consent of the witness it rests on.').waitFor();
  await shoot('publish');
  await page.goto(`${running.url}/d/the-quay/witnesses`);
  await page.getByRole('heading', { name: '1 witness whose consent needs care' }).waitFor();
  await shoot('witnesses');

  // Erased, with what they told: withdrawn in the same step, gone from the earlier publication.
  await page.goto(`${running.url}/d/the-quay/witnesses/${id}`);
  await page.getByRole('link', { name: 'Erase…' }).click();
  await page.getByText('Also erase the sources they told').click();
  await page.getByRole('heading', { name: 'What goes: 5 things' }).waitFor();
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await page.getByText('Say why.', { exact: true }).waitFor();
  await shoot('erase');
  await page.getByText('Withdraw it in the same step').click();
  await page.getByLabel('Why', { exact: true }).fill('They asked for it.');
  await page.getByLabel('Type “Witness 1”').fill('Witness 1');
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await page.getByText('5 things were erased').waitFor();
  await page.goto(`${running.url}/d/the-quay/witnesses/${id}`);
  await page.getByText(/This was erased for good on .*They asked for it\./).waitFor();
  await page.goto(`${running.url}/p/the-quay/1`);
  await page.getByText('2 items of this publication have been erased since.').waitFor();
  expect(await page.content()).not.toContain('taken at dawn');
});
