// How well and how fast the tagger tags: parts of speech against the test sets of Universal Dependencies.
import { join } from 'node:path';
import { tagsOf, tagWith, unpackTagger } from '../src/language/tagger.ts';
import { type Token, tokenise } from '../src/language/text-model.ts';
import { weights as english } from '../src/language/weights/tagger-en.ts';
import { weights as french } from '../src/language/weights/tagger-fr.ts';
import type { Row } from './report.ts';
import { readTrees, scoreTags } from './treebank.ts';

/** Test sets, none of which the tagger has learned from, with the figures to reach. */
const TESTS = [
  { on: 'UD French GSD test', path: 'French-GSD/fr_gsd-ud-test', language: 'fr', goals: [95.3, 96, 97.5] },
  { on: 'UD French PUD', path: 'French-PUD/fr_pud-ud-test', language: 'fr', goals: [93.7, 94, 96] },
  { on: 'UD English PUD', path: 'English-PUD/en_pud-ud-test', language: 'en', goals: [92.7, 94, 96] },
] as const;

const percent = (share: number) => Math.round(share * 10_000) / 100;

/** Measures the tagger on the treebanks under `dataDir`/ud. */
export function evaluateTagging(dataDir: string): Row[] {
  const rows: Row[] = [loadTime()];
  const timed: { tokens: Token[]; language: 'en' | 'fr' }[] = [];
  for (const { on, path, language, goals } of TESTS) {
    const trees = readTrees(join(dataDir, 'ud', `${path}.conllu`));
    const score = scoreTags(trees, language, (tokens) => tagsOf(tokens, language));
    const [baseline, must, aim] = goals;
    const n = score.count;
    rows.push(
      { on, metric: 'UPOS, words of the treebank', value: percent(score.words), baseline, must, aim, n },
      { on, metric: 'UPOS, our tokens', value: percent(score.tokens) },
      { on, metric: 'finite verbs F1, our tokens', value: percent(score.finite) },
    );
    for (const { text } of trees) timed.push({ tokens: tokenise(text, 0, text.length, language), language });
  }
  rows.push(...speed(timed));
  return rows;
}

/** Time to unpack both languages' weights; the least of several, since the first also compiles the code. */
function loadTime(): Row {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    unpackTagger(english, 'en');
    unpackTagger(french, 'fr');
    return performance.now() - start;
  });
  const value = Math.round(times[0]!);
  return {
    on: 'both languages',
    metric: 'unpacking the weights, ms',
    value,
    note: `warm: ${Math.round(Math.min(...times))} ms`,
  };
}

/** Speed on words never met before, and again when they have been: a long text lies in between. */
function speed(sentences: { tokens: Token[]; language: 'en' | 'fr' }[]): Row[] {
  const taggers = { en: unpackTagger(english, 'en'), fr: unpackTagger(french, 'fr') };
  return ['each word new', 'words met before'].map((note) => {
    const start = performance.now();
    for (const { tokens, language } of sentences) tagWith(taggers[language], tokens);
    const seconds = (performance.now() - start) / 1000;
    const value = Math.round(sentences.length / seconds);
    return {
      on: 'the three test sets',
      metric: 'sentences tagged a second',
      value,
      n: sentences.length,
      note,
    };
  });
}
