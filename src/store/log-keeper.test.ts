// The keeper of the log on both databases: right roots, consistent checkpoints, recovery, and refusal to sign.
import { randomUUID } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createEmbedded, forEachDatabase } from '../../test/platform/embedded.ts';
import { decodeBase64 } from '../log/bytes.ts';
import { openCheckpoint } from '../log/checkpoint.ts';
import { encodeLeaf } from '../log/entry.ts';
import { auditLog, followLog } from '../log/follow.ts';
import { parseVerifierKey } from '../log/note.ts';
import { verifyProof } from '../log/proof.ts';
import { hashLeaf, hashNode } from '../log/tree.ts';
import { openStore, type Store } from './store.ts';
import { SYSTEM_ACCOUNT } from './write.ts';

const writer = { account: SYSTEM_ACCOUNT, dossier: null };

/** Adds `count` entries in one change. */
const add = (store: Store, count: number): Promise<string[]> =>
  store.write(writer, 'dossier.export', async () => {
    const subjects = Array.from({ length: count }, () => randomUUID());
    return { entries: subjects.map((subject) => ({ subject, payload: { subject } })), result: subjects };
  });

const leavesOf = async (store: Store): Promise<Uint8Array[]> => {
  const rows = await store.read.selectFrom('entries').selectAll().orderBy('logIndex').execute();
  expect(rows.map((row) => row.logIndex)).toEqual(rows.map((_, at) => at));
  return rows.map((row) =>
    encodeLeaf({ headCommitment: row.headCommitment, payloadCommitment: row.commitment }),
  );
};

/** RFC 6962's definition, word for word: slow, and owing nothing to the code under test. */
const rootByDefinition = (hashes: Uint8Array[]): Uint8Array => {
  if (hashes.length === 1) return hashes[0]!;
  let half = 1;
  while (half * 2 < hashes.length) half *= 2;
  return hashNode(rootByDefinition(hashes.slice(0, half)), rootByDefinition(hashes.slice(half)));
};

const fetchFrom = (store: Store) => async (path: string) =>
  path === 'checkpoint'
    ? new TextEncoder().encode(await store.log.checkpoint())
    : ((await store.log.tile(path)) ?? undefined);

forEachDatabase((create, name) => {
  test('an empty log has a signed checkpoint', async () => {
    const store = await (await create()).open({ origin: 'example.org/log' });
    const key = parseVerifierKey(store.log.status().vkey);
    expect(openCheckpoint(await store.log.checkpoint(), key)).toMatchObject({
      ok: true,
      checkpoint: { origin: 'example.org/log', size: 0 },
    });
  });

  test('whatever is written in whatever batches: the root is the tree’s, and each checkpoint continues the last', async () => {
    const made = await create();
    let store = await made.open();
    const key = parseVerifierKey(store.log.status().vkey);
    let seen = await store.log.checkpoint();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 200, max: 400 })), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.boolean(),
        async (counts, reopen) => {
          await Promise.all(counts.map((count) => add(store, count)));
          await store.log.flush();
          if (reopen) {
            await store.close();
            store = await made.open();
          }
          const leaves = await leavesOf(store);
          const status = store.log.status();
          expect(status.size).toBe(leaves.length);
          expect(decodeBase64(status.root)).toEqual(rootByDefinition(leaves.map(hashLeaf)));
          const followed = await followLog(fetchFrom(store), key, seen);
          expect(followed).toMatchObject({ ok: true, change: 'grown' });
          seen = await store.log.checkpoint();
        },
      ),
      { numRuns: 4 },
    );
    const audit = await auditLog(fetchFrom(store), key);
    expect(audit.findings).toEqual([]);
    expect(audit.entries).toBe(store.log.status().size);
  });

  test('a proof shows its entry and no other, against the newest checkpoint', async () => {
    const store = await (await create()).open();
    await add(store, 600);
    await store.log.flush();
    const key = parseVerifierKey(store.log.status().vkey);
    const leaves = await leavesOf(store);
    const proofs = await store.log.proofs([0, 255, 256, 599]);
    expect(verifyProof(proofs[1]!, leaves[255]!, key)).toMatchObject({ ok: true, index: 255 });
    expect(verifyProof(proofs[3]!, leaves[599]!, key)).toMatchObject({ ok: true, index: 599 });
    expect(verifyProof(proofs[3]!, leaves[598]!, key)).toMatchObject({ ok: false, code: 'not-included' });
    expect(await store.log.proof(255)).toBe(proofs[1]);
    await expect(store.log.proof(600)).rejects.toMatchObject({ code: 'log.not-yet' });
  });

  test('signs by itself within a second or so, and says so', async () => {
    const store = await (await create()).open();
    await store.log.flush();
    const signed = new Promise<number>((resolve) => {
      store.log.onCheckpoint((status) => resolve(status.size));
    });
    await add(store, 3);
    expect(await signed).toBe(3);
  });

  test('refuses to sign over a checkpoint the database does not reach, and lets writers work', async () => {
    const made = await create();
    let store = await made.open();
    await add(store, 10);
    await store.close();
    store = await made.open();
    // As after restoring a database older than the log: its last entries are gone.
    await sql`delete from entries where log_index >= 8`.execute(store.read);
    await sql`update log_state set size = 8`.execute(store.read);
    await store.close();
    const published = readFileSync(join(made.settings.directory, 'log/checkpoint'), 'utf8');

    store = await made.open();
    expect(store.log.status().halted).toMatchObject({ code: 'log.inconsistent' });
    expect(store.log.status().halted?.message).toMatch(/10 entries were signed for, the database has 8/);
    expect(await add(store, 5)).toHaveLength(5);
    await expect(store.log.flush()).rejects.toMatchObject({ code: 'log.inconsistent' });
    expect(await store.log.checkpoint()).toBe(published);
  });

  test('refuses to sign for another history of the same length or more', async () => {
    const made = await create();
    let store = await made.open();
    await add(store, 300);
    await store.close();
    const published = readFileSync(join(made.settings.directory, 'log/checkpoint'), 'utf8');
    store = await made.open();
    await sql`update entries set commitment = sha256('other') where log_index = 100`.execute(store.read);
    await store.close();
    store = await made.open();
    await add(store, 1);
    await expect(store.log.flush()).rejects.toMatchObject({ code: 'log.inconsistent' });
    expect(store.log.status().halted?.message).toMatch(/another history/);
    expect(await store.log.checkpoint()).toBe(published);
  });

  test('refuses to sign without the folder its checkpoints are in', async () => {
    const made = await create();
    let store = await made.open();
    await add(store, 3);
    await store.close();
    rmSync(join(made.settings.directory, 'log'), { recursive: true });
    store = await made.open();
    expect(store.log.status().halted?.message).toMatch(/no checkpoint/);
    await expect(store.log.checkpoint()).rejects.toMatchObject({ code: 'log.inconsistent' });
  });

  test('puts back tiles that are missing', async () => {
    const made = await create();
    let store = await made.open();
    await add(store, 600);
    await store.close();
    for (const lost of ['tile/0/000', 'tile/entries/001', 'tile/1']) {
      rmSync(join(made.settings.directory, 'log', lost), { recursive: true });
    }
    rmSync(join(made.settings.directory, 'log/tile/1'), { recursive: true, force: true });
    store = await made.open();
    await store.log.flush();
    const audit = await auditLog(fetchFrom(store), parseVerifierKey(store.log.status().vkey));
    expect(audit.findings).toEqual([]);
  });

  test('serves partial tiles of the past, and nothing by a path that is no tile’s', async () => {
    const made = await create();
    const store = await made.open();
    await add(store, 100);
    await store.log.flush();
    const early = await store.log.tile('tile/0/000.p/100');
    await add(store, 200);
    await store.log.flush();
    // The partial file has been cleared; what it held is still served.
    expect(await store.log.tile('tile/0/000.p/100')).toEqual(early);
    expect(await store.log.tile('tile/entries/000.p/100')).not.toBeNull();
    expect(await store.log.tile('tile/0/001.p/45')).toBeNull();
    for (const path of ['tile/0/../../checkpoint', '../keys/log.key', 'checkpoint', 'tile/0/000.p/256', '']) {
      expect(await store.log.tile(path)).toBeNull();
    }
  });

  if (name === 'PostgreSQL') {
    test('of two processes on one database one signs at a time, and both see it', async () => {
      const made = await create();
      const [one, other] = [await made.open(), await made.open()];
      const key = parseVerifierKey(one.log.status().vkey);
      expect(other.log.status().vkey).toBe(one.log.status().vkey);
      let seen = await one.log.checkpoint();
      for (let round = 0; round < 8; round++) {
        await Promise.all([add(one, 30), add(other, 50), add(one, 1), add(other, 300)]);
        await Promise.all([one.log.flush(), other.log.flush()]);
        expect(await followLog(fetchFrom(one), key, seen)).toMatchObject({ ok: true, change: 'grown' });
        seen = await one.log.checkpoint();
        expect(await other.log.checkpoint()).toBe(seen);
      }
      const audit = await auditLog(fetchFrom(other), key);
      expect(audit).toMatchObject({ ok: true, entries: 8 * 381 });
    });
  }
});

test('a database put back from an older copy is not signed for', async () => {
  const directory = await createEmbedded();
  let store = await openStore({ directory });
  await add(store, 5);
  await store.close();
  const copy = `${directory}-copy`;
  cpSync(join(directory, 'database'), copy, { recursive: true });
  store = await openStore({ directory });
  await add(store, 5);
  await store.close();
  rmSync(join(directory, 'database'), { recursive: true });
  cpSync(copy, join(directory, 'database'), { recursive: true });
  rmSync(copy, { recursive: true });
  store = await openStore({ directory });
  try {
    await add(store, 20);
    await expect(store.log.flush()).rejects.toMatchObject({ code: 'log.inconsistent' });
  } finally {
    await store.close();
  }
});

test('a log that cannot be written tells the process', async () => {
  const directory = await createEmbedded();
  const store = await openStore({ directory });
  try {
    await store.log.flush();
    const told = new Promise((resolve) => store.onFatal(resolve));
    // A file where a folder has to be: what a failing disk looks like from here.
    writeFileSync(join(directory, 'log/tile'), '');
    await add(store, 1);
    expect(await told).toMatchObject({ code: 'internal' });
    expect(store.log.status().halted).toMatchObject({ code: 'internal' });
    await expect(store.log.flush()).rejects.toMatchObject({ code: 'internal' });
  } finally {
    await store.close();
  }
});
