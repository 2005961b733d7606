// `constat read FILE…`: statements and figures out of files, without a server or a database.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type Extract, extractFile } from '../intake/extract.ts';
import { closeReaders } from '../intake/read.ts';
import { problem } from '../record/problem.ts';
import { EXIT, print, run, say } from './output.ts';

interface ReadOptions {
  json?: boolean;
  withText?: boolean;
  language?: 'en' | 'fr';
}

/** Adds the command. */
export function readCommand(program: Command): void {
  program
    .command('read')
    .description('extract statements and figures from text, Markdown, HTML, PDF or DOCX files')
    .argument('<file...>', 'files to read')
    .option('--json', 'print one JSON object per file')
    .option('--with-text', 'with --json: include the text that offsets refer to')
    .option('--language <language>', 'en or fr; found out when not given')
    .action((files: string[], options: ReadOptions) =>
      run(options.json ?? false, () => readFiles(files, options)),
    );
}

async function readFiles(files: string[], options: ReadOptions): Promise<number> {
  const results: object[] = [];
  let refused = false;
  for (const path of files) {
    const bytes = await readFile(path).catch((error) => {
      throw problem('file.missing', { path }, error);
    });
    const found = await extractFile(path, bytes, options.language);
    if (!found.ok) {
      refused = true;
      say(`${path}: ${found.problem.message}`);
      results.push({ source: { path }, problem: { code: found.problem.code, title: found.problem.message } });
      continue;
    }
    const { text, ...rest } = found.extract;
    results.push(options.withText ? { ...rest, text } : rest);
    if (!options.json) print(false, null, () => inWords(found.extract));
  }
  if (options.json) for (const result of results) print(true, result, () => []);
  await closeReaders();
  return refused ? EXIT.refused : EXIT.done;
}

/** A file's suggestions as lines for a person: each with its passage. */
function inWords({ source, text, statements, figures }: Extract): string[] {
  const words = (span: { start: number; end: number }) =>
    text.slice(span.start, span.end).replace(/\s+/g, ' ').trim();
  return [
    `${source.path}: ${source.title ?? 'without a title'} (${source.language}, ${source.textLength} characters)`,
    '',
    `Statements: ${statements.length}`,
    ...statements.map((statement) => {
      const said = statement.content.map(words).join(' … ');
      return `  “ ${statement.speaker ?? 'somebody'} · ${statement.mode} · ${statement.content[0]!.start}: ${said}`;
    }),
    '',
    `Figures: ${figures.length}`,
    ...figures.map((figure) => {
      const also =
        figure.equivalents.length > 0
          ? ` (also ${figure.equivalents.map((e) => words(e.span)).join(', ')})`
          : '';
      const who = figure.accordingTo ? ` · according to ${figure.accordingTo}` : '';
      return `  # ${words(figure.span)}${also} · ${figure.bound} · ${figure.span.start}${who}`;
    }),
    '',
  ];
}
