// Following and auditing logs: honest ones, and each way in which one can cheat or break.

import { describe, expect, test } from 'vitest';
import { encodeUtf8 } from './bytes.ts';
import { signCheckpoint } from './checkpoint.ts';
import { auditLog, CHECKPOINT_PATH, type FollowResult, followLog } from './follow.ts';
import { makeSignerKey } from './note.ts';
import { emptyLog, extend } from './sequence.ts';

const signer = makeSignerKey('example.org/log', new Uint8Array(32).fill(7));
const leaves = Array.from({ length: 5000 }, (_, i) => encodeUtf8(`leaf ${i}`));

/** The files of a log that published these sizes one after the other; the checkpoint of the last is in place. */
function publish(sizes: number[], entries = leaves) {
  const files = new Map<string, Uint8Array>();
  const notes = new Map<number, string>();
  let state = emptyLog;
  for (const size of sizes) {
    const next = extend(state, entries.slice(state.size, size));
    for (const { path, bytes } of next.tiles) files.set(path, bytes);
    const note = signCheckpoint(signer.name, size, next.root, signer);
    files.set(CHECKPOINT_PATH, encodeUtf8(note));
    notes.set(size, note);
    state = next.state;
  }
  return { files, notes, fetchPath: async (path: string) => files.get(path) };
}

function codeOf(result: FollowResult): string {
  return result.ok ? result.change : result.finding.code;
}

describe('following', () => {
  const sizes = [0, 1, 2, 255, 256, 257, 700, 5000];
  const { files, notes, fetchPath } = publish(sizes);
  const show = (size: number) => files.set('checkpoint', encodeUtf8(notes.get(size)!));

  test('an honest log, from the first visit on and from any state to any later one', async () => {
    show(5000);
    expect(codeOf(await followLog(fetchPath, signer))).toBe('first');
    for (const [i, seen] of sizes.entries())
      for (const now of sizes.slice(i)) {
        show(now);
        const result = await followLog(fetchPath, signer, notes.get(seen));
        expect(result).toMatchObject({ ok: true, checkpoint: { size: now }, note: notes.get(now) });
        expect(codeOf(result)).toBe(now === seen ? 'unchanged' : 'grown');
      }
  });

  test('a rollback, with both checkpoints as evidence', async () => {
    show(257);
    expect(await followLog(fetchPath, signer, notes.get(700))).toMatchObject({
      ok: false,
      finding: { code: 'rollback', evidence: { seen: notes.get(700), served: notes.get(257) } },
    });
  });

  test('a rewritten history, at the same size and after growing', async () => {
    const rewritten = publish([700, 5000], leaves.with(100, encodeUtf8('another leaf')));
    rewritten.files.set('checkpoint', encodeUtf8(rewritten.notes.get(700)!));
    expect(await followLog(rewritten.fetchPath, signer, notes.get(700))).toMatchObject({
      finding: { code: 'fork', evidence: { seen: notes.get(700), served: rewritten.notes.get(700) } },
    });
    rewritten.files.set('checkpoint', encodeUtf8(rewritten.notes.get(5000)!));
    for (const seen of [255, 256, 257, 700])
      expect(codeOf(await followLog(rewritten.fetchPath, signer, notes.get(seen))), `seen ${seen}`).toBe(
        'fork',
      );
    // What came before the change is the same in both histories.
    expect(codeOf(await followLog(rewritten.fetchPath, signer, notes.get(2)))).toBe('grown');
  });

  test('a log whose tiles do not support its checkpoint, or are gone', async () => {
    const log = publish([700, 5000]);
    const path = 'tile/0/002';
    const bytes = log.files.get(path)!;
    log.files.set(path, bytes.with(5, bytes[5]! ^ 1));
    expect(await followLog(log.fetchPath, signer, notes.get(700))).toMatchObject({
      finding: { code: 'file-differs', path },
    });
    log.files.set(path, bytes.slice(32));
    expect(codeOf(await followLog(log.fetchPath, signer, notes.get(700)))).toBe('file-malformed');
    log.files.delete(path);
    expect(await followLog(log.fetchPath, signer, notes.get(700))).toMatchObject({
      finding: { code: 'file-missing', path },
    });
  });

  test('a checkpoint that is absent, garbled, altered, foreign or signed by another', async () => {
    const log = publish([3]);
    const follow = () => followLog(log.fetchPath, signer);
    const note = log.notes.get(3)!;
    const stranger = makeSignerKey('example.org/log', new Uint8Array(32).fill(9));
    const served: [string | undefined, string][] = [
      [note, 'first'],
      [undefined, 'checkpoint-missing'],
      ['<html>', 'checkpoint-malformed'],
      [note.replace('\n3\n', '\n4\n'), 'bad-signature'],
      [signCheckpoint('example.org/2', 3, new Uint8Array(32), signer), 'wrong-origin'],
      [signCheckpoint(signer.name, 3, new Uint8Array(32), stranger), 'unknown-signer'],
    ];
    for (const [text, code] of served) {
      if (text === undefined) log.files.delete('checkpoint');
      else log.files.set('checkpoint', encodeUtf8(text));
      expect(codeOf(await follow()), code).toBe(code);
    }
  });

  test("a follower's own damaged memory is not blamed on the log", async () => {
    show(700);
    const damaged = notes.get(257)!.replace('257', '258');
    expect(codeOf(await followLog(fetchPath, signer, damaged))).toBe('last-seen-unusable');
  });

  test('a failing network is an error, not a finding', async () => {
    const down = async () => {
      throw new TypeError('fetch failed');
    };
    await expect(followLog(down, signer)).rejects.toThrow(TypeError);
    show(700);
    const half = async (path: string) => (path === 'checkpoint' ? fetchPath(path) : down());
    await expect(followLog(half, signer, notes.get(257))).rejects.toThrow(TypeError);
  });
});

describe('auditing', () => {
  test('honest logs of many sizes; entries are visited in order', async () => {
    for (const size of [0, 1, 255, 256, 257, 4096, 4097, 5000]) {
      const { fetchPath } = publish([size]);
      const visited: Uint8Array[] = [];
      const audit = await auditLog(fetchPath, signer, signer.name, (first, entries) => {
        expect(first).toBe(visited.length);
        visited.push(...entries);
      });
      expect(audit).toMatchObject({ ok: true, entries: size, findings: [], checkpoint: { size } });
      expect(visited).toEqual(leaves.slice(0, size));
    }
  });

  test('finds one changed byte in any file of the log', async () => {
    const { files, fetchPath } = publish([4400]);
    const paths = [...files.keys()];
    expect(paths).toContain('tile/1/000.p/17');
    for (const path of paths) {
      const bytes = files.get(path)!;
      files.set(path, bytes.with(bytes.length - 1, bytes.at(-1)! ^ 1));
      const audit = await auditLog(fetchPath, signer);
      expect(audit.ok, path).toBe(false);
      if (path.startsWith('tile/') && !path.startsWith('tile/entries/'))
        expect(audit.findings.map((finding) => [finding.code, finding.path])).toEqual([
          ['file-differs', path],
        ]);
      files.set(path, bytes);
    }
    expect((await auditLog(fetchPath, signer)).ok).toBe(true);
  });

  test('an altered entry shows in the tile and in the root', async () => {
    const { files, fetchPath } = publish([300]);
    const path = 'tile/entries/001.p/44';
    const bytes = files.get(path)!;
    files.set(path, bytes.with(bytes.length - 1, bytes.at(-1)! ^ 1));
    const { ok, findings } = await auditLog(fetchPath, signer);
    expect(ok).toBe(false);
    expect(findings.map(({ code }) => code)).toEqual(['file-differs', 'root-differs']);
  });

  test('a missing tile is a finding and does not stop the audit; a missing bundle does', async () => {
    const { files, fetchPath } = publish([4400]);
    files.delete('tile/0/000');
    files.delete('tile/1/000.p/17');
    const audit = await auditLog(fetchPath, signer);
    expect(audit.findings.map(({ path }) => path)).toEqual(['tile/0/000', 'tile/1/000.p/17']);
    expect(audit.entries).toBe(4400);
    files.delete('tile/entries/016');
    expect(await auditLog(fetchPath, signer)).toMatchObject({
      ok: false,
      entries: 4096,
      findings: [{ path: 'tile/0/000' }, { code: 'file-missing', path: 'tile/entries/016' }],
    });
  });

  test('without a good checkpoint nothing is read', async () => {
    const { files, fetchPath } = publish([3]);
    files.delete('checkpoint');
    expect(await auditLog(fetchPath, signer)).toMatchObject({
      ok: false,
      entries: 0,
      findings: [{ code: 'checkpoint-missing' }],
    });
  });

  test('a log that has grown since may have dropped the partial files of this checkpoint', async () => {
    const log = publish([300, 512]);
    log.files.set('checkpoint', encodeUtf8(log.notes.get(300)!));
    log.files.delete('tile/entries/001.p/44');
    log.files.delete('tile/0/001.p/44');
    expect(await auditLog(log.fetchPath, signer)).toMatchObject({ ok: true, entries: 300 });
  });
});
