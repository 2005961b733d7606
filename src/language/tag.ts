// Parts of speech: the seventeen of Universal Dependencies, verbs split by form, relative pronouns apart.

/** The parts of speech of Universal Dependencies ("UPOS"). */
export const UPOS = [
  'ADJ',
  'ADP',
  'ADV',
  'AUX',
  'CCONJ',
  'DET',
  'INTJ',
  'NOUN',
  'NUM',
  'PART',
  'PRON',
  'PROPN',
  'PUNCT',
  'SCONJ',
  'SYM',
  'VERB',
  'X',
] as const;
export type Upos = (typeof UPOS)[number];

/** What the tagger tells apart. `Ger` is the form in "-ing" or « -ant », `Part` the past participle. */
export const TAGS = [
  'ADJ',
  'ADP',
  'ADV',
  'AUX-Fin',
  'AUX-Inf',
  'AUX-Part',
  'AUX-Ger',
  'CCONJ',
  'DET',
  'INTJ',
  'NOUN',
  'NUM',
  'PART',
  'PRON',
  'PRON-Rel',
  'PROPN',
  'PUNCT',
  'SCONJ',
  'SYM',
  'VERB-Fin',
  'VERB-Inf',
  'VERB-Part',
  'VERB-Ger',
  'X',
] as const;
export type TagName = (typeof TAGS)[number];

/** An index into `TAGS`. */
export type Tag = number;

/** The index of each tag: `TAG['VERB-Fin']`. */
export const TAG = Object.fromEntries(TAGS.map((name, index) => [name, index])) as Record<TagName, Tag>;

const coarse = TAGS.map((name) => name.split('-')[0] as Upos);
const finite = TAGS.map((name) => name.endsWith('-Fin'));

/** The part of speech that a tag refines. */
export function uposOf(tag: Tag): Upos {
  return coarse[tag] ?? 'X';
}

/** Whether the tag is a verb's or an auxiliary's in a finite form: "says", "has", « disait », « serait ». */
export function isFiniteTag(tag: Tag): boolean {
  return finite[tag] ?? false;
}
