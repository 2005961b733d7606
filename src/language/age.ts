// Ages: lengths of time and bare numbers that say how old somebody is.
import type { Amount } from './amount.ts';
import { boundBefore } from './bound.ts';
import { lexiconOf } from './lexicon.ts';
import { isJoint, lowerOf, type Piece } from './piece.ts';
import type { Language } from './propose.ts';

/** "17 years old", "a 17-year-old", "aged 17 months", « âgé de 17 ans », « un homme de 40 ans ». */
export function isAge(pieces: Piece[], amount: Amount, language: Language): boolean {
  const at = amount.next;
  const after = lowerOf(pieces, at);
  if (language === 'en')
    return (
      after === 'old' ||
      (isJoint(pieces, at) && lowerOf(pieces, at + 1) === 'old') ||
      (after === 'of' && lowerOf(pieces, at + 1) === 'age') ||
      after === 'olds' ||
      /^(?:aged?)$/.test(lowerOf(pieces, amount.from - 1))
    );
  const before = lowerOf(pieces, amount.from - 1);
  const bound = boundBefore(pieces, amount.from, language);
  const outer = lowerOf(pieces, (bound?.from ?? amount.from) - 1);
  const outer2 = lowerOf(pieces, (bound?.from ?? amount.from) - 2);
  if (/^âgée?s?$/.test(outer2) || /^âgée?s?$/.test(outer) || /^âge$/.test(outer2)) return true;
  if (amount.unit !== 'year' || !/^ans?$/.test(lowerOf(pieces, amount.next - 1))) return false;
  if (
    /^d(?:e|')$/.test(before) &&
    /^(?:homme|femme|garçon|fille|fillette|enfant|adolescente?|jeune|mineure?|personne|père|mère|fils|trentenaire|bébé|étudiante?|migrante?|exilée?|réfugiée?|afghane?|soudanaise?|érythréenne?|irakienne?|syrienne?|kurde|iranienne?|ressortissante?|moins|plus)s?$/.test(
      lowerOf(pieces, amount.from - 2),
    )
  )
    return true;
  // « une élue de 41 ans »
  const lexicon = lexiconOf('fr');
  const noun = lowerOf(pieces, amount.from - 2);
  if (/^d(?:e|')$/.test(before) && (lexicon.people.has(noun) || lexicon.roles.has(noun))) return true;
  if (
    /^(?:à|a|avait|ont|ai|as|avons)$/.test(before) &&
    amount.value >= 12 &&
    /^(?:[,.;]|et|quand|lorsqu'|lorsque)?$/.test(after)
  )
    return true;
  return before === ',' && after === ',' && amount.value < 120;
}

/** "aged 17", and the apposition "the observer, 34, …". */
export function isBareAge(pieces: Piece[], amount: Amount, language: Language): boolean {
  const before = lowerOf(pieces, amount.from - 1);
  if (/^(?:aged?|ages)$/.test(before) && language === 'en') return true;
  if (/^(?:under|over|below|above|between)$/.test(before) && amount.value <= 100) {
    const outer = lowerOf(pieces, amount.from - 2);
    const noun =
      pieces[amount.next]?.kind === 'word' &&
      !lexiconOf(language).functionWords.has(lowerOf(pieces, amount.next));
    if (
      outer === 'aged' ||
      (!noun && /^(?:is|are|was|were|be|those|people|children|anyone|everyone|women|men|aged)$/.test(outer))
    )
      return true;
  }
  if (/^yo$|^y\/o$/.test(lowerOf(pieces, amount.next))) return true;
  const after = lowerOf(pieces, amount.next);
  return (
    before === ',' &&
    after === ',' &&
    amount.value >= 10 &&
    amount.value < 110 &&
    pieces[amount.from - 2]?.kind === 'word' &&
    amount.numeral.plain
  );
}
