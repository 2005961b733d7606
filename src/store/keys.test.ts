// The log's key: made once, kept to its owner, and never replaced.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { makeTemporaryDirectory } from '../../test/platform/embedded.ts';
import { parseSignerKey } from '../log/note.ts';
import { logKeyPath, makeLogKey, openLogKey, storeLogKey } from './keys.ts';

test('a key is made once and read by its owner alone', async () => {
  const directory = makeTemporaryDirectory();
  const key = await openLogKey(directory, 'example.org/log');
  const path = logKeyPath(directory);
  expect(key.origin).toBe('example.org/log');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  expect(parseSignerKey(readFileSync(path, 'utf8').trim()).publicKey).toEqual(key.signer.publicKey);
  // The log keeps its name, whatever the settings say later.
  expect(await openLogKey(directory, 'another.example/log')).toEqual(key);
});

test('without a name of its own a log gets one that no other has', async () => {
  const names = await Promise.all(
    [1, 2].map(async () => (await openLogKey(makeTemporaryDirectory())).origin),
  );
  expect(names[0]).toMatch(/^localhost\/log\/[0-9a-f]{12}$/);
  expect(names[0]).not.toBe(names[1]);
});

test('several that start at once have one key, and a stored one is not replaced', async () => {
  const directory = makeTemporaryDirectory();
  const keys = await Promise.all([1, 2, 3].map(() => openLogKey(directory)));
  expect(new Set(keys.map((key) => key.vkey)).size).toBe(1);
  await storeLogKey(directory, makeLogKey('other'));
  expect((await openLogKey(directory)).vkey).toBe(keys[0]!.vkey);
});

test('a damaged key is refused without showing it', async () => {
  const directory = makeTemporaryDirectory();
  await openLogKey(directory);
  const text = readFileSync(logKeyPath(directory), 'utf8').trim();
  writeFileSync(logKeyPath(directory), text.slice(0, -4));
  const refusal = await openLogKey(directory).catch((error: unknown) => String(error));
  expect(refusal).toMatch(/skey|base64/);
  expect(refusal).not.toContain(text.slice(-20, -8));
});
