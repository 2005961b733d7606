/** The formats of the log: signed note, checkpoint, keys, tiles, bundles of entries, proofs, leaves, canonical JSON, whole logs. */
import fc from 'fast-check';
import {
  decodeBase64,
  decodeHex,
  decodeUtf8,
  encodeBase64,
  encodeHex,
  encodeUtf8,
  equalBytes,
} from '../../src/log/bytes.ts';
import {
  encodeCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from '../../src/log/checkpoint.ts';
import { canonicalJson, checkEntry, encodeLeaf, makeLeaf, parseLeaf } from '../../src/log/entry.ts';
import { auditLog, followLog } from '../../src/log/follow.ts';
import {
  encodeSignerKey,
  encodeVerifierKey,
  makeSignerKey,
  openNote,
  parseSignerKey,
  parseVerifierKey,
  signNote,
} from '../../src/log/note.ts';
import { encodeProof, makeProof, parseProof, verifyProof } from '../../src/log/proof.ts';
import { emptyLog, extend } from '../../src/log/sequence.ts';
import { encodeBundle, parseBundle, parseTilePath, TileReader, tilePath } from '../../src/log/tile.ts';
import { hashLeaf } from '../../src/log/tree.ts';
import { holds, type Target, target } from './target.ts';

const key = makeSignerKey('fuzz.example/log', new Uint8Array(32).fill(3));
const other = makeSignerKey('other.example/log', new Uint8Array(32).fill(4));
const AT = '2026-02-03T04:05:06.007Z';
const head = { at: AT, who: 'a', action: 'record.create', dossier: 'd', subject: 's' };

/** A log of 300 entries: more than one bundle, a full tile and partial ones. */
const leaves = Array.from({ length: 300 }, (_, at) =>
  makeLeaf(head, new Uint8Array(32).fill(at), { at }, new Uint8Array(32).fill(at + 1)),
);
const grown = extend(emptyLog, leaves);
const files = new Map(grown.tiles.map(({ path, bytes }) => [path, bytes]));
const root = grown.root;
const checkpoint = signCheckpoint(key.name, leaves.length, root, key);
files.set('checkpoint', encodeUtf8(checkpoint));
const reader = () => new TileReader(leaves.length, root, async (path) => files.get(path));
const proofs = () => Promise.all([0, 1, 255, 256, 299].map((at) => makeProof(reader(), at, checkpoint)));

const NOTE_TOKENS = [
  '— ',
  '\n\n',
  '\n',
  ' ',
  '+',
  `— ${key.name} `,
  key.name,
  'AAAA',
  '====',
  '\u0000',
  '\r\n',
  '\u2014',
];
const base64 = fc.uint8Array({ maxLength: 80 }).map(encodeBase64);
const line = fc.oneof(
  fc.string({ maxLength: 30 }),
  base64,
  fc.constantFrom(key.name, '300', encodeBase64(root), ''),
);
const signature = fc
  .tuple(fc.constantFrom(key.name, other.name, 'x', 'a+b', ''), base64)
  .map(([name, bytes]) => `— ${name} ${bytes}`);
const note = fc
  .tuple(fc.array(line, { maxLength: 6 }), fc.array(signature, { maxLength: 5 }))
  .map(([text, signatures]) => `${text.join('\n')}\n\n${signatures.join('\n')}\n`);
const checkpointText = fc
  .tuple(
    fc.constantFrom(key.name, 'other', ''),
    fc.oneof(fc.nat(), fc.constantFrom('00', '-1', '1e3', '9007199254740993', '')),
    fc.oneof(base64, fc.constant(encodeBase64(root))),
    fc.array(line, { maxLength: 3 }),
  )
  .map(([origin, size, hash, more]) => `${[origin, size, hash, ...more].join('\n')}\n`);
const proofText = fc
  .tuple(
    fc.option(base64),
    fc.oneof(fc.nat(400), fc.constantFrom('01', '-1', 'x', '99999999999999999999')),
    fc.array(fc.oneof(fc.uint8Array({ minLength: 32, maxLength: 32 }).map(encodeBase64), base64), {
      maxLength: 12,
    }),
    fc.oneof(note, fc.constant(checkpoint)),
  )
  .map(
    ([extra, index, hashes, signed]) =>
      `c2sp.org/tlog-proof@v1\n${extra === null ? '' : `extra ${extra}\n`}index ${index}\n${hashes.map((hash) => `${hash}\n`).join('')}\n${signed}`,
  );
const keyText = fc
  .tuple(
    fc.constantFrom(key.name, 'a', '', 'a b', 'PRIVATE+KEY'),
    fc.oneof(fc.constant(key.id), fc.string({ maxLength: 8 })),
    fc.oneof(
      fc
        .uint8Array({ minLength: 33, maxLength: 33 })
        .map((bytes) => encodeBase64(Uint8Array.of(1, ...bytes.slice(1)))),
      base64,
    ),
  )
  .map((parts) => parts.join('+'));
const tilePathText = fc
  .tuple(
    fc.constantFrom('tile/0', 'tile/1', 'tile/63', 'tile/64', 'tile/entries', 'tile/x', 'tile/'),
    fc.array(
      fc.oneof(
        fc.nat(1200).map((n) => `x${String(n).padStart(3, '0')}`),
        fc.nat(999).map((n) => String(n).padStart(3, '0')),
      ),
      { maxLength: 8 },
    ),
    fc.constantFrom('', '.p/1', '.p/255', '.p/256', '.p/0', '.p/', '.p/01'),
  )
  .map(([start, parts, partial]) => `${[start, ...parts].join('/')}${partial}`);
const bundle = fc
  .array(fc.tuple(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: -2, max: 2 })), { maxLength: 12 })
  .map((entries) =>
    Buffer.concat(
      entries.flatMap(([bytes, lie]) => [Buffer.from([0, Math.max(0, bytes.length + lie)]), bytes]),
    ),
  )
  .map((bytes) => new Uint8Array(bytes));

/** What follows a format is what writes it: whatever is accepted is written back the same. */
export const logTargets: Target[] = [
  target<Uint8Array | string>({
    name: 'log.note',
    seeds: () => [
      signNote('hello\n', [key]),
      signNote('two\n\nparagraphs\n', [key, other]),
      checkpoint,
      encodeUtf8(checkpoint),
    ],
    generate: fc.oneof(
      note,
      note.map((text) => encodeUtf8(text.toWellFormed())),
    ),
    tokens: NOTE_TOKENS,
    run: (input) => {
      const opened = openNote(input, [key]);
      // Only what was signed may be believed.
      if (opened.ok)
        holds(
          ['hello\n', 'two\n\nparagraphs\n', checkpointOf()].includes(opened.text),
          'a forged note opens',
        );
      else holds(opened.detail !== '', 'a refusal without a reason');
    },
  }),
  target<string>({
    name: 'log.checkpoint',
    seeds: () => [checkpointOf(), encodeCheckpoint({ origin: 'x', size: 1, root, extensions: ['more'] })],
    generate: checkpointText,
    tokens: NOTE_TOKENS,
    run: (input) => {
      holds(encodeCheckpoint(parseCheckpoint(input)) === input, 'a checkpoint has two forms');
    },
  }),
  target<string>({
    name: 'log.checkpoint-signed',
    seeds: () => [checkpoint, signCheckpoint(key.name, 0, extend(emptyLog, []).root, key)],
    generate: note,
    tokens: NOTE_TOKENS,
    weight: 0.5,
    run: (input) => {
      const opened = openCheckpoint(input, key);
      if (opened.ok) holds([0, leaves.length].includes(opened.checkpoint.size), 'a forged checkpoint opens');
    },
  }),
  target<string>({
    name: 'log.keys',
    seeds: () => [encodeVerifierKey(key), encodeVerifierKey(other), encodeSignerKey(key)],
    generate: keyText,
    tokens: ['+', 'PRIVATE+KEY+', key.name, key.id],
    run: (input) => {
      if (input.startsWith('PRIVATE'))
        holds(encodeSignerKey(parseSignerKey(input)) === input, 'a key has two forms');
      else holds(encodeVerifierKey(parseVerifierKey(input)) === input, 'a key has two forms');
    },
  }),
  target<string>({
    name: 'log.tile-path',
    seeds: () => ['tile/0/000', 'tile/entries/x001/x234/067.p/12', 'tile/63/x999/999'],
    generate: tilePathText,
    tokens: ['/', 'x', '.p/', 'tile/', 'entries', '000'],
    run: (input) => {
      holds(tilePath(parseTilePath(input)) === input, 'a path has two forms');
    },
  }),
  target<Uint8Array>({
    name: 'log.bundle',
    seeds: () => [
      encodeBundle(leaves.slice(0, 3)),
      encodeBundle([new Uint8Array(0), new Uint8Array(0xffff)]),
    ],
    generate: bundle,
    weight: 0.3,
    longest: 70_000,
    run: (input) => {
      for (const width of [1, 2, 3, 256]) {
        try {
          holds(
            equalBytes(encodeBundle(parseBundle(input, width, 'tile/entries/000')), input),
            'a bundle has two forms',
          );
        } catch (error) {
          if (width === 256) throw error;
        }
      }
    },
  }),
  target<string | Uint8Array>({
    name: 'log.proof',
    seeds: async () => [...(await proofs()), encodeUtf8((await proofs())[2]!)],
    generate: proofText,
    tokens: ['index ', 'extra ', '\n\n', 'c2sp.org/tlog-proof@v1\n', ...NOTE_TOKENS],
    run: (input) => {
      const text = typeof input === 'string' ? input : decodeUtf8(input);
      holds(encodeProof(parseProof(input)) === text, 'a proof has two forms');
    },
  }),
  target<string>({
    name: 'log.proof-verified',
    seeds: proofs,
    generate: proofText,
    tokens: ['index ', '\n\n', ...NOTE_TOKENS],
    weight: 0.5,
    run: (input) => {
      for (const at of [0, 255]) {
        const verdict = verifyProof(input, leaves[at]!, key);
        if (verdict.ok) holds(verdict.index === at, 'an entry is proved in another place');
      }
    },
  }),
  target<Uint8Array>({
    name: 'log.leaf',
    seeds: () => leaves.slice(0, 4),
    generate: fc.tuple(base64, base64).map(([a, b]) => encodeUtf8(`constat-entry@v1\n${a}\n${b}\n`)),
    tokens: ['\n', 'constat', '=', 'AAAA'],
    run: (input) => {
      holds(equalBytes(encodeLeaf(parseLeaf(input)), input), 'a leaf has two forms');
    },
  }),
  target<Record<string, unknown>>({
    name: 'log.entry',
    seeds: () => [
      { head, headSalt: new Uint8Array(32).fill(0), payload: { at: 0 }, salt: new Uint8Array(32).fill(1) },
    ],
    generate: fc.record({
      head: fc.record({ ...head_(), at: fc.oneof(fc.constant(AT), fc.string()) }),
      headSalt: fc.uint8Array({ minLength: 30, maxLength: 33 }),
      payload: fc.jsonValue({ maxDepth: 4 }),
      salt: fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 })),
    }),
    run: (input) => {
      // A salt is bytes wherever entries are read; only what lies in them is the attacker's.
      const salted = (salt: unknown) => (salt instanceof Uint8Array ? salt : new Uint8Array(32));
      if (!isObject(input)) return;
      const { salt, ...entry } = input;
      const check = checkEntry(
        {
          ...entry,
          headSalt: salted(entry.headSalt),
          salt: salt === null || salt === undefined ? salt : salted(salt),
        } as never,
        leaves[0]!,
      );
      holds(typeof check.head === 'boolean', 'no verdict');
    },
  }),
  target<unknown>({
    name: 'log.canonical-json',
    seeds: () => [{ b: [1, 2.5, 'é', null], a: { nested: true } }],
    generate: fc.jsonValue({ maxDepth: 6 }),
    run: (input) => {
      const text = canonicalJson(input);
      holds(canonicalJson(JSON.parse(text)) === text, 'canonical JSON is not canonical');
    },
  }),
  target<string>({
    name: 'log.base64-hex',
    seeds: () => [encodeBase64(root), encodeHex(root), ''],
    generate: fc.oneof(base64, fc.string({ maxLength: 80 })),
    run: (input) => {
      holds(tries(() => encodeBase64(decodeBase64(input))) !== false, 'base64');
      holds(encodeHex(decodeHex(input)) === input, 'hexadecimal has two forms');
    },
  }),
  target<{ path: string; bytes: Uint8Array; checkpoint: string }>({
    name: 'log.whole',
    seeds: () => [...files].map(([path, bytes]) => ({ path, bytes, checkpoint })),
    generate: fc.record({
      path: fc.constantFrom(...files.keys()),
      bytes: fc.uint8Array({ maxLength: 200 }),
      checkpoint: fc.oneof(fc.constant(checkpoint), note),
    }),
    weight: 0.02,
    run: async (input) => {
      const {
        path,
        bytes,
        checkpoint: served,
      } = (input ?? {}) as { path: unknown; bytes: unknown; checkpoint: unknown };
      const fetchPath = async (asked: string) => {
        if (asked === 'checkpoint' && typeof served === 'string') return encodeUtf8(served.toWellFormed());
        return asked === path && bytes instanceof Uint8Array ? bytes : files.get(asked);
      };
      const audit = await auditLog(fetchPath, key);
      if (audit.ok)
        holds(audit.entries === 300 || audit.entries === 0, 'a log of another length is believed');
      await followLog(fetchPath, key, checkpoint);
    },
  }),
  target<Uint8Array>({
    name: 'log.tile-read',
    seeds: () => [...files].filter(([path]) => path.startsWith('tile/0')).map(([, bytes]) => bytes),
    generate: fc.uint8Array({ maxLength: 8192 }),
    weight: 0.2,
    run: async (input) => {
      const read = new TileReader(leaves.length, root, async (path) =>
        path.startsWith('tile/0') ? input : files.get(path),
      );
      const hashes = await read.proveInclusion(7);
      holds(hashes.length > 0 && hashLeaf(leaves[7]!).length === 32, 'an empty proof');
    },
  }),
];

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}

function checkpointOf(): string {
  return checkpoint.slice(0, checkpoint.lastIndexOf('\n\n') + 1);
}

function head_() {
  return Object.fromEntries(
    Object.entries(head).map(([name, value]) => [name, fc.oneof(fc.constant(value), fc.string())]),
  );
}

function tries(read: () => string): string | false {
  try {
    return read();
  } catch {
    return '';
  }
}
