// A bundle is whole, or the verification says what is not: every byte of one, and every kind of fault.
import { describe, expect, test } from 'vitest';
import ar from '../../../locales/verify/ar.json';
import en from '../../../locales/verify/en.json';
import fr from '../../../locales/verify/fr.json';
import {
  bundleOf,
  freshId,
  memoryLog,
  type Sample,
  type Spoil,
  sample,
  TEXT,
  withFindings,
} from '../../../test/sample-bundle.ts';
import { decodeUtf8, encodeUtf8 } from '../../log/bytes.ts';
import { canonicalJson } from '../../log/entry.ts';
import { LogError } from '../../log/error.ts';
import { encodeVerifierKey, makeSignerKey } from '../../log/note.ts';
import type { PublicRecord, PublicSource } from '../../record/public-view.ts';
import type { BundleParts } from './assemble.ts';
import { bytesSource } from './byte-source.ts';
import { crc32 } from './crc32.ts';
import { nodeHashing } from './file-source.ts';
import { pureHashing } from './hashing.ts';
import type { ViewKind } from './layout.ts';
import { parseManifest } from './manifest.ts';
import { FINDING_CODES, type FindingCode, type Report } from './report.ts';
import { type VerifyOptions, verifyBundle, verifyFolder } from './verify.ts';
import { entryChecker } from './verify-entries.ts';
import { type KnownLogs, namedLog } from './verify-log.ts';
import { passageChecker } from './verify-passages.ts';
import { contentOffset, openZip } from './zip-read.ts';
import { writeZip } from './zip-write.ts';

const verify = (bytes: Uint8Array, options?: VerifyOptions) => verifyBundle(bytesSource(bytes), options);
const codes = ({ findings }: Report) => [...new Set(findings.map(({ code }) => code))];

/** The files of a zip, to be changed and zipped again by `zipped`. */
async function unzipped(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const zip = await openZip(bytesSource(bytes));
  if (!zip.ok) throw new Error(zip.why);
  return new Map(
    zip.entries.map((entry) => {
      const from = contentOffset(entry);
      return [entry.path, bytes.slice(from, from + entry.size)];
    }),
  );
}
async function zipped(files: Iterable<[string, Uint8Array]>): Promise<Uint8Array> {
  const out: Uint8Array[] = [];
  const zip = writeZip((bytes) => {
    out.push(bytes);
  });
  for (const [path, content] of files)
    await zip.add(path, { size: content.length, crc: crc32(content) }, [content]);
  await zip.end();
  return new Uint8Array(Buffer.concat(out));
}
/** A bundle with some files replaced (or, by null, taken out) and zipped properly again. */
async function replaced(
  bytes: Uint8Array,
  change: Record<string, string | Uint8Array | null>,
): Promise<Uint8Array> {
  const files = await unzipped(bytes);
  for (const [path, content] of Object.entries(change)) {
    if (content === null) files.delete(path);
    else files.set(path, typeof content === 'string' ? encodeUtf8(content) : content);
  }
  return zipped(files);
}

describe('a bundle as it was made', () => {
  test('is whole, and says what was checked and what nobody could', async () => {
    const { bytes, vkey } = await bundleOf(sample());
    const report = await verify(bytes, { vkey });
    expect(report).toMatchObject({ ok: true, refused: false, findings: [], more: 0 });
    expect(await verify(bytes, { vkey, hashing: nodeHashing })).toEqual(report);
    expect(report.summary).toMatchObject({
      dossier: { title: 'The dunes & the <town>' },
      counts: { statements: 1, figures: 1, incidents: 1, sources: 2 },
      key: { vkey, origin: 'test.example/log' },
      keyIsGiven: true,
      records: 3,
      proofsChecked: 5,
      originals: 1,
      passagesChecked: 3,
      passagesWithheld: 1,
      sourcesWithheld: 1,
      bytes: bytes.length,
    });
    expect(report.summary?.key.fingerprint).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  });

  test('without a given key says that the key is the bundle’s own', async () => {
    const { bytes } = await bundleOf(sample());
    expect(await verify(bytes)).toMatchObject({ ok: true, summary: { keyIsGiven: false } });
  });

  test('has files of measures and disagreements where it holds any, and else none, as the first bundles', async () => {
    const paths = async (bytes: Uint8Array) => {
      const zip = await openZip(bytesSource(bytes));
      return zip.ok ? zip.entries.map(({ path }) => path) : [];
    };
    const without = await bundleOf(sample());
    expect((await paths(without.bytes)).filter((path) => /measures|disagreements/.test(path))).toEqual([]);
    const { bytes, vkey } = await bundleOf(withFindings(sample()));
    const report = await verifyBundle(bytesSource(bytes), { vkey });
    expect(report.findings).toEqual([]);
    expect(report.summary).toMatchObject({ records: 3, counts: { measures: 1, disagreements: 1 } });
    expect((await paths(bytes)).filter((path) => /measures|disagreements/.test(path))).toEqual([
      ...['data/measures.json', 'data/measures.csv', 'data/disagreements.json', 'data/disagreements.csv'],
    ]);
  });

  test('a disagreement over a record that is not there is found', async () => {
    const made = withFindings(sample());
    made.records.splice(0, 1);
    const { bytes, vkey } = await bundleOf(made);
    const report = await verifyBundle(bytesSource(bytes), { vkey });
    expect(report.findings.map(({ code }) => code)).toEqual(['disagreement.no-record']);
  });

  test('of the time before formulas were kept from running as they are now verifies as it was made', async () => {
    const made = sample();
    made.sources[0]!.title = '＝1+1';
    const first = await bundleOf(made, { parts: () => ({ formulas: 1 }) });
    expect(new TextDecoder().decode(first.bytes)).not.toContain('"formulas"');
    expect((await verifyBundle(bytesSource(first.bytes), { vkey: first.vkey })).findings).toEqual([]);
    const now = await bundleOf(made);
    expect(new TextDecoder().decode(now.bytes)).toContain('"\'＝1+1"');
    expect((await verifyBundle(bytesSource(now.bytes), { vkey: now.vkey })).findings).toEqual([]);
  });

  test('may be empty of records', async () => {
    const { bytes } = await bundleOf({ ...sample(), records: [], sources: [] });
    expect(await verify(bytes)).toMatchObject({ ok: true, summary: { records: 0, proofsChecked: 0 } });
  });

  test('is whole in a folder too, whatever the order and with what systems leave there', async () => {
    const { bytes } = await bundleOf(sample());
    const files = [...(await unzipped(bytes))].reverse();
    const blobs = files.map(([path, content]) => ({
      path: `dunes/${path}`,
      blob: new Blob([content as BlobPart]),
    }));
    const litter = { path: 'dunes/data/.DS_Store', blob: new Blob(['x']) };
    expect(await verifyFolder([...blobs, litter])).toMatchObject({ ok: true });
    expect(codes(await verifyFolder([...blobs, { ...litter, path: 'dunes/data/more.json' }]))).toEqual([
      'file.unlisted',
    ]);
    expect(await verifyFolder([])).toMatchObject({ ok: false, refused: true });
  });

  test('tells how far it is', async () => {
    const { bytes } = await bundleOf(sample());
    const told: number[] = [];
    await verify(bytes, { onProgress: (done, total) => void told.push(done / total) });
    expect(told.at(-1)).toBe(1);
  });
});

test('a change of any one byte is found', { timeout: 600_000 }, async () => {
  const small = sample();
  small.records.length = 1;
  small.sources.length = 1;
  small.records[0]!.passages.length = 1;
  const { bytes } = await bundleOf(small);
  const known: KnownLogs = new Map();
  expect((await verify(bytes, { known })).ok).toBe(true);
  const unnoticed: number[] = [];
  const changed = bytes.slice();
  for (let at = 0; at < bytes.length; at++) {
    // Another bit pattern at each place; the order of the places is all there is to reproduce.
    changed[at] = bytes[at]! ^ (1 + ((at * 73) % 255));
    const { ok, findings } = await verify(changed, { known });
    if (ok || findings.length === 0 || findings.some(({ sentence }) => sentence === '')) unnoticed.push(at);
    changed[at] = bytes[at]!;
  }
  expect(unnoticed).toEqual([]);
});

test('a bundle cut short is refused with a sentence, wherever it was cut', async () => {
  const { bytes } = await bundleOf(sample());
  for (let length = 0; length < bytes.length; length += 101) {
    const report = await verify(bytes.subarray(0, length));
    expect(report).toMatchObject({ ok: false, refused: true, findings: [{ code: 'bundle.not-a-bundle' }] });
    expect(report.findings[0]!.sentence).toMatch(/^This is not a complete Constat bundle: .+ Get it again/);
  }
});

test('what is no bundle is refused', async () => {
  const notices = await zipped([['a.txt', new Uint8Array(3)]]);
  for (const bytes of [new Uint8Array(0), encodeUtf8('plain text'), notices]) {
    expect(await verify(bytes)).toMatchObject({ refused: true, findings: [{ code: 'bundle.not-a-bundle' }] });
  }
});

/** What the sample's first record and source look like to those who falsify them. */
const firstRecord = (of: Sample): PublicRecord => of.records[0]!;
const firstSource = (of: Sample): PublicSource => of.sources[0]!;

/** The entries, changed (or, by null, left out) while the data files are made, and true when they are proved. */
function untilProved(
  entries: BundleParts['entries'],
  of: ViewKind,
  change: (payload: string) => string | null,
): BundleParts['entries'] {
  const times = new Map<ViewKind, number>();
  return async function* (kind) {
    const time = (times.get(kind) ?? 0) + 1;
    times.set(kind, time);
    for await (const entry of entries(kind)) {
      const payload = time < 4 && kind === of ? change(entry.payload) : entry.payload;
      if (payload !== null) yield { ...entry, payload };
    }
  };
}

/** Makes the bundle as if the log held these sources, which it does not. */
function asIf(change: (source: PublicSource) => PublicSource): Spoil {
  return {
    parts: ({ entries }) => ({
      entries: untilProved(entries, 'source', (payload) => {
        const { publication, view } = JSON.parse(payload);
        return canonicalJson({ publication, view: change(view) });
      }),
    }),
  };
}

/** Faults that a publisher would have to seal, each with the codes it gives. */
const sealed: [name: string, codes: FindingCode[], change: (of: Sample) => Spoil | undefined][] = [
  [
    'a passage that is not in the text',
    ['passage.differs'],
    (of) => {
      firstRecord(of).passages[0]!.exact = 'about 900 people';
      return undefined;
    },
  ],
  [
    'a passage moved by one',
    ['passage.differs'],
    (of) => {
      const passage = firstRecord(of).passages[0]!;
      passage.start++;
      passage.end++;
      return undefined;
    },
  ],
  [
    'other words around a passage',
    ['passage.context'],
    (of) => {
      firstRecord(of).passages[0]!.prefix = 'Nobody spoke of “';
      return undefined;
    },
  ],
  [
    'a prefix longer than the text before it',
    ['passage.context'],
    (of) => {
      const passage = firstRecord(of).passages[0]!;
      passage.prefix = `x${TEXT.slice(0, passage.start)}`;
      return undefined;
    },
  ],
  [
    'a passage whose length is not that of its words',
    ['passage.malformed'],
    (of) => {
      firstRecord(of).passages[0]!.end++;
      return undefined;
    },
  ],
  [
    'a record without passages',
    ['passage.malformed'],
    (of) => {
      firstRecord(of).passages = [];
      return undefined;
    },
  ],
  [
    'a passage in no source',
    ['passage.no-source'],
    (of) => {
      firstRecord(of).passages[0]!.source = freshId();
      return undefined;
    },
  ],
  [
    'a passage in another text',
    ['passage.other-text'],
    (of) => {
      firstRecord(of).passages[0]!.rendition = 'a'.repeat(64);
      return undefined;
    },
  ],
  [
    'a text made from something else',
    ['source.other-parent'],
    (of) => {
      firstSource(of).text!.parent = 'b'.repeat(64);
      return undefined;
    },
  ],
  [
    'an original that should have come along',
    ['data.differs', 'source.no-original', 'table.differs'],
    () => asIf((view) => ({ ...view, mayLeave: false })),
  ],
  [
    'a text that should have come along',
    ['data.differs', 'source.no-text', 'table.differs'],
    () => asIf((view) => ({ ...view, text: null })),
  ],
  [
    'an original that should have stayed',
    ['data.differs', 'source.withheld', 'table.differs'],
    () => asIf((view) => ({ ...view, mayLeave: true })),
  ],
  [
    'an entry of another dossier',
    ['entry.other'],
    () => ({ payload: ({ publication, view }) => ({ publication, view: { ...view, dossier: freshId() } }) }),
  ],
  [
    'an entry that does not publish',
    ['entry.other'],
    () => ({ payload: ({ publication, view }) => ({ publication, view: { ...view, kind: 'link' } }) }),
  ],
  [
    'an entry of a later publication',
    ['entry.other'],
    () => ({ payload: ({ view }) => ({ publication: 2, view }) }),
  ],
  [
    'an entry that says more',
    ['entry.other'],
    () => ({ payload: (payload) => ({ ...payload, zeal: true }) }),
  ],
  [
    'a proof of another entry',
    ['entry.not-in-log'],
    () => ({
      parts: ({ proofs }) => ({ proofs: (indices) => proofs(indices.map((index) => index - 1)) }),
    }),
  ],
  [
    'an entry with another number than its proof',
    ['entry.not-in-log'],
    () => ({
      parts: ({ entries, proofs }) => ({
        entries: async function* (kind) {
          for await (const entry of entries(kind)) yield { ...entry, index: entry.index + 1 };
        },
        proofs: (indices) => proofs(indices.map((index) => index - 1)),
      }),
    }),
  ],
  [
    'an altered payload',
    ['entry.not-in-log'],
    () => ({
      parts: ({ entries }) => ({
        entries: async function* (kind) {
          for await (const entry of entries(kind))
            yield { ...entry, payload: entry.payload.replaceAll('"dunes"', '"hills"') };
        },
      }),
    }),
  ],
  [
    'a proof that is none',
    ['entry.not-in-log'],
    () => ({
      parts: () => ({ proofs: async (indices) => indices.map(() => 'c2sp.org/tlog-proof@v1\n') }),
    }),
  ],
  [
    'a source without title',
    ['entry.malformed'],
    () => ({
      payload: ({ publication, view }) =>
        view.kind === 'source' ? { publication, view: { ...view, title: null } } : { publication, view },
    }),
  ],
  [
    'a seal of another publication',
    ['seal.other'],
    () => ({
      parts: ({ about }) => ({ about: { ...about, publication: { ...about.publication, number: 2 } } }),
    }),
  ],
  [
    'a key that is none',
    ['key.malformed'],
    () => ({
      parts: ({ about }) => ({ about: { ...about, log: { ...about.log, vkey: 'example+00+zzz' } } }),
    }),
  ],
  [
    'a checkpoint of nobody',
    ['checkpoint.refused'],
    () => ({ parts: ({ checkpoint }) => ({ checkpoint: async () => `x${await checkpoint()}` }) }),
  ],
  [
    'a checkpoint older than the proofs',
    ['checkpoint.smaller'],
    () => {
      const young = memoryLog();
      young.add([]);
      return { parts: () => ({ checkpoint: async () => young.checkpoint() }) };
    },
  ],
  [
    'data files that say something else than the log',
    ['data.differs', 'table.differs'],
    () => ({
      parts: ({ entries }) => ({
        entries: untilProved(entries, 'statement', (payload) =>
          payload.replaceAll('news', 'olds').replaceAll('500 people', '700 people'),
        ),
      }),
    }),
  ],
  [
    'data files with a record less',
    ['data.differs', 'manifest.counts', 'table.differs'],
    () => ({ parts: ({ entries }) => ({ entries: untilProved(entries, 'statement', () => null) }) }),
  ],
];

/** Faults of somebody who has the bundle and a zip program. */
const planted: [
  name: string,
  codes: FindingCode[],
  change: (bytes: Uint8Array, files: Map<string, Uint8Array>) => Promise<Uint8Array> | Uint8Array,
][] = [
  ['a file replaced', ['file.changed'], (bytes) => replaced(bytes, { 'data/figures.csv': 'id\r\n' })],
  [
    'a file of the same length replaced',
    ['file.changed'],
    (bytes, files) => {
      const page = files.get('index.html')!.slice();
      page[20]! ^= 1;
      return replaced(bytes, { 'index.html': page });
    },
  ],
  ['a file taken out', ['file.missing'], (bytes) => replaced(bytes, { 'VERIFY.md': null })],
  ['a file put in', ['file.unlisted'], (bytes) => replaced(bytes, { 'data/more.csv': 'id\r\n' })],
  [
    'files in another order',
    ['file.order'],
    async (_, files) => {
      const order = [...files];
      return zipped([order[1]!, order[0]!, ...order.slice(2)]);
    },
  ],
  [
    'another list of files',
    ['manifest.changed'],
    async (bytes, files) => {
      const text = decodeUtf8(files.get('datapackage.json')!);
      return replaced(bytes, { 'datapackage.json': text.replaceAll('The dunes', 'The hills') });
    },
  ],
  [
    'a list of files laid out otherwise',
    ['manifest.malformed'],
    async (bytes, files) => {
      const text = decodeUtf8(files.get('datapackage.json')!);
      return replaced(bytes, { 'datapackage.json': JSON.stringify(JSON.parse(text)) });
    },
  ],
  [
    'a list of files that is no JSON',
    ['manifest.malformed'],
    (bytes) => replaced(bytes, { 'datapackage.json': 'x' }),
  ],
  ['a seal that is no entry', ['seal.malformed'], (bytes) => replaced(bytes, { 'seal/export.json': '{}\n' })],
  [
    'a seal with an extra line',
    ['seal.malformed'],
    async (bytes, files) => {
      const proof = decodeUtf8(files.get('seal/export.tlog-proof')!);
      return replaced(bytes, { 'seal/export.tlog-proof': proof.replace('\nindex', '\nextra AAAA\nindex') });
    },
  ],
  [
    'a seal signed twice',
    ['seal.malformed'],
    async (bytes, files) => {
      const proof = decodeUtf8(files.get('seal/export.tlog-proof')!);
      return replaced(bytes, { 'seal/export.tlog-proof': `${proof}${proof.slice(proof.lastIndexOf('—'))}` });
    },
  ],
  [
    'a seal proved by another entry’s proof',
    ['seal.not-in-log'],
    async (bytes, files) => {
      const [, proof] = [...files].find(([path]) => path.startsWith('proofs/'))!;
      return replaced(bytes, { 'seal/export.tlog-proof': proof });
    },
  ],
  [
    'a seal of another bundle of the log',
    ['manifest.changed', 'seal.not-in-log'],
    async (bytes, files) => {
      const entry = decodeUtf8(files.get('seal/export.json')!);
      return replaced(bytes, {
        'seal/export.json': entry.replace(/"manifest":"./, (all) => `${all.slice(0, -1)}x`),
      });
    },
  ],
  [
    'a header with another date',
    ['zip.header'],
    (bytes) => {
      const changed = bytes.slice();
      changed[12]! ^= 1;
      return changed;
    },
  ],
  [
    'a directory with another mode',
    ['zip.directory'],
    (bytes) => {
      const changed = bytes.slice();
      changed[changed.length - 52]! ^= 1;
      return changed;
    },
  ],
];

describe('a fault is found', () => {
  for (const [name, expected, change] of sealed) {
    test(`sealed by the publisher: ${name}`, async () => {
      const of = sample();
      const spoil = change(of);
      const { bytes, vkey } = await bundleOf(of, spoil);
      const report = await verify(bytes, { vkey });
      expect(report.ok).toBe(false);
      expect(codes(report).sort()).toEqual(expected);
    });
  }
  for (const [name, expected, change] of planted) {
    test(`planted afterwards: ${name}`, async () => {
      const { bytes, vkey } = await bundleOf(sample());
      const report = await verify(await change(bytes, await unzipped(bytes)), { vkey });
      expect(report.ok).toBe(false);
      expect(codes(report).sort()).toEqual(expected);
    });
  }
});

test('a bundle of another key is not that of the key that was given', async () => {
  const { bytes } = await bundleOf(sample());
  const other = encodeVerifierKey(makeSignerKey('test.example/log', new Uint8Array(32).fill(8)));
  const report = await verify(bytes, { vkey: other });
  expect(report).toMatchObject({ ok: false, findings: [{ code: 'key.other' }] });
  await expect(verify(bytes, { vkey: 'no key' })).rejects.toThrow(LogError);
});

test('a missing proof leaves an entry without one', async () => {
  const { bytes } = await bundleOf(sample());
  const [path] = [...(await unzipped(bytes)).keys()].filter((name) => name.startsWith('proofs/'));
  expect(codes(await verify(await replaced(bytes, { [path!]: null })))).toEqual([
    'file.missing',
    'entry.no-proof',
  ]);
});

test('a log verified before is not verified less', async () => {
  const known: KnownLogs = new Map();
  const { bytes } = await bundleOf(sample());
  await verify(bytes, { known });
  // Another log of the same name and key, with another history.
  const { bytes: other } = await bundleOf(sample());
  const mixed = await replaced(bytes, {
    'seal/export.tlog-proof': (await unzipped(other)).get('seal/export.tlog-proof')!,
  });
  expect(codes(await verify(mixed, { known }))).toContain('seal.not-in-log');
});

test('every finding has a sentence in every language', () => {
  const keys = Object.keys(en).sort();
  expect(Object.keys(fr).sort()).toEqual(keys);
  expect(Object.keys(ar).sort()).toEqual(keys);
  expect(keys.filter((key) => key.startsWith('finding.'))).toEqual(
    FINDING_CODES.map((code) => `finding.${code}`).sort(),
  );
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, text] of Object.entries(en) as [keyof typeof en, string][]) {
    expect([places(fr[key]), places(ar[key])]).toEqual([places(text), places(text)]);
  }
});

test('an entry file under the name of another record is found', async () => {
  const { bytes } = await bundleOf(sample());
  const files = await unzipped(bytes);
  const [one, other] = [...files.keys()].filter((path) => path.startsWith('entries/'));
  // Listed as it is: only what the file says of itself is wrong.
  const log = memoryLog();
  const about = parseManifest(decodeUtf8(files.get('datapackage.json')!)).about;
  const notes: string[] = [];
  const note = (code: string) => void notes.push(code);
  const named = namedLog(log.vkey, log.key.name);
  const checker = entryChecker(about, named, () => undefined, passageChecker(note), note, pureHashing);
  checker.entry(one!, files.get(other!)!);
  checker.entry(other!, files.get(other!)!);
  checker.entry(other!, files.get(other!)!);
  expect(notes).toEqual(['entry.other', 'entry.other']);
});
