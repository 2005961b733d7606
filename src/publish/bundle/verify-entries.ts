// Checks the entries of a bundle against the log, and what they publish against the data files and tables.
import { encodeHex, encodeUtf8 } from '../../log/bytes.ts';
import { LogError } from '../../log/error.ts';
import { parseEntryFile } from './entry-file.ts';
import type { Hashing } from './hashing.ts';
import { dataPath, entryPath, proofPath, tablePath, VIEW_KINDS, type ViewKind } from './layout.ts';
import type { BundleAbout, ListedFile } from './manifest.ts';
import type { FindingCode } from './report.ts';
import type { NamedLog } from './verify-log.ts';
import { type PassageChecker, readText } from './verify-passages.ts';
import { viewText, viewWriters } from './view-lines.ts';

/** Notes a finding. */
export type Note = (
  code: FindingCode,
  details?: Record<string, string>,
  of?: { path?: string; record?: string },
) => void;

/** Takes the entries and proofs of a bundle in their order. */
export interface EntryChecker {
  entry: (path: string, bytes: Uint8Array) => void;
  proof: (path: string, bytes: Uint8Array) => void;
  /** To be called when an entry was there but is not the one listed: then the data files are not compared. */
  spoil: () => void;
  /** Says whether every entry was one. */
  end: () => boolean;
  counts: () => Record<ViewKind, number>;
  proofs: () => number;
  /** The largest tree that a proof speaks of. */
  largest: () => { size: number; path: string };
}

/** Makes the checker. `listed` gives what the manifest says of a file. */
export function entryChecker(
  about: BundleAbout,
  log: NamedLog,
  listed: (path: string) => ListedFile | undefined,
  passages: PassageChecker,
  note: Note,
  hashing: Hashing,
): EntryChecker {
  const kinds = Object.fromEntries(
    VIEW_KINDS.map((kind) => {
      const columns = listed(tablePath(kind))?.columns ?? [];
      return [kind, kindState(viewWriters(columns, about.formulas ?? 1), hashing)];
    }),
  ) as Record<ViewKind, ReturnType<typeof kindState>>;
  const waiting = new Map<string, { id: string; index: number; leaf: Uint8Array }>();
  const ids = new Set<string>();
  let isSpoilt = false;
  let proofs = 0;
  let largest = { size: 0, path: '' };

  const add = (kind: ViewKind, lines: { data: string; table: string }) => {
    kinds[kind].data.add(lines.data);
    kinds[kind].table.add(lines.table);
  };

  /** The records that disagreements speak of; each has to be there. */
  const cited: { by: string; record: string }[] = [];
  const cite = (by: string, view: object) => {
    const { records } = view as { records: { id: string }[] };
    for (const { id: record } of records) cited.push({ by, record });
  };

  return {
    entry: (path, bytes) => {
      try {
        const { entry, value, leaf } = parseEntryFile(bytes, hashing);
        const { kind, id, view, publication } = checkPublishing(value, about, path);
        if (ids.has(id)) throw new Reason('it is there twice');
        ids.add(id);
        waiting.set(proofPath(id), { id, index: entry.index, leaf });
        add(kind, kinds[kind].writers.next(viewText(entry.payload, publication), view));
        if (kind === 'source') passages.source(view);
        else if (kind === 'disagreement') cite(id, view);
        else if (kind !== 'measure') passages.record(id, view);
      } catch (error) {
        isSpoilt = true;
        if (error instanceof Reason) note('entry.other', { detail: error.message }, { path });
        // A view of another shape than its kind's makes the table fail by a TypeError.
        else if (error instanceof LogError || error instanceof TypeError)
          note('entry.malformed', { detail: error.message }, { path });
        else throw error;
      }
    },
    proof: (path, bytes) => {
      const entry = waiting.get(path);
      waiting.delete(path);
      // Without its entry it proves nothing; why there is none has been noted.
      if (entry === undefined) {
        if (!isSpoilt) note('file.unlisted', {}, { path });
        return;
      }
      const verdict = log.prove(readText(bytes) ?? '', entry.leaf);
      proofs++;
      if (!verdict.ok) note('entry.not-in-log', { detail: verdict.detail }, { path });
      else if (verdict.index !== entry.index)
        note('entry.not-in-log', { detail: `the entry says it is number ${entry.index}` }, { path });
      else if (verdict.checkpoint.size > largest.size) largest = { size: verdict.checkpoint.size, path };
    },
    spoil: () => {
      isSpoilt = true;
    },
    end: () => {
      for (const { id } of waiting.values()) note('entry.no-proof', {}, { path: entryPath(id) });
      if (isSpoilt) return false;
      for (const { by, record } of cited) {
        if (!ids.has(record)) note('disagreement.no-record', { record }, { record: by });
      }
      for (const kind of VIEW_KINDS) {
        add(kind, kinds[kind].writers.end());
        const [data, table] = [listed(dataPath(kind)), listed(tablePath(kind))];
        if (data && data.sha256 !== kinds[kind].data.digest()) note('data.differs', {}, { path: data.path });
        if (table && table.sha256 !== kinds[kind].table.digest())
          note('table.differs', {}, { path: table.path });
        const [promised, found] = [about.counts[`${kind}s`] ?? 0, kinds[kind].writers.count()];
        if (promised !== found)
          note('manifest.counts', { kind, promised: String(promised), found: String(found) });
      }
      return true;
    },
    counts: () =>
      Object.fromEntries(VIEW_KINDS.map((kind) => [kind, kinds[kind].writers.count()])) as Record<
        ViewKind,
        number
      >,
    proofs: () => proofs,
    largest: () => largest,
  };
}

function kindState(writers: ReturnType<typeof viewWriters>, hashing: Hashing) {
  return { writers, data: textHash(hashing), table: textHash(hashing) };
}

/** Characters that are gathered before they are hashed: thousands of short lines would cost more than their bytes. */
const GATHERED = 1 << 16;

/** SHA-256 of a text that comes in pieces. */
function textHash(hashing: Hashing) {
  const hash = hashing();
  let held = '';
  const flush = () => {
    hash.update(encodeUtf8(held));
    held = '';
  };
  return {
    add: (text: string) => {
      held += text;
      if (held.length >= GATHERED) flush();
    },
    digest: (): string => {
      flush();
      return encodeHex(hash.digest());
    },
  };
}

/** Why an entry is not the one that it should be. */
class Reason extends Error {}

/** Throws Reason unless the payload publishes what the file's name says, in this dossier, by this publication. */
function checkPublishing(
  value: Record<string, unknown>,
  about: BundleAbout,
  path: string,
): { kind: ViewKind; id: string; view: object; publication: number } {
  const { publication, view, ...rest } = value;
  if (Object.keys(rest).length > 0 || typeof view !== 'object' || view === null)
    throw new Reason('its payload is not a publication and a view');
  const { kind, id, dossier } = view as { kind?: unknown; id?: unknown; dossier?: unknown };
  if (!VIEW_KINDS.some((one) => one === kind)) throw new Reason('it publishes nothing that a bundle holds');
  if (typeof id !== 'string' || path !== entryPath(id)) throw new Reason('it is about something else');
  if (dossier !== about.dossier.id) throw new Reason('it is of another dossier');
  if (!Number.isSafeInteger(publication) || (publication as number) > about.publication.number)
    throw new Reason('it is of a later publication');
  return { kind: kind as ViewKind, id, view, publication: publication as number };
}
