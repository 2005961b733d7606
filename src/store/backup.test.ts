// Backup and restore: from either database into the other, every table the same; and a damaged backup changes nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { createTestStore, makeTemporaryDirectory } from '../../test/platform/embedded.ts';
import { createDatabase } from '../../test/platform/postgres.ts';
import { auditLog } from '../log/follow.ts';
import { parseVerifierKey } from '../log/note.ts';
import { pin } from '../record/passage.ts';
import { backup, tablesInOrder } from './backup.ts';
import { makeBackupKey, openBackup } from './backup-lock.ts';
import { registerBlob } from './blobs.ts';
import { createDossier } from './dossiers.ts';
import { logKeyPath } from './keys.ts';
import { createRecord } from './records.ts';
import { checkBackup, restore } from './restore.ts';
import { openStore, type Store } from './store.ts';
import { newId, SYSTEM_ACCOUNT } from './write.ts';

const TEXT =
  'About 500 people were present, the prefecture said. Volunteers counted 1,500 – “or more”. 🏕️ \u0007';

/** A dossier with files and records of every awkward value: quotes, newlines, emoji, very large and small numbers. */
const fillStore = async (store: Store): Promise<void> => {
  const dossier = await createDossier(store, SYSTEM_ACCOUNT, {
    title: 'A “matter”\nin two lines \\ with \t tabs',
    slug: 'matter',
    summary: null,
    language: 'en',
    publishedBy: null,
  });
  const blob = await store.blobs.putBytes(Buffer.from(TEXT));
  const large = await store.blobs.putBytes(Buffer.alloc(3_000_000, 'x'));
  const writer = { account: SYSTEM_ACCOUNT, dossier: dossier.id };
  await store.write(writer, 'source.add', async (tx, stamp) => {
    await registerBlob(tx, blob, stamp.at);
    await registerBlob(tx, large, stamp.at);
    return { entries: [{ subject: dossier.id, payload: { sha256: blob.sha256 } }], result: null };
  });
  const passage = pin(TEXT, { start: 0, end: 29 }, { source: dossier.id, rendition: blob.sha256 });
  for (const value of [500, 0.1, 1e21, -0.000_000_123, Number.MAX_SAFE_INTEGER]) {
    await createRecord(
      store,
      writer,
      'figure',
      {
        counted: 'people\u2028present',
        measure: null,
        unit: null,
        modality: 'reported',
        bound: 'about',
        value,
        low: null,
        high: null,
        equivalents: [{ value: 0.1, unit: 'GBP' }],
        baseline: null,
        place: null,
        period: '2017-07~',
        accordingTo: { actor: null, name: 'the prefecture', role: null },
        reportedBy: null,
        method: null,
        language: 'en',
        note: null,
        tags: ['a', '“b”'],
        sensitivity: 'team',
      },
      [passage],
    );
  }
  await store.log.flush();
};

/** Every row of every table, as the database itself writes it. */
const contentOf = async (store: Store): Promise<Record<string, string[]>> => {
  const tables: Record<string, string[]> = {};
  for (const name of await tablesInOrder(store.read)) {
    const { rows } = await sql<{ line: string }>`
      select row_to_json(t)::text as line from ${sql.table(name)} t order by 1`.execute(store.read);
    tables[name] = rows.map((row) => row.line);
  }
  return tables;
};

test('a backup of either database restores into the other, and every table is the same', async () => {
  const origin = await (await createTestStore('PGlite')).open({ origin: 'example.org/log' });
  await fillStore(origin);
  const before = await contentOf(origin);
  const directory = makeTemporaryDirectory();
  const file = join(directory, 'one.tar');
  const { identity, recipient } = await makeBackupKey();
  const made = await backup(origin, file, { recipients: [recipient] });
  expect(made).toMatchObject({ blobs: 2, faults: [] });
  for (const inTheClear of ['PRIVATE+KEY', 'manifest', 'prefecture', 'xxxxxxxx']) {
    expect(readFileSync(file).includes(inTheClear)).toBe(false);
  }

  const postgres = { directory: join(directory, 'postgres'), databaseUrl: await createDatabase() };
  const keys = { identities: [identity] };
  const restored = await restore(file, { ...postgres, origin: 'example.org/log' }, { keys });
  expect(restored.origin).toMatch(/^example\.org\/log\/[0-9a-f]{12}$/);
  let second = await openStore({ ...postgres, origin: 'example.org/log' });
  await second.log.flush();
  const { size, origin: name, vkey } = second.log.status();
  expect({ size, name }).toEqual({ size: origin.log.status().size + 1, name: restored.origin });
  const fetch = async (path: string) =>
    path === 'checkpoint'
      ? Buffer.from(await second.log.checkpoint())
      : ((await second.log.tile(path)) ?? undefined);
  expect(await auditLog(fetch, parseVerifierKey(vkey))).toMatchObject({ ok: true, entries: size });
  // The restore is an entry of its own; all else is as it was.
  const entry = await second.read
    .selectFrom('entries')
    .selectAll()
    .where('action', '=', 'instance.restore')
    .executeTakeFirstOrThrow();
  expect(JSON.parse(entry.payload!)).toMatchObject({
    origin: 'example.org/log',
    checkpoint: await origin.log.checkpoint(),
  });
  const [was, is] = [before, await contentOf(second)];
  expect(is.entries).toHaveLength(was.entries!.length + 1);
  expect(is.entries!.filter((line) => !line.includes('instance.restore'))).toEqual(was.entries);
  expect({ ...is, entries: [], log_state: [] }).toEqual({ ...was, entries: [], log_state: [] });
  for await (const { sha256 } of origin.blobs.list()) expect(await second.blobs.check(sha256)).toBe('ok');

  const back = join(directory, 'two.tar');
  const between = await contentOf(second);
  await backup(second, back, { passphrase: 'a long and sufficient passphrase' });
  await second.close();
  const embedded = { directory: join(directory, 'embedded') };
  await restore(back, embedded, { keys: { passphrase: 'a long and sufficient passphrase' } });
  second = await openStore(embedded);
  try {
    const now = await contentOf(second);
    expect({ ...now, entries: [], log_state: [] }).toEqual({ ...between, entries: [], log_state: [] });
    expect(now.entries!.filter((line) => between.entries!.includes(line))).toHaveLength(
      between.entries!.length,
    );
    // It goes on: new rows get new positions.
    await createDossier(second, SYSTEM_ACCOUNT, {
      title: 'Another',
      slug: 'another',
      summary: null,
      language: 'fr',
      publishedBy: null,
    });
    await second.log.flush();
  } finally {
    await second.close();
  }
});

test.each(['PGlite', 'PostgreSQL'] as const)(
  '%s: a log can be continued by its key and its last checkpoint, and not past what the backup knows',
  async (name) => {
    const made = await createTestStore(name);
    const store = await made.open();
    await fillStore(store);
    const directory = makeTemporaryDirectory();
    const file = join(directory, 'backup.tar');
    await backup(store, file, { unencrypted: true });
    const last = await store.log.checkpoint();
    const key = readFileSync(logKeyPath(made.settings.directory), 'utf8');
    const { vkey, size } = store.log.status();
    await createDossier(store, SYSTEM_ACCOUNT, {
      title: 'Later',
      slug: 'later',
      summary: null,
      language: 'en',
      publishedBy: null,
    });
    await store.log.flush();
    const later = await store.log.checkpoint();

    const target = {
      directory: join(directory, 'restored'),
      databaseUrl: name === 'PostgreSQL' ? await createDatabase() : undefined,
    };
    await expect(restore(file, target, { continueLog: { key, checkpoint: later } })).rejects.toMatchObject({
      code: 'log.inconsistent',
    });
    expect(existsSync(target.directory)).toBe(false);
    await restore(file, target, { continueLog: { key, checkpoint: last } });
    const restored = await openStore(target);
    try {
      await restored.log.flush();
      expect(restored.log.status()).toMatchObject({ vkey, size: size + 1, halted: null });
    } finally {
      await restored.close();
    }
  },
);

test('a backup changed anywhere, or cut short, is refused and changes nothing', async () => {
  const store = await (await createTestStore('PostgreSQL')).open();
  await fillStore(store);
  const directory = makeTemporaryDirectory();
  const file = join(directory, 'backup.tar');
  await backup(store, file, { unencrypted: true });
  const whole = readFileSync(file);
  const target = { directory: join(directory, 'restored'), databaseUrl: await createDatabase() };
  const damagedFile = join(directory, 'damaged.tar');

  const refused = async (bytes: Buffer) => {
    writeFileSync(damagedFile, bytes);
    await expect(checkBackup(damagedFile)).rejects.toMatchObject({ code: 'backup.damaged' });
  };
  await refused(whole.subarray(0, whole.length / 2));
  await refused(whole.subarray(0, 1000));
  await refused(Buffer.alloc(0));
  await refused(Buffer.from('this is no backup'));
  for (let at = 700; at < whole.length; at += Math.floor(whole.length / 40)) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 1;
    // The zeros between a member's end and the next block belong to nobody.
    if (isPadding(whole, at)) continue;
    await refused(changed);
  }
  // A manifest that its hash vouches for, and that is no JSON.
  const tar = pack();
  tar.entry({ name: 'manifest.json' }, 'not [JSON');
  tar.entry({ name: 'manifest.json.sha256' }, createHash('sha256').update('not [JSON').digest('hex'));
  tar.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of tar) pieces.push(piece as Buffer);
  await refused(Buffer.concat(pieces));
  await expect(restore(damagedFile, target)).rejects.toMatchObject({ code: 'backup.damaged' });
  await expect(restore(join(directory, 'none.tar'), target)).rejects.toMatchObject({ code: 'file.missing' });
  expect(existsSync(target.directory)).toBe(false);

  // Undamaged, but what it holds contradicts its own checkpoint: found while loading, and taken back.
  await sql`update entries set commitment = ${createHash('sha256').digest()} where log_index = 1`.execute(
    store.read,
  );
  await backup(store, file, { unencrypted: true });
  await expect(restore(file, target)).rejects.toMatchObject({ code: 'backup.damaged' });
  expect(existsSync(target.directory)).toBe(false);
  writeFileSync(file, whole);
  await restore(file, target);
  expect(readdirSync(target.directory).sort()).toEqual(['blobs', 'keys', 'log']);
  await expect(restore(file, target)).rejects.toMatchObject({ code: 'store.not-empty' });
  rmSync(target.directory, { recursive: true });
  await expect(restore(file, target)).rejects.toMatchObject({ code: 'store.not-empty' });
});

test('an encrypted backup opens for its keys alone, and a changed or cut one changes nothing', async () => {
  const store = await (await createTestStore('PostgreSQL')).open();
  await fillStore(store);
  const directory = makeTemporaryDirectory();
  const file = join(directory, 'backup.age');
  const [one, two, other] = [await makeBackupKey(), await makeBackupKey(), await makeBackupKey()];
  await backup(store, file, { recipients: [one.recipient, two.recipient] });
  const target = { directory: join(directory, 'restored'), databaseUrl: await createDatabase() };
  const code = (changed: string, identities: string[]) =>
    restore(changed, target, { keys: { identities } }).catch((error) => error.code);
  expect(await code(file, [])).toBe('backup.encrypted');
  expect(await code(file, [other.identity])).toBe('backup.key');
  expect(await code(file, ['AGE-SECRET-KEY-1NONSENSE'])).toBe('backup.key');
  expect(await restore(file, target, { keys: { passphrase: 'guessed' } }).catch((e) => e.code)).toBe(
    'backup.key',
  );

  const whole = readFileSync(file);
  const damagedFile = join(directory, 'damaged.age');
  const cuts = [1000, 65_536, whole.length - 65_552, whole.length - 1];
  const flips = Array.from({ length: 30 }, (_, at) => 30 + Math.floor((at * (whole.length - 31)) / 30));
  for (const bytes of [
    ...cuts.map((length) => whole.subarray(0, length)),
    ...flips.map((at) =>
      Buffer.concat([whole.subarray(0, at), Buffer.of(whole[at]! ^ 1), whole.subarray(at + 1)]),
    ),
    Buffer.concat([whole, Buffer.of(0)]),
  ]) {
    writeFileSync(damagedFile, bytes);
    expect(await code(damagedFile, [one.identity])).toMatch(/^backup\.(damaged|key)$/);
  }
  expect(existsSync(target.directory)).toBe(false);
  // Either key opens it, and an unfitting one beside it does no harm.
  for (const { identity } of [one, two]) {
    await checkBackup(file, { identities: [other.identity, identity] });
  }
  await restore(file, target, { keys: { identities: [two.identity] } });

  // Refused before anything is written.
  const refused = (protection: Parameters<typeof backup>[2]) =>
    backup(store, join(directory, 'never'), protection).catch((error) => error.code);
  expect(await refused({ recipients: [] })).toBe('backup.unprotected');
  expect(await refused({ passphrase: '' })).toBe('backup.unprotected');
  expect(await refused({ recipients: [one.identity] })).toBe('backup.recipient');
  expect(readdirSync(directory).filter((name) => name.startsWith('never'))).toEqual([]);
});

/** A file that the age program (1.1.1) made for this key, which is nobody's. */
const MADE_BY_AGE = {
  identity: 'AGE-SECRET-KEY-19GRC3S83RTQR3XESX9U8QP5W6X6Y2ELY44Q3S4MLD7YXYKKEPA9S3Q5UU8',
  file:
    'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBOaW9Qdi9QdUtFQVhjRFIvUlF6aWVlV25Vdno3UWNyVGVOU2pPdERFV0dFCjJUTFQ5' +
    'WXR0RzI2b0tGN2JwV05wR2dQVVEvWnJ2VU0vUWxpTHRpWXVNdEkKLS0tIFgraGNXblcxbDRvZmU3dHNsS0RUcTljeUhhb1pGbnRYSGNYTzh0' +
    'T1dMa0kKkGqcD7NDPdosvFgahEByWeWWCUDUljR7RpqZP9ECnCiCcoo0rh9lshO3v5tsxgVT8OYk787N7TtSZzCf',
};

test('a file that the age program has made is opened, and where it is installed it opens ours', async () => {
  const directory = makeTemporaryDirectory();
  const [file, key, plain, again] = ['b.age', 'key', 'plain.tar', 'again.age'].map((n) => join(directory, n));
  writeFileSync(file!, Buffer.from(MADE_BY_AGE.file, 'base64'));
  const opened = await openBackup(file!, { identities: [MADE_BY_AGE.identity] });
  expect((await (await opened.read()).toArray()).join('')).toBe('What the age program closed.');

  if (spawnSync('age', ['--version']).status !== 0) return;
  const store = await (await createTestStore('PostgreSQL')).open();
  await fillStore(store);
  const { identity, recipient } = await makeBackupKey();
  writeFileSync(key!, `# a key\n${identity}\n`);
  await backup(store, file!, { recipients: [recipient] });
  execFileSync('age', ['--decrypt', '-i', key!, '-o', plain!, file!]);
  const manifest = await checkBackup(plain!);
  execFileSync('age', ['--encrypt', '-r', recipient, '-o', again!, plain!]);
  expect(await checkBackup(again!, { identities: [identity] })).toEqual(manifest);
});

test('neither what signs in nor a key is in a backup, whatever is in the database', async () => {
  const made = await createTestStore('PostgreSQL');
  const store = await made.open();
  await fillStore(store);
  const secrets = ['session', 'challenge', 'guess', 'invitation', 'letter'].map((name) => `secret-${name}`);
  const now = new Date().toISOString();
  const id = () => newId();
  await store.read.transaction().execute(async (tx) => {
    await sql`select set_config('constat.batch', 'test', true)`.execute(tx);
    const account = id();
    await sql`insert into accounts (id, name, role, created_at) values (${account}, 'an observer', 'member', ${now})`.execute(
      tx,
    );
    await sql`insert into sessions (token_hash, account, created_at, seen_at, expires_at, id, method, confirmed_at)
      values (${secrets[0]}, ${account}, ${now}, ${now}, ${now}, ${id()}, 'password', ${now})`.execute(tx);
    await sql`insert into challenges values (${id()}, ${secrets[1]}, 'sign-in', null, ${now})`.execute(tx);
    await sql`insert into guesses values (${secrets[2]}, 1, ${now})`.execute(tx);
    await sql`insert into invitations (id, token_hash, opens, created_at, created_by, expires_at)
      values (${id()}, ${secrets[3]}, false, ${now}, ${account}, ${now})`.execute(tx);
    await sql`insert into outbox (id, at, recipient, subject, body, state)
      values (${id()}, ${now}, 'somebody', 'a letter', ${secrets[4]}, 'waiting')`.execute(tx);
  });
  const directory = makeTemporaryDirectory();
  const file = join(directory, 'backup.tar');
  await backup(store, file, { unencrypted: true });
  const bytes = readFileSync(file);
  expect(bytes.includes('an observer')).toBe(true);
  const keys = readdirSync(join(made.settings.directory, 'keys')).map((name) =>
    readFileSync(join(made.settings.directory, 'keys', name), 'utf8')
      .split('\n')
      .filter((line) => /KEY/.test(line)),
  );
  for (const secret of [...secrets, ...keys.flat()])
    expect([secret, bytes.includes(secret)]).toEqual([secret, false]);
});

test('a folder in which a restore was broken off is not opened', async () => {
  const directory = makeTemporaryDirectory();
  mkdirSync(join(directory, '.restoring'));
  await expect(openStore({ directory })).rejects.toThrow(/was broken off/);
});

test('an original that is damaged is left out of a backup, and named', async () => {
  const made = await createTestStore('PostgreSQL');
  const store = await made.open();
  await fillStore(store);
  const { sha256 } = await store.blobs.putBytes(Buffer.from(TEXT));
  writeFileSync(join(made.settings.directory, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'x');
  const directory = makeTemporaryDirectory();
  const file = join(directory, 'backup.tar');
  const faults = [{ sha256, fault: 'altered' }];
  expect(await backup(store, file, { unencrypted: true })).toMatchObject({ blobs: 1, faults });
  const target = { directory: join(directory, 'restored'), databaseUrl: await createDatabase() };
  expect(await restore(file, target)).toMatchObject({ faults });
});

/** Whether the byte at `at` lies in the zeros that fill a tar member's last block. */
function isPadding(tar: Buffer, at: number): boolean {
  for (let header = 0; header + 512 <= tar.length; ) {
    const size = Number.parseInt(tar.toString('latin1', header + 124, header + 135), 8) || 0;
    const end = header + 512 + size;
    const next = header + 512 + Math.ceil(size / 512) * 512;
    if (at < next) return at >= end || tar[header] === 0;
    header = next;
  }
  return true;
}
