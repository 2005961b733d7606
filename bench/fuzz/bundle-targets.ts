/** Bundles and backups as a stranger may hand them over: the strict zip, the manifest, entry files, the whole check. */
import { createHash, randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { pack } from 'tar-stream';
import { bytesSource } from '../../src/publish/bundle/byte-source.ts';
import { crc32 } from '../../src/publish/bundle/crc32.ts';
import { encodeEntryFile, parseEntryFile } from '../../src/publish/bundle/entry-file.ts';
import { encodeManifest, parseManifest } from '../../src/publish/bundle/manifest.ts';
import { openBundle } from '../../src/publish/bundle/open-bundle.ts';
import { verifyBundle, verifyFolder } from '../../src/publish/bundle/verify.ts';
import { centralHeader, endRecords, localHeader } from '../../src/publish/bundle/zip-format.ts';
import { contentOffset, openZip } from '../../src/publish/bundle/zip-read.ts';
import { checkBackup } from '../../src/store/restore.ts';
import { bundleOf, sample, withFindings } from '../../test/sample-bundle.ts';
import { holds, type Target, target } from './target.ts';

interface Member {
  path: string;
  bytes: Uint8Array;
}

let made: Promise<{ bytes: Uint8Array; members: Member[] }> | null = null;
/** A bundle that is right in every byte, and its files. */
function bundle() {
  made ??= (async () => {
    const { bytes } = await bundleOf(withFindings(sample()));
    const zip = await openZip(bytesSource(bytes));
    if (!zip.ok) throw new Error('the sample is no bundle');
    const members = zip.entries.map((entry) => {
      const start = contentOffset(entry);
      return { path: entry.path, bytes: bytes.slice(start, start + entry.size) };
    });
    return { bytes, members };
  })();
  return made;
}
const memberOf = async (pattern: RegExp) =>
  (await bundle()).members.filter(({ path }) => pattern.test(path)).map(({ bytes }) => bytes);

/** A zip as Constat writes it, of any files: then a spoilt file comes as far as the check of its content. */
function zipOf(members: readonly Member[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { path, bytes } of members) {
    const entry = { path, size: bytes.length, crc: crc32(bytes), offset };
    const header = localHeader(entry);
    parts.push(header, bytes);
    directory.push(centralHeader(entry));
    offset += header.length + bytes.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  return new Uint8Array(Buffer.concat([...parts, ...directory, endRecords(members.length, size, offset)]));
}

const isMember = (value: unknown): value is Member =>
  typeof (value as Member | null)?.path === 'string' && (value as Member).bytes instanceof Uint8Array;

/** A backup of these members, with the hash of its manifest, so that what is spoilt is not told by that. */
async function backupOf(manifest: string): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: 'manifest.json' }, manifest);
  tar.entry({ name: 'manifest.json.sha256' }, createHash('sha256').update(manifest).digest('hex'));
  tar.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of tar) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
const BACKUP = JSON.stringify({
  ...{ format: 'constat-backup@v1', at: '2026-02-03T04:05:06.007Z', migrations: ['001-foundation'] },
  ...{ tables: [{ name: 'records', rows: 0 }], faults: [], log: { origin: 'x', vkey: 'y' }, members: [] },
});

/** What is checked by somebody who trusts nobody. */
export const bundleTargets: Target[] = [
  target<Uint8Array>({
    name: 'bundle.zip',
    seeds: async () => [
      zipOf([
        { path: 'a/b.txt', bytes: new Uint8Array([1, 2, 3]) },
        { path: 'c', bytes: new Uint8Array(0) },
      ]),
      (await bundle()).bytes,
    ],
    generate: fc
      .array(
        fc.record({
          path: fc.constantFrom('a', 'b/c.txt', '../x', 'A', 'con', '.x', 'a/b/c'),
          bytes: fc.uint8Array({ maxLength: 20 }),
        }),
        { maxLength: 4 },
      )
      .map((members) => zipOf(members)),
    tokens: [
      'PK\u0001\u0002',
      'PK\u0003\u0004',
      'PK\u0005\u0006',
      'PK\u0006\u0006',
      'PK\u0006\u0007',
      '../',
      '\\',
    ],
    weight: 0.3,
    run: async (bytes) => {
      const zip = await openZip(bytesSource(bytes));
      if (zip.ok)
        for (const { path } of zip.entries)
          holds(!/(^|\/)\.|\\|^\//.test(path), 'a path that leaves its folder');
    },
  }),
  target<Uint8Array>({
    name: 'bundle.verify',
    seeds: async () => [(await bundle()).bytes],
    generate: fc.uint8Array({ maxLength: 100 }),
    weight: 0.01,
    run: async (bytes) => {
      const right = (await bundle()).bytes;
      const report = await verifyBundle(bytesSource(bytes));
      if (report.ok) holds(Buffer.compare(bytes, right) === 0, 'a changed bundle is held to be right');
    },
  }),
  target<Member>({
    name: 'bundle.verify-content',
    // One file of the bundle spoilt and the zip around it made right again.
    seeds: async () => (await bundle()).members,
    generate: fc.record({
      path: fc.constantFrom('datapackage.json', 'README.md', 'x'),
      bytes: fc.uint8Array({ maxLength: 60 }),
    }),
    weight: 0.01,
    run: async (spoilt) => {
      if (!isMember(spoilt)) return;
      const { members, bytes } = await bundle();
      const changed = members.map((member) => (member.path === spoilt.path ? spoilt : member));
      let whole: Uint8Array;
      try {
        whole = zipOf(changed);
      } catch {
        return;
      }
      const report = await verifyBundle(bytesSource(whole));
      if (report.ok) holds(Buffer.compare(whole, bytes) === 0, 'a changed bundle is held to be right');
      await verifyFolder(
        changed.map(({ path, bytes: content }) => ({ path: `b/${path}`, blob: new Blob([content.slice()]) })),
      );
    },
  }),
  target<Uint8Array>({
    name: 'bundle.open',
    seeds: async () => [(await bundle()).bytes],
    generate: fc.uint8Array({ maxLength: 100 }),
    weight: 0.02,
    allows: (error) => error instanceof SyntaxError,
    run: async (bytes) => {
      await openBundle(new Blob([bytes.slice()]));
    },
  }),
  target<string>({
    name: 'bundle.manifest',
    seeds: async () =>
      (await memberOf(/^datapackage\.json$|manifest/)).map((bytes) => new TextDecoder().decode(bytes)),
    generate: fc.jsonValue({ maxDepth: 5 }).map((value) => JSON.stringify(value)),
    tokens: [
      '"constat":',
      '"resources":[',
      '{',
      '}',
      '[',
      ']',
      'null',
      '"path":',
      '"hash":"sha256:',
      ',',
      '"counts":',
    ],
    weight: 0.2,
    run: (text) => {
      holds(encodeManifest(parseManifest(text)) === text, 'a manifest has two forms');
    },
  }),
  target<Uint8Array>({
    name: 'bundle.entry-file',
    seeds: () => memberOf(/^entries\/|seal/),
    generate: fc.jsonValue().map((value) => new Uint8Array(Buffer.from(JSON.stringify(value)))),
    tokens: ['"index": ', '"salt": ', '\n', ',', '{', '}', '"payload": ', 'null', '[]'],
    weight: 0.3,
    run: (bytes) => {
      const { entry } = parseEntryFile(bytes);
      holds(encodeEntryFile(entry) === new TextDecoder().decode(bytes), 'an entry file has two forms');
    },
  }),
  target<string>({
    name: 'backup.manifest',
    seeds: () => [BACKUP],
    generate: fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
    tokens: ['{', '}', '[', ']', '"members":', 'null', '"rows":', '-1', '"format":'],
    weight: 0.01,
    run: async (manifest) => checkFile(await backupOf(manifest.toWellFormed())),
  }),
  target<Uint8Array>({
    name: 'backup.file',
    seeds: async () => [new Uint8Array(await backupOf(BACKUP))],
    generate: fc.uint8Array({ maxLength: 2000 }),
    tokens: ['manifest.json', 'ustar', '0000644', '../', 'log/checkpoint'],
    weight: 0.01,
    run: (bytes) => checkFile(bytes),
  }),
];

async function checkFile(bytes: Uint8Array): Promise<void> {
  const file = join(tmpdir(), `constat-fuzz-${randomUUID()}.tar`);
  writeFileSync(file, bytes);
  try {
    await checkBackup(file);
  } finally {
    rmSync(file, { force: true });
  }
}
