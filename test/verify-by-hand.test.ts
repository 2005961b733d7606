/** docs/verify.md, run: its commands on a real bundle, and on bundles in which one thing is wrong. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bundleOf, memoryLog, type Spoil, sample } from './sample-bundle.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/verify.md'), 'utf8');
const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, commands]) => commands!);

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** Runs every block of the page, in order, in one shell that stops at the first command that fails. */
function byHand(bytes: Uint8Array, vkey: string, meddle = ''): { status: number | null; output: string } {
  const directory = mkdtempSync(join(tmpdir(), 'constat-by-hand-'));
  directories.push(directory);
  writeFileSync(join(directory, 'bundle.zip'), bytes);
  const [unpack, ...rest] = blocks;
  const script = ['set -e', unpack, meddle, ...rest, 'echo "everything holds"']
    .join('\n')
    .replace("key='KEY'", `key='${vkey}'`);
  const run = spawnSync('sh', ['-c', script], { cwd: directory, encoding: 'utf8', timeout: 300_000 });
  return { status: run.status, output: `${run.stdout}${run.stderr}` };
}

/** A bundle whose log has so many entries that proofs have lefts, rights and skipped levels. */
async function madeBundle(spoil?: Spoil, before = 5) {
  const log = memoryLog();
  const head = {
    at: '2026-01-01T00:00:00.000Z',
    who: 'w',
    action: 'dossier.edit',
    dossier: 'd',
    subject: 'd',
  };
  for (let at = 0; at < before; at++) log.add([{ head, payload: at }]);
  return bundleOf(sample(), spoil, log);
}

test('the page has a block of commands for every step', () => {
  expect(blocks.length).toBeGreaterThanOrEqual(11);
  expect(page).toContain("key='KEY'");
});

describe('the commands of docs/verify.md', { timeout: 300_000 }, () => {
  for (const before of [0, 1, 5, 12]) {
    test(`find that all holds, in a log with ${before} entries before`, async () => {
      const { bytes, vkey } = await madeBundle({}, before);
      const { status, output } = byHand(bytes, vkey);
      expect(output).toContain('Signature Verified Successfully');
      for (const words of ['about 500 people', '1,500', 'the tents were taken down'])
        expect(output).toContain(`stands: ${words}\n`);
      expect(output).toMatch(/everything holds\n$/);
      expect(status).toBe(0);
    });
  }

  const faults: [name: string, meddle: string, says: RegExp][] = [
    ['a changed file', 'printf x >> data/statements.csv', /data\/statements.csv: FAILED/],
    ['a file that is not listed', 'echo more > data/more.csv', /data\/more.csv/],
    ['a missing file', 'rm VERIFY.md', /VERIFY.md/],
    [
      'a changed list',
      `sed -i.bak 's/"title":"The/"title":"Thy/' datapackage.json; rm datapackage.json.bak`,
      /^$/,
    ],
    [
      'a changed seal',
      `sed -i.bak 's/"publication":1/"publication":2/' seal/export.json; rm seal/export.json.bak`,
      /^$/,
    ],
    [
      'a changed head',
      `sed -i.bak 's/^"headCommitment":"....../"headCommitment":"AAAAAA/' seal/export.json; rm seal/export.json.bak`,
      /^$/,
    ],
    [
      'a changed checkpoint',
      `sed -i.bak 's/^test.example.log$/test.example\\/lug/' seal/export.tlog-proof; rm seal/export.tlog-proof.bak`,
      /Signature Verification Failure/,
    ],
    [
      'another number',
      `sed -i.bak 's/^index .*/index 0/' seal/export.tlog-proof; rm seal/export.tlog-proof.bak`,
      /^$/,
    ],
  ];
  for (const [name, meddle, says] of faults) {
    test(`stop at ${name}`, async () => {
      const { bytes, vkey } = await madeBundle();
      const { status, output } = byHand(bytes, vkey, meddle);
      expect(status).not.toBe(0);
      expect(output).toMatch(says);
      expect(output).not.toContain('everything holds');
    });
  }

  test('stop at another key', async () => {
    const { bytes } = await madeBundle();
    const other = memoryLog(undefined).vkey.replace(
      /\+[^+]*$/,
      '+AaSiVHNjmI85LJa8bYOsHfmtBI2sDB7rAPSJYQvqm1Pd',
    );
    const { status, output } = byHand(bytes, other);
    expect(status).not.toBe(0);
    expect(output).not.toContain('Signature Verified Successfully');
  });

  test('stop at a passage that does not stand where it says', async () => {
    const of = sample();
    const passage = of.records[2]!.passages[0]!;
    // After the emoji, where bytes, letters and UTF-16 code units no longer agree.
    passage.start--;
    passage.end--;
    const { bytes, vkey } = await bundleOf(of);
    const { status, output } = byHand(bytes, vkey);
    expect(status).not.toBe(0);
    expect(output).toContain('stands: 1,500\n');
    expect(output).not.toContain('stands: the tents');
  });

  test('stop at data that say something else than the log', async () => {
    const times = new Map<string, number>();
    const { bytes, vkey } = await madeBundle({
      parts: ({ entries }) => ({
        entries: async function* (kind) {
          const time = (times.get(kind) ?? 0) + 1;
          times.set(kind, time);
          for await (const entry of entries(kind))
            yield time < 4 ? { ...entry, payload: entry.payload.replaceAll('"dunes"', '"hills"') } : entry;
        },
      }),
    });
    const { status, output } = byHand(bytes, vkey);
    expect(status).not.toBe(0);
    expect(output).toContain('hills');
  });
});
