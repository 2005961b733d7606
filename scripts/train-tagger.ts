/**
 * Learns the tagger's weights from Universal Dependencies treebanks and writes src/language/weights/tagger-*.ts:
 *   npx tsx scripts/train-tagger.ts --data DIR [--language en|fr] [--held-out]
 * With --held-out it learns from a part, prints the accuracy on the rest, and writes nothing: decide by that, not by the
 * test sets. The same data give the same weights.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { goldTag, layOnTokens, layOnUnits, readTrees, scoreTags, type Tree } from '../eval/treebank.ts';
import type { Language } from '../src/language/propose.ts';
import { TAGS } from '../src/language/tag.ts';
import { tagWith, unpackTagger } from '../src/language/tagger.ts';
import type { Token } from '../src/language/text-model.ts';
import {
  COMBINED,
  combinedKeys,
  NOTHING,
  traitsOf,
  type WordList,
  type WordTraits,
} from '../src/language/word-traits.ts';
import { type Example, learnField } from './crf.ts';
import { type Learned, pack } from './packing.ts';
import { englishWords, frenchWords } from './word-lists.ts';

const { values: args } = parseArgs({
  options: {
    data: { type: 'string' },
    language: { type: 'string' },
    'held-out': { type: 'boolean', default: false },
  },
});
const data = args.data;
if (!data) throw new Error('Say where the data is: --data DIR');

/** Treebanks to learn from. French GSD-test and both PUDs are for judging only. */
const treebanks: Record<Language, string[]> = {
  en: ['English-EWT/en_ewt-ud-dev', 'English-EWT/en_ewt-ud-test'],
  fr: [
    'French-Sequoia/fr_sequoia-ud-train',
    'French-Sequoia/fr_sequoia-ud-dev',
    'French-Sequoia/fr_sequoia-ud-test',
    'French-GSD/fr_gsd-ud-dev',
  ],
};
const FREQUENT = 300;
const EPOCHS = 12;
const SEEDS = [1, 2, 3];
const PACKING = { step: 0.08, least: 0.1 };

/** A sentence cut into tokens, with the tag of each. */
interface Tagged {
  tokens: Token[];
  tags: Uint8Array;
}

function taggedOf(tree: Tree, language: Language): Tagged[] {
  const own = layOnTokens(tree, language);
  const units = layOnUnits(tree, language);
  const same =
    own.length === units.length && own.every(({ token }, at) => token.text === units[at]!.token.text);
  return (same ? [own] : [own, units]).map((laid) => ({
    tokens: laid.map(({ token }) => token),
    tags: Uint8Array.from(laid, (item) => goldTag(tree, item)),
  }));
}

function frequentOf(sentences: Tagged[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { tokens } of sentences)
    for (const { lower } of tokens) counts.set(lower, (counts.get(lower) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return new Set(sorted.slice(0, FREQUENT).map(([form]) => form));
}

/** The keys of each token's features, as the tagger looks them up. */
function keysOf(tokens: Token[], language: Language, words: WordList): number[][] {
  let first = true;
  const traits: WordTraits[] = tokens.map((token) => {
    const found = traitsOf(token, first, language, words);
    if (token.kind !== 'mark') first = false;
    return found;
  });
  const at = (index: number) => traits[index] ?? NOTHING;
  const combined = combinedKeys(traits);
  return tokens.map((_, index) => {
    return [
      ...at(index).own,
      ...at(index - 1).before,
      ...at(index - 2).twoBefore,
      ...at(index + 1).after,
      ...at(index + 2).twoAfter,
      ...combined.subarray(index * COMBINED, (index + 1) * COMBINED),
    ];
  });
}

function learn(sentences: Tagged[], language: Language, words: WordList): Learned {
  const index = new Map<number, number>();
  const examples: Example[] = sentences.map(({ tokens, tags }) => ({
    labels: tags,
    features: keysOf(tokens, language, words).map((keys) =>
      Int32Array.from(keys, (key) => {
        if (!index.has(key)) index.set(key, index.size);
        return index.get(key)!;
      }),
    ),
  }));
  // The mean of several fields that met the sentences in different orders errs less than any of them.
  const fields = SEEDS.map((seed) =>
    learnField(
      examples,
      { features: index.size, labels: TAGS.length, epochs: EPOCHS, rate: 0.1, drop: 0.2, seed },
      (epoch) => process.stderr.write(`${language} ${seed}: ${epoch + 1}/${EPOCHS}\r`),
    ),
  );
  const mean = (values: Float32Array[]) =>
    values[0]!.map((_, at) => values.reduce((sum, value) => sum + value[at]!, 0) / values.length);
  const weights = mean(fields.map((field) => field.weights));
  const steps = mean(fields.map((field) => field.steps));
  const rows = new Map<number, Float32Array>();
  for (const [key, row] of index) rows.set(key, weights.subarray(row * TAGS.length, (row + 1) * TAGS.length));
  return { rows, steps };
}

for (const language of ['en', 'fr'] as const) {
  if (args.language && args.language !== language) continue;
  const trees = treebanks[language].flatMap((name) => readTrees(join(data, 'ud', `${name}.conllu`)));
  // Every sixth stretch of fifty sentences: whole documents, mostly.
  const isHeld = (place: number) => args['held-out'] && Math.floor(place / 50) % 6 === 3;
  const held = trees.filter((_, place) => isHeld(place));
  const sentences = trees.filter((_, place) => !isHeld(place)).flatMap((tree) => taggedOf(tree, language));
  const lexicon = language === 'fr' ? frenchWords() : englishWords();
  const frequent = frequentOf(sentences);
  const words: WordList = { classOf: (form) => lexicon.get(form) ?? 0, frequent };
  const packed = pack(learn(sentences, language, words), lexicon, frequent, PACKING);
  const size = Object.values(packed).reduce((sum, part) => sum + String(part).length, 0);
  process.stdout.write(`${language}: ${sentences.length} sentences, ${size} characters\n`);
  if (args['held-out']) {
    const tagger = unpackTagger(packed, language);
    const score = scoreTags(held, language, (tokens) => tagWith(tagger, tokens));
    process.stdout.write(`${language}: ${JSON.stringify(score)}\n`);
    continue;
  }
  const text = [
    '// Weights of the tagger, written by scripts/train-tagger.ts; NOTICE names the treebanks and the lexicon behind them.',
    "import type { PackedWeights } from '../tagger.ts';",
    '',
    `export const weights: PackedWeights = ${JSON.stringify(packed)};`,
    '',
  ].join('\n');
  writeFileSync(join(import.meta.dirname, '..', 'src', 'language', 'weights', `tagger-${language}.ts`), text);
}
