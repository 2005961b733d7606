/** An observer brings in a table of counts: looks at it, imports it, takes it back, and later brings in the longer version. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { xlsx } from '../fixtures/xlsx.ts';
import { type Desk, openDesk } from './desk.ts';

let desk: Desk;
let page: Page;
const dossier = () => `${desk.running.url}/d/a-matter`;

beforeAll(async () => {
  desk = await openDesk();
  page = desk.page;
  await page
    .getByRole('button', { name: /new dossier/i })
    .first()
    .click();
  await page.getByLabel('Title').fill('A matter');
  await page.getByRole('button', { name: /^make/i }).click();
  await page.waitForURL('**/d/a-matter');
});
afterAll(() => desk.close());

const WEEKS = [
  'Tents counted by volunteers,,',
  'week_ending,tents_seen,tents_taken',
  '2021-01-03,12,0',
  '2021-01-10,"1,204",3',
  '2021-01-17,about twenty,4',
  '2021-01-24,15,-2',
  '2021-01-31,18,5',
];
const MORE = [...WEEKS.slice(0, 3), '2021-01-10,"1,210",3', '2021-01-31,18,5', '2021-02-07,9,1'];

async function handIn(name: string, bytes: string | Buffer): Promise<void> {
  const path = join(desk.folder, name);
  writeFileSync(path, bytes);
  await page.goto(`${dossier()}/sources`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add files' }).first().click();
  await (await chooser).setFiles(path);
  await line(name).getByRole('link', { name: 'Import figures' }).waitFor();
}

/** The line of a source in the list. */
const line = (name: string) => {
  const heading = page.getByRole('heading', { name: name.replace(/\..*/, ''), exact: true });
  return page.getByRole('listitem').filter({ has: heading });
};

/** The number above words such as "new figures". */
const counted = (words: string) => page.locator('dl > div', { hasText: words }).locator('dd').textContent();
const importButton = () => page.getByRole('button', { name: /^Import/ });

describe('a table of counts', () => {
  test('is handed in like any other file, and nothing is proposed from it', async () => {
    await handIn('tents.csv', `${WEEKS.join('\n')}\n`);
    await line('tents').getByRole('link', { name: 'tents' }).click();
    await page.getByText('Nothing is proposed from its rows').waitFor();
    await page.getByRole('rowheader', { name: '7' }).waitFor();
    await page.getByRole('link', { name: 'Import figures from this table' }).click();
    await page.getByRole('heading', { name: 'Figures of “tents”' }).waitFor();
  });

  test('shows what its columns seem to give, below the title it has', async () => {
    expect(
      await page.getByLabel('Header').evaluate((box: HTMLSelectElement) => box.selectedOptions[0]!.text),
    ).toBe('Row 2');
    expect(await page.getByLabel('What the column week_ending gives').inputValue()).toBe('week-ending');
    expect(await page.getByLabel('What the column tents_seen gives').inputValue()).toBe('value');
    expect(await page.getByLabel('Name of the measure').first().inputValue()).toBe('Tents seen');
    await page.getByLabel('Name of the measure').first().fill('');
    await page.getByText('Give it a name.').waitFor();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Name of the measure').first().fill('Tents standing');
    await page.getByLabel('Its numbers are').first().selectOption('stock');
    await page.getByLabel('According to').fill('the volunteers');
    await page.getByRole('cell', { name: 'Tents standing' }).first().waitFor();
    await page.getByRole('cell', { name: 'the volunteers' }).first().waitFor();
    await page.getByRole('cell', { name: '28 December 2020 – 3 January 2021' }).first().waitFor();
  });

  test('tells the rows that do not fit, and waits for a decision about them', async () => {
    await page.getByText('“about twenty” is not a number', { exact: false }).waitFor();
    await page.getByText('“-2” is less than nothing', { exact: false }).waitFor();
    expect(await importButton().isDisabled()).toBe(true);
    await page.getByText('2 rows have problems. Mend the file, or leave these rows out.').waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download all problems (CSV)' }).click();
    const told = readFileSync(await (await downloading).path(), 'utf8');
    expect(told).toContain('\r\n5,tents_seen,"“about twenty” is not a number.');
    await page.getByText('Leave these 2 rows out').click();
    await page.getByRole('button', { name: 'Import 6 figures' }).waitFor();
  });

  test('becomes figures in one step, which stand on their rows', async () => {
    await page.getByRole('button', { name: 'Import 6 figures' }).press('Enter');
    await page.getByText('6 figures were imported. 2 rows were left out.').waitFor();
    await page.getByRole('link', { name: 'Show them on their rows' }).click();
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: '4', exact: true }) });
    await row.getByRole('link', { name: '1,204 tents seen' }).click();
    await page.getByText('2021-01-10,"1,204",3').first().waitFor();
    await page.goto(`${dossier()}/figures`);
    await page.getByText('of 6 records').waitFor();
  });

  test('is taken back whole by one Undo, and brought in again', async () => {
    await page.keyboard.press('u');
    await page.getByText('Undone: figures imported from a table (8 changes)').waitFor();
    await page.getByRole('link', { name: 'Show', exact: true }).click();
    await page.getByRole('rowheader', { name: '7' }).waitFor();
    expect(await page.getByRole('link', { name: /tents seen/ }).count()).toBe(0);
    await page.getByRole('link', { name: 'Import figures from this table' }).click();
    // It is mapped as it was before, though that was taken back.
    await page.getByText('taken as they were when a table with the same columns was imported last').waitFor();
    await page.getByText('Leave these 2 rows out').click();
    await page.getByRole('button', { name: 'Import 6 figures' }).click();
    await page.getByText('6 figures were imported.').waitFor();
    // What is there is not made again.
    await page.getByText('Every figure of this table is in the dossier already.').waitFor();
    expect(await importButton().isDisabled()).toBe(true);
  });

  test('in its longer version makes only what is new, and says what has changed since', async () => {
    await handIn('tents-2.csv', `${MORE.join('\n')}\n`);
    await line('tents-2').getByRole('link', { name: 'Import figures' }).click();
    await page.getByText('taken as they were').waitFor();
    await page.getByRole('button', { name: 'Import 3 figures' }).waitFor();
    expect(await counted('new figures')).toBe('2');
    expect(await counted('changed since')).toBe('1');
    expect(await counted('already there')).toBe('5');
    await page.getByRole('button', { name: 'Import 3 figures' }).click();
    await page
      .getByText(
        '3 figures were imported. One stands beside another number for the same thing. 5 were there already.',
      )
      .waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone: figures imported from a table (3 changes)').waitFor();
    await page.getByRole('button', { name: 'Import 3 figures' }).waitFor();
  });

  test('that is long tells how far it is', async () => {
    const day = (at: number) => new Date(Date.UTC(2000, 0, 1 + at)).toISOString().slice(0, 10);
    const rows = Array.from({ length: 5000 }, (_, at) => `${day(at)},${at % 40}`);
    await handIn('years.csv', `day,people_in_queue\n${rows.join('\n')}\n`);
    await line('years').getByRole('link', { name: 'Import figures' }).click();
    await page.getByRole('button', { name: 'Import 5,000 figures' }).click();
    await page.getByText(/^[1-9][\d,]* of 5,000 figures made$/).waitFor();
    await page.getByText('5,000 figures were imported.').waitFor();
    await page.getByRole('link', { name: 'Show them on their rows' }).click();
    await page.getByRole('button', { name: 'Last rows' }).click();
    await page.getByText('Rows 5,001–5,001 of 5,001').waitFor();
    await page.getByRole('link', { name: '39 people in queue' }).waitFor();
  });

  test('in a workbook is found on its sheet; on a telephone it all fits', async () => {
    const rows = [
      ['quantity', 'place', 'date', 'value'],
      ['people evicted', 'the canal', new Date(Date.UTC(2021, 2, 1)), 40],
    ];
    await handIn(
      'evictions.xlsx',
      xlsx([
        { name: 'About', rows: [['Words only']] },
        { name: 'Counts', rows },
      ]),
    );
    await line('evictions').getByRole('link', { name: 'Import figures' }).click();
    await page.getByLabel('Sheet').selectOption('Counts');
    await page.getByRole('cell', { name: 'the canal' }).last().waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(wide).toBeLessThanOrEqual(window!);
    await page.getByRole('button', { name: 'Import one figure' }).click();
    await page.getByText('One figure was imported.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain(
      'One figure was imported.',
    );
  });
});
