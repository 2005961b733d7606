// How well quotation marks are matched (PolNeAR, French fiction) and sentences cut (Universal Dependencies).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../src/language/propose.ts';
import { findQuotations, type Quotation } from '../src/language/quotation.ts';
import { readText } from '../src/language/text-model.ts';
import { readPolnear } from './attribution.ts';
import { f1, type Row } from './report.ts';
import { codePointStarts, coverage, lengthOf, overlapOf, type Pieces, trimmed } from './spans.ts';

/** The last mark of a quotation, or of a piece of one. */
const CLOSING = /["“”»'’›][.,!?;]?$/;
const OPENING = /^["“”«‘'„‹]/;

/** Direct speech: how much of it our quotations cover in PolNeAR, and how exactly in French fiction. */
export function evaluateQuotations(dataDir: string): Row[] {
  return [...evaluateNews(dataDir), ...evaluateFiction(dataDir)];
}

/** The share of PolNeAR's contents that begin with a quotation mark of which a quotation of ours covers at least half. */
function evaluateNews(dataDir: string): Row[] {
  let [gold, half, whole, direct, directHalf] = [0, 0, 0, 0, 0];
  for (const { text, gold: attributions } of readPolnear(join(dataDir, 'polnear/dev'))) {
    const found = findQuotations(readText(text, 'en'));
    const pieces: Pieces = found
      .filter(({ depth }) => depth === 0)
      .map(({ outer }) => [outer.start, outer.end]);
    for (const { content } of attributions) {
      const quoted = content.filter(([start]) => OPENING.test(text.slice(start, start + 1)));
      if (quoted.length === 0) continue;
      gold++;
      const covered = coverage(content, pieces);
      if (covered >= 0.5) half++;
      if (covered >= 0.98) whole++;
      if (
        !content.every(
          ([start, end]) => OPENING.test(text.slice(start, end)) && CLOSING.test(text.slice(start, end)),
        )
      )
        continue;
      direct++;
      if (covered >= 0.5) directHalf++;
    }
  }
  const on = 'PolNeAR dev, contents that begin with a mark';
  return [
    { on, metric: 'covered by half', value: (100 * half) / gold, n: gold },
    { on, metric: 'covered whole', value: (100 * whole) / gold, n: gold },
    {
      on: 'PolNeAR dev, contents wholly in marks',
      metric: 'covered by half',
      value: (100 * directHalf) / direct,
      baseline: 97,
      must: 98,
      aim: 99.5,
      n: direct,
      note: 'the rest begin with a quoted word and go on without',
    },
  ];
}

interface Novel {
  text: string;
  labels: [number, number][];
  original_corpus: string;
}

/** The mark most speech of a text is opened with. */
function markOf(text: string, labels: [number, number][]): string {
  const counts = new Map<string, number>();
  for (const [start] of labels) {
    const before = text.slice(Math.max(0, start - 4), start + 6).trimStart();
    const mark = before.includes('«')
      ? 'guillemets'
      : /[—–]|--|(?:^|\s)-/.test(before)
        ? 'dashes'
        : 'none near';
    counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  const [dashes, guillemets] = [counts.get('dashes') ?? 0, counts.get('guillemets') ?? 0];
  const lines = text.split('\n').length > labels.length / 2 ? 'lines kept' : 'lines lost';
  const mixed = Math.min(dashes, guillemets) > 0.2 * Math.max(dashes, guillemets);
  return `${mixed ? 'dashes and guillemets' : dashes > guillemets ? 'dashes' : 'guillemets'}, ${lines}`;
}

/** Direct speech in 82 chapters of French fiction, without its reporting clauses: by character and by exact span. */
function evaluateFiction(dataDir: string): Row[] {
  const path = join(dataDir, 'french-fiction-speech/aggregated_corpus.json');
  const novels: Record<string, Novel> = JSON.parse(readFileSync(path, 'utf8'));
  const groups = new Map<
    string,
    { shared: number; gold: number; own: number; hits: number; spans: number; ours: number; texts: number }
  >();
  for (const { text, labels } of Object.values(novels)) {
    if (labels.length === 0) continue;
    const gold = trimmed(text, unitsOf(text, labels));
    const own = trimmed(text, speechOf(findQuotations(readText(text, 'fr'))));
    const exact = new Set(gold.map(([start, end]) => `${start} ${end}`));
    const hits = own.filter(([start, end]) => exact.has(`${start} ${end}`)).length;
    for (const name of ['all', markOf(text, labels)]) {
      const group = groups.get(name) ?? { shared: 0, gold: 0, own: 0, hits: 0, spans: 0, ours: 0, texts: 0 };
      groups.set(name, group);
      group.shared += overlapOf(gold, own);
      group.gold += lengthOf(gold);
      group.own += lengthOf(own);
      group.hits += hits;
      group.spans += gold.length;
      group.ours += own.length;
      group.texts++;
    }
  }
  return [...groups].sort().flatMap(([name, group]) => {
    const on = `French fiction speech, ${name} (${group.texts} texts)`;
    const precision = ((100 * group.shared) / Math.max(1, group.own)).toFixed(1);
    const recall = ((100 * group.shared) / Math.max(1, group.gold)).toFixed(1);
    return [
      {
        on,
        metric: 'characters F1',
        value: f1(group.shared, group.own, group.shared, group.gold),
        n: group.spans,
        note: `P ${precision} R ${recall}`,
      },
      {
        on,
        metric: 'exact spans F1',
        value: f1(group.hits, group.ours, group.hits, group.spans),
        n: group.spans,
      },
    ];
  });
}

/** Labels count code points; ours are code units. */
function unitsOf(text: string, labels: [number, number][]): Pieces {
  if (!/[\ud800-\udbff]/.test(text)) return labels;
  const units = codePointStarts(text);
  return labels.map(([start, end]) => [units[start]!, units[end]!]);
}

/** What is spoken: the pieces of outermost quotations. */
function speechOf(quotations: Quotation[]): Pieces {
  return quotations
    .filter(({ depth }) => depth === 0)
    .flatMap(({ pieces }) => pieces.map(({ start, end }): [number, number] => [start, end]));
}

// --- sentences

const TREEBANKS: [name: string, folder: string, language: Language][] = [
  ['English PUD', 'English-PUD', 'en'],
  ['English EWT', 'English-EWT', 'en'],
  ['French GSD', 'French-GSD', 'fr'],
  ['French PUD', 'French-PUD', 'fr'],
];

/** Sentence ends in treebanks whose sentences are joined by a space, beside what Intl.Segmenter finds in the same text. */
export function evaluateSentences(dataDir: string): Row[] {
  return TREEBANKS.flatMap(([name, folder, language]) => {
    const directory = join(dataDir, 'ud', folder);
    const file =
      readdirSync(directory).find((entry) => entry.endsWith('test.conllu')) ??
      readdirSync(directory).find((entry) => entry.endsWith('.conllu'));
    if (!file) return [];
    const texts = readFileSync(join(directory, file), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('# text = '))
      .map((line) => line.slice(9).trim());
    // A sentence without a final mark cannot be told from the next by anything but its capital.
    const ended = texts.filter((text) => /[.!?…]["”’»')\]\s]*$/.test(text));
    return [
      ['all sentences', texts],
      ['sentences that end with a mark', ended],
    ].flatMap(([which, sentences]) =>
      scoreSentences(`UD ${name} (${file}), ${which}`, sentences as string[], language),
    );
  });
}

function scoreSentences(on: string, sentences: string[], language: Language): Row[] {
  const text = sentences.join(' ');
  const gold = new Set<number>();
  let at = 0;
  for (const sentence of sentences) {
    gold.add(at + sentence.length);
    at += sentence.length + 1;
  }
  const own = readText(text, language).sentences.map(({ end }) => end);
  const theirs = [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)].map(
    ({ index, segment }) => index + segment.trimEnd().length,
  );
  const score = (ends: number[]) => {
    const hits = ends.filter((end) => gold.has(end)).length;
    return { value: f1(hits, ends.length, hits, gold.size)!, hits };
  };
  const [ours, baseline] = [score(own), score(theirs)];
  const precision = ((100 * ours.hits) / own.length).toFixed(1);
  const recall = ((100 * ours.hits) / gold.size).toFixed(1);
  return [
    {
      on,
      metric: 'sentence ends F1',
      value: ours.value,
      baseline: baseline.value,
      n: gold.size,
      note: `P ${precision} R ${recall}; baseline: Intl.Segmenter`,
    },
  ];
}
