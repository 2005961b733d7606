/**
 * Bundles of many records: `tsx bench/bundle.ts [--records 10000] [--seed 1]`. Measures writing and verifying one, then plants
 * 1,000 random single-byte changes and cuts 100 bundles short. Limits: verified in ≤ 5 s; every change detected; every cut
 * refused with a sentence.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { bytesSource } from '../src/publish/bundle/byte-source.ts';
import { nodeHashing, openFileSource } from '../src/publish/bundle/file-source.ts';
import { verifyBundle } from '../src/publish/bundle/verify.ts';
import type { KnownLogs } from '../src/publish/bundle/verify-log.ts';
import { writeBundle } from '../src/publish/bundle/write.ts';
import { pin } from '../src/record/passage.ts';
import type { Statement } from '../src/record/statement.ts';
import { createDossier } from '../src/store/dossiers.ts';
import { publish } from '../src/store/publications.ts';
import { rowEntry } from '../src/store/records.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { insertValues } from '../src/store/values.ts';
import { SYSTEM_ACCOUNT } from '../src/store/write.ts';
import { readSourceOf } from '../test/read-source.ts';
import { sampleStatement } from '../test/samples.ts';

const { values } = parseArgs({
  options: { records: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const records = Number(values.records);
const seed = Number(values.seed);
/** Changes that are tried on the whole bundle; the others are on one of a hundredth of its records. */
const CHANGES = 1000;
const ON_LARGE = 50;
const CUTS = 100;

/** Numbers from 0 to 1, the same for the same seed: SHA-256 of seed and count. */
function randoms(name: string): () => number {
  let count = 0;
  return () => {
    const hash = createHash('sha256').update(`${seed} ${name} ${count++}`).digest();
    return hash.readUIntBE(0, 6) / 2 ** 48;
  };
}

const directory = mkdtempSync(join(tmpdir(), 'constat-bench-bundle-'));
const failures: string[] = [];
try {
  const store = await openStore({ directory: join(directory, 'data') });
  const large = await exportOf(store, records, 'large');
  const small = await exportOf(store, Math.max(1, Math.round(records / 100)), 'small');
  await store.close();
  const { verifySeconds } = await timeVerification(large);
  if (verifySeconds > 5) failures.push(`verified in ${verifySeconds.toFixed(2)} s, not 5`);
  await plantChanges(small, CHANGES - ON_LARGE, 'small');
  await plantChanges(large, ON_LARGE, 'large');
  await cutShort(large);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
for (const failure of failures) console.log(`FAILED: ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

/** A dossier of so many statements in sources of a hundred each, published and written out. */
async function exportOf(store: Store, count: number, name: string): Promise<string> {
  const dossier = await createDossier(store, SYSTEM_ACCOUNT, {
    title: `A matter of ${count} records`,
    slug: name,
    summary: null,
    language: 'en',
    publishedBy: 'An association',
  });
  const writer = { account: SYSTEM_ACCOUNT, dossier: dossier.id };
  const perSource = 100;
  for (let made = 0; made < count; made += perSource) {
    const sentences = Array.from(
      { length: perSource },
      (_, at) => `Observer ${made + at} saw ${at} tents at the harbour.`,
    );
    const text = sentences.join(' ');
    const source = await readSourceOf(store, writer, text, { title: `Notes ${made}` });
    await store.write(writer, 'statement.create', async (tx, stamp) => {
      const some = sentences.slice(0, count - made).map((sentence): Statement => {
        const start = text.indexOf(sentence);
        const range = { start, end: start + sentence.length };
        return {
          kind: 'statement',
          ...sampleStatement({ content: sentence }),
          id: stamp.newId(),
          dossier: dossier.id,
          status: 'accepted',
          passages: [pin(text, range, { source: source.id, rendition: source.text! })],
          submission: null,
          provenance: null,
          version: 1,
          createdAt: stamp.at,
          createdBy: stamp.by,
          updatedAt: stamp.at,
          updatedBy: stamp.by,
        };
      });
      await insertValues(tx, 'statement', some);
      return { entries: some.map((after) => rowEntry({ before: null, after })), result: null };
    });
  }
  await publish(store, writer, { note: null });
  await store.log.flush();
  const path = join(directory, `${name}.zip`);
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const cpu = process.cpuUsage();
  const { bytes, counts } = await writeBundle(store, SYSTEM_ACCOUNT, dossier.id, path);
  const seconds = (performance.now() - started) / 1000;
  const processor = cpuSeconds(cpu).toFixed(2);
  const grown = (process.memoryUsage().rss - before) / 1e6;
  console.log(
    `${name}: ${counts.statements} records, ${counts.sources} sources, ${(bytes / 1e6).toFixed(1)} MB written in ${seconds.toFixed(2)} s, of processor time ${processor} s (resident memory ${grown >= 0 ? '+' : ''}${grown.toFixed(0)} MB)`,
  );
  return path;
}

/** Processor time since a reading, in seconds: what a busy machine does not add to. */
function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

async function timeVerification(path: string): Promise<{ verifySeconds: number }> {
  const times: number[] = [];
  const cpuTimes: number[] = [];
  for (let run = 0; run < 3; run++) {
    const source = await openFileSource(path);
    const started = performance.now();
    const cpu = process.cpuUsage();
    const report = await verifyBundle(source, { hashing: nodeHashing });
    times.push((performance.now() - started) / 1000);
    cpuTimes.push(cpuSeconds(cpu));
    await source.close();
    if (!report.ok) failures.push(`a whole bundle was not found whole: ${report.findings[0]?.sentence}`);
    if (run === 0)
      console.log(`verified: ${JSON.stringify({ ...report.summary, dossier: undefined, key: undefined })}`);
  }
  const list = (some: number[]) => some.map((time) => time.toFixed(2)).join(', ');
  console.log(`verified in ${list(times)} s, of processor time ${list(cpuTimes)} s (limit 5 s)`);
  // The first run is what a person waits for: nothing is compiled yet.
  return { verifySeconds: times[0]! };
}

async function plantChanges(path: string, count: number, name: string): Promise<void> {
  const bytes = new Uint8Array(readFileSync(path));
  const random = randoms(name);
  const known: KnownLogs = new Map();
  const source = bytesSource(bytes);
  let detected = 0;
  for (let at = 0; at < count; at++) {
    const place = Math.floor(random() * bytes.length);
    const mask = 1 + Math.floor(random() * 255);
    bytes[place]! ^= mask;
    if ((await verifyBundle(source, { known, hashing: nodeHashing })).ok)
      failures.push(`${name}: byte ${place} xor ${mask} was not noticed`);
    else detected++;
    bytes[place]! ^= mask;
  }
  console.log(
    `${name}: ${detected} of ${count} random single-byte changes detected (seed ${seed}, ${bytes.length} bytes)`,
  );
}

async function cutShort(path: string): Promise<void> {
  const bytes = new Uint8Array(readFileSync(path));
  const random = randoms('cuts');
  let refused = 0;
  for (let at = 0; at < CUTS; at++) {
    const length = Math.floor(random() * bytes.length);
    const { ok, refused: isRefused, findings } = await verifyBundle(bytesSource(bytes.subarray(0, length)));
    if (!ok && isRefused && findings[0]?.sentence.startsWith('This is not a complete Constat bundle:'))
      refused++;
    else failures.push(`cut at ${length} of ${bytes.length} was not refused`);
  }
  console.log(`${refused} of ${CUTS} bundles cut short were refused with a sentence (seed ${seed})`);
}
