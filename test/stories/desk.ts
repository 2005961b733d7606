/** A running Constat for a story: the built product on a fresh store, and a browser that met the owner's link. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { ensureBuilt } from '../../scripts/build.mjs';
import type { ModelSettings } from '../../src/intake/model-settings.ts';
import { type Running, startServer } from '../../src/server/serve.ts';
import { readSettings } from '../../src/server/settings.ts';
import { launchChromium } from '../platform/chromium.ts';
import { createEmbedded } from '../platform/embedded.ts';

export const PASSWORD = 'three tents by the canal';

/** A desk for a story. */
export interface Desk {
  running: Running;
  browser: Browser;
  /** A page of the owner, signed in. */
  page: Page;
  /** What pages complained of: errors in scripts, refused content. */
  complaints: string[];
  /** A new page of somebody who is not signed in. */
  stranger: (options?: BrowserContextOptions) => Promise<Page>;
  /** A folder for the story's files. */
  folder: string;
  close: () => Promise<void>;
}

/** Starts Constat and makes the owner's account through the screen, as a person does. */
export async function openDesk(options: { example?: boolean; model?: ModelSettings } = {}): Promise<Desk> {
  await ensureBuilt();
  const running = await startServer({
    ...readSettings({ port: 0, data: await createEmbedded() }),
    logLevel: 'error',
    model: options.model ?? null,
  });
  const browser = await launchChromium();
  const folder = mkdtempSync(join(tmpdir(), 'constat-story-'));
  const complaints: string[] = [];
  const open = async (context?: BrowserContextOptions) => {
    const session = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      acceptDownloads: true,
      ...context,
    });
    const page = await session.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => complaints.push(`${error.message} (${page.url()})`));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text()))
        complaints.push(message.text());
    });
    return page;
  };
  const page = await open();
  await page.goto(running.setupLink!);
  await page.getByLabel('Name', { exact: true }).fill('an observer');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByRole('button', { name: 'Later' }).click();
  await page.getByRole('heading', { name: 'Dossiers' }).waitFor();
  if (options.example) {
    await page.getByRole('button', { name: 'Open the example dossier' }).first().click();
    await page.waitForURL('**/d/calais-example');
  }
  return {
    running,
    browser,
    page,
    complaints,
    stranger: open,
    folder,
    close: async () => {
      await browser.close();
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
      expect(complaints).toEqual([]);
    },
  };
}
