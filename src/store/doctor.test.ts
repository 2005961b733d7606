// The examination finds nothing in a sound store, and each fault that is planted.
import { readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { forEachDatabase, type TestStore } from '../../test/platform/embedded.ts';
import { pin } from '../record/passage.ts';
import { registerBlob } from './blobs.ts';
import { type ExaminationOptions, examine } from './doctor.ts';
import { createDossier } from './dossiers.ts';
import { createRecord, editRecord } from './records.ts';
import type { Store } from './store.ts';
import { insertValues } from './values.ts';
import { SYSTEM_ACCOUNT } from './write.ts';

const TEXT = 'The prefecture said that about 500 people were present. Volunteers counted 1,500.';

interface Made {
  made: TestStore;
  store: Store;
  statement: string;
  text: string;
}

const makeStore = async (create: () => Promise<TestStore>): Promise<Made> => {
  const made = await create();
  const store = await made.open();
  const dossier = await createDossier(store, SYSTEM_ACCOUNT, {
    title: 'A matter',
    slug: 'matter',
    summary: null,
    language: 'en',
    publishedBy: null,
  });
  const writer = { account: SYSTEM_ACCOUNT, dossier: dossier.id };
  const blob = await store.blobs.putBytes(Buffer.from(TEXT));
  const source = await store.write(writer, 'source.add', async (tx, stamp) => {
    await registerBlob(tx, blob, stamp.at);
    const id = stamp.newId();
    const rendition = {
      id: stamp.newId(),
      dossier: dossier.id,
      source: id,
      kind: 'text' as const,
      parent: blob.sha256,
      sha256: blob.sha256,
      bytes: blob.bytes,
      mediaType: 'text/plain',
      tool: 'none',
      toolVersion: '1',
      createdAt: stamp.at,
    };
    await insertValues(tx, 'rendition', [rendition]);
    return { entries: [{ subject: id, payload: { before: null, after: { id } } }], result: id };
  });
  const statement = await createRecord(
    store,
    writer,
    'statement',
    {
      content: 'about 500 people were present',
      mode: 'indirect',
      act: 'says',
      speaker: { actor: null, name: 'The prefecture', role: null },
      reporter: null,
      addressee: null,
      venue: null,
      saidOn: '2017-07',
      topics: ['numbers'],
      language: 'en',
      note: null,
      tags: [],
      sensitivity: 'team',
    },
    [pin(TEXT, { start: 25, end: 54 }, { source, rendition: blob.sha256 })],
  );
  await editRecord(store, writer, 'statement', statement, { note: 'as printed' });
  await store.log.flush();
  return { made, store, statement: statement.id, text: blob.sha256 };
};

const codesOf = async (store: Store, options?: ExaminationOptions): Promise<string[]> => {
  const codes: string[] = [];
  for await (const { code, subject } of examine(store, options)) codes.push(`${code} ${subject}`);
  return codes;
};

/** Writes past the log, as somebody with the database's password could. */
const tamper = (store: Store, statement: ReturnType<typeof sql>) =>
  store.read.transaction().execute(async (tx) => {
    await sql`select set_config('constat.batch', 'tampering', true)`.execute(tx);
    await statement.execute(tx);
  });

forEachDatabase((create) => {
  test('a sound store has no findings, and each planted fault is found', async () => {
    const { made, store, statement, text } = await makeStore(create);
    const { directory } = made.settings;
    const file = join(directory, 'blobs', text.slice(0, 2), text.slice(2, 4), text);
    const { origin } = store.log.status();
    expect(await codesOf(store)).toEqual([]);

    // An original altered, then gone.
    writeFileSync(file, TEXT.replace('500', '900'));
    expect(await codesOf(store)).toEqual([`blob.altered ${text}`, `passage.no-text ${statement}`]);
    rmSync(file);
    expect(await codesOf(store)).toEqual([`blob.missing ${text}`, `passage.no-text ${statement}`]);
    const row = await store.read.selectFrom('blobs').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ sha256: text, fault: 'missing', checkedAt: expect.any(String) });
    await store.blobs.putBytes(Buffer.from(TEXT));
    expect(await codesOf(store)).toEqual([]);

    // A file nobody names; repair removes it and nothing else.
    const orphan = await store.blobs.putBytes(Buffer.from('left behind'));
    expect(await codesOf(store)).toEqual([]);
    expect(await codesOf(store, { orphanAge: 0, repair: true })).toEqual([`blob.orphan ${orphan.sha256}`]);
    expect(await codesOf(store, { orphanAge: 0 })).toEqual([]);
    expect(await store.blobs.has(text)).toBe(true);

    // A file that was never stored.
    const lost = '0'.repeat(64);
    await tamper(store, sql`update renditions set sha256 = ${lost}`);
    expect(await codesOf(store)).toEqual([`blob.unknown ${lost}`]);
    await tamper(store, sql`update renditions set sha256 = ${text}`);

    // The index.
    await sql`update record_index set kind = 'figure'`.execute(store.read);
    expect(await codesOf(store)).toEqual([`index.missing ${statement}`, `index.left-over ${statement}`]);
    await sql`update record_index set kind = 'statement'`.execute(store.read);

    // A record changed past the log, and one written past it.
    await tamper(store, sql`update statements set content = 'about 900 people were present'`);
    expect(await codesOf(store)).toEqual([`history.differs ${statement}`]);
    await tamper(store, sql`update statements set content = 'about 500 people were present'`);
    expect(await codesOf(store)).toEqual([]);
    await sql`update entries set subject = id where subject = ${statement}`.execute(store.read);
    expect((await codesOf(store)).filter((code) => code.startsWith('history'))).toEqual([
      `history.missing ${statement}`,
    ]);
    await sql`update entries set subject = ${statement} where subject = id`.execute(store.read);
    expect(await codesOf(store)).toEqual([]);

    // An entry: its payload, its head, its commitment.
    const { id: entry } = await store.read
      .selectFrom('entries')
      .select('id')
      .where('action', '=', 'source.add')
      .executeTakeFirstOrThrow();
    const was = await store.read
      .selectFrom('entries')
      .selectAll()
      .where('id', '=', entry)
      .executeTakeFirstOrThrow();
    await sql`update entries set payload = replace(payload, 'null', 'true') where id = ${entry}`.execute(
      store.read,
    );
    expect(await codesOf(store)).toEqual([`entry.payload ${entry}`]);
    await sql`update entries set payload = ${was.payload}, who = id where id = ${entry}`.execute(store.read);
    expect(await codesOf(store)).toEqual([`entry.head ${entry}`]);
    await sql`update entries set who = ${was.who}, commitment = sha256('other') where id = ${entry}`.execute(
      store.read,
    );
    expect(await codesOf(store)).toEqual([`entry.payload ${entry}`, `log.root ${origin}`]);
    await sql`update entries set commitment = ${was.commitment} where id = ${entry}`.execute(store.read);
    // Erased is not changed.
    await sql`update entries set payload = null, salt = null where id = ${entry}`.execute(store.read);
    expect(await codesOf(store)).toEqual([]);

    // The log: an index given away, a tile cut short.
    await sql`update entries set log_index = 99 where log_index = 1`.execute(store.read);
    expect(await codesOf(store)).toEqual(['log.gap log']);
    await sql`update entries set log_index = 1 where log_index = 99`.execute(store.read);
    const tiles = join(directory, 'log/tile/0/000.p');
    const newest = readdirSync(tiles).sort((a, b) => Number(b) - Number(a))[0]!;
    truncateSync(join(tiles, newest), 32);
    expect(await codesOf(store)).toEqual([`log.file tile/0/000.p/${newest}`]);
  });

  test('says why the log is halted', async () => {
    const { made, store } = await makeStore(create);
    await store.close();
    rmSync(join(made.settings.directory, 'log'), { recursive: true });
    const again = await made.open();
    const codes = await codesOf(again);
    expect(codes[0]).toMatch(/^log.halted/);
  });
});
