// `constat export` and `constat verify` as a person or a script runs them: what they print, and their exit codes.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { createTestStore, makeTemporaryDirectory } from '../../test/platform/embedded.ts';
import { dossierToPublish, passageIn, SOURCE_TEXT } from '../../test/public-dossier.ts';
import { readSourceOf } from '../../test/read-source.ts';
import { sampleStatement } from '../../test/samples.ts';
import { publish } from '../store/publications.ts';
import { createRecord } from '../store/records.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const directory = makeTemporaryDirectory();
const bundle = join(directory, 'matter.zip');
let data: string;
let slug: string;
let vkey: string;

/** Runs the command in a directory where nothing of ours lies. */
function constat(...args: string[]) {
  const main = join(import.meta.dirname, 'main.ts');
  const tsx = import.meta.resolve('tsx');
  const { DATABASE_URL: _, ...env } = process.env;
  const run = spawnSync(process.execPath, ['--import', tsx, main, ...args], {
    cwd: directory,
    env,
    encoding: 'utf8',
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

beforeAll(async () => {
  const created = await createTestStore('PGlite');
  data = created.settings.directory;
  const store = await created.open();
  // Somebody's title may hold what would steer a terminal.
  const { dossier, writer } = await dossierToPublish(store, 'A matter \u001b[2J of words');
  const source = await readSourceOf(store, writer, SOURCE_TEXT);
  const passage = passageIn(source, 'the site was empty');
  await createRecord(store, writer, 'statement', sampleStatement(), [passage]);
  await publish(store, writer, { note: null });
  slug = dossier.slug;
  vkey = store.log.status().vkey;
  await store.close();
});

test('export writes a bundle, and verify finds it whole', () => {
  const written = constat('export', '--dossier', slug, '--out', 'matter.zip', '--data', data, '--json');
  expect(written.code).toBe(0);
  expect(JSON.parse(written.out)).toMatchObject({
    path: 'matter.zip',
    publication: 1,
    bytes: statSync(bundle).size,
    vkey,
  });

  const checked = constat('verify', 'matter.zip', '--key', vkey, '--json');
  expect(checked.code).toBe(0);
  expect(JSON.parse(checked.out)).toMatchObject({
    ok: true,
    summary: { records: 1, passagesChecked: 1, keyIsGiven: true },
  });

  const said = constat('verify', 'matter.zip');
  expect(said.code).toBe(0);
  expect(said.out).toContain('matter.zip: Everything in this bundle is as it was published.');
  expect(said.out).toContain('Compare it with the one the publisher gives elsewhere');
  expect(said.out).toContain('A matter \ufffd[2J of words');
  expect(said.out).not.toContain('\u001b');
});

test('export says what to do when it cannot', () => {
  const again = constat('export', '--dossier', slug, '--out', 'matter.zip', '--data', data);
  expect(again).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('add --force to replace it'),
  });
  const forced = constat('export', '--dossier', slug, '--out', 'matter.zip', '--data', data, '--force');
  expect(forced).toMatchObject({ code: 0, out: expect.stringContaining('1 statements') });
  const missing = constat('export', '--dossier', 'no-such', '--out', 'other.zip', '--data', data);
  expect(missing).toMatchObject({ code: 3, err: expect.stringContaining('There is no such publication') });
  const nonsense = constat('export', '--dossier', slug, '--out', 'other.zip', '--publication', 'last');
  expect(nonsense).toMatchObject({ code: 2, err: expect.stringContaining('from 1 on') });
  expect(constat('export', '--dossier', slug).code).toBe(2);
});

test('verify tells a finding, a wrong use and a file it refuses apart', () => {
  const bytes = readFileSync(bundle);
  const changed = Buffer.from(bytes);
  changed[changed.indexOf('the site was empty')]! ^= 1;
  writeFileSync(join(directory, 'changed.zip'), changed);
  const found = constat('verify', 'changed.zip');
  expect(found).toMatchObject({
    code: 1,
    out: expect.stringContaining('This bundle is not as it was published.'),
  });
  expect(found.out).toContain('This file is not the one that was listed');

  const key = constat('verify', 'matter.zip', '--key', 'no key');
  expect(key).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Copy the whole line') });

  writeFileSync(join(directory, 'cut.zip'), bytes);
  truncateSync(join(directory, 'cut.zip'), bytes.length - 1);
  const cut = constat('verify', 'cut.zip', '--json');
  expect(cut).toMatchObject({
    code: 3,
    err: expect.stringContaining('This is not a complete Constat bundle: It was cut short'),
  });
  expect(JSON.parse(cut.out)).toMatchObject({ refused: true, findings: [{ code: 'bundle.not-a-bundle' }] });
  expect(constat('verify', 'nothing.zip')).toMatchObject({
    code: 3,
    err: expect.stringContaining('There is no file'),
  });
});
