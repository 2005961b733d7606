// How fast the language engine proposes: latency while an article is pasted and edited, sentences a second, cost and memory
// against length, and the load of the module as it is built. Times are processor time, which other work on the machine
// does not inflate as it does the clock.
// npx tsx bench/language.ts [FILE]   a plain-text file in English to measure the latency on as well
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../scripts/build.mjs';
import { type Language, propose } from '../src/language/propose.ts';
import { readText } from '../src/language/text-model.ts';
import { machine, percentile, table } from './report.ts';

/** Invented news prose: quotations, reported speech, figures, dates. About 1.3 KB a language. */
const PASSAGES: Record<Language, string> = {
  en: `The camp near the port was dismantled by police on Tuesday, the mayor said.

"We asked for help in March and nobody came," a volunteer said in a statement. "Up to 340 people sleep in the woods."

According to the association, between 1,200 and 1,500 people were living around the town in October 2019, of whom at least 97 were unaccompanied minors. The prefecture counts 600.

The interior ministry denied that any tents had been destroyed. A spokeswoman for the ministry said officers had removed "abandoned items" and that 45 % of the residents had accepted a bed in a shelter. She did not respond to a second request for comment.

The government has pledged £3.5 million (€4.1 million) over two years to move the fence. The council rejected the plan last week, saying that “the money should go to the hospital, which has treated some 200 people since the summer”.

Crossings rose by 12 % over 2018, the coast guard said. Officers arrested three men on 14 October and confiscated a boat. The report found that the town, the port and the motorway had spent more than ever on cameras, while the number of beds fell to 80.`,
  fr: `Le camp près du port a été démantelé mardi par la police, a indiqué la maire.

« Nous avons demandé de l'aide en mars et personne n'est venu », a déclaré une bénévole. « Jusqu'à 340 personnes dorment dans le bois. »

Selon l'association, entre 1 200 et 1 500 personnes vivaient autour de la ville en octobre 2019, dont au moins 97 mineurs isolés. La préfecture en compte 600.

Le ministère de l'intérieur dément que des tentes aient été détruites. Une porte-parole du ministère a affirmé que les agents avaient retiré des « objets abandonnés » et que 45 % des habitants avaient accepté un lit. Elle n'a pas répondu à une seconde sollicitation.

L'État a promis 3,5 millions d'euros (3 millions de livres) sur deux ans pour déplacer la clôture. Le conseil municipal a rejeté le projet la semaine dernière, estimant que « l'argent devrait aller à l'hôpital, qui a soigné près de 200 personnes depuis l'été ».

Les traversées ont augmenté de 12 % par rapport à 2018, précise la garde côtière. Les agents ont interpellé trois hommes le 14 octobre et saisi un bateau. Le rapport constate que la ville, le port et l'autoroute n'ont jamais autant dépensé en caméras, alors que le nombre de lits est tombé à 80.`,
};

const ARTICLE = 6000;
const KEYSTROKES = 200;
const MEGABYTE = 1_000_000;
const SIZES = [0.1, 1, 10];

/** Milliseconds of processor time a run takes. */
function spent(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** A text of `size` code units, its paragraphs numbered so that none repeats another. */
function prose(language: Language, size: number): string {
  const parts: string[] = [];
  let length = 0;
  for (let copy = 0; length < size; copy++) {
    const text = PASSAGES[language]
      .split('\n\n')
      // Before the last stop, so that the number makes no sentence of its own.
      .map((paragraph) => paragraph.replace(/[.”"»\s]+$/, (end) => ` (${copy})${end}`))
      .join('\n\n');
    parts.push(text);
    length += text.length + 2;
  }
  return parts.join('\n\n').slice(0, size);
}

const repeated = (unit: string) => (size: number) =>
  unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
const SHAPES: [name: string, language: Language, make: (size: number) => string][] = [
  ['news prose, English', 'en', (size) => prose('en', size)],
  ['news prose, French', 'fr', (size) => prose('fr', size)],
  ['one line without spaces', 'en', repeated('x')],
  ['one line without stops', 'en', repeated('the mayor said that people ')],
  ['quotation marks', 'en', repeated(`"'“‘«`)],
  ['digits', 'en', repeated('1 234,5 ')],
];

/** Processor milliseconds and peak memory of `code` in a process of its own, with the module as built. */
function alone(code: string): { taken: number; peak: number } {
  const propose = JSON.stringify(join(import.meta.dirname, '..', 'dist', 'node', 'propose.js'));
  const script = `const start = process.cpuUsage();
const { propose } = await import(${propose});
${code}
const { user, system } = process.cpuUsage(start);
const status = (await import('node:fs')).readFileSync('/proc/self/status', 'utf8');
// Not maxRSS, which a process inherits from the one that started it.
const peak = Number(/VmHWM:\\s+(\\d+)/.exec(status)[1]) / 1000;
console.log(JSON.stringify({ taken: (user + system) / 1000, peak }));`;
  const run = spawnSync(process.execPath, ['--input-type=module'], { input: script, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

const ms = (value: number) => (value < 100 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`);

await ensureBuilt();
console.log(`${machine()}, load ${loadavg()[0]!.toFixed(2)}`);

const first: string[][] = [];
for (const language of ['en', 'fr'] as const) {
  const text = JSON.stringify(PASSAGES[language].slice(0, 300));
  const loads = Array.from({ length: 9 }, () => alone('').taken);
  const ready = Array.from({ length: 9 }, () => alone(`propose(${text}, '${language}', {});`).taken);
  first.push([language, ms(percentile(loads, 50)), ms(percentile(ready, 50)), ms(percentile(ready, 100))]);
}
console.log('\nThe built module in a process of its own, 9 runs');
table(['', 'load', 'load and first proposal', 'slowest'], first);

/** One line of the table of latencies: an article while its last characters are typed, each proposed from anew. */
function typed(name: string, language: Language, article: string): string[] {
  const cold = spent(() => propose(article, language, {}));
  const times: number[] = [];
  for (let key = KEYSTROKES; key > 0; key--) {
    const text = article.slice(0, article.length - key);
    times.push(spent(() => propose(text, language, {})));
  }
  return [name, ms(cold), ms(percentile(times, 50)), ms(percentile(times, 95)), ms(percentile(times, 100))];
}
const latencies = (['en', 'fr'] as const).map((language) =>
  typed(`${language}, ${ARTICLE} characters`, language, prose(language, ARTICLE)),
);
const path = process.argv[2];
if (path) {
  const article = readFileSync(path, 'utf8');
  latencies.push(typed(`en, the file of ${article.length}`, 'en', article));
}
console.log(`\nAn article, proposed from at each of its last ${KEYSTROKES} characters`);
table(['', 'first time', 'p50', 'p95', 'slowest'], latencies);

const rates: string[][] = [];
const growth: string[][] = [];
for (const [name, language, make] of SHAPES) {
  const times = SIZES.map((size) => {
    const text = make(size * MEGABYTE);
    const rounds = Array.from({ length: size < 1 ? 3 : 1 }, () => spent(() => propose(text, language, {})));
    const taken = percentile(rounds, 50);
    if (size === 1 && name.startsWith('news prose')) {
      const count = readText(text, language).sentences.length;
      rates.push([language, Math.round(count / (taken / 1000)).toLocaleString('en'), String(count)]);
    }
    return taken;
  });
  const [small, middle, large] = times as [number, number, number];
  growth.push([name, ...times.map(ms), `×${(middle / small).toFixed(1)}`, `×${(large / middle).toFixed(1)}`]);
}
console.log('\nSentences a second, on a million characters');
table(['', 'a second', 'sentences'], rates);
console.log('\nCost against length');
table(['', ...SIZES.map((size) => `${size} MB`), '', ''], growth);

const folder = mkdtempSync(join(tmpdir(), 'constat-bench-'));
const memory = (['en', 'fr'] as const).map((language) => {
  const file = join(folder, `${language}.txt`);
  writeFileSync(file, prose(language, 10 * MEGABYTE));
  const { peak } = alone(`const { readFileSync } = await import('node:fs');
propose(readFileSync(${JSON.stringify(file)}, 'utf8'), '${language}', {});`);
  return [`news prose, ${language}`, `${Math.round(peak)} MB`, `${Math.round(alone('').peak)} MB`];
});
rmSync(folder, { recursive: true });
console.log(
  '\nPeak resident memory of a process that proposes from 10 MB, and of one that only loads the module',
);
table(['', '10 MB', 'loaded'], memory);
console.log(`\nload at the end ${loadavg()[0]!.toFixed(2)}`);
