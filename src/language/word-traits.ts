// What the tagger sees of a word: its form, ends, shape and lexicon class, as keys of the weights. Training uses the same.
import { KEY_BITS } from './packed-table.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

/** What may be asked about word forms: the lexicon's classes and the most frequent words. */
export interface WordList {
  /** The class of a form as a set of bits, 0 when it is not listed. */
  classOf(form: string): number;
  /** Forms so frequent that they stand for themselves in combinations. */
  frequent: ReadonlySet<string>;
}

/** A word's keys, by the place from which it bears on a tag: its own, a neighbour's, a neighbour's neighbour's. */
export interface WordTraits {
  own: number[];
  before: number[];
  twoBefore: number[];
  after: number[];
  twoAfter: number[];
  /** What the word is in combinations with its neighbours. */
  signature: number;
  /** What the word may be, whichever it is: its class and its end. */
  kind: number;
  /** The form of an auxiliary (or "to"), 0 of any other word. */
  auxiliary: number;
  /** Whether it ends a clause, is usually a finite verb, or neither. */
  role: 'end' | 'finite' | null;
}

/** Bits of a lexicon class that say "may be …"; those from `PRIMARY` on number the most usual use. */
export const CLASS = {
  noun: 1,
  name: 2,
  adjective: 4,
  adverb: 8,
  finite: 16,
  infinitive: 32,
  pastParticiple: 64,
  gerund: 128,
  auxiliary: 256,
  determiner: 512,
  pronoun: 1024,
  preposition: 2048,
  coordinator: 4096,
  subordinator: 8192,
  numeral: 16384,
  interjection: 32768,
  plural: 65536,
  base: 131072,
  thirdPerson: 262144,
  comparative: 524288,
} as const;
export const PRIMARY = 25;
/** Set by the reader of traits, never in a lexicon: a capitalised form listed with its capital; a class of a part. */
const LISTED_CAPITAL = 1 << 21;
const OF_LAST_PART = 1 << 22;
const OF_VERB_BEFORE_PRONOUN = 1 << 23;
const CLASS_BITS = 24;

const INVERTED = /-(?:il|elle|ils|elles|on|je|tu|nous|vous|ce|moi|toi|le|la|les|lui|leur|y|en)$/;

/** Mixes a template's number and up to three values into a key. */
export function keyOf(template: number, a: number, b = 0, c = 0): number {
  let hash = Math.imul(template + 1, 0x9e3779b1) ^ a;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) ^ b;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) ^ c;
  hash = Math.imul(hash ^ (hash >>> 16), 0x27d4eb2f);
  return (hash ^ (hash >>> 15)) >>> (32 - KEY_BITS);
}

/** FNV-1a over code units. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** The key of a form in the lexicon. */
export function formKey(form: string): number {
  return keyOf(0, hashOf(form));
}

/** Beyond a sentence's ends, and where a quotation stands folded. */
export const NOTHING: WordTraits = {
  ...placed([], [7], [7]),
  signature: 7,
  kind: 7,
  auxiliary: 0,
  role: null,
};

/** A word's traits. `first`: no word stands before it in its sentence, so that a capital says little. */
export function traitsOf(token: Token, first: boolean, language: Language, words: WordList): WordTraits {
  const { kind } = token;
  const text = token.text.slice(0, 60).replaceAll('’', "'");
  const lower = plainForm(token.lower || text.toLowerCase(), kind, language);
  const capital = token.capital || /^\p{Lu}/u.test(text);
  const digits = /\p{Nd}/u.test(text);
  const hyphen = text.indexOf('-') > 0;
  const shape =
    (capital ? 1 : 0) |
    (capital && text.length > 1 && text === text.toUpperCase() ? 2 : 0) |
    (digits ? 4 : 0) |
    (hyphen ? 8 : 0) |
    (first ? 16 : 0) |
    (kind === 'mark' ? 32 : 0) |
    (kind === 'number' ? 64 : 0) |
    (text.length > 1 && text.includes('.') ? 128 : 0);
  let listed = words.classOf(lower);
  if (capital) {
    const asWritten = words.classOf(text);
    listed |= asWritten;
    if (!first && asWritten) listed |= LISTED_CAPITAL;
  }
  if (listed === 0 && hyphen) listed = classOfCompound(lower, language, words);

  const form = hashOf(lower);
  const plain = digits ? lower.replace(/\p{Nd}/gu, '0') : lower;
  const ends = [1, 2, 3, 4, 5].map((size) => hashOf(plain.slice(-size)));
  const [, end2 = 0, end3 = 0] = ends;
  const own = [keyOf(1, form), keyOf(2, hashOf(kind === 'mark' ? lower : text))];
  for (let size = 1; size <= 5; size++) if (plain.length > size) own.push(keyOf(2 + size, ends[size - 1]!));
  for (let size = 1; size <= 4; size++)
    if (plain.length > size + 1) own.push(keyOf(10 + size, hashOf(plain.slice(0, size))));
  own.push(
    keyOf(16, shape),
    keyOf(17, listed),
    keyOf(18, listed, shape),
    keyOf(19, listed, end3),
    keyOf(20, end2, shape),
    keyOf(21, end3, shape),
    keyOf(23, 0),
    keyOf(24, listed >>> PRIMARY, shape & 1),
    keyOf(25, listed >>> PRIMARY, end2),
  );
  for (let bit = 0; bit < CLASS_BITS; bit++) if (listed & (1 << bit)) own.push(keyOf(22, bit, shape & 1));

  const near = [form, keyOf(30, end2), keyOf(31, end3), keyOf(32, listed, shape & 127), keyOf(33, shape)];
  const far = [form, keyOf(34, listed, shape & 103)];
  let signature = keyOf(42, lower.length > 3 ? end2 : form, shape);
  if (words.frequent.has(lower) || kind === 'mark') signature = keyOf(40, form);
  else if (listed !== 0) signature = keyOf(41, listed, shape & 7);
  const auxiliary =
    AUXILIARIES[language].test(lower) || (language === 'fr' && (listed & CLASS.auxiliary) !== 0);
  return {
    ...placed(own, near, far),
    signature,
    kind: keyOf(43, listed, end2),
    auxiliary: auxiliary ? form : 0,
    role: roleOf(lower, kind, listed, language),
  };
}

/** An elision cut off before a quotation mark keeps its apostrophe; one currency's sign is as good as another's. */
function plainForm(lower: string, kind: Token['kind'], language: Language): string {
  if (kind === 'mark') return /^\p{Sc}/u.test(lower) ? '$' : lower;
  return language === 'fr' && ELIDED.test(lower) ? `${lower}'` : lower;
}

const ELIDED = /^(?:qu|l|d|n|jusqu|lorsqu|puisqu)$/;

const AUXILIARIES = {
  en: /^(?:am|is|are|was|were|be|been|being|have|has|had|having|do|does|did|will|would|can|could|may|might|must|shall|should|cannot|to|get|gets|got|'(?:s|re|m|ve|d|ll)|\p{L}+n't)$/u,
  fr: /^(?:a|ont|est|sont)$/,
};
const CLAUSE_ENDS =
  /^(?:[,;:.!?()«»“”"–—]|and|or|but|that|which|who|whose|when|while|if|because|as|et|ou|mais|que|qu'|qui|dont|où|quand|si|car|lorsque)$/;
/** Numbers of the Penn tags VBZ and VBD among a word's most usual uses. */
const FINITE_USES = new Set([13, 14]);

function roleOf(lower: string, kind: Token['kind'], listed: number, language: Language): WordTraits['role'] {
  if (CLAUSE_ENDS.test(lower)) return 'end';
  if (kind !== 'word') return null;
  if (language === 'en') return FINITE_USES.has(listed >>> PRIMARY) ? 'finite' : null;
  return (listed & ~CLASS.auxiliary & 0xfffff) === CLASS.finite ? 'finite' : null;
}

function placed(own: number[], near: number[], far: number[]) {
  return {
    own,
    before: near.map((value) => keyOf(50, value)),
    after: near.map((value) => keyOf(51, value)),
    twoBefore: far.map((value) => keyOf(52, value)),
    twoAfter: far.map((value) => keyOf(53, value)),
  };
}

/** An unlisted compound has the class of its last part; a French verb with its pronoun ("dit-elle") that of the verb. */
function classOfCompound(lower: string, language: Language, words: WordList): number {
  const pronoun = language === 'fr' ? INVERTED.exec(lower) : null;
  if (pronoun)
    return words.classOf(lower.slice(0, pronoun.index).replace(/-t$/, '')) | OF_VERB_BEFORE_PRONOUN;
  return words.classOf(lower.slice(lower.lastIndexOf('-') + 1)) | OF_LAST_PART;
}

/** The part of a word's traits that combinations are made of. */
export type Joint = Pick<WordTraits, 'signature' | 'kind' | 'auxiliary' | 'role'>;

/** Number of keys a token that `combinedKeys` writes. */
export const COMBINED = 9;
/** An auxiliary further back than this has no say. */
const REACH = 7;

/**
 * The keys of each word's combinations: with its neighbours' signatures, with the auxiliary before it, and with whether
 * its clause has a finite verb on either side. `COMBINED` keys a word.
 */
export function combinedKeys(words: readonly Joint[]): Uint32Array {
  const keys = new Uint32Array(words.length * COMBINED);
  const finiteAfter = new Uint8Array(words.length);
  let finite = 0;
  for (let index = words.length - 1; index >= 0; index--) {
    const { role } = words[index]!;
    if (role === 'end') finite = 0;
    finiteAfter[index] = finite;
    if (role === 'finite') finite = 1;
  }
  finite = 0;
  let auxiliary = 0;
  let since = 0;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const own = word.signature;
    const left = (words[index - 1] ?? NOTHING).signature;
    const right = (words[index + 1] ?? NOTHING).signature;
    const at = index * COMBINED;
    keys[at] = keyOf(60, left, own);
    keys[at + 1] = keyOf(61, own, right);
    keys[at + 2] = keyOf(62, left, right);
    keys[at + 3] = keyOf(63, left, own, right);
    keys[at + 4] = keyOf(64, (words[index - 2] ?? NOTHING).signature, left);
    keys[at + 5] = keyOf(65, right, (words[index + 2] ?? NOTHING).signature);
    const helped = since > 0 && since <= REACH ? auxiliary : 0;
    keys[at + 6] = keyOf(66, helped, word.kind);
    keys[at + 7] = keyOf(67, helped, own, Math.min(since, 4));
    keys[at + 8] = keyOf(68, word.kind, finite * 2 + finiteAfter[index]!, helped === 0 ? 0 : 1);
    if (word.role === 'end') finite = 0;
    if (word.role === 'finite') finite = 1;
    if (word.role === 'end' && word.auxiliary === 0) since = 0;
    else if (since > 0) since++;
    if (word.auxiliary !== 0) {
      auxiliary = word.auxiliary;
      since = 1;
    }
  }
  return keys;
}
