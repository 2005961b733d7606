// A part of speech for every token: a linear chain over word traits, weights learned by scripts/train-tagger.ts.
import { bytesOf, findKey, indexKeys, type KeyIndex, readBits, readKeys } from './packed-table.ts';
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
  /** The lexicon's classes, those of most words first. */
  classes: number[];
  /** The words' keys, and for each the number of its class. */
  lexicon: string;
  /** The keys that have weights. */
  keys: string;
  /** Their weights, and those of one tag after another. */
  values: string;
  /** Size of one step of a weight. */
  step: number;
}

/** The places from which a word bears on a tag, in the order of its sums. */
const PLACES = ['own', 'before', 'twoBefore', 'after', 'twoAfter'] as const;

/** What a word says about its own tag and its neighbours' tags: a row of sums for each of `PLACES`. */
interface Evidence extends Joint {
  sums: Int32Array;
}

/** Weights unpacked, with what has been worked out of them so far. */
export interface Tagger {
  language: Language;
  words: WordList;
  keys: KeyIndex;
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
  const keys = indexKeys(readKeys(readBits(bytesOf(packed.keys))));
  const values = readWeights(packed.values, keys.keys.length + SIZE + 1);
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
  const forms = indexKeys(readKeys(reader));
  const low = reader.bits(5);
  const classes = new Int32Array(forms.keys.length);
  for (let row = 0; row < classes.length; row++) classes[row] = packed.classes[reader.rice(low)]!;
  return {
    classOf: (form) => classes[findKey(forms, formKey(form))] ?? 0,
    frequent: new Set(packed.frequent.split(' ')),
  };
}

/** How a weight is written: which tag it is for, then its size less one (Rice), then its sign. */
export const WEIGHT_CODE = { count: 1, tag: 5, size: 1 } as const;

/** Reads `count` rows. The bits are taken here, not by a reader: half a million reads are most of the time to load. */
function readWeights(text: string, count: number): Int8Array {
  const bytes = bytesOf(text);
  const values = new Int8Array(count * SIZE);
  const { tag: tagBits, size: low, count: countLow } = WEIGHT_CODE;
  let at = 0;
  let held = 0;
  let have = 0;
  for (let row = 0; row < count; row++) {
    let left = -1;
    do {
      // Enough for any code but the longest, which is topped up below.
      while (have <= 23) {
        held = ((held & 0x7fffff) << 8) | (bytes[at++] ?? 0);
        have += 8;
      }
      let tag = 0;
      if (left >= 0) {
        have -= tagBits;
        tag = (held >>> have) & ((1 << tagBits) - 1);
      }
      let ones = 0;
      while (((held >>> --have) & 1) === 1) {
        ones++;
        if (have > 0) continue;
        held = bytes[at++] ?? 0;
        have = 8;
      }
      const width = left < 0 ? countLow : low + 1;
      while (have < width) {
        held = ((held & 0x7fffff) << 8) | (bytes[at++] ?? 0);
        have += 8;
      }
      have -= width;
      const rest = (held >>> have) & ((1 << width) - 1);
      if (left < 0) left = (ones << countLow) | rest;
      else {
        const size = ((ones << low) | (rest >>> 1)) + 1;
        values[row * SIZE + tag] = (rest & 1) === 1 ? -size : size;
        left--;
      }
    } while (left > 0);
  }
  return values;
}

/** Sums the weights of a word's traits for each place it can be seen from. */
function weigh(tables: Pick<Tagger, 'keys' | 'rows'>, traits: WordTraits): Evidence {
  const sums = new Int32Array(PLACES.length * SIZE);
  for (let place = 0; place < PLACES.length; place++)
    for (const key of traits[PLACES[place]!]) addRow(sums, place * SIZE, tables, key);
  const { signature, kind, auxiliary, role } = traits;
  return { sums, signature, kind, auxiliary, role };
}

function addRow(
  into: Int32Array,
  at: number,
  { keys, rows }: Pick<Tagger, 'keys' | 'rows'>,
  key: number,
): void {
  const row = findKey(keys, key);
  if (row < 0) return;
  const from = row * SIZE;
  for (let tag = 0; tag < SIZE; tag++) into[at + tag]! += rows[from + tag]!;
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

/** Whether nearly all longer words have capitals, so that a capital tells nothing: an English headline. */
function isHeadline(tokens: readonly Token[]): boolean {
  let words = 0;
  let capitals = 0;
  for (const { kind, capital, text } of tokens) {
    if (kind !== 'word' || text.length < 4) continue;
    words++;
    if (capital) capitals++;
  }
  return words >= 4 && capitals >= words * 0.8;
}

/** A headline's word as it would stand in a sentence: in lower case if so listed, else with one capital. */
function asInProse(tagger: Tagger, token: Token): Token {
  const { kind, capital, text, lower } = token;
  if (kind !== 'word' || !capital || lower === '') return token;
  if (tagger.words.classOf(lower) !== 0) return { ...token, text: lower, capital: false };
  const shouted = text.length > 3 && text === text.toUpperCase();
  return shouted ? { ...token, text: text[0] + lower.slice(1) } : token;
}

/** The most probable sequence of tags (Viterbi), leaving out tags that a word's own evidence makes hopeless. */
export function tagWith(tagger: Tagger, tokens: readonly Token[]): Uint8Array {
  const count = tokens.length;
  const tags = new Uint8Array(count);
  if (count === 0) return tags;
  const { nothing, steps, margin } = tagger;
  const evidence: Evidence[] = new Array(count);
  const headline = tagger.language === 'en' && isHeadline(tokens);
  let first = true;
  for (let index = 0; index < count; index++) {
    const token = tokens[index]!;
    if (token.kind === 'quotation') evidence[index] = nothing;
    else evidence[index] = evidenceOf(tagger, headline ? asInProse(tagger, token) : token, first);
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
    const own = evidence[index]!.sums;
    const before = (evidence[index - 1] ?? nothing).sums;
    const twoBefore = (evidence[index - 2] ?? nothing).sums;
    const after = (evidence[index + 1] ?? nothing).sums;
    const twoAfter = (evidence[index + 2] ?? nothing).sums;
    for (let tag = 0; tag < SIZE; tag++)
      row[tag] =
        own[tag]! +
        before[SIZE + tag]! +
        twoBefore[2 * SIZE + tag]! +
        after[3 * SIZE + tag]! +
        twoAfter[4 * SIZE + tag]!;
    for (let key = 0; key < COMBINED; key++) addRow(row, 0, tagger, combined[index * COMBINED + key]!);
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
