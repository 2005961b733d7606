// Checks an entry against the log on this machine, with the code that verifies bundles: nothing is taken on trust but
// the key, which whoever checks for real compares with the one they know.
import { decodeBase64 } from '../../log/bytes.ts';
import { checkEntry, encodeLeaf, type Json } from '../../log/entry.ts';
import { parseVerifierKey } from '../../log/note.ts';
import { verifyProof } from '../../log/proof.ts';
import { addressOf, call } from '../api.ts';

/** What came of it: the entry stands at this index of a log of this size, or why it does not. */
export type HereChecked =
  | { ok: true; index: number; size: number }
  | { ok: false; why: 'head' | 'payload' | 'erased' | 'proof' | 'unreachable' };

/** Fetches an entry's content, its proof and the log's key, and checks the one against the others. */
export async function checkHere(dossier: string, id: string): Promise<HereChecked> {
  try {
    const params = { dossier, id };
    const [content, log, proof] = await Promise.all([
      call('GET /dossiers/:dossier/entries/:id/leaf', { params }),
      call('GET /log', {}),
      fetch(addressOf('GET /dossiers/:dossier/entries/:id/proof', { params })),
    ]);
    if (!proof.ok) return { ok: false, why: 'unreachable' };
    return checkContent(content, await proof.text(), log);
  } catch {
    return { ok: false, why: 'unreachable' };
  }
}

/** The content of an entry as the server tells it. */
export interface EntryContent {
  head: { at: string; who: string; action: string; dossier: string | null; subject: string };
  headSalt: string;
  payload: unknown;
  salt: string | null;
  headCommitment: string;
  commitment: string;
}

/** Checks that the content is what its leaf commits to, and that the proof leads from the leaf to a signed root. */
export function checkContent(
  content: EntryContent,
  proof: string,
  log: { vkey: string; origin: string },
): HereChecked {
  const leaf = encodeLeaf({
    headCommitment: decodeBase64(content.headCommitment),
    payloadCommitment: decodeBase64(content.commitment),
  });
  const entry = {
    head: content.head,
    headSalt: decodeBase64(content.headSalt),
    payload: content.payload as Json,
    salt: content.salt === null ? null : decodeBase64(content.salt),
  };
  const { head, payload } = checkEntry(entry, leaf);
  if (!head) return { ok: false, why: 'head' };
  if (payload !== 'matches') return { ok: false, why: payload === 'erased' ? 'erased' : 'payload' };
  const verdict = verifyProof(proof, leaf, parseVerifierKey(log.vkey), log.origin);
  if (!verdict.ok) return { ok: false, why: 'proof' };
  return { ok: true, index: verdict.index, size: verdict.checkpoint.size };
}
