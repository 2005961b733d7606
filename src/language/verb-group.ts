// Verb groups: auxiliaries, clitics, adverbs between them, and the main verb, with what their form says.
import { type Chunk, type Grammar, isVerbal, lower, upos, type VerbGroup, verbForm } from './grammar.ts';

const BE = /^(?:is|are|was|were|be|been|being|am|'s|'re|'m|isn't|aren't|wasn't|weren't)$/;
const ÊTRE =
  /^(?:est|sont|était|étaient|sera|seront|serait|seraient|soit|soient|été|être|étant|fut|furent|suis|sommes)$/;
const MODAL =
  /^(?:will|would|can|could|shall|should|may|might|must|ought|'ll|won't|wouldn't|can't|cannot|couldn't|shouldn't|mustn't|peut|peuvent|pourrait|pourraient|doit|doivent|devrait|devraient)$/;
const NEGATION = /^(?:not|never|n't|ne|n')$|n't$|^cannot$/;
const CLITIC = /^(?:le|la|les|l'|lui|leur|y|en|se|s'|me|m'|te|t'|nous|vous|ne|n')$/;
const CONDITIONAL = /^(?:aurait|auraient|serait|seraient)$/;

/** The verb group that begins at item `at`: clitics, auxiliaries, adverbs between them, the main verb. */
export function verbGroup(grammar: Grammar, at: number): Chunk | null {
  const { items, language } = grammar;
  let index = at;
  let first = -1;
  let main = -1;
  let last = at;
  let negated = false;
  let modal = false;
  let toInfinitive = false;
  if (language === 'fr') {
    // « Nous estimons que »: with no subject before it, "we" is the subject.
    const before = grammar.chunks.at(-1)?.kind;
    if (/^(?:nous|vous)$/.test(lower(grammar, at)) && before !== 'noun' && before !== 'relative') return null;
    while (CLITIC.test(lower(grammar, index)) && index < at + 5 && upos(grammar, index) !== 'ADP') {
      if (NEGATION.test(lower(grammar, index))) negated = true;
      index++;
      // « ne pas avoir reçu »
      while (negated && /^(?:pas|plus|jamais|rien)$/.test(lower(grammar, index))) index++;
    }
    if (index > at && !isVerbal(grammar, index)) return null;
  } else if (
    lower(grammar, at) === 'to' &&
    isVerbal(grammar, at + 1) &&
    verbForm(grammar, at + 1) !== 'Ger'
  ) {
    toInfinitive = true;
    index = at + 1;
  } else if (lower(grammar, at) === 'to' && upos(grammar, at + 1) === 'ADV' && isVerbal(grammar, at + 2)) {
    toInfinitive = true;
    index = at + 1;
  }
  for (; index < items.length && index < at + 14; index++) {
    const word = lower(grammar, index);
    if (isVerbal(grammar, index)) {
      const finite = verbForm(grammar, index) === 'Fin' && !(MODAL.test(word) && first >= 0);
      if (main >= 0 && finite) break;
      // A main verb closes its group; infinitives and gerunds after it are groups of their own.
      if (main >= 0 && upos(grammar, main) === 'VERB') break;
      if (first >= 0 && toInfinitive && verbForm(grammar, index) === 'Fin' && main >= 0) break;
      if (first < 0) first = index;
      if (MODAL.test(word)) modal = true;
      if (NEGATION.test(word)) negated = true;
      main = index;
      last = index + 1;
      continue;
    }
    if (first < 0 && !toInfinitive) break;
    if (language === 'fr' && main >= 0 && upos(grammar, main) === 'AUX') {
      const past = pastLocution(grammar, index);
      if (past !== null) {
        index = past - 1;
        continue;
      }
    }
    if (language === 'fr' && main >= 0 && (word === 'ne' || word === "n'")) break;
    const between = upos(grammar, index) === 'ADV' || upos(grammar, index) === 'PART';
    if (!between || items[index]!.kind !== 'word' || word === 'to') {
      // « ont tous déclaré », "have both said"
      if (!/^(?:tous|toutes|both|all)$/.test(word) || !isVerbal(grammar, index + 1)) break;
    }
    if (NEGATION.test(word) || /^(?:pas|jamais|plus)$/.test(word)) {
      if (language === 'en' || /^(?:pas|jamais)$/.test(word)) negated = true;
      last = index + 1;
    }
    // A second adverb further on belongs to what follows when no verb comes.
    if (upos(grammar, main >= 0 ? main : index) === 'VERB' && !negated) break;
  }
  if (main < 0) return null;
  const passive = isPassive(grammar, first, main);
  return {
    kind: 'verb',
    from: at,
    to: Math.max(last, main + 1),
    head: main,
    time: false,
    verb: {
      form: formOf(grammar, first, toInfinitive),
      passive,
      negated,
      modal,
      conditional:
        CONDITIONAL.test(lower(grammar, first)) || /^(?:aurait|auraient)-/.test(lower(grammar, first)),
      first,
      pronoun: pronounAfter(lower(grammar, first)),
    },
  };
}

const LOCUTION =
  /^(?:d'|abord|emblée|ores|et|tout|simplement|une|nouvelle|fois|par|ailleurs|en|outre|effet|de|du|son|leur|sa|côté|part|à|tour|encore|dans|la|foulée|ainsi|pour|notamment|même|lui|elle|eux|elles|lui-même|elle-même|plusieurs|reprises|l'|après-midi|matin|soir|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|quant|point|vue|ce)$/;

/** « a *une nouvelle fois* assuré », « a, *lui*, estimé »: past a fixed phrase to the participle it stands before. */
function pastLocution(grammar: Grammar, at: number): number | null {
  // « avait, dans un rapport de 2022, déploré »
  if (grammar.items[at]?.text === ',' && upos(grammar, at + 1) === 'ADP')
    for (let close = at + 3; close < at + 12; close++) {
      if (grammar.items[close]?.text === ',')
        return isVerbal(grammar, close + 1) && verbForm(grammar, close + 1) === 'Part' ? close + 1 : null;
      if (isVerbal(grammar, close) || grammar.items[close]?.kind === 'quotation') break;
    }
  let index = at;
  for (; index < at + 7; index++) {
    const item = grammar.items[index];
    if (!item) return null;
    if (index > at && isVerbal(grammar, index)) return verbForm(grammar, index) === 'Part' ? index : null;
    if (item.text === ',' || LOCUTION.test(item.lower) || upos(grammar, index) === 'ADV') continue;
    return null;
  }
  return null;
}

function formOf(grammar: Grammar, first: number, toInfinitive: boolean): VerbGroup['form'] {
  if (toInfinitive) return 'infinitive';
  const form = verbForm(grammar, first);
  if (form === 'Inf') return 'infinitive';
  if (form === 'Ger') return 'gerund';
  if (form === 'Part')
    return lower(grammar, first).endsWith('ant') || lower(grammar, first).endsWith('ing')
      ? 'gerund'
      : 'participle';
  return 'finite';
}

function isPassive(grammar: Grammar, first: number, main: number): boolean {
  if (main === first) return false;
  const pattern = grammar.language === 'fr' ? ÊTRE : BE;
  const participle = verbForm(grammar, main) !== 'Ger' && !lower(grammar, main).endsWith('ing');
  if (!participle || upos(grammar, main) !== 'VERB') return false;
  for (let at = main - 1; at >= first; at--) {
    if (pattern.test(lower(grammar, at))) {
      // « s'est indigné »: a reflexive perfect is no passive.
      const before = lower(grammar, at - 1);
      return !(grammar.language === 'fr' && /^(?:s'|se|m'|me)$/.test(before));
    }
    if (upos(grammar, at) === 'AUX') return false;
  }
  return false;
}

/** The pronoun after the hyphen of an inverted French verb: « a-t-il », « dit-elle ». */
function pronounAfter(word: string): string | null {
  return /-(il|elle|ils|elles|on|je|nous)$/.exec(word)?.[1] ?? null;
}
