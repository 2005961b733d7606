/** A real Chromium for the tests and the screenshots: found on the machine or installed, driven by playwright-core. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { attempt, installDebianPackages, isExecutable, say, searchPath } from './packages.ts';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const macPrograms = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Works as root and in a container, and keeps the browser from calling anybody. */
const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a headless Chromium with a home of its own, so that neither the person's profile nor a missing HOME matters.
 * Whoever starts it closes it: `await browser.close()`.
 */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = obtainChromium();
  const home = mkdtempSync(join(tmpdir(), 'constat-chromium-'));
  const browser = await chromium.launch({
    executablePath,
    ...options,
    args: [...quiet, ...(options.args ?? [])],
    env: { ...definedEnvironment(), HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home },
  });
  browser.once('disconnected', () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  return browser;
}

/** The path of a Chromium: CONSTAT_CHROMIUM, the usual places, else installed now. Throws a sentence that says what to install. */
export function obtainChromium(): string {
  const named = process.env.CONSTAT_CHROMIUM;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`CONSTAT_CHROMIUM names ${named}, which is not a program that can be run.`);
  }
  const present = findChromium();
  if (present !== undefined) return present;
  const refusals = [installDebianPackages(['chromium'])];
  if (refusals[0] !== null) {
    say('Installing for the tests: playwright-core install chromium');
    const playwright = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
    refusals.push(attempt(process.execPath, [join(playwright, 'cli.js'), 'install', 'chromium']));
  }
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new Error(
    'The tests need Chromium. Install it (Debian: apt-get install chromium; macOS: brew install --cask chromium) or set ' +
      `CONSTAT_CHROMIUM to a Chromium or Chrome. Tried: ${refusals.filter((r) => r !== null).join('; ')}`,
  );
}

/** A Chromium or Chrome on PATH, in the usual places, or in Playwright's own cache. */
function findChromium(): string | undefined {
  const directories = new Set([
    ...searchPath(),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
    '/opt/google/chrome',
  ]);
  const places = [...directories].flatMap((directory) => programs.map((program) => join(directory, program)));
  return [...places, ...macPrograms, chromium.executablePath()].find(isExecutable);
}

/** The environment without its undefined entries, as playwright-core wants it. */
function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
