// A change of the house's key that is cut off anywhere loses nothing: what lies on the disk opens all that is in the database,
// and the next change ends what the first began.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateIdentity } from 'age-encryption';
import { expect, test } from 'vitest';
import { createTestStore, type DatabaseName, forEachDatabase } from '../../test/platform/embedded.ts';
import { runProgram } from '../../test/platform/process.ts';
import { OBSERVER, sampleDossier, samplePassage, sampleStatement } from '../../test/samples.ts';
import { examine } from './doctor.ts';
import { houseKeyPath, readIdentities } from './house-key.ts';
import { rotateGivenKey, rotateKeyFile } from './key-rotation.ts';
import { openSealed } from './openings.ts';
import { createRecord } from './records.ts';
import type { Store } from './store.ts';

const modules = {
  store: join(import.meta.dirname, 'store.ts'),
  rotation: join(import.meta.dirname, 'key-rotation.ts'),
  points: join(import.meta.dirname, 'fail-point.ts'),
};

/** Changes the key, and dies at a place. */
const rotating = (settings: object, path: string, point: string, pass: number) => `
  const open = await store.openStore(${JSON.stringify(settings)});
  points.armFailPoint('${point}', ${pass});
  await rotation.rotateKeyFile(open, '${OBSERVER}', ${JSON.stringify(path)});`;

async function sealedRecord(store: Store) {
  const { writer } = await sampleDossier(store);
  const content = sampleStatement({ content: 'what was sealed', sensitivity: 'sealed' });
  return { writer, record: await createRecord(store, writer, 'statement', content, [samplePassage()]) };
}

async function faultsOf(store: Store): Promise<string[]> {
  const codes: string[] = [];
  for await (const { code } of examine(store)) if (code.startsWith('seal')) codes.push(code);
  return codes;
}

async function survives(name: DatabaseName, point: string, pass: number) {
  const made = await createTestStore(name);
  const first = await made.open();
  const { writer, record } = await sealedRecord(first);
  await first.close();
  const path = houseKeyPath(made.settings.directory);
  const before = readFileSync(path, 'utf8');

  const { ended } = runProgram(modules, rotating(made.settings, path, point, pass));
  expect(await ended).toEqual([null, 'SIGKILL']);
  const second = await made.open();
  expect((await openSealed(second, writer, record.id, 'after the cut')).fields).toMatchObject({
    content: 'what was sealed',
  });
  expect(await faultsOf(second)).toEqual([]);
  // The next change ends it, and the old key is gone.
  await rotateKeyFile(second, OBSERVER, path);
  await second.close();
  expect(readIdentities(readFileSync(path, 'utf8'))).toHaveLength(1);
  expect(readFileSync(path, 'utf8')).not.toContain(readIdentities(before)[0]!);
  const third = await made.open();
  expect((await openSealed(third, writer, record.id, 'at last')).fields).toMatchObject({
    content: 'what was sealed',
  });
  expect(await faultsOf(third)).toEqual([]);
  await third.close();
}

const CUTS: [string, number][] = [
  ['before key file', 1],
  ['after key file', 1],
  ['before commit', 1],
  ['after commit', 1],
  ['before key file', 2],
  ['after key file', 2],
];
// The places around the commit are where the databases differ; those around the file are the same on both.
test.each(CUTS.slice(1, 4))('PGlite: cut off %s (pass %i)', (point, pass) => survives('PGlite', point, pass));
test.each(CUTS)('PostgreSQL: cut off %s (pass %i)', (point, pass) => survives('PostgreSQL', point, pass));

forEachDatabase((create) => {
  test('a process with the old key wraps nothing for it any more', async () => {
    const made = await create();
    const store = await made.open();
    await sealedRecord(store);
    const rotated = await rotateKeyFile(store, OBSERVER, houseKeyPath(made.settings.directory));
    expect(rotated).toMatchObject({ seals: 1, accounts: 0 });
    // Its key in memory is the old one.
    await expect(sealedRecord(store)).rejects.toMatchObject({ code: 'seal.key-changed' });
    await store.close();
    const again = await made.open();
    await sealedRecord(again);
    expect(await faultsOf(again)).toEqual([]);
  });

  test('a key that is given from outside is changed in two steps', async () => {
    const made = await create();
    const sealKey = await generateIdentity();
    const first = await made.open({ sealKey });
    const { writer, record } = await sealedRecord(first);
    const begun = await rotateGivenKey(first, OBSERVER, sealKey);
    expect(begun).toMatchObject({ step: 'give-both' });
    await first.close();
    const both = begun.identities.join(' ');
    const second = await made.open({ sealKey: both });
    const ended = await rotateGivenKey(second, OBSERVER, both);
    expect(ended).toMatchObject({ step: 'give-new', rotated: { seals: 1 } });
    await second.close();
    const third = await made.open({ sealKey: ended.identities[0]! });
    expect((await openSealed(third, writer, record.id, 'to check')).fields).toMatchObject({
      content: 'what was sealed',
    });
    await third.close();
    // Without the key the examination says so, and tells nothing of what is inside.
    const stranger = await made.open({ sealKey: await generateIdentity() });
    expect(await faultsOf(stranger)).toEqual(['seal.no-key']);
  });
});
