// Checking an entry on the reader's machine: what holds is said to hold, and any change of content or proof is found.
import { describe, expect, test } from 'vitest';
import { encodeBase64 } from '../../log/bytes.ts';
import { signCheckpoint } from '../../log/checkpoint.ts';
import { commit, encodeLeaf } from '../../log/entry.ts';
import { encodeVerifierKey, makeSignerKey } from '../../log/note.ts';
import { encodeProof } from '../../log/proof.ts';
import { hashLeaf, hashNode } from '../../log/tree.ts';
import { checkContent, type EntryContent } from './check-here.ts';

const origin = 'constat.example/log';
const signer = makeSignerKey(origin, new Uint8Array(32).fill(7));
const log = { vkey: encodeVerifierKey(signer), origin };
const [headSalt, salt] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const head = {
  at: '2026-11-23T08:00:00.000Z',
  who: 'w',
  action: 'statement.accept',
  dossier: 'd',
  subject: 's',
};
const payload = { before: null, after: { content: 'it will be done', version: 1 } };
const leaf = encodeLeaf({ headCommitment: commit(headSalt, head), payloadCommitment: commit(salt, payload) });
const content: EntryContent = {
  head,
  headSalt: encodeBase64(headSalt),
  payload,
  salt: encodeBase64(salt),
  headCommitment: encodeBase64(commit(headSalt, head)),
  commitment: encodeBase64(commit(salt, payload)),
};
// A log of two entries, ours the second.
const sibling = hashLeaf(new Uint8Array([1]));
const checkpoint = signCheckpoint(origin, 2, hashNode(sibling, hashLeaf(leaf)), signer);
const proof = encodeProof({ index: 1, hashes: [sibling], checkpoint });

describe('checking an entry here', () => {
  test('says where it stands when all of it fits', () => {
    expect(checkContent(content, proof, log)).toEqual({ ok: true, index: 1, size: 2 });
  });

  test('finds a changed word, a changed time, and a changed commitment', () => {
    const other = { ...payload, after: { ...payload.after, content: 'it will not be done' } };
    expect(checkContent({ ...content, payload: other }, proof, log)).toEqual({ ok: false, why: 'payload' });
    const later = { ...head, at: '2026-11-23T08:00:00.001Z' };
    expect(checkContent({ ...content, head: later }, proof, log)).toEqual({ ok: false, why: 'head' });
    // Content and commitment changed together fit one another, but not the log.
    const forged = { ...content, payload: other, commitment: encodeBase64(commit(salt, other)) };
    expect(checkContent(forged, proof, log)).toEqual({ ok: false, why: 'proof' });
  });

  test('finds a proof of another place and a key that did not sign', () => {
    const elsewhere = encodeProof({ index: 0, hashes: [sibling], checkpoint });
    expect(checkContent(content, elsewhere, log)).toEqual({ ok: false, why: 'proof' });
    const stranger = encodeVerifierKey(makeSignerKey(origin, new Uint8Array(32).fill(8)));
    expect(checkContent(content, proof, { ...log, vkey: stranger })).toEqual({ ok: false, why: 'proof' });
  });

  test('says that erased content cannot be compared', () => {
    expect(checkContent({ ...content, payload: null, salt: null }, proof, log)).toEqual({
      ok: false,
      why: 'erased',
    });
  });
});
