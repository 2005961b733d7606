// What lies where in a bundle, and in which order.

/** What a bundle holds of a dossier, in the order of its data files. */
export const VIEW_KINDS = ['statement', 'figure', 'incident', 'measure', 'disagreement', 'source'] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

/** Kinds that a bundle has files of only where it holds any: the first bundles did not know them. */
const LATER = ['measure', 'disagreement'] as const;
type Later = (typeof LATER)[number];
/** Whether a bundle with so many views of a kind has files of it. */
export const hasFiles = (kind: ViewKind, count: number): boolean =>
  count > 0 || !(LATER as readonly ViewKind[]).includes(kind);

/** How many views of each kind a bundle holds; of a later kind nothing is said where it holds none. */
export type ViewCounts = Record<`${Exclude<ViewKind, Later>}s`, number> &
  Partial<Record<`${Later}s`, number>>;

export const NOTICE = 'VERIFY.md';
export const PAGE = 'index.html';
export const CHECKPOINT = 'log/checkpoint';
export const MANIFEST = 'datapackage.json';
export const SEAL_ENTRY = 'seal/export.json';
export const SEAL_PROOF = 'seal/export.tlog-proof';

/** The views of a kind as JSON, one a line. */
export const dataPath = (kind: ViewKind): string => `data/${kind}s.json`;
/** The same as a table. */
export const tablePath = (kind: ViewKind): string => `data/${kind}s.csv`;
/** The entry under which a record or source was published. */
export const entryPath = (id: string): string => `entries/${id}.json`;
/** The proof that this entry is in the log. */
export const proofPath = (id: string): string => `proofs/${id}.tlog-proof`;
/** An original: its bytes as received, named by their hash and nothing else. */
export const originalPath = (sha256: string): string => `originals/${sha256}`;
/** The picture that stands for an image, whose own bytes stay. */
export const imagePath = ({ sha256, mediaType }: { sha256: string; mediaType: string }): string =>
  `images/${sha256}.${mediaType === 'image/png' ? 'png' : 'jpg'}`;
/** The text that passages count in. */
export const textPath = (sha256: string): string => `texts/${sha256}.txt`;

/** The files listed in the manifest come in this order; it and the seal follow, as they depend on all before. */
const ORDER = [
  /^VERIFY\.md$/,
  /^index\.html$/,
  /^data\/statements\.json$/,
  /^data\/statements\.csv$/,
  /^data\/figures\.json$/,
  /^data\/figures\.csv$/,
  /^data\/incidents\.json$/,
  /^data\/incidents\.csv$/,
  /^data\/measures\.json$/,
  /^data\/measures\.csv$/,
  /^data\/disagreements\.json$/,
  /^data\/disagreements\.csv$/,
  /^data\/sources\.json$/,
  /^data\/sources\.csv$/,
  /^(?:entries\/[0-9a-f-]{36}\.json|proofs\/[0-9a-f-]{36}\.tlog-proof)$/,
  /^originals\/[0-9a-f]{64}$/,
  /^images\/[0-9a-f]{64}\.(?:jpg|png)$/,
  /^texts\/[0-9a-f]{64}\.txt$/,
  /^log\/checkpoint$/,
];

const ENTRIES = ORDER.findIndex((pattern) => pattern.source.includes('entries'));

/** The place of a listed file's kind in the order, or -1 when a bundle has no such file. */
export function rankOf(path: string): number {
  // Nearly all files are entries and proofs.
  if (ORDER[ENTRIES]!.test(path)) return ENTRIES;
  return ORDER.findIndex((pattern) => pattern.test(path));
}

/** The media type a file is listed with. Originals are opaque here: what they are stands in the sources. */
export function mediaTypeOf(path: string): string {
  if (path.startsWith('originals/')) return 'application/octet-stream';
  if (path.endsWith('.jpg')) return 'image/jpeg';
  if (path.endsWith('.png')) return 'image/png';
  if (path.endsWith('.json')) return 'application/json';
  if (path.endsWith('.csv')) return 'text/csv';
  if (path.endsWith('.html')) return 'text/html';
  if (path.endsWith('.md')) return 'text/markdown';
  return 'text/plain';
}
