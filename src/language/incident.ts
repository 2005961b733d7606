// Incidents: sentences that report an act of a known kind as done, with who did it to whom, where and when.
import type { IncidentSuggestion, Span } from '../record/suggestion.ts';
import type { DateMention } from './date.ts';
import type { Grammar } from './grammar.ts';
import { describedAs } from './naming.ts';
import type { NumberMention } from './number.ts';
import { phraseAfter, phraseBefore } from './phrase.ts';
import { nearestPlace, type PlaceMention } from './place.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

/** A sentence with what an incident may need. Items fold quotations away: what is quoted is not reported as done. */
export interface IncidentSetting extends Span {
  grammar: Grammar;
  language: Language;
  dates: DateMention[];
  places: PlaceMention[];
  numbers: NumberMention[];
  /** Whether the sentence stands in somebody's statement: then it is said, not known. */
  reported: boolean;
  weight: number;
}

/** Past forms that report an act as done, by kind. Participles for French, past tense and participle for English. */
const ACTS: Record<Language, [string, RegExp][]> = {
  en: [
    ['eviction', /^(?:evicted|dismantled|expelled|displaced)$/],
    ['demolition', /^(?:demolished|bulldozed|razed|tore|torn|dismantled)$/],
    ['seizure', /^(?:confiscated|seized)$/],
    ['destruction', /^(?:destroyed|slashed|burned|burnt)$/],
    ['arrest', /^(?:arrested|detained)$/],
    ['expulsion', /^(?:deported)$/],
    ['violence', /^(?:beaten|beat|tear-gassed|teargassed|assaulted)$/],
    ['rescue', /^(?:rescued)$/],
    ['death', /^(?:drowned|killed|died)$/],
  ],
  fr: [
    ['eviction', /^(?:évacuée?s?|expulsée?s?|délogée?s?)$/],
    ['demolition', /^(?:démantelée?s?|démolie?s?|rasée?s?)$/],
    ['seizure', /^(?:confisquée?s?|saisie?s?)$/],
    ['destruction', /^(?:détruite?s?|lacérée?s?|brûlée?s?)$/],
    ['arrest', /^(?:interpellée?s?|arrêtée?s?)$/],
    ['violence', /^(?:frappée?s?|matraquée?s?|gazée?s?|agressée?s?)$/],
    ['rescue', /^(?:secourue?s?)$/],
    ['death', /^(?:tuée?s?|noyée?s?|morte?s?|décédée?s?)$/],
  ],
};

const EXPELLED_ABROAD = /^(?:vers|pays|country|origin|abroad)$/;
const PAST_BE = /^(?:was|were|been)$/;
const UNREAL =
  /^(?:would|could|should|may|might|will|must|can|to|not|never|if|threatened|plans?|devrait|devraient|pourrait|pourraient|serait|seraient|sera|seront|doit|doivent|va|vont|pas|jamais|si|aurait|auraient)$/;
const FRENCH_AUX = /^(?:a|ont|avait|avaient|est|sont|été|était|étaient|fut|furent)$/;

/** The incident a sentence reports, or null. Only acts told as done count: no plans, wishes, denials or conditionals. */
export function findIncident(setting: IncidentSetting): IncidentSuggestion | null {
  const { grammar, language } = setting;
  const { items } = grammar;
  for (let at = 0; at < items.length; at++) {
    const item = items[at]!;
    if (item.kind !== 'word' || item.capital) continue;
    const act = ACTS[language].find(([, pattern]) => pattern.test(item.lower))?.[0];
    if (!act) continue;
    const voice = voiceOf(items, at, language);
    if (!voice) continue;
    return incidentOf(setting, at, act, voice);
  }
  return null;
}

/** Whether the act word is an active past, a passive, or neither (an adjective, a plan, a denial). */
function voiceOf(items: Token[], at: number, language: Language): 'active' | 'passive' | null {
  for (let back = at - 1; back >= 0 && back >= at - 4; back--) {
    if (items[back]!.kind === 'mark') break;
    if (UNREAL.test(items[back]!.lower)) return null;
  }
  const before = (offset: number) => items[at - offset]?.lower ?? '';
  if (language === 'fr') {
    for (let offset = 1; offset <= 3; offset++) {
      if (before(offset) === 'été') return 'passive';
      if (!FRENCH_AUX.test(before(offset))) continue;
      return /^(?:a|ont|avait|avaient)$/.test(before(offset))
        ? 'active'
        : /^(?:morte?s?|décédée?s?)$/.test(items[at]!.lower)
          ? 'active'
          : 'passive';
    }
    return null;
  }
  for (let offset = 1; offset <= 3; offset++) {
    if (PAST_BE.test(before(offset))) return 'passive';
    if (/^(?:is|are|being|be)$/.test(before(offset))) return null;
  }
  if (/^(?:the|a|an|of|by|for|torn|beaten)$/.test(before(1))) return null;
  return 'active';
}

function incidentOf(
  setting: IncidentSetting,
  at: number,
  act: string,
  voice: 'active' | 'passive',
): IncidentSuggestion | null {
  const { grammar, language } = setting;
  const { items, text } = grammar;
  const from = verbStart(items, at, language);
  const subject = phraseBefore(grammar, from);
  // "Nobody was arrested", « aucune tente n'a été détruite »: an act told as not done.
  if (/^(?:nobody|no|none|neither|personne|aucune?|nul|nulle)(?: |$)/i.test(subject?.description ?? ''))
    return null;
  let object = at + 1;
  while (/^(?:down|up|out|off|away)$/.test(items[object]?.lower ?? '')) object++;
  const agent = byPhrase(grammar, object, language);
  const after = objectText(setting, object);
  const perpetrator =
    voice === 'active' && act !== 'death' ? (subject?.description ?? null) : (agent?.description ?? null);
  const victims = voice === 'active' && act !== 'death' ? after : subjectText(setting, from);
  if (act === 'expulsion' || items.slice(at, at + 8).some((item) => EXPELLED_ABROAD.test(item.lower)))
    act = act === 'eviction' ? 'expulsion' : act;
  // An active verb with neither doer nor thing done to is most likely something else ("the plan was dismantled").
  if (
    voice === 'active' &&
    (subject === null || subject.pronoun?.refers === 'author' || (act !== 'death' && after === null))
  )
    return null;
  const place = nearestPlace(setting.places, items[at]!);
  const date = setting.dates[0];
  let confidence = 0.6;
  if (subject?.kind === 'body' || agent) confidence += 0.12;
  if (victims !== null) confidence += 0.05;
  if (place) confidence += 0.05;
  if (date) confidence += 0.05;
  if (setting.reported) confidence -= 0.2;
  return {
    span: { start: setting.start, end: setting.end },
    act,
    perpetrator,
    victims,
    place: place?.name ?? null,
    when: date ? (date.edtf ?? text.slice(date.start, date.end)) : null,
    confidence: Math.round(Math.max(0.1, confidence * setting.weight) * 100) / 100,
  };
}

/** Back over auxiliaries and adverbs, to where the verb group begins. */
function verbStart(items: Token[], at: number, language: Language): number {
  const part =
    language === 'fr'
      ? /^(?:a|ont|avait|avaient|est|sont|été|était|étaient|fut|furent|ensuite|aussi|également|de|nouveau)$/
      : /^(?:was|were|been|had|has|have|also|then|again|forcibly|immediately|later|reportedly|systematically|regularly|repeatedly)$/;
  let from = at;
  while (from > 0 && from > at - 6 && part.test(items[from - 1]!.lower)) from--;
  return from;
}

function byPhrase(grammar: Grammar, from: number, language: Language) {
  const word = language === 'fr' ? 'par' : 'by';
  for (let at = from; at < grammar.items.length && at < from + 12; at++) {
    if (grammar.items[at]!.kind === 'quotation') return null;
    if (grammar.items[at]!.lower === word) {
      const phrase = phraseAfter(grammar, at + 1);
      return phrase && phrase.kind !== 'other' && phrase.kind !== 'pronoun' ? phrase : null;
    }
  }
  return null;
}

/** What the verb is done to: a counted group right after it, else the noun phrase there. */
function objectText(setting: IncidentSetting, at: number): string | null {
  const { grammar } = setting;
  const { items, text, lexicon } = grammar;
  const first = items[at];
  if (!first || first.kind === 'quotation' || first.kind === 'mark') return null;
  if (lexicon.pronouns.has(first.lower)) return null;
  let to = at;
  let nouns = 0;
  while (to < items.length && to < at + 9) {
    const item = items[to]!;
    if (item.kind === 'mark' || item.kind === 'quotation') break;
    if (setting.dates.some((date) => date.start <= item.start && date.end > item.start)) break;
    const grammatical = lexicon.functionWords.has(item.lower);
    if (
      grammatical &&
      !(
        to === at ||
        lexicon.determiners.has(item.lower) ||
        /^(?:of|de|d'|some|about|around|environ|près|plus|more|than|at|least|up|to|jusqu'|à)$/.test(
          item.lower,
        )
      )
    )
      break;
    if (nouns > 0 && grammatical && !/^(?:of|de|d')$/.test(item.lower)) break;
    if (!grammatical && item.kind === 'word') nouns++;
    to++;
  }
  while (to > at && lexicon.functionWords.has(items[to - 1]!.lower)) to--;
  return nouns > 0 && to > at ? text.slice(first.start, items[to - 1]!.end) : null;
}

function subjectText(setting: IncidentSetting, before: number): string | null {
  const { grammar } = setting;
  const last = grammar.items[before - 1];
  if (!last) return null;
  const counted = setting.numbers.findLast((number) => number.start < last.end);
  const phrase = phraseBefore(grammar, before);
  if (!phrase || phrase.kind === 'pronoun') return null;
  const start =
    counted && counted.end <= phrase.end && phrase.start - counted.start < 40
      ? Math.min(counted.start, phrase.start)
      : phrase.start;
  const first = grammar.items.find((item) => item.start === start);
  return describedAs(
    grammar.text.slice(start, phrase.end),
    grammar.lexicon.determiners.has(first?.lower ?? ''),
  );
}
