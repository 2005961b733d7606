// How long an article takes from its arrival to its suggestions stored, and each format to its text.
// npx tsx bench/intake.ts [FILE] [--runs 30]   FILE: a text to measure with, instead of the article made here
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { openIntake } from '../src/intake/intake.ts';
import { intakeLimits } from '../src/intake/limits.ts';
import { closeReaders, natureOf, read, warm } from '../src/intake/read.ts';
import { createDossier } from '../src/store/dossiers.ts';
import { openStore } from '../src/store/store.ts';
import { SYSTEM_ACCOUNT } from '../src/store/write.ts';
import { docx } from '../test/fixtures/docx.ts';
import { pdf } from '../test/fixtures/pdf.ts';
import { machine, percentile, table } from './report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '30' } },
});
const runs = Number(values.runs);

const SENTENCES = [
  'About 500 people were moved from the dunes on Monday, the prefecture said.',
  'Observers who had walked the same paths that morning counted 1,500 people.',
  '"No belongings were destroyed," said the prefect of the region.',
  'The observers rejected this, and showed photographs of a skip full of blankets.',
  'The ministry pledged 4.5 million euros for the winter and did not answer a second question.',
];
const PARAGRAPHS = Array.from({ length: 12 }, (_, n) =>
  [0, 1, 2].map((step) => SENTENCES[(n + step) % SENTENCES.length]).join(' '),
);
const given = positionals[0];
const article = given ? readFileSync(given, 'utf8') : `A site in the dunes\n\n${PARAGRAPHS.join('\n\n')}\n`;
const limits = intakeLimits();
const ms = (time: number) => `${time.toFixed(1)} ms`;

async function arrivals(): Promise<string[][]> {
  const directory = mkdtempSync(join(tmpdir(), 'constat-bench-'));
  const store = await openStore({ directory });
  const intake = openIntake(store, limits);
  try {
    await warm(limits);
    const content = {
      title: 'Bench',
      slug: 'bench',
      summary: null,
      language: 'en' as const,
      publishedBy: null,
    };
    const { id } = await createDossier(store, SYSTEM_ACCOUNT, content);
    const writer = { account: SYSTEM_ACCOUNT, dossier: id };
    const times: Record<'received' | 'read' | 'proposed', number[]> = {
      received: [],
      read: [],
      proposed: [],
    };
    for (let run = -3; run < runs; run++) {
      // A line of its own makes each arrival another file.
      const bytes = Buffer.from(`${article}\nCopy ${run}.\n`);
      let readAt = 0;
      const stop = intake.onProgress(({ step }) => {
        if (step === 'read') readAt = performance.now();
      });
      const start = performance.now();
      const { source } = await intake.receive(writer, {
        fileName: given ? basename(given) : 'article.txt',
        chunks: (async function* () {
          yield bytes;
        })(),
        expected: bytes.length,
        content: {},
      });
      const received = performance.now();
      await intake.settled(id, source.id);
      const proposed = performance.now();
      stop();
      if (run < 0) continue;
      times.received.push(received - start);
      times.read.push(readAt - start);
      times.proposed.push(proposed - start);
    }
    return Object.entries(times).map(([step, list]) => [
      `article ${step} (PGlite)`,
      ms(percentile(list, 50)),
      ms(percentile(list, 95)),
    ]);
  } finally {
    await intake.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function formats(): Promise<string[][]> {
  const words = article.split(/\n{2,}/).map((paragraph) => paragraph.replace(/\s+/g, ' ').trim());
  const lines = words.flatMap((paragraph) => [...(paragraph.match(/.{1,90}(?:\s|$)/g) ?? []), '']);
  const pages = Array.from({ length: Math.ceil(lines.length / 48) }, (_, page) =>
    lines
      .slice(page * 48, (page + 1) * 48)
      .map((line, row) => ({ words: line.replace(/[^\x20-\x7e]/g, '?'), x: 50, y: 790 - row * 15 }))
      .filter((line) => line.words !== ''),
  );
  const files: [string, Buffer][] = [
    ['text', Buffer.from(article)],
    ['Markdown', Buffer.from(`# ${words.join('\n\n')}`)],
    [
      'HTML',
      Buffer.from(
        `<!doctype html><html><body><article>${words.map((p) => `<p>${p}</p>`).join('')}</article></body></html>`,
      ),
    ],
    ['PDF', pdf(pages)],
    ['DOCX', docx(words.map((paragraph) => ({ words: paragraph })))],
  ];
  await warm(limits);
  const rows: string[][] = [];
  for (const [format, bytes] of files) {
    const nature = natureOf(bytes, format === 'Markdown' ? 'a.md' : null);
    const times: number[] = [];
    for (let run = -3; run < runs; run++) {
      const start = performance.now();
      const result = await read(bytes, nature, limits);
      if (!result.ok) throw result.problem;
      if (run >= 0) times.push(performance.now() - start);
    }
    rows.push([
      `read ${format}, ${bytes.length} bytes`,
      ms(percentile(times, 50)),
      ms(percentile(times, 95)),
    ]);
  }
  await closeReaders();
  return rows;
}

console.log(`${machine()}; ${runs} runs; article of ${article.length} characters`);
table(['step', 'p50', 'p95'], [...(await arrivals()), ...(await formats())]);
