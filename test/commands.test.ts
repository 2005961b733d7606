/** The command as a person types it: what it prints, what it refuses and with which exit code. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../scripts/build.mjs';
import { createOwner, newSetupToken } from '../src/store/accounts.ts';
import { createDossier } from '../src/store/dossiers.ts';
import { readResetToken } from '../src/store/reset-links.ts';
import { openStore } from '../src/store/store.ts';
import { SYSTEM_ACCOUNT } from '../src/store/write.ts';
import { createEmbedded } from './platform/embedded.ts';

const program = join(import.meta.dirname, '../bin/constat');
const ARTICLE = `The prefect said: "We will send more lorries." Volunteers counted up to 2,300 people in the town.\n`;

const folder = mkdtempSync(join(tmpdir(), 'constat-commands-'));
let data: string;
beforeAll(async () => {
  await ensureBuilt();
  data = await createEmbedded();
  const store = await openStore({ directory: data });
  await createDossier(store, SYSTEM_ACCOUNT, {
    title: 'The harbour',
    slug: 'harbour',
    summary: null,
    language: 'en',
    publishedBy: null,
  });
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command to its end. */
function constat(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('constat read', () => {
  it('prints the statements and figures of a file, in words and as JSON, each an exact slice of its text', async () => {
    const path = file('article.txt', ARTICLE);
    const words = await constat('read', path);
    expect(words.code).toBe(0);
    expect(words.stdout).toContain('up to 2,300 people');

    const read = JSON.parse((await constat('read', path, '--json', '--with-text')).stdout);
    expect(read.text).toBe(ARTICLE);
    expect(read.source).toMatchObject({
      mediaType: 'text/plain',
      language: 'en',
      textLength: ARTICLE.length,
    });
    const [figure] = read.figures;
    expect(figure).toMatchObject({ value: 2300, bound: 'at-most' });
    expect(ARTICLE.slice(figure.span.start, figure.span.end)).toBe('up to 2,300 people');
    const [said] = read.statements;
    expect(said.mode).toBe('direct');
    expect(said.speaker).toMatch(/prefect/i);
    expect(ARTICLE.slice(said.content[0].start, said.content[0].end)).toContain('We will send more lorries');
  });

  it.each([
    ['an empty file', () => file('empty.txt', ''), 'empty'],
    ['invalid UTF-8', () => file('latin.txt', new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x20])), 'byte 3'],
    ['a file that is not there', () => join(folder, 'nowhere.txt'), 'Check the path'],
    [
      'a picture called .txt',
      () => file('picture.txt', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])),
      'image/png',
    ],
    ['a PDF cut short', () => file('short.pdf', '%PDF-1.7\n1 0 obj\n<< /Type /Cat'), 'damaged'],
  ])('refuses %s with a sentence and exit code 3', async (_name, path, sentence) => {
    const refused = await constat('read', path());
    expect([refused.code, refused.stdout]).toEqual([3, '']);
    expect(refused.stderr).toContain(sentence);
  });
});

describe('a data directory', () => {
  it('takes files by `add`, comes through `backup` and `restore`, and `doctor` finds all well', async () => {
    const added = await constat(
      'add',
      file('article.txt', ARTICLE),
      file('empty.txt', ''),
      '--dossier',
      'harbour',
      '--data',
      data,
      '--json',
    );
    expect(added.code).toBe(3);
    const [first, second] = JSON.parse(added.stdout);
    expect(first.source.state).toBe('proposed');
    expect(second.problem.code).toBe('source.empty');

    const saved = join(folder, 'backup.tar');
    const unprotected = await constat('backup', saved, '--data', data);
    expect([unprotected.code, unprotected.stderr.includes('constat keys backup')]).toEqual([3, true]);
    const key = await constat('keys', 'backup');
    const recipient = /public key: (age1\S+)/.exec(key.stdout)![1]!;
    expect((await constat('backup', saved, '--data', data, '--recipient', recipient)).code).toBe(0);
    const restored = join(folder, 'restored');
    const keyless = await constat('restore', saved, '--data', restored);
    expect([keyless.code, keyless.stderr.includes('--identity-file')]).toEqual([3, true]);
    const identity = ['--identity-file', file('backup.key', key.stdout)];
    expect(await constat('restore', saved, '--data', restored, ...identity)).toMatchObject({ code: 0 });
    expect(await constat('doctor', '--data', restored)).toMatchObject({ code: 0 });
    const again = await constat('restore', saved, '--data', restored, ...identity);
    expect(again.code).toBe(3);
    expect(again.stderr).toContain('Choose an empty folder');
  });

  it('has one owner: a second process is refused with a sentence that names the first', async () => {
    const store = await openStore({ directory: data });
    try {
      const refused = await constat('doctor', '--data', data);
      expect(refused.code).toBe(3);
      expect(refused.stderr).toContain(`process ${process.pid}`);
    } finally {
      await store.close();
    }
  });
});

describe('wrong usage', () => {
  it('exits 2 and says what was expected', async () => {
    expect((await constat('nonsense')).code).toBe(2);
    expect((await constat('read')).stderr).toContain("missing required argument 'file'");
    expect((await constat('add', 'x', '--data', data)).stderr).toContain('--dossier');
  });
  it('helps, and exits 0', async () => {
    for (const command of ['serve', 'read', 'add', 'export', 'verify', 'backup', 'restore', 'doctor']) {
      const help = await constat(command, '--help');
      expect([help.code, help.stdout.includes('--json')], command).toEqual([0, true]);
    }
  });
});

describe('constat account reset-link', () => {
  it('makes a link that works once, for the owner or for a name, and says when there is no such account', async () => {
    const own = await createEmbedded();
    expect((await constat('account', 'reset-link', '--data', own)).code).toBe(3);
    const store = await openStore({ directory: own });
    await createOwner(store, await newSetupToken(store), 'an observer', 'three tents by the canal');
    await store.close();

    const words = await constat('account', 'reset-link', '--data', own);
    expect([words.code, words.stdout]).toEqual([0, expect.stringContaining('“an observer”')]);
    const named = await constat('account', 'reset-link', '--name', 'an observer', '--data', own, '--json');
    const { link, name } = JSON.parse(named.stdout) as { link: string; name: string };
    expect(link).toMatch(/^http:\/\/localhost:4000\/reset#[\w-]{43}$/);
    const nobody = await constat('account', 'reset-link', '--name', 'nobody', '--data', own, '--json');
    expect([nobody.code, JSON.parse(nobody.stdout).problem.code]).toEqual([3, 'account.unknown']);

    const after = await openStore({ directory: own });
    const token = link.slice(link.indexOf('#') + 1);
    expect((await readResetToken(after, token))?.name).toBe(name);
    expect(
      await readResetToken(after, words.stdout.slice(words.stdout.indexOf('#') + 1).split('\n')[0]!),
    ).toBeNull();
    await after.close();
  });
});
