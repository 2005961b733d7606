// Verbs of saying in their sentence: phrasal verbs, reflexives, « faire savoir », and the plain forms of cue.ts.
import { type CueForm, cueOf, invertedFrench } from './cue.ts';
import { type Chunk, type Grammar, lower, upos } from './grammar.ts';

/** Verbs that speak only with the word after them. */
const PHRASAL = new Map<string, [act: CueForm['act'], clause: boolean, object: boolean]>([
  ['rule out', ['rejects', true, true]],
  ['point out', ['says', true, true]],
  ['set out', ['says', false, true]],
  ['play down', ['says', false, true]],
  ['put it', ['says', false, false]],
]);
const PHRASAL_LEMMA: Record<string, string> = {
  rule: 'rule',
  rules: 'rule',
  ruled: 'rule',
  point: 'point',
  points: 'point',
  pointed: 'point',
  pointing: 'point',
  set: 'set',
  sets: 'set',
  play: 'play',
  plays: 'play',
  played: 'play',
  put: 'put',
  puts: 'put',
};

/** A cue by the context alone: what stands as the verb beside a quotation speaks, whatever it says. */
export const plainEntry = (lemma: string, act: CueForm['act'], more: Partial<CueForm>): CueForm => ({
  lemma,
  act,
  form: 'finite',
  clause: false,
  bare: false,
  infinitive: false,
  gerund: false,
  hearer: false,
  object: false,
  predicate: false,
  against: false,
  prepositions: [],
  weak: true,
  ...more,
});

/** Verbs that speak when they turn on the speaker: « s'engage à », « se défend de ». */
const REFLEXIVE: [pattern: RegExp, act: CueForm['act'], prepositions: string[] | null][] = [
  [/^engag(?:e|ent|ée?s?|ea|eait|era|eront|eaient|eant)$/, 'promises', null],
  [/^défend(?:ent|ait|aient|u|ue|us|it|ra|ant)?$/, 'denies', null],
  [/^(?:félicit|alarm|indign|étonn)(?:e|ent|ée?s?|a|ait|aient|ant)$/, 'says', ['de', "d'", 'du', 'des']],
  [
    /^(?:réjoui(?:t|e|s|es|ssent|ssant)?|inquièt(?:e|ent)|inquiét(?:ée?s?|a|ait|ant))$/,
    'says',
    ['de', "d'", 'du', 'des'],
  ],
  [/^prononc(?:e|ent|ée?s?)$|^pronon(?:ça|çait|çant)$/, 'says', ['contre', 'pour']],
];

const MAKES = /^(?:fait|font|faisait|faisaient|fit|firent|fera|faisant)$/;
const LETS = /^laiss(?:e|ent|é|ait|aient|a|èrent|ant)$/;

/** « faire savoir que », « laisser entendre que », « faire état de ». */
function madeKnown(word: string, form: CueForm['form']): CueForm {
  const prepositions = /^(?:part|état)$/.test(word) ? ['de', "d'", 'du', 'des'] : [];
  return plainEntry('faire savoir', 'says', { clause: true, prepositions, form, weak: false });
}

/** Reflexives that report, and « se dit prêt à ». */
const EXCLAIMS =
  /^(?:s'\S+|dire|déclarer|indigner|exclamer|étonner|insurger|alarmer|inquiéter|interroger|féliciter|plaindre|réjouir|justifier)$/;

function isReflexive(grammar: Grammar, chunk: Chunk): boolean {
  return /^(?:s'|se)$/.test(lower(grammar, chunk.verb!.first - 1));
}

/** « fait savoir que », « a fait valoir », « faisant remarquer »: the infinitive that makes the verb one of saying. */
const MADE_KNOWN = /^(?:savoir|valoir|remarquer|observer|part|état|entendre)$/;

/** The verb of saying a verb group is, with the item after it; null where it is none. */
export function entryOf(grammar: Grammar, chunk: Chunk): { entry: CueForm; to: number } | null {
  const word = lower(grammar, chunk.head);
  let after = chunk.to;
  while (grammar.language === 'fr' && upos(grammar, after) === 'ADV' && after < chunk.to + 3) after++;
  const next = lower(grammar, after);
  if (grammar.language === 'en') {
    const phrasal = PHRASAL.get(`${PHRASAL_LEMMA[word] ?? ''} ${next}`);
    if (phrasal) {
      const [act, clause, object] = phrasal;
      const form = chunk.verb!.form === 'gerund' ? 'gerund' : 'finite';
      return {
        entry: plainEntry(`${word} ${next}`, act, { clause, bare: clause, object, form, weak: false }),
        to: chunk.to + 1,
      };
    }
  } else if (
    (MAKES.test(word) && MADE_KNOWN.test(next)) ||
    (LETS.test(word) && /^(?:entendre|comprendre)$/.test(next))
  ) {
    return { entry: madeKnown(next, chunk.verb!.form === 'gerund' ? 'gerund' : 'finite'), to: after + 1 };
  }
  if (grammar.language === 'fr') {
    // Where « fait » is read as an auxiliary, the infinitive carries the group.
    if (MADE_KNOWN.test(word) && /^(?:fai|fit|fir|font|fer)/.test(lower(grammar, chunk.head - 1)))
      return { entry: madeKnown(word, 'finite'), to: chunk.head + 1 };
    const reflexive = isReflexive(grammar, chunk)
      ? REFLEXIVE.find(([pattern]) => pattern.test(word))
      : undefined;
    if (reflexive) {
      const form = chunk.verb!.form === 'gerund' ? 'gerund' : 'finite';
      const [, act, prepositions] = reflexive;
      const more = prepositions ? { prepositions, clause: true } : { infinitive: true };
      return {
        entry: plainEntry(`se ${word}`, act, { ...more, form, weak: false }),
        to: chunk.head + 1,
      };
    }
    if (chunk.verb!.pronoun === 'on' && /^(?:appris|apprend|indique|lire)$/.test(word))
      return { entry: plainEntry(word, 'says', { clause: true, weak: false }), to: chunk.head + 1 };
  }
  const entry = verbEntry(grammar, chunk, word) ?? thinking(grammar, chunk, word);
  // « s'explique par », « se rappelle que »: turned on itself, hardly a verb of saying says anything.
  if (entry && grammar.language === 'fr' && isReflexive(grammar, chunk) && !EXCLAIMS.test(entry.lemma))
    return null;
  return entry && { entry, to: chunk.head + 1 };
}

/** Verbs of thinking and wishing, which report only where they quote: « souhaite que l'État « prenne ses responsabilités » ». */
const THINKS = {
  en: /^(?:believes?|believed|thinks?|thought|fears?|feared|hopes?|hoped|wants?|wanted|worries|worried|sees?|saw)$/,
  fr: /^(?:souhait|espèr|espér|redout|pens|doute)(?:e|ent|ait|aient|é)$|^(?:crain(?:t|s|gnent|gnait|gnaient)|cru|croi(?:t|ent)|veu(?:t|lent)|vo(?:it|ient))$/,
};

function thinking(grammar: Grammar, chunk: Chunk, word: string): CueForm | null {
  if (!THINKS[grammar.language].test(word) || chunk.verb!.form !== 'finite' || chunk.verb!.passive)
    return null;
  if (chunk.verb!.pronoun !== null) return null;
  for (let at = chunk.to; at < chunk.to + 24 && at < grammar.items.length; at++) {
    const item = grammar.items[at]!;
    if (item.kind === 'quotation')
      return plainEntry('think', 'says', {
        clause: true,
        bare: grammar.language === 'en',
        infinitive: true,
        object: true,
      });
    if (item.kind === 'mark' && /^[,.;:!?()]$/.test(item.text)) return null;
  }
  return null;
}

function verbEntry(grammar: Grammar, chunk: Chunk, word: string): CueForm | null {
  const inversion = grammar.language === 'fr' ? invertedFrench(word) : null;
  const entry = cueOf(inversion?.verb ?? word, grammar.language);
  if (!entry) return null;
  // « déclaré » alone is no report, « a déclaré » is.
  const alone = chunk.verb!.first === chunk.head;
  const joined = /^(?:et|mais|puis)$/.test(lower(grammar, chunk.from - 1));
  if (entry.form === 'participle' && alone && !joined) return null;
  return entry;
}

/** « s'indigne »: the reflexive belongs to the verb; negations and objects before it do not. */
export function reflexiveFrom(grammar: Grammar, chunk: Chunk): number {
  const first = chunk.verb!.first;
  return /^(?:s'|se)$/.test(lower(grammar, first - 1)) ? first - 1 : first;
}
