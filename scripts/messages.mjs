// Writes messages into locales/: `node scripts/messages.mjs set FILE.json`, FILE being { locale: { key: text or null } }.
// A lock file lets several people write at once; keys are kept sorted, so that changes merge. null removes a key.
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const folder = join(import.meta.dirname, '..', 'locales');
const lock = join(folder, '.lock');

/** Takes the lock, waiting up to ten seconds for another writer. */
async function takeLock() {
  for (let tries = 0; ; tries++) {
    try {
      closeSync(openSync(lock, 'wx'));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST' || tries === 100) throw error;
      await pause(100);
    }
  }
}

/** Merges keys into one locale's file. */
function merge(locale, texts) {
  const path = join(folder, `${locale}.json`);
  const before = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const after = Object.entries({ ...before, ...texts })
    .filter(([, text]) => text !== null)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(after), null, 2)}\n`);
}

const [, , verb, file] = process.argv;
if (verb !== 'set' || !file) {
  process.stderr.write(
    'Use: node scripts/messages.mjs set FILE.json   (FILE: { "en": { "desk.x": "…" }, "fr": … })\n',
  );
  process.exit(2);
}
const given = JSON.parse(readFileSync(file, 'utf8'));
await takeLock();
try {
  for (const [locale, texts] of Object.entries(given)) merge(locale, texts);
} finally {
  rmSync(lock);
}
