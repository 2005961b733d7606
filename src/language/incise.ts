// The French reporting clause inside a quotation: « — Non, dit-il, jamais. » What is spoken are the words around it.
import type { Span } from '../record/suggestion.ts';
import { isLetterAt, isSpaceAt, isUpperAt, trimSpan } from './text-model.ts';

/** Verbs in -er that report speech after it; their third persons are made from the stem. */
const STEMS =
  'accept achev acquiesc affirm ajourn ajout annonc appel approuv appuy articul assur avou balbuti bredouill bégay chant chuchot command commenc complét confess confi confirm conseill constat continu cri demand dict déclam déclar enchaîn entam estim exclam exhal exig expliqu expos gliss grogn grommel grond hasard hurl implor indign inform insinu insist interrog jet jug jur lamen lanc lanç marmonn marmott murmur nasill objec observ opin ordonn pens pest plaid plaisant pleur poursuiv pri proclam prononc prononç propos protest précis présag questionn racont raill rappel recommand recommenc rectifi redemand reproch rican ripost récit rép répliqu répét résum sanglot siffl signal somm song songe souffl soulign soupir suggér suppli tempêt termin tonn tranch vocifér zézay écri'.split(
    ' ',
  );
const IRREGULAR =
  'dit dis disent disait disais disaient dirent redit fit fis fait faisait reprit repris reprend reprenait reprirent répondit répond répondis répondait répondaient répondirent poursuivit poursuit poursuivait interrompit rugit gémit convint convient intervint intervient finit conclut repartit lut écrivit écrit promit admit surenchérit renchérit renchérissait glapit mugit sourit rit approuve acquiesça avertit reconnut reconnaît soutint soutient maintient maintint prévint prévient dément démentit'.split(
    ' ',
  );

const VERBS: ReadonlySet<string> = new Set([
  ...STEMS.flatMap((stem) =>
    ['a', 'e', 'ait', 'aient', 'èrent', 'ent', 'ai', 'ais'].map((ending) => stem + ending),
  ),
  // The past of verbs in -cer and -ger takes ç and ge: « commença », « jugea ».
  ...STEMS.filter((stem) => stem.endsWith('c')).flatMap((stem) =>
    ['ça', 'çait', 'çaient'].map((end) => stem.slice(0, -1) + end),
  ),
  ...STEMS.filter((stem) => stem.endsWith('g')).flatMap((stem) =>
    ['ea', 'eait', 'eaient'].map((end) => stem + end),
  ),
  ...IRREGULAR,
]);

/** Object pronouns and adverbs that may stand before the verb of a reporting clause. */
const BEFORE_VERB = new Set(
  "s' se me m' lui leur nous vous te t' y en l' le la alors enfin aussitôt".split(' '),
);
const PRONOUN_AFTER = /^-(?:t-)?(?:il|elle|ils|elles|on|je|nous|moi)$/;
const AUXILIARY = /^(?:a|ont|avait|avaient|est|était|aura|eut)$/;
/** Words that go on with a reporting clause after a comma: « dit-il, en se levant, … ». */
const GOES_ON =
  /^(?:d'|en|avec|qui|sans|puis|dont|dans|tout|toute|tandis|comme|l'air|lorsque|quand|pendant|.{3,}ant)$/;
/** What only a speaker says, and a teller does not. */
const SPOKEN =
  /(?:^|[^\p{L}])(?:je|j'|j’|me|m'|m’|moi|mon|ma|mes|tu|te|t'|t’|toi|ton|ta|tes|vous|votre|vos|nous|notre|nos|oui|non|eh|oh|ah)(?![\p{L}])/iu;
/** A reporting clause is no longer than this. */
const LONGEST_INCISE = 240;

/**
 * The pieces of a quotation that are spoken: all of it, or what its reporting clauses leave. A clause is told by a verb
 * of speech with its subject after it, behind a mark. Never empty; linear in the length of the span.
 */
export function spokenPieces(text: string, span: Span): Span[] {
  const pieces: Span[] = [];
  let start = span.start;
  const push = (end: number) => {
    const piece = trimSpan(text, start, end);
    if (piece) pieces.push(piece);
  };
  let index = span.start;
  while (index < span.end) {
    if (!',!?….;»'.includes(text[index]!)) {
      index++;
      continue;
    }
    const from = index + 1;
    index = from;
    const end = inciseAt(text, from, span.end);
    if (end === null) continue;
    // The comma before a clause belongs to the clause's own setting; marks of the sentence are the speaker's.
    push(from);
    const resumed = resume(text, end, span.end);
    if (resumed === null) return pieces.length > 0 ? pieces : [span];
    start = resumed;
    index = resumed;
  }
  push(span.end);
  return pieces.length > 0 ? pieces : [span];
}

/** Where the reporting clause that begins after `from` ends: the index of its closing mark, or null when none begins. */
function inciseAt(text: string, from: number, end: number): number | null {
  let at = from;
  while (at < end && isSpaceAt(text, at)) at++;
  if (at === from || at >= end || isUpperAt(text, at)) return null;
  let word = wordFrom(text, at, end);
  for (let count = 0; count < 3 && BEFORE_VERB.has(word.lower); count++) {
    at = word.end;
    while (at < end && isSpaceAt(text, at)) at++;
    word = wordFrom(text, at, end);
  }
  if (word.lower === '') return null;
  const dash = word.lower.indexOf('-');
  const verb = dash < 0 ? word.lower : word.lower.slice(0, dash);
  let next = word.end;
  while (next < end && isSpaceAt(text, next)) next++;
  if (dash >= 0) {
    if (!PRONOUN_AFTER.test(word.lower.slice(dash))) return null;
    // « a-t-il ajouté » is a reporting clause by its participle; « a-t-il » alone asks.
    const participle = wordFrom(text, next, end).lower;
    if (
      AUXILIARY.test(verb)
        ? !VERBS.has(participle.replace(/és?$/, 'e').replace(/ée?s?$/, 'e')) && !VERBS.has(participle)
        : !VERBS.has(verb)
    )
      return null;
  } else {
    // « a déclaré le maire », « dit le maire », « s'écria Louise »
    let spoken = VERBS.has(verb);
    if (AUXILIARY.test(verb)) {
      const participle = wordFrom(text, next, end);
      spoken = VERBS.has(participle.lower.replace(/és?$|ée?s?$/, 'e')) || VERBS.has(participle.lower);
      next = participle.end;
      while (next < end && isSpaceAt(text, next)) next++;
    }
    if (!spoken || !opensSubject(text, next, end)) return null;
  }
  return clauseEnd(text, word.end, Math.min(end, from + LONGEST_INCISE));
}

function opensSubject(text: string, at: number, end: number): boolean {
  if (at >= end) return false;
  if (isUpperAt(text, at)) return true;
  return /^(?:le|la|l'|les|un|une|mon|ma|mes|ton|son|sa|ses|notre|nos|votre|leur|ce|cet|cette|ces|celui-ci|celle-ci|madame|monsieur|mademoiselle|maître|quelqu'un|d'|de|à|enfin|alors|encore|tout|en|aussitôt|gravement|doucement|simplement)$/.test(
    wordFrom(text, at, end).lower,
  );
}

function clauseEnd(text: string, from: number, end: number): number {
  let index = from;
  while (index < end) {
    const char = text[index]!;
    if (
      char === '.' &&
      /(?:^|\P{L})(?:M|MM|Mme|Dr|St|\p{Lu})$/u.test(text.slice(Math.max(0, index - 4), index))
    ) {
      index++;
      continue;
    }
    if (';:.!?…»\n—'.includes(char)) return index;
    if (char === ',') {
      let next = index + 1;
      while (next < end && isSpaceAt(text, next)) next++;
      if (!GOES_ON.test(wordFrom(text, next, end).lower)) return index;
    }
    index++;
  }
  return end;
}

/** Where speech goes on after a reporting clause that ends at `end`; null when a teller goes on. */
function resume(text: string, end: number, limit: number): number | null {
  if (end >= limit) return null;
  let next = end + 1;
  while (next < limit && (isSpaceAt(text, next) || text[next] === '.' || text[next] === '—')) next++;
  if (next >= limit) return null;
  const mark = text[end]!;
  if (mark === ',' || mark === ';' || mark === ':') return next;
  // After a full stop it is the words that tell: « dit-il en se levant. Il sortit. »
  let stop = next;
  while (stop < limit && stop < next + 300 && !'.!?…'.includes(text[stop]!)) stop++;
  const sentence = text.slice(next, stop + 1);
  return SPOKEN.test(sentence) || /[!?…]$/.test(sentence) || text.startsWith('..', stop + 1) ? next : null;
}

/** The word at an index with its hyphens, or an elided word with its apostrophe (« s' », « l' »), in lower case. */
function wordFrom(text: string, at: number, end: number): { lower: string; end: number } {
  let index = at;
  while (index < end && index < at + 30) {
    const unit = text.charCodeAt(index);
    if (unit === 39 || unit === 0x2019) {
      index++;
      break;
    }
    if (!isLetterAt(text, index) && !(unit === 45 && index > at && isLetterAt(text, index + 1))) break;
    index++;
  }
  return { lower: text.slice(at, index).toLowerCase().replace('’', "'"), end: index };
}
