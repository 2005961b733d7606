// What words themselves say of an earlier statement: "had meant", « contrairement à », "the figure was 412, not 421".
// A small general list in English and French; it is looked for where the speech act alone does not tell.

/** What a statement does to an earlier one. */
export type AnswerKind =
  | 'clarifies'
  | 'denies'
  | 'rejects'
  | 'corrects'
  | 'retracts'
  | 'explains-otherwise'
  | 'confirms';

/** A cue: the kind of answer it makes and the words as they stand, folded. */
export interface Cue {
  kind: AnswerKind;
  words: string;
}

/** Tried in this order; the first that is found counts. */
const CUES: [AnswerKind, RegExp][] = [
  [
    'retracts',
    /\b(?:took|takes|take|taking|taken) back (?:what|h(?:is|er)|its?|their|the|those|these|that)\b|\bwithdr(?:ew|aws?|awing|awn) (?:h(?:is|er)|its?|their|those|these|the) (?:words?|remarks?|statements?|claims?|comments?|figures?|accusations?|allegations?)\b|\bapologi[sz]e[sd]? for (?:h(?:is|er)|its|their|the|having said|saying)\b|\bretir\w* (?:ses|leurs|ces|mes|l'accusation|son accusation|sa declaration|ce chiffre)\b|\brevi?en\w* sur (?:ses|leurs|ces|mes) (?:propos|paroles|declarations|mots)\b|\brevenue? sur (?:ses|leurs|ces) (?:propos|paroles|declarations)\b|\bregrett\w* (?:ses|leurs|ces|mes) (?:propos|paroles|mots)\b/,
  ],
  [
    'corrects',
    /\b\d[\d., \u00a0\u202f]*(?: [\p{L}]+){0,3},? (?:and )?not \d|\bnot \d[\d., \u00a0\u202f]*(?: [\p{L}]+){0,3},? but\b|\b(?:et )?non (?:pas )?(?:de )?\d|\b(?:the (?:right|correct|actual|exact|real) (?:number|figure|count|total|date)|le (?:bon |vrai )?chiffre (?:exact|juste|reel|correct)|le (?:bon|vrai) (?:chiffre|nombre))\b|\binstead of \d|\bau lieu de \d|\b(?:figure|number|count|total) (?:\w+ ){0,3}(?:was|were|is) (?:wrong|mistaken|an error|a mistake|incorrect)\b|\b(?:chiffre|nombre|total) (?:\w+ ){0,4}(?:etait|est) (?:errone|faux|inexact|une erreur)\b/u,
  ],
  [
    'clarifies',
    /\b(?:had|only|really) meant\b|\bmeant to say\b|\bwhat (?:he|she|they|it|the \w+) (?:had )?meant\b|\b(?:was|were|had been) (?:only )?(?:referring|alluding) to\b|\bhad in mind\b|\bdid not mean\b|\b(?:was|were|been) (?:misunderstood|misquoted|misinterpreted|taken out of context)\b|\b(?:a|ai|avait|avais|ont|avaient) (?:simplement |seulement )?voulu dire\b|\bvoulai(?:t|s|ent) (?:simplement |seulement )?(?:dire|parler)\b|\bfaisai(?:t|ent|s) (?:reference|allusion)\b|\bmal (?:comprise?s?|interpretee?s?)\b|\bsortis? de (?:leur|son) contexte\b|\bentendait par\b|\bparlait (?:seulement |uniquement )?(?:de|d'|des|du)\b/,
  ],
  [
    'denies',
    /\bcontrary to (?:what|the (?:claims?|statements?|allegations?))\b|\bcontrairement a (?:ce que?|ce qu'|aux|l'affirmation)\b|\b(?:is|are|was|were) (?:simply |entirely |completely |quite |categorically )?(?:false|untrue|not true|unfounded|baseless|a lie|lies)\b|\bthere is no truth\b|\b(?:est|sont|etait|etaient) (?:tout simplement |totalement |entierement )?(?:fausses?|faux|infondee?s?|mensongere?s?|inexactes?|inexacts?|un mensonge|des mensonges)\b|\b(?:had|has|have) never (?:said|happened|taken place|occurred|been)\b|\bnever (?:said|happened|took place|occurred)\b|\bn'(?:a|ont|ai|avait|est|sont) jamais\b|\bn'a pas eu lieu\b|\bdid not (?:happen|take place|occur)\b/,
  ],
  [
    'rejects',
    /\bout of the question\b|\bno question of\b|\bhors de question\b|\bn'(?:est|etait) pas question\b|\bcannot accept\b|\bwill not accept\b|\bne (?:peut|peuvent|pouvons|saurait) (?:pas )?accepter\b|\bn'acceptera(?:it)? (?:pas|jamais)\b|\bis unacceptable\b|\best inacceptable\b/,
  ],
  [
    'confirms',
    /\b(?:is|was|were|are) (?:entirely |quite )?right (?:to|that|when|about)\b|\b(?:a|ont|avait) (?:bien |tout a fait )?raison (?:de|d'|quand|sur)\b|\bthe same (?:thing )?(?:has been|was|were) (?:seen|observed|noted)\b/,
  ],
];

/** The first cue of a folded text, or null. */
export function cueIn(folded: string): Cue | null {
  for (const [kind, words] of CUES) {
    const match = words.exec(folded);
    if (match) return { kind, words: match[0].trim() };
  }
  return null;
}

const GENERIC =
  /\b(?:(?:the|these|those|this|such|its|his|her|their|any|all|such) (?:\w+ )?(?:claims?|accusations?|allegations?|charges?|remarks?|statements?|comments?|idea|suggestions?|proposals?|calls?|version|account|report|figures?|numbers?|request|criticisms?)|(?:ces|cette|ce|cet|les|l'|la|le|ses|leurs|toute) ?(?:\w+ )?(?:accusations?|allegations?|affirmations?|propos|declarations?|idee|propositions?|demandes?|version|chiffres?|critiques?|remarques?|mises? en cause|reproches?|rapport))\b/;

/** Whether a folded text speaks of an earlier one without saying which: "these allegations", « cette idée ». */
export function speaksOfAnother(folded: string): boolean {
  return GENERIC.test(folded);
}

const NEGATION =
  /\b(?:no|not|never|none|nobody|nothing|neither|without|\w+n't)\b|\bn'|\bne\b|\b(?:aucune?|jamais|personne n|rien n|sans|ni)\b/;

/** Whether a folded text says that something is not so. */
export function isNegated(folded: string): boolean {
  return NEGATION.test(folded);
}

const PURPOSE =
  /\b(?:in order to|so as to|so that|because|aimed at|in an attempt to|to (?:deter|discourage|prevent|protect|punish|hide|drive|stop|make|keep)|due to|owing to|out of)\b|\b(?:afin (?:de|d'|que)|parce que?|parce qu'|pour (?:dissuader|decourager|empecher|proteger|punir|cacher|chasser|eviter|lutter|faire|mettre)|en raison d|a cause d|visant a|de peur)\b/;

/** Whether a folded text gives a reason or a purpose. */
export function givesReason(folded: string): boolean {
  return PURPOSE.test(folded);
}
