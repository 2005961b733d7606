// How fast the language engine proposes: module load, latency on an article, sentences a second, cost against length.
// Figures are processor time, which other work on the machine does not inflate as it does the clock.
// npx tsx bench/language.ts [FILE]   a plain-text file to measure the latency on, instead of the text made here
import { readFileSync } from 'node:fs';

/** Milliseconds of processor time this process has used. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const loadStart = spent();
const { propose } = await import('../src/language/propose.ts');
const { readText } = await import('../src/language/text-model.ts');
const load = spent() - loadStart;

/** Invented news prose: quotations, reported speech, figures, dates. About 1.3 KB. */
const PASSAGE = `The camp near the port was dismantled by police on Tuesday, the mayor said.

"We asked for help in March and nobody came," a volunteer said in a statement. "Up to 340 people sleep in the woods."

According to the association, between 1,200 and 1,500 people were living around the town in October 2019, of whom at least 97 were unaccompanied minors. The prefecture counts 600.

The interior ministry denied that any tents had been destroyed. A spokeswoman for the ministry said officers had removed "abandoned items" and that 45 % of the residents had accepted a bed in a shelter. She did not respond to a second request for comment.

The government has pledged £3.5 million (€4.1 million) over two years to move the fence. The council rejected the plan last week, saying that “the money should go to the hospital, which has treated some 200 people since the summer”.

Crossings rose by 12 % over 2018, the coast guard said. Officers arrested three men on 14 October and confiscated a boat. The report found that the town, the port and the motorway had spent more than ever on cameras, while the number of beds fell to 80.`;

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

function time(run: () => void, rounds: number): number {
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = spent();
    run();
    values.push(spent() - start);
  }
  return median(values);
}

const rows: Record<string, string>[] = [];
const row = (measure: string, value: string) => rows.push({ measure, value });

row('module load, through tsx', `${load.toFixed(1)} ms`);
const path = process.argv[2];
const article = path
  ? readFileSync(path, 'utf8')
  : `${PASSAGE}\n\n${PASSAGE.replaceAll('the', 'that')}\n\n${PASSAGE}`;
const cold = time(() => propose(article, 'en', {}), 1);
for (let round = 0; round < 20; round++) propose(article, 'en', {});
const warm = time(() => propose(article, 'en', {}), 51);
const kilobytes = (article.length / 1024).toFixed(1);
row(`article of ${kilobytes} KB, first time`, `${cold.toFixed(1)} ms`);
row(`article of ${kilobytes} KB, median of 51`, `${warm.toFixed(2)} ms`);

/** A text of `size` code units, its paragraphs numbered so that none repeats another. */
function prose(size: number): string {
  const parts: string[] = [];
  let length = 0;
  for (let copy = 0; length < size; copy++) {
    const text = PASSAGE.split('\n\n')
      .map((paragraph) => `${paragraph} This is paragraph ${copy} of the file.`)
      .join('\n\n');
    parts.push(text);
    length += text.length + 2;
  }
  return parts.join('\n\n').slice(0, size);
}

const SHAPES: Record<string, (size: number) => string> = {
  'news prose': prose,
  'one line, no spaces': (size) => 'x'.repeat(size),
  'one line, no stops': (size) => 'the mayor said that people '.repeat(Math.ceil(size / 27)).slice(0, size),
  'quotation marks': (size) => `"'“‘«`.repeat(Math.ceil(size / 5)).slice(0, size),
  digits: (size) => '1 234,5 '.repeat(Math.ceil(size / 8)).slice(0, size),
};

const MEGABYTE = 1_000_000;
for (const [name, make] of Object.entries(SHAPES)) {
  const times: number[] = [];
  for (const size of [0.1, 1, 10]) {
    const text = make(size * MEGABYTE);
    const taken = time(() => propose(text, 'en', {}), size < 1 ? 3 : 1);
    times.push(taken);
    if (name === 'news prose' && size === 1) {
      const { sentences } = readText(text, 'en');
      row('sentences a second', Math.round(sentences.length / (taken / 1000)).toLocaleString('en'));
    }
  }
  const growth = `×${(times[1]! / times[0]!).toFixed(1)}, ×${(times[2]! / times[1]!).toFixed(1)}`;
  row(
    `${name}: 0.1 / 1 / 10 MB`,
    `${times.map((value) => `${value.toFixed(0)} ms`).join(' / ')}  (${growth})`,
  );
}
row('resident memory at the end', `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
console.log(`node ${process.version}`);
console.table(Object.fromEntries(rows.map(({ measure, value }) => [measure, value])));
