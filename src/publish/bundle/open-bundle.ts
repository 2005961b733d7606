// A bundle opened for reading in a page: its records, sources and texts, found by their paths. Checking is verify.ts's.
import { decodeUtf8 } from '../../log/bytes.ts';
import type { PublicRecord, PublicSource } from '../../record/public-view.ts';
import { blobSource } from './byte-source.ts';
import { type FileSet, filesOfFolder, filesOfZip } from './file-set.ts';
import { dataPath, MANIFEST, textPath } from './layout.ts';
import { openZip } from './zip-read.ts';

/** What a person chose: the zip, or the files of the folder it was unpacked into. */
export type Chosen = Blob | { path: string; blob: Blob }[];

/** What a page shows of a bundle. */
export interface OpenBundle {
  records: PublicRecord[];
  sources: ReadonlyMap<string, PublicSource>;
  /** The text with this hash, or null when it is not in the bundle. */
  text: (sha256: string) => Promise<string | null>;
}

/** Opens what was chosen, or null when it is no bundle. Throws SyntaxError or LogError when its data are damaged. */
export async function openBundle(chosen: Chosen): Promise<OpenBundle | null> {
  const set = await filesOf(chosen);
  if (set === null) return null;
  const byPath = new Map(set.files.map((file) => [file.path, file]));
  const read = async (path: string): Promise<string | null> => {
    const file = byPath.get(path);
    return file === undefined ? null : decodeUtf8(await file.content.read(0, file.content.size));
  };
  const views = async <View>(kind: 'statement' | 'figure' | 'incident' | 'source') =>
    JSON.parse((await read(dataPath(kind))) ?? '[]') as View[];
  const records: PublicRecord[] = [];
  for (const kind of ['statement', 'figure', 'incident'] as const)
    for (const record of await views<PublicRecord>(kind)) records.push(record);
  const sources = new Map((await views<PublicSource>('source')).map((source) => [source.id, source]));
  return { records, sources, text: (sha256) => read(textPath(sha256)) };
}

async function filesOf(chosen: Chosen): Promise<FileSet | null> {
  if (Array.isArray(chosen)) return filesOfFolder(chosen, MANIFEST);
  const source = blobSource(chosen);
  const zip = await openZip(source);
  return zip.ok ? filesOfZip(source, zip.entries) : null;
}
