/**
 * Damaged files: a thousand stored files are changed by a bit, cut, filled with zeros, exchanged for one another or
 * removed. The fixity check has to name each and no other, none may be handed out as if nothing were, and sending the
 * files again has to mend them all.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFixity, registerBlob } from '../../src/store/blobs.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { SYSTEM_ACCOUNT } from '../../src/store/write.ts';
import type { Campaign, Outcome } from './outcome.ts';
import { startDatabase } from './outcome.ts';

/** Files to damage, and files that stay whole and must not be named. */
const FILES = { long: 1000, short: 100 };
const WHOLE = { long: 200, short: 20 };
const DAMAGES = ['bit', 'cut', 'zeros', 'exchanged', 'removed'] as const;

/** Damages files of one store and has them looked for. */
export async function damageBlobs({ engine, folder, random, say, short }: Campaign): Promise<Outcome> {
  const [files, whole] = [FILES, WHOLE].map((count) => (short ? count.short : count.long)) as [
    number,
    number,
  ];
  const database = await startDatabase(engine);
  const directory = join(folder, 'data');
  const store = await openStore({ directory, databaseUrl: await database.create() });
  const failures: string[] = [];
  const found = Object.fromEntries(DAMAGES.map((damage) => [damage, 0])) as Record<string, number>;
  let served = 0;
  try {
    const contents = Array.from({ length: files + whole }, () =>
      randomBytes(1 + Math.floor(random() * 200_000)),
    );
    const hashes = await storeAll(store, contents);
    say(`${contents.length} files stored`);
    const damaged = new Map<string, (typeof DAMAGES)[number]>();
    for (let at = 0; at < files; at += 2) {
      const damage = DAMAGES[(at / 2) % DAMAGES.length]!;
      for (const hash of damagePair(directory, [hashes[at]!, hashes[at + 1]!], damage, random))
        damaged.set(hash, damage);
    }
    const faults = await checkFixity(store);
    for (const { sha256, fault } of faults) {
      const damage = damaged.get(sha256);
      if (damage === undefined) failures.push(`${sha256} is whole, and was named`);
      else if ((fault === 'missing') !== (damage === 'removed'))
        failures.push(`${sha256}: ${damage}, called ${fault}`);
      else found[damage]!++;
    }
    if (faults.length !== damaged.size)
      failures.push(`${damaged.size - faults.length} damaged files were not named`);
    for (const [hash, damage] of damaged) {
      for (const way of [() => store.blobs.read(hash), () => store.blobs.stream(hash).toArray()]) {
        const outcome = await way().then(
          () => 'served',
          () => 'refused',
        );
        if (outcome === 'refused') continue;
        served++;
        failures.push(`${hash}: ${damage}, and served`);
      }
    }
    await storeAll(store, contents);
    const left = await checkFixity(store);
    if (left.length > 0) failures.push(`${left.length} files are damaged after they were sent again`);
    return {
      member: 'damaged files',
      engine,
      faults: damaged.size,
      failures,
      notRun: null,
      counts: {
        ...mapKeys(found, (damage) => `found: ${damage}`),
        'served though damaged': served,
        'left whole, and not named': whole,
      },
    };
  } finally {
    await store.close();
    await database.stop();
  }
}

const mapKeys = (counts: Record<string, number>, name: (key: string) => string) =>
  Object.fromEntries(Object.entries(counts).map(([key, count]) => [name(key), count]));

async function storeAll(store: Store, contents: Buffer[]): Promise<string[]> {
  const blobs: Awaited<ReturnType<Store['blobs']['putBytes']>>[] = [];
  for (const bytes of contents) blobs.push(await store.blobs.putBytes(bytes));
  await store.write({ account: SYSTEM_ACCOUNT, dossier: null }, 'source.add', async (tx, stamp) => {
    for (const blob of blobs) await registerBlob(tx, blob, stamp.at);
    return { entries: [{ subject: stamp.newId(), payload: { files: blobs.length } }], result: null };
  });
  return blobs.map(({ sha256 }) => sha256);
}

/** Damages two files; returns the hashes of those that are damaged. */
function damagePair(
  directory: string,
  hashes: [string, string],
  damage: (typeof DAMAGES)[number],
  random: () => number,
): string[] {
  const [one, two] = hashes.map((hash) =>
    join(directory, 'blobs', hash.slice(0, 2), hash.slice(2, 4), hash),
  ) as [string, string];
  if (damage === 'exchanged') {
    renameSync(one, `${one}.aside`);
    renameSync(two, one);
    renameSync(`${one}.aside`, two);
    return hashes;
  }
  for (const path of [one, two]) {
    const bytes = readFileSync(path);
    const at = Math.floor(random() * bytes.length);
    if (damage === 'removed') rmSync(path);
    else if (damage === 'cut') truncateSync(path, at);
    else {
      if (damage === 'bit') bytes[at]! ^= 1 << Math.floor(random() * 8);
      else bytes.fill(0, at, Math.min(bytes.length, at + 4096));
      writeFileSync(path, bytes);
    }
  }
  return hashes;
}
