// Who gives a number, where the number's own clause names them: "by the prefecture's count", "the ministry puts the number
// at 500", « la préfecture en compte 600 ».
import { lexiconOf } from './lexicon.ts';
import type { NumberMention } from './number.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

const lowerAt = (tokens: Token[], at: number): string => tokens[at]?.lower ?? '';

/** Verbs whose subject counts. */
const COUNTS: Record<Language, RegExp> = {
  en: /^(?:counted|recorded|records|registered|registers|tallied|estimated|estimates|estimate|logged|documented|puts|put|identified|reported|reports|listed)$/,
  fr: /^(?:compté|dénombre|dénombrait|dénombré|dénombrent|recense|recensait|recensé|recensent|estime|estimait|estimé|enregistre|enregistré|répertorie|répertorié|évalue|évalué|chiffre|chiffré|documenté|signale|signalé)$/,
};
/** What may stand between the verb and its number. */
const BETWEEN: Record<Language, RegExp> = {
  en: /^(?:the|their|its|number|numbers|figure|figures|total|toll|count|at|of|that|there|were|are|is|was|a|an|some|about|around|more|than|over|nearly|almost|up|to|as|many|least|between|from|also|only|just|only|dead|population|cost)$/,
  fr: /^(?:le|la|l'|les|leur|leurs|nombre|chiffre|total|bilan|à|de|d'|des|qu'|en|y|il|ils|en|plus|près|moins|environ|quelque|au|une|entre|jusqu'|désormais|déjà|population|coût|avoir|ainsi)$/,
};
const AUXILIARY: Record<Language, RegExp> = {
  en: /^(?:has|have|had|also|now|already|since|itself|only|still)$/,
  fr: /^(?:a|ont|avait|avaient|en|y|n'|ne|également|déjà|désormais|aussi|avoir|aurait|elle-même|lui-même)$/,
};
const COUNT_NOUN: Record<Language, RegExp> = {
  en: /^(?:count|counts|estimate|estimates|reckoning|figures|tally|calculation|calculations|account)$/,
  fr: /^(?:décompte|comptage|estimation|estimations|calculs|bilan|recensement)$/,
};

/** The party that gives a number in its own clause, as a speaker is named ("the ministry"), or null. */
export function sourceOf(
  text: string,
  tokens: Token[],
  number: NumberMention,
  language: Language,
): string | null {
  return countingSubject(text, tokens, number.from, language) ?? byCount(text, tokens, number, language);
}

function countingSubject(text: string, tokens: Token[], from: number, language: Language): string | null {
  const counts = (index: number) =>
    COUNTS[language].test(lowerAt(tokens, index)) ||
    // « la préfecture en compte 600 »; « la ville compte 600 habitants » has them.
    (language === 'fr' &&
      /^compt(?:e|ent|ait|aient)$/.test(lowerAt(tokens, index)) &&
      lowerAt(tokens, index - 1) === 'en');
  let at = from - 1;
  let steps = 0;
  while (at >= 0 && steps < 10 && tokens[at]!.kind === 'word' && !counts(at)) {
    if (!BETWEEN[language].test(lowerAt(tokens, at)) && !isCountedNoun(tokens, at, language)) return null;
    at--;
    steps++;
  }
  if (at < 1 || !counts(at)) return null;
  const verb = lowerAt(tokens, at);
  // "put" needs its number: "puts the number at 500"; "put 500 people" puts them somewhere.
  if (
    /^puts?$/.test(verb) &&
    lowerAt(tokens, from - 1) !== 'at' &&
    !/\bat\b/.test(text.slice(tokens[at]!.end, tokens[from]!.end))
  )
    return null;
  let end = at;
  while (end > 0 && AUXILIARY[language].test(lowerAt(tokens, end - 1))) end--;
  if (/^(?:was|were|been|be|is|are|an|été|est|sont|l'|que|qu')$/.test(lowerAt(tokens, end - 1))) return null;
  return partyEndingAt(text, tokens, end, language);
}

function isCountedNoun(tokens: Token[], at: number, language: Language): boolean {
  const lexicon = lexiconOf(language);
  const word = lowerAt(tokens, at);
  return lexicon.people.has(word) || lexicon.things.has(word);
}

/** "by the prefecture's count", "on the ministry's figures", « d'après le décompte de l'association ». */
function byCount(text: string, tokens: Token[], number: NumberMention, language: Language): string | null {
  // Up to the next number on either side: each has its own count.
  let first = number.from;
  while (first > 0 && tokens[first - 1]!.kind !== 'number' && tokens[first - 1]!.text !== ';') first--;
  if (tokens[first - 1]?.kind === 'number') first = number.from;
  let last = number.to;
  while (last < tokens.length && tokens[last]!.kind !== 'number' && tokens[last]!.text !== ';') last++;
  for (let at = Math.max(1, first); at < last; at++) {
    if (!COUNT_NOUN[language].test(lowerAt(tokens, at))) continue;
    if (language === 'en') {
      const own = lowerAt(tokens, at - 1) === 'own' || lowerAt(tokens, at - 1) === 'latest' ? at - 1 : at;
      const mark = tokens[own - 1]!;
      const possessive = mark.lower === "'s" ? own - 1 : /^['’]$/.test(mark.text) ? own - 1 : -1;
      if (possessive < 1) continue;
      const party = partyEndingAt(text, tokens, possessive, language);
      const lead = party === null ? -1 : startOf(tokens, possessive, language) - 1;
      if (party !== null && /^(?:by|on|from|per|to)$/.test(lowerAt(tokens, lead))) return party;
    } else if (/^(?:de|du|des|d')$/.test(lowerAt(tokens, at + 1))) {
      if (!/^(?:le|les|l'|un|une|des|aux|au|son|ses)$/.test(lowerAt(tokens, at - 1))) continue;
      let to = at + 2;
      while (
        to < tokens.length &&
        to < at + 7 &&
        tokens[to]!.kind === 'word' &&
        !/^(?:qui|que|et|pour|en|dans|sur)$/.test(lowerAt(tokens, to))
      )
        to++;
      const party = partyEndingAt(text, tokens, to, language, at + 2);
      if (party === null) continue;
      const article =
        lowerAt(tokens, at + 1) === 'du' ? 'le ' : lowerAt(tokens, at + 1) === 'des' ? 'les ' : '';
      return article !== '' ? `${article}${text.slice(tokens[at + 2]!.start, tokens[to - 1]!.end)}` : party;
    }
  }
  return null;
}

/** Where the noun phrase that ends before `end` begins. */
function startOf(tokens: Token[], end: number, language: Language): number {
  const lexicon = lexiconOf(language);
  let at = end - 1;
  while (at > 0 && at > end - 9) {
    const token = tokens[at - 1]!;
    if (token.kind !== 'word') break;
    const article = /^(?:the|a|an|la|le|les|l'|une|un|cette|ce|its|their)$/.test(token.lower);
    const current = lowerAt(tokens, at);
    if (
      /^(?:the|a|an|la|le|les|l'|une|un|cette|ce)$/.test(current) &&
      !/^(?:de|of|du|des|d'|for|pour|à)$/.test(token.lower)
    )
      break;
    const links = /^(?:of|for|de|du|des|d'|à|pour|and|et)$/.test(token.lower);
    if (!article && !links && lexicon.functionWords.has(token.lower)) break;
    if (/^(?:and|et)$/.test(token.lower) && !(tokens[at - 2]?.capital && tokens[at]!.capital)) break;
    at--;
  }
  while (at < end - 1 && /^(?:of|for|de|du|des|d'|à|pour|and|et)$/.test(lowerAt(tokens, at))) at++;
  return at;
}

/** The party named by the noun phrase that ends before token `end`: a body, a function or a name; null for other things. */
function partyEndingAt(
  text: string,
  tokens: Token[],
  end: number,
  language: Language,
  floor = 0,
): string | null {
  if (end < 1 || tokens[end - 1]!.kind !== 'word') return null;
  const from = Math.max(floor, startOf(tokens, end, language));
  const lexicon = lexiconOf(language);
  let party = false;
  for (let at = from; at < end; at++) {
    const token = tokens[at]!;
    if (lexicon.bodies.has(token.lower) || lexicon.roles.has(token.lower)) party = true;
    if (token.capital && (at > 0 || token.text.length > 3) && !lexicon.functionWords.has(token.lower))
      party = true;
  }
  if (!party || lexicon.pronouns.has(lowerAt(tokens, from))) return null;
  const words = text.slice(tokens[from]!.start, tokens[end - 1]!.end);
  return /^(?:The|A|An|La|Le|Les|L['’]|Une|Un|Cette|Ce)\b/.test(words)
    ? words[0]!.toLowerCase() + words.slice(1)
    : words;
}
