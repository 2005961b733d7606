// How fast the whole engine proposes, one thread, after load; and how long a language takes to be ready.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Language, propose } from '../src/language/propose.ts';
import { readText } from '../src/language/text-model.ts';
import type { Row } from './report.ts';

const PROSE: Record<Language, string> = {
  en: `The camp near the port was dismantled by police on Tuesday, the mayor said.

"We asked for help in March and nobody came," a volunteer said in a statement. "Up to 340 people sleep in the woods."

According to the association, between 1,200 and 1,500 people were living around the town in October 2019, of whom at least 97 were unaccompanied minors. The prefecture counts 600.

The interior ministry denied that any tents had been destroyed. A spokeswoman for the ministry said officers had removed "abandoned items" and that 45 % of the residents had accepted a bed in a shelter. She did not respond to a second request for comment.

The government has pledged £3.5 million (€4.1 million) over two years to move the fence. The council rejected the plan last week, saying that “the money should go to the hospital, which has treated some 200 people since the summer”.`,
  fr: `Le camp près du port a été démantelé mardi par la police, a indiqué la maire.

« Nous avons demandé de l'aide en mars et personne n'est venu », a déclaré une bénévole. « Jusqu'à 340 personnes dorment dans le bois. »

Selon l'association, entre 1 200 et 1 500 personnes vivaient autour de la ville en octobre 2019, dont au moins 97 mineurs isolés. La préfecture en compte 600.

Le ministère de l'intérieur dément que des tentes aient été détruites. Une porte-parole du ministère a affirmé que les agents avaient retiré des « objets abandonnés » et que 45 % des habitants avaient accepté un lit. Elle n'a pas répondu à une seconde sollicitation.

L'État a promis 3,5 millions d'euros (3 millions de livres) sur deux ans pour déplacer la clôture. Le conseil municipal a rejeté le projet la semaine dernière, estimant que « l'argent devrait aller à l'hôpital ».`,
};

/** Texts of this many code units, each sentence of which is in a paragraph of its own number. */
const SIZE = 1_000_000;

/** Sentences a second on a text of a million code units, and the milliseconds until the first proposal. */
export function evaluateSpeed(): Row[] {
  const rows: Row[] = [];
  for (const language of ['en', 'fr'] as const) {
    const parts: string[] = [];
    for (let length = 0, copy = 1; length < SIZE; copy++) {
      // Before the last stop, so that the number makes no sentence of its own.
      const text = PROSE[language]
        .split('\n\n')
        .map((paragraph) => paragraph.replace(/[.”"»\s]+$/, (end) => ` [${copy}]${end}`))
        .join('\n\n');
      parts.push(text);
      length += text.length + 2;
    }
    const text = parts.join('\n\n');
    // Once before, as in a process that has been at work: what is measured is the engine, not its first compilation.
    propose(text, language, {});
    const sentences = readText(text, language).sentences.length;
    const start = process.cpuUsage();
    propose(text, language, {});
    const used = process.cpuUsage(start);
    const seconds = (used.user + used.system) / 1e6;
    rows.push({
      on: `full proposals, ${language}`,
      metric: 'sentences a second',
      value: Math.round(sentences / seconds),
      must: 600,
      aim: 3000,
      n: sentences,
    });
  }
  rows.push(...['en', 'fr'].map((language) => loadTime(language as Language)));
  return rows;
}

/** Processor time from before the import to after the first short proposal, in a process of its own, built as shipped. */
function loadTime(language: Language): Row {
  const code = `const start = process.cpuUsage();
const { propose } = await import(${JSON.stringify(join(import.meta.dirname, '..', 'dist', 'node', 'propose.js'))});
propose(${JSON.stringify(PROSE[language].slice(0, 300))}, '${language}', {});
const used = process.cpuUsage(start);
console.log((used.user + used.system) / 1000);`;
  const values = Array.from({ length: 5 }, () => {
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    return Number(run.stdout);
  }).sort((a, b) => a - b);
  const value = Number.isFinite(values[2]) && values[2]! > 0 ? values[2]! : null;
  return {
    on: `load and first proposal, ${language}`,
    metric: 'processor time, ms',
    value,
    must: 300,
    aim: 100,
    ...(value === null ? { note: 'dist/node/propose.js is not built: npm run build' } : {}),
  };
}
