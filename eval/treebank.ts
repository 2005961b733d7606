// Universal Dependencies treebanks (CoNLL-U) as sentences with offsets, and their words laid over the tokens of ours.
import { readFileSync } from 'node:fs';
import type { Language } from '../src/language/propose.ts';
import { isFiniteTag, TAG, type Tag, type Upos, uposOf } from '../src/language/tag.ts';
import { type Token, tokenise } from '../src/language/text-model.ts';

/** One syntactic word of a tree; `head` is an index into the sentence's words, −1 for the root. */
export interface Word {
  form: string;
  upos: string;
  features: Map<string, string>;
  head: number;
  relation: string;
}

/** A stretch of the text that the treebank writes as one unit: a word, or several fused ("du", "don't"). */
interface Surface {
  start: number;
  end: number;
  words: number[];
}

/** One tree over the text it was annotated on. */
export interface Tree {
  text: string;
  words: Word[];
  surfaces: Surface[];
}

/** Our token with the words of the tree that it covers, the main one first, if any. */
export interface Laid {
  token: Token;
  words: number[];
}

/** The trees of a CoNLL-U file. A sentence whose words cannot be found in its text in order is left out. */
export function readTrees(path: string): Tree[] {
  const trees: Tree[] = [];
  for (const block of readFileSync(path, 'utf8').split(/\n\n+/)) {
    const tree = readTree(block);
    if (tree) trees.push(tree);
  }
  return trees;
}

function readTree(block: string): Tree | null {
  let text = '';
  const words: Word[] = [];
  const surfaces: Surface[] = [];
  let cursor = 0;
  let fusedUntil = 0;
  const place = (form: string, indices: number[]) => {
    const start = text.indexOf(form, cursor);
    if (start < 0 || text.slice(cursor, start).trim() !== '') return false;
    cursor = start + form.length;
    surfaces.push({ start, end: cursor, words: indices });
    return true;
  };
  for (const line of block.split('\n')) {
    if (line.startsWith('# text = ')) text = line.slice('# text = '.length);
    if (line === '' || line.startsWith('#')) continue;
    const [id = '', form = '', , upos = '', , features = '', head = '', relation = ''] = line.split('\t');
    if (id.includes('.')) continue;
    if (id.includes('-')) {
      const [first, last] = id.split('-').map(Number) as [number, number];
      if (!place(form, range(first - 1, last))) return null;
      fusedUntil = last;
      continue;
    }
    const pairs =
      features === '_' ? [] : features.split('|').map((pair) => pair.split('=') as [string, string]);
    words.push({ form, upos, features: new Map(pairs), head: Number(head) - 1, relation });
    if (words.length > fusedUntil && !place(form, [words.length - 1])) return null;
  }
  return words.length > 0 && text !== '' ? { text, words, surfaces } : null;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

/** The words of a tree over the tokens that our own reader makes of its text. */
export function layOnTokens(tree: Tree, language: Language): Laid[] {
  return layOn(tree, tokenise(tree.text, 0, tree.text.length, language));
}

/**
 * The words of a tree over the treebank's own units: each word a token, but those fused in writing as our reader
 * cuts them. This is the usual ground for comparing taggers ("gold tokens").
 */
export function layOnUnits(tree: Tree, language: Language): Laid[] {
  const tokens = tree.surfaces.flatMap(({ start, end, words }) => {
    const pieces = tokenise(tree.text, start, end, language);
    if (words.length > 1 && pieces.length > 0) return pieces;
    const text = tree.text.slice(start, end);
    const first = pieces[0];
    return first ? [{ ...first, end, text, lower: text.toLowerCase().replaceAll('’', "'") }] : [];
  });
  return layOn(tree, tokens);
}

/** Gives each token the words it covers. Several tokens may share a word (a web address), several words a token. */
function layOn(tree: Tree, tokens: Token[]): Laid[] {
  const laid: Laid[] = tokens.map((token) => ({ token, words: [] }));
  let from = 0;
  for (const { start, end, words } of tree.surfaces) {
    while (from < laid.length && laid[from]!.token.end <= start) from++;
    let to = from;
    while (to < laid.length && laid[to]!.token.start < end) to++;
    const covered = laid.slice(from, to);
    if (covered.length === words.length) {
      for (const [index, item] of covered.entries()) item.words.push(words[index]!);
    } else if (covered.length < words.length) {
      // Fewer tokens than words: the first token takes what is too many.
      const extra = words.length - covered.length;
      for (const [index, item] of covered.entries())
        item.words.push(...(index === 0 ? words.slice(0, extra + 1) : [words[index + extra]!]));
    } else {
      for (const [index, item] of covered.entries())
        item.words.push(words[Math.min(index, words.length - 1)]!);
    }
  }
  for (const item of laid) item.words = mainFirst(tree, item.words);
  return laid;
}

/** The words of one token with the one that governs the others first; of equals, a verb, then the earliest. */
function mainFirst(tree: Tree, words: number[]): number[] {
  if (words.length < 2) return words;
  const inside = new Set(words);
  const rank = (index: number) => {
    const word = tree.words[index]!;
    if (inside.has(word.head)) return 3;
    if (word.upos === 'PUNCT') return 2;
    return word.upos === 'VERB' || word.upos === 'AUX' ? 0 : 1;
  };
  return [...words].sort((a, b) => rank(a) - rank(b) || a - b);
}

/** The tag that the tagger should give to a token: its main word's, except for marks and what two banks write differently. */
export function goldTag(tree: Tree, { token, words }: Laid): Tag {
  const word = tree.words[words[0] ?? -1];
  if (!word) return TAG.X;
  if (word.form === '%') return TAG.SYM;
  // A piece of a web address or of a dotted number is no word of its own.
  if (
    token.kind === 'mark' &&
    word.form.length > 1 &&
    /[\p{Pi}\p{Pf}\p{Ps}\p{Pe}.,:;!?"'…]/u.test(token.text)
  )
    return TAG.PUNCT;
  return tagOfWord(word);
}

function tagOfWord({ upos, features }: Word): Tag {
  if (upos === 'VERB' || upos === 'AUX') {
    const form = features.get('VerbForm');
    if (form === 'Inf') return TAG[`${upos}-Inf`];
    if (form === 'Ger' || (form === 'Part' && features.get('Tense') === 'Pres')) return TAG[`${upos}-Ger`];
    if (form === 'Part') return TAG[`${upos}-Part`];
    return TAG[`${upos}-Fin`];
  }
  if (upos === 'PRON' && features.get('PronType') === 'Rel') return TAG['PRON-Rel'];
  return (TAG as Record<string, Tag>)[upos] ?? TAG.X;
}

/** Accuracy of a tagger, as shares of 1. */
export interface TagScore {
  /** Parts of speech of the treebank's own words, given its units. */
  words: number;
  /** Parts of speech of our tokens, given the text. */
  tokens: number;
  /** Finite verbs among our tokens: the harmonic mean of precision and recall. */
  finite: number;
  count: number;
}

/** Scores a tagger on trees, on the treebank's units and on our own tokens. */
export function scoreTags(
  trees: Tree[],
  language: Language,
  tagger: (tokens: Token[]) => Uint8Array,
): TagScore {
  let [right, count, rightOwn, own, finiteFound, finiteBoth, finiteGold] = [0, 0, 0, 0, 0, 0, 0];
  for (const tree of trees) {
    const units = layOnUnits(tree, language);
    const unitTags = tagger(units.map(({ token }) => token));
    for (const [index, unit] of units.entries()) {
      const expanded = expandTag(unit, unitTags[index]!, language);
      for (const [place, word] of [...unit.words].sort((a, b) => a - b).entries()) {
        count++;
        if (tree.words[word]!.upos === (expanded[place] ?? expanded[0])) right++;
      }
    }
    const laid = layOnTokens(tree, language);
    const tags = tagger(laid.map(({ token }) => token));
    for (const [index, item] of laid.entries()) {
      const gold = goldTag(tree, item);
      own++;
      if (uposOf(gold) === uposOf(tags[index]!)) rightOwn++;
      if (isFiniteTag(gold)) finiteGold++;
      if (isFiniteTag(tags[index]!)) finiteFound++;
      if (isFiniteTag(gold) && isFiniteTag(tags[index]!)) finiteBoth++;
    }
  }
  return {
    words: right / count,
    tokens: rightOwn / own,
    finite: (2 * finiteBoth) / Math.max(1, finiteFound + finiteGold),
    count,
  };
}

/** The parts of speech of the words fused in one token, in order: "du" is a preposition and a determiner. */
function expandTag({ token, words }: Laid, tag: Tag, language: Language): Upos[] {
  const own = uposOf(tag);
  if (words.length === 1) return [own];
  if (language === 'en') return [own === 'VERB' ? 'AUX' : own, 'PART'];
  if (/^(?:du|des|aux?)$/.test(token.lower)) return ['ADP', 'DET'];
  return token.lower.includes('quel') ? ['ADP', 'PRON'] : [own, 'PRON'];
}
