// Entries of the log in words: what was done, to what, and where to look at it.
import type { Entry } from '../../record/entry.ts';
import { DisagreementKind, LinkKind } from '../../record/vocabulary.ts';
import type { Words } from '../../ui/messages.tsx';
import { type AnyRecord, headlineOf } from '../../ui/record-words.ts';
import { placeOf } from '../undo.tsx';

/** Entries of one transaction, newest first: one thing that was done. */
export interface Batch {
  id: string;
  entries: Entry[];
}

/** Puts entries that follow one another and were written together into one. */
export function batchesOf(entries: readonly Entry[]): Batch[] {
  const batches: Batch[] = [];
  for (const entry of entries) {
    const last = batches.at(-1);
    if (last?.id === entry.batch) last.entries.push(entry);
    else batches.push({ id: entry.batch, entries: [entry] });
  }
  return batches;
}

/** The entry that says best what a batch did: proposing rather than each suggestion, publishing rather than each view. */
export function leadOf(batch: Batch): Entry {
  return (
    batch.entries.find(({ action }) => action === 'source.propose' || action === 'dossier.publish') ??
    batch.entries.at(-1)!
  );
}

/** What was done, as the log has it: "statement accepted". A term newer than this screen stays as it is. */
export function actionInWords(entry: Entry, words: Words): string {
  const failed = (entry.payload as Payload)?.failure;
  if (entry.action === 'source.read' && failed) return words.t('desk.log.unreadable');
  const { consulted } = (entry.payload as Payload) ?? {};
  if (consulted) return words.t(consulted.failure ? 'desk.log.no-answer' : 'desk.log.answered');
  const key = `desk.action.${entry.action}`;
  return words.has(key) ? words.t(key) : entry.action;
}

type Payload = {
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  view?: Record<string, unknown>;
  noun?: string;
  failure?: unknown;
  /** Asking the language model: which one, where it stands, and what came of it. */
  asked?: { model: string; host: string };
  consulted?: { model: string; host: string; failure: unknown };
  publication?: number | { number?: number };
} | null;

/** What an entry is about, in a line; empty when its content was erased or has none. */
export function subjectInWords(entry: Entry, words: Words): string {
  const payload = entry.payload as Payload;
  if (typeof payload?.publication === 'object' && typeof payload.publication.number === 'number')
    return words.t('desk.publish.number', { number: payload.publication.number });
  const model = payload?.consulted ?? payload?.asked;
  if (model) return `${model.model} · ${model.host}`;
  const value = payload?.after ?? payload?.view ?? payload?.before;
  if (!value) return '';
  const link = LinkKind.safeParse(value.link).data;
  if (link) return words.t(`vocabulary.linkKind.${link}`);
  const kind = value.kind;
  if (kind === 'statement' || kind === 'figure' || kind === 'incident') {
    try {
      return headlineOf(value as unknown as AnyRecord, words);
    } catch {
      // Written by another version, in a shape this screen does not know: its address still leads there.
      return '';
    }
  }
  const finding = DisagreementKind.safeParse(kind === 'disagreement' ? value.finding : kind).data;
  if (finding) return words.t(`words.disagreement-kind.${finding}`);
  const asked = value.askedOf as { name?: unknown } | undefined;
  if (typeof asked?.name === 'string') return asked.name;
  for (const name of ['title', 'name', 'term']) {
    if (typeof value[name] === 'string') return value[name];
  }
  return '';
}

/** The address where the subject of an entry is shown, or null where it has no page of its own or is gone. */
export function subjectPlace(slug: string, entry: Entry): string | null {
  const payload = entry.payload as Payload;
  if (entry.action.endsWith('.remove')) return null;
  if (entry.action === 'dossier.publish') return `/d/${slug}/publish`;
  const noun = entry.action === 'entry.undo' ? payload?.noun : entry.action.split('.')[0];
  if (entry.action === 'entry.undo' && payload?.after === null) return null;
  // A link is shown on the page of the record it leads from.
  const from =
    noun === 'link' ? (payload?.after?.from as { kind: string; id: string } | undefined) : undefined;
  if (from) return placeOf(slug, from.kind, from.id);
  return noun ? placeOf(slug, noun, entry.subject) : null;
}
