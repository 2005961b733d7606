// Drafts: what somebody wrote and has not saved, kept for this tab, so that nothing is lost by a wrong key or a reload.
import { isSame } from './field-words.ts';

/** A draft with what it was begun from, so that only what the person changed is taken over from it. */
export interface Draft {
  base: Record<string, unknown>;
  content: Record<string, unknown>;
}

const PREFIX = 'constat-draft:';

/** The draft under a key, or null when there is none. */
export function readDraft(key: string): Draft | null {
  try {
    const kept = sessionStorage.getItem(PREFIX + key);
    return kept === null ? null : (JSON.parse(kept) as Draft);
  } catch {
    return null;
  }
}

/** Keeps a draft; one that changes nothing is forgotten instead. */
export function keepDraft(key: string, draft: Draft): void {
  try {
    if (isSame(draft.base, draft.content)) sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, JSON.stringify(draft));
  } catch {
    // Without storage the draft lasts as long as the form is open.
  }
}

/** Forgets a draft: it was saved, or thrown away. */
export function dropDraft(key: string): void {
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was kept.
  }
}

/** The fields in which `content` differs from `base`. */
export function changesOf(
  base: Readonly<Record<string, unknown>>,
  content: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(content).filter(([name, value]) => !isSame(base[name] ?? null, value ?? null)),
  );
}

/** One field that two people wrote differently at the same time. */
export interface Conflict {
  field: string;
  mine: unknown;
  theirs: unknown;
}

/**
 * Two sets of changes to one value, put together: each field is taken from whoever changed it, and where both did and
 * disagree, mine stands for now and the conflict is named.
 */
export function mergeChanges(
  base: Readonly<Record<string, unknown>>,
  mine: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
): { merged: Record<string, unknown>; conflicts: Conflict[] } {
  const changed = changesOf(base, mine);
  const conflicts = Object.keys(changed)
    .filter((field) => !isSame(base[field] ?? null, theirs[field] ?? null))
    .filter((field) => !isSame(changed[field] ?? null, theirs[field] ?? null))
    .map((field) => ({ field, mine: changed[field], theirs: theirs[field] }));
  return { merged: { ...theirs, ...changed }, conflicts };
}
