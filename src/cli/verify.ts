// `constat verify F.zip`: checks a bundle offline, every byte, every proof, every citation. Needs no data directory.
import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import en from '../../locales/verify/en.json';
import { LogError } from '../log/error.ts';
import { parseVerifierKey } from '../log/note.ts';
import { nodeHashing, openFileSource } from '../publish/bundle/file-source.ts';
import { say as message, type Report } from '../publish/bundle/report.ts';
import { verifyBundle } from '../publish/bundle/verify.ts';
import { problem } from '../record/problem.ts';
import { EXIT, print, run, say } from './output.ts';
import { watchProgress } from './progress.ts';

interface VerifyFlags {
  key?: string;
  json?: boolean;
}

/** Adds the command. */
export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .description('check a bundle offline: every byte, every proof, every citation')
    .argument('<file>', 'the bundle, a zip file')
    .option('--key <vkey>', 'the publisher’s key, as given anywhere but in the bundle')
    .option('--json', 'print the report as JSON')
    .action((path: string, options: VerifyFlags) => run(options.json ?? false, () => verify(path, options)));
}

async function verify(path: string, { key, json = false }: VerifyFlags): Promise<number> {
  if (key !== undefined && !isKey(key)) {
    say('The key given is none. Copy the whole line, like example.org/log+1a2b3c4d+AbCd…');
    return EXIT.usage;
  }
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw problem('file.missing', { path });
  const source = await openFileSource(path);
  const progress = watchProgress();
  try {
    const report = await verifyBundle(source, {
      vkey: key,
      hashing: nodeHashing,
      onProgress: (done, total) => progress.report('bytes', done, total),
    });
    progress.end();
    print(json, report, () => lines(path, report).map(printable));
    if (report.refused) say(report.findings[0]!.sentence);
    return report.ok ? EXIT.done : report.refused ? EXIT.refused : EXIT.finding;
  } finally {
    progress.end();
    await source.close();
  }
}

function isKey(vkey: string): boolean {
  try {
    parseVerifierKey(vkey);
    return true;
  } catch (error) {
    if (error instanceof LogError) return false;
    throw error;
  }
}

/** Without what would steer a terminal: titles and names come out of a file that anybody may have made. */
function printable(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}

/** The report in words. */
function lines(path: string, { ok, refused, findings, more, summary }: Report): string[] {
  if (refused) return [];
  const word = (key: string, details?: Record<string, string | number>) => message(en, key, details);
  const said = findings.map(
    ({ sentence, path: file, record }) => `  ${[file ?? record, sentence].filter(Boolean).join(': ')}`,
  );
  const verdict = [`${path}: ${word(ok ? 'verdict.ok' : 'verdict.findings')}`, ...said];
  if (more > 0) verdict.push(`  ${word('verdict.more', { count: more })}`);
  if (!summary) return verdict;
  const { dossier, publication, counts, key, checkpoint, sealed } = summary;
  const facts: [string, string | number][] = [
    ['dossier', dossier.title],
    ['published-by', dossier.publishedBy ?? '—'],
    ['publication', `${publication.number} (${publication.at})`],
    ['sealed', sealed.at],
    ['statements', counts.statements],
    ['figures', counts.figures],
    ['incidents', counts.incidents],
    ['sources', counts.sources],
    ['originals', summary.originals],
    ['passages', summary.passagesChecked],
    ['withheld', summary.passagesWithheld],
    ['proofs', summary.proofsChecked],
    ['files', summary.files],
    ['bytes', summary.bytes],
    ['checkpoint', checkpoint.size],
    ['key', key.vkey],
    ['fingerprint', key.fingerprint],
  ];
  const width = Math.max(...facts.map(([name]) => word(`summary.${name}`).length));
  return [
    ...verdict,
    ...facts.map(([name, value]) => `  ${word(`summary.${name}`).padEnd(width)}  ${value}`),
    ...(summary.passagesWithheld > 0
      ? [word('verdict.withheld', { count: summary.passagesWithheld, sources: summary.sourcesWithheld })]
      : []),
    word(summary.keyIsGiven ? 'verdict.key-given' : 'verdict.key-compare'),
  ];
}
