/** Bundles for tests: made by the real assembler against a real log that lives in memory. */
import { createHash, randomBytes } from 'node:crypto';
import { concatBytes } from '../src/log/bytes.ts';
import { signCheckpoint } from '../src/log/checkpoint.ts';
import { canonicalJson, commit, type EntryHead } from '../src/log/entry.ts';
import { encodeVerifierKey, makeSignerKey, type SignerKey } from '../src/log/note.ts';
import { makeProof } from '../src/log/proof.ts';
import { emptyLog, extend } from '../src/log/sequence.ts';
import { TileReader } from '../src/log/tile.ts';
import { assembleBundle, type BundleParts } from '../src/publish/bundle/assemble.ts';
import { leafOf, type SealedEntry } from '../src/publish/bundle/entry-file.ts';
import type { ViewKind } from '../src/publish/bundle/layout.ts';
import { makeId } from '../src/record/common.ts';
import { pin } from '../src/record/passage.ts';
import type {
  FrozenView,
  PublicDisagreement,
  PublicMeasure,
  PublicRecord,
  PublicSource,
} from '../src/record/public-view.ts';

const AT = '2026-02-03T04:05:06.007Z';
let made = 0;
export const freshId = (): string => {
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(6, ++made);
  return makeId(Date.parse(AT), random);
};
const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A log in memory, which signs when it is asked. */
export function memoryLog(key: SignerKey = makeSignerKey('test.example/log', new Uint8Array(32).fill(7))) {
  const files = new Map<string, Uint8Array>();
  let state = emptyLog;
  const sign = () => {
    const { root, size } = extend(state, []);
    return {
      note: signCheckpoint(key.name, size, root, key),
      reader: new TileReader(size, root, async (path) => files.get(path)),
    };
  };
  return {
    key,
    vkey: encodeVerifierKey(key),
    size: () => state.size,
    /** Adds entries and gives them back with their indices. */
    add: (some: { head: EntryHead; payload: unknown }[]): SealedEntry[] => {
      const from = state.size;
      const entries = some.map(({ head, payload }, at) => ({
        index: from + at,
        headCommitment: commit(new Uint8Array(randomBytes(32)), head),
        payload: canonicalJson(payload),
        salt: new Uint8Array(randomBytes(32)),
      }));
      const grown = extend(state, entries.map(leafOf));
      for (const { path, bytes } of grown.tiles) files.set(path, bytes);
      state = grown.state;
      return entries;
    },
    checkpoint: () => sign().note,
    proofs: async (indices: readonly number[]) => {
      const { note, reader } = sign();
      return Promise.all(indices.map((index) => makeProof(reader, index, note)));
    },
  };
}

/** A text with enough in it to quote: accents, quotation marks, a character beyond 16 bits. */
export const TEXT =
  'The préfecture spoke of “about 500 people” in the dunes. Aid groups had counted 1,500 the week before. ' +
  'A bus 🚌 left at noon; the tents were taken down.\n';

/** What a sample bundle is made from, to be changed before it is sealed. */
export interface Sample {
  dossier: { id: string; slug: string; title: string; publishedBy: string | null; language: string };
  sources: PublicSource[];
  records: PublicRecord[];
  /** Measures, then disagreements. */
  findings: (PublicMeasure | PublicDisagreement)[];
  blobs: Map<string, Uint8Array>;
}

/** A dossier with one statement, one figure and one incident in one source that may leave, and one in another. */
export function sample(): Sample {
  const dossier = {
    id: freshId(),
    slug: 'dunes',
    title: 'The dunes & the <town>',
    publishedBy: 'Observers of the dunes',
    language: 'en',
  };
  const blobs = new Map<string, Uint8Array>();
  const keep = (text: string) => {
    blobs.set(hex(text), new TextEncoder().encode(text));
    return hex(text);
  };
  const source = (title: string, text: string, mayLeave: boolean): PublicSource => {
    const original = keep(`<p>${text}</p>`);
    const bytes = blobs.get(original)!.length;
    return {
      kind: 'source',
      id: freshId(),
      dossier: dossier.id,
      title,
      type: 'article',
      publisher: 'A newspaper',
      author: null,
      published: '2016-03',
      language: 'en',
      address: 'https://news.example/dunes',
      mediaType: 'text/html',
      bytes,
      original,
      text: {
        sha256: keep(text),
        parent: original,
        bytes: blobs.get(hex(text))!.length,
        tool: 'read',
        toolVersion: '1',
      },
      mayLeave,
      receivedAt: AT,
    };
  };
  const open = source('Dunes cleared', TEXT, true);
  const closed = source('A letter', `A letter says: ${TEXT}`, false);
  const passage = (of: PublicSource, quote: string) => {
    const text = new TextDecoder().decode(blobs.get(of.text!.sha256));
    const start = text.indexOf(quote);
    const { anchor, ...rest } = pin(
      text,
      { start, end: start + quote.length },
      { source: of.id, rendition: of.text!.sha256 },
    );
    return rest;
  };
  const common = (passages: ReturnType<typeof passage>[]) => ({
    id: freshId(),
    dossier: dossier.id,
    status: 'accepted' as const,
    provenance: null,
    language: 'en',
    tags: ['dunes', '=1+1'],
    passages,
    links: [],
    recordedAt: AT,
    changedAt: AT,
  });
  const records: PublicRecord[] = [
    {
      kind: 'statement',
      ...common([passage(open, 'about 500 people'), passage(closed, 'A bus 🚌 left')]),
      content: 'about 500 people',
      mode: 'direct',
      act: 'says',
      speaker: { actor: null, name: 'the préfecture', role: null },
      reporter: null,
      addressee: null,
      venue: 'press-release',
      saidOn: '2016-03',
      topics: [],
    },
    {
      kind: 'figure',
      ...common([passage(open, '1,500')]),
      counted: 'people in the dunes, "roughly"',
      measure: null,
      unit: null,
      modality: 'reported',
      bound: 'exact',
      value: 1500,
      low: null,
      high: null,
      equivalents: [],
      baseline: null,
      place: { place: null, name: 'the dunes', precision: 500 },
      period: '2016-02',
      accordingTo: { actor: null, name: 'aid groups', role: null },
      reportedBy: null,
      method: null,
    },
    {
      kind: 'incident',
      ...common([passage(open, 'the tents were taken down')]),
      title: 'Tents taken down',
      occurredOn: '2016-03',
      place: null,
      acts: [
        {
          kind: 'eviction',
          method: null,
          perpetrators: [],
          victims: [],
          things: [{ what: 'tents', fate: 'removed', count: null }],
          statedReason: null,
          outcome: null,
        },
      ],
    },
  ];
  return { dossier, sources: [open, closed], records, findings: [], blobs };
}

/** Adds a measure, and a disagreement over the first two records. */
export function withFindings(made: Sample): Sample {
  const dossier = made.dossier.id;
  made.findings = [
    {
      ...{ kind: 'measure', id: freshId(), dossier, name: 'People in the dunes', definition: null },
      ...{ unit: null, series: 'stock', repeats: 'once', countingRule: null },
    },
    {
      ...{ kind: 'disagreement', id: freshId(), dossier, finding: 'denied', check: null },
      records: made.records.slice(0, 2).map(({ kind, id }) => ({ kind, id })),
      working: [{ code: 'filed', values: {} }],
      ...{ state: 'upheld', explanation: null, reason: 'one says it, the other not', decidedAt: AT },
    },
  ];
  return made;
}

/** How a test may spoil a bundle while it is made, before it is sealed. */
export interface Spoil {
  payload?: (payload: { publication: number; view: FrozenView }) => unknown;
  parts?: (parts: BundleParts) => Partial<BundleParts>;
}

/** Makes a bundle of a sample; returns its bytes and the key it is signed with. */
export async function bundleOf(
  { dossier, sources, records, findings, blobs }: Sample,
  spoil: Spoil = {},
  log = memoryLog(),
): Promise<{ bytes: Uint8Array; vkey: string; manifest: string }> {
  const who = freshId();
  const head = (action: string, subject: string): EntryHead => ({
    at: AT,
    who,
    action,
    dossier: dossier.id,
    subject,
  });
  // Something else was written before and between.
  log.add([{ head: head('dossier.create', dossier.id), payload: { before: null, after: dossier } }]);
  const views: FrozenView[] = [...records, ...findings, ...sources];
  const entries = log.add(
    views.map((view) => {
      const payload = { publication: 1, view };
      return { head: head(`${view.kind}.publish`, view.id), payload: spoil.payload?.(payload) ?? payload };
    }),
  );
  const parts: BundleParts = {
    about: {
      dossier,
      publication: { number: 1, at: AT },
      log: { origin: log.key.name, vkey: log.vkey },
      created: AT,
    },
    entries: async function* (kind: ViewKind) {
      yield* entries.filter((_, at) => views[at]!.kind === kind);
    },
    proofs: log.proofs,
    checkpoint: async () => log.checkpoint(),
    blob: async function* (sha256) {
      const bytes = blobs.get(sha256);
      if (!bytes) throw new Error('no such blob');
      yield bytes;
    },
    page: () => '<!doctype html><title>A bundle</title>',
    seal: async (manifest) => {
      const [entry] = log.add([
        {
          head: head('dossier.export', dossier.id),
          payload: { dossier: dossier.id, publication: 1, manifest, at: AT },
        },
      ]);
      const [proof] = await log.proofs([entry!.index]);
      return { entry: entry!, proof: proof! };
    },
  };
  const out: Uint8Array[] = [];
  const { manifest } = await assembleBundle({ ...parts, ...spoil.parts?.(parts) }, (bytes) => {
    out.push(bytes.slice());
  });
  return { bytes: concatBytes(out), vkey: log.vkey, manifest };
}
