// Builds dist/ when it is missing or older than the sources: the desk for the browser, the program for Node.
// Plain JavaScript, because it runs before anything is built.
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const STAMP = join(ROOT, 'dist', '.built');
const LOCK = join(ROOT, 'node_modules', '.constat-build');
const SOURCES = ['src', 'locales', 'package.json', 'vite.config.ts', 'vite.node.config.ts'];

/** The time of the newest change below a path, in milliseconds. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let time = stat.mtimeMs;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (!entry.name.includes('.test.')) time = Math.max(time, newest(join(path, entry.name)));
  }
  return time;
}

function isFresh() {
  try {
    const built = statSync(STAMP).mtimeMs;
    return SOURCES.every((path) => newest(join(ROOT, path)) <= built);
  } catch {
    return false;
  }
}

/** Builds unless what is built is newer than every source. Two at once: the second waits for the first. */
export async function ensureBuilt() {
  if (isFresh()) return;
  // An installation without sources has nothing to build from.
  if (!exists(join(ROOT, 'src')) || !exists(join(ROOT, 'node_modules', 'vite'))) return;
  const release = await takeTurn();
  try {
    if (isFresh()) return;
    process.stderr.write('Building Constat (once, some seconds) …\n');
    const started = new Date();
    const { build } = await import('vite');
    for (const configFile of ['vite.node.config.ts', 'vite.config.ts']) {
      await build({ configFile: join(ROOT, configFile), logLevel: 'warn' });
    }
    writeFileSync(STAMP, '');
    // As of the start: what is changed while this builds counts as newer.
    utimesSync(STAMP, started, started);
  } finally {
    release();
  }
}

function exists(path) {
  try {
    statSync(path);
    return true;
  } catch {
    return false;
  }
}

async function takeTurn() {
  const patience = Date.now() + 120_000;
  for (;;) {
    try {
      mkdirSync(LOCK);
      return () => rmSync(LOCK, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      // A build takes seconds; a lock of two minutes was left behind by one that was killed.
      const age = Date.now() - statSync(LOCK).mtimeMs;
      if (age > 120_000 || Date.now() > patience) rmSync(LOCK, { recursive: true, force: true });
      else await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureBuilt();
