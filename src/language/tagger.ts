// A part of speech for every token: a linear chain over word traits, weights learned by scripts/train-tagger.ts.
import { addKey, bytesOf, findKey, type KeyMap, keyMap, readBits, readKeys } from './packed-table.ts';
import type { Language } from './propose.ts';
import { isFiniteTag, TAG, TAGS, type Tag } from './tag.ts';
import type { Token } from './text-model.ts';
import { weights as english } from './weights/tagger-en.ts';
import { weights as french } from './weights/tagger-fr.ts';
import {
  COMBINED,
  combinedKeys,
  formKey,
  type Joint,
  NOTHING,
  traitsOf,
  type WordList,
  type WordTraits,
} from './word-traits.ts';

const SIZE = TAGS.length;
/** Tags this far below the best by a word's own evidence are not followed: in units of the weights' logarithm. */
const HOPELESS = 9;
/** Words whose evidence is kept; a second generation is begun when the first is full. */
const KEPT = 8192;

/** Packed weights: what training writes and the tagger reads. */
export interface PackedWeights {
  /** The most frequent words, separated by spaces. */
  frequent: string;
  /** The lexicon's classes, in the order in which their words are packed. */
  classes: number[];
  /** The words of each class. */
  lexicon: string;
  /** The keys that have weights. */
  keys: string;
  /** Their weights, and those of one tag after another. */
  values: string;
  /** Size of one step of a weight. */
  step: number;
}

/** What a word says about its own tag and its neighbours' tags. */
interface Evidence extends Joint {
  own: Int32Array;
  before: Int32Array;
  twoBefore: Int32Array;
  after: Int32Array;
  twoAfter: Int32Array;
}

/** Weights unpacked, with what has been worked out of them so far. */
export interface Tagger {
  language: Language;
  words: WordList;
  keys: KeyMap;
  /** A row of `TAGS.length` weights a key, in steps. */
  rows: Int8Array;
  /** From the tag before (the last row: the sentence's beginning) to the tag. */
  steps: Int8Array;
  /** `HOPELESS` in steps. */
  margin: number;
  nothing: Evidence;
  young: Map<string, Evidence>;
  old: Map<string, Evidence>;
}

const taggers = new Map<Language, Tagger>();

/**
 * The tags of one sentence's tokens, each an index into `TAGS`. Any tokens will do: a folded quotation counts as a
 * noun, and whatever is unreadable gets some tag. The first use of a language unpacks its weights.
 */
export function tagsOf(tokens: readonly Token[], language: Language): Uint8Array {
  let tagger = taggers.get(language);
  if (!tagger) {
    tagger = unpackTagger(language === 'fr' ? french : english, language);
    taggers.set(language, tagger);
  }
  return tagWith(tagger, tokens);
}

/** Whether each token is a finite verb or auxiliary: `finiteAt(tagsOf(tokens, language), index)`. */
export function finiteAt(tags: Uint8Array, index: number): boolean {
  return index >= 0 && index < tags.length && isFiniteTag(tags[index] as Tag);
}

/** Unpacks weights; see scripts/packing.ts for the writer. */
export function unpackTagger(packed: PackedWeights, language: Language): Tagger {
  const sorted = readKeys(readBits(bytesOf(packed.keys)));
  const keys = keyMap(sorted.length);
  for (let row = 0; row < sorted.length; row++) addKey(keys, sorted[row]!, row);
  const values = readWeights(packed.values, sorted.length + SIZE + 1);
  const tagger: Omit<Tagger, 'nothing'> = {
    language,
    words: unpackWords(packed),
    keys,
    rows: values.subarray((SIZE + 1) * SIZE),
    steps: values.subarray(0, (SIZE + 1) * SIZE),
    margin: HOPELESS / packed.step,
    young: new Map(),
    old: new Map(),
  };
  return { ...tagger, nothing: weigh(tagger, NOTHING) };
}

function unpackWords(packed: PackedWeights): WordList {
  const reader = readBits(bytesOf(packed.lexicon));
  const perClass = packed.classes.map(() => readKeys(reader));
  const classes = keyMap(perClass.reduce((sum, keys) => sum + keys.length, 0));
  for (const [index, keys] of perClass.entries()) {
    const found = packed.classes[index]!;
    for (let at = 0; at < keys.length; at++) addKey(classes, keys[at]!, found);
  }
  return {
    classOf: (form) => {
      const found = findKey(classes, formKey(form));
      return found === -1 ? 0 : found;
    },
    frequent: new Set(packed.frequent.split(' ')),
  };
}

/** How a weight is written: which tag it is for, then its size less one (Rice), then its sign. */
export const WEIGHT_CODE = { count: 1, tag: 5, size: 1 } as const;

function readWeights(text: string, count: number): Int8Array {
  const { bits, rice } = readBits(bytesOf(text));
  const values = new Int8Array(count * SIZE);
  for (let row = 0; row < count; row++) {
    for (let left = rice(WEIGHT_CODE.count); left > 0; left--) {
      const tag = bits(WEIGHT_CODE.tag);
      const size = rice(WEIGHT_CODE.size) + 1;
      values[row * SIZE + tag] = bits(1) === 1 ? -size : size;
    }
  }
  return values;
}

function emptyEvidence() {
  return {
    own: new Int32Array(SIZE),
    before: new Int32Array(SIZE),
    twoBefore: new Int32Array(SIZE),
    after: new Int32Array(SIZE),
    twoAfter: new Int32Array(SIZE),
  };
}

/** Sums the weights of a word's traits for each place it can be seen from. */
function weigh(tagger: Pick<Tagger, 'keys' | 'rows'>, traits: WordTraits): Evidence {
  const evidence = emptyEvidence();
  for (const place of ['own', 'before', 'twoBefore', 'after', 'twoAfter'] as const)
    for (const key of traits[place]) addRow(evidence[place], tagger, key);
  const { signature, kind, auxiliary, role } = traits;
  return { ...evidence, signature, kind, auxiliary, role };
}

function addRow(into: Int32Array, { keys, rows }: Pick<Tagger, 'keys' | 'rows'>, key: number): void {
  const row = findKey(keys, key);
  if (row < 0) return;
  const from = row * SIZE;
  for (let tag = 0; tag < SIZE; tag++) into[tag]! += rows[from + tag]!;
}

function evidenceOf(tagger: Tagger, token: Token, first: boolean): Evidence {
  const key = first ? `\n${token.text}` : token.text;
  let evidence = tagger.young.get(key);
  if (evidence) return evidence;
  evidence = tagger.old.get(key) ?? weigh(tagger, traitsOf(token, first, tagger.language, tagger.words));
  // Texts may hold any number of different words; what is kept of them may not grow with it.
  if (key.length > 80) return evidence;
  if (tagger.young.size >= KEPT) {
    tagger.old = tagger.young;
    tagger.young = new Map();
  }
  tagger.young.set(key, evidence);
  return evidence;
}

/** The most probable sequence of tags (Viterbi), leaving out tags that a word's own evidence makes hopeless. */
export function tagWith(tagger: Tagger, tokens: readonly Token[]): Uint8Array {
  const count = tokens.length;
  const tags = new Uint8Array(count);
  if (count === 0) return tags;
  const { nothing, steps, margin } = tagger;
  const evidence: Evidence[] = new Array(count);
  let first = true;
  for (let index = 0; index < count; index++) {
    const token = tokens[index]!;
    if (token.kind === 'quotation') evidence[index] = nothing;
    else evidence[index] = evidenceOf(tagger, token, first);
    if (token.kind !== 'mark') first = false;
  }

  const scores = new Int32Array(count * SIZE);
  const from = new Uint8Array(count * SIZE);
  const combined = combinedKeys(evidence);
  const row = new Int32Array(SIZE);
  // Tags still followed at the token before.
  let followed: number[] = [];
  let next: number[] = [];
  for (let index = 0; index < count; index++) {
    const { own } = evidence[index]!;
    const { before } = evidence[index - 1] ?? nothing;
    const { twoBefore } = evidence[index - 2] ?? nothing;
    const { after } = evidence[index + 1] ?? nothing;
    const { twoAfter } = evidence[index + 2] ?? nothing;
    for (let tag = 0; tag < SIZE; tag++)
      row[tag] = own[tag]! + before[tag]! + twoBefore[tag]! + after[tag]! + twoAfter[tag]!;
    for (let key = 0; key < COMBINED; key++) addRow(row, tagger, combined[index * COMBINED + key]!);
    if (tokens[index]!.kind === 'quotation') row[TAG.NOUN]! += 100_000;

    let best = Number.NEGATIVE_INFINITY;
    for (let tag = 0; tag < SIZE; tag++) if (row[tag]! > best) best = row[tag]!;
    next.length = 0;
    const base = index * SIZE;
    for (let tag = 0; tag < SIZE; tag++) {
      if (row[tag]! < best - margin) continue;
      let score = steps[SIZE * SIZE + tag]!;
      let source = 0;
      if (index > 0) {
        score = Number.NEGATIVE_INFINITY;
        for (const previous of followed) {
          const reached = scores[base - SIZE + previous]! + steps[previous * SIZE + tag]!;
          if (reached <= score) continue;
          score = reached;
          source = previous;
        }
      }
      scores[base + tag] = score + row[tag]!;
      from[base + tag] = source;
      next.push(tag);
    }
    [followed, next] = [next, followed];
  }

  let tag = followed[0] ?? 0;
  for (const candidate of followed)
    if (scores[(count - 1) * SIZE + candidate]! > scores[(count - 1) * SIZE + tag]!) tag = candidate;
  for (let index = count - 1; index >= 0; index--) {
    tags[index] = tag;
    tag = from[index * SIZE + tag]!;
  }
  return tags;
}
