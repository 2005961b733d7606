// Places a sentence names: known ones, capitalised names after a preposition of place, and plain words for places.
import type { Span } from '../record/suggestion.ts';
import { lexiconOf, monthOf, weekdayOf } from './lexicon.ts';
import type { Language } from './propose.ts';
import type { Token } from './text-model.ts';

/** A place where a text names one. */
export interface PlaceMention extends Span {
  name: string;
  /** A plain word ("the town") instead of a name. */
  common: boolean;
  /** Where something goes to or comes from: tells what a text is about, not where a thing is. */
  passing: boolean;
}

const LOCATIVE: Record<Language, Set<string>> = {
  en: new Set('in at near around outside across inside off'.split(' ')),
  fr: new Set('à au aux en près autour dans'.split(' ')),
};
const PASSING: Record<Language, Set<string>> = {
  en: new Set('to from through towards'.split(' ')),
  fr: new Set("vers depuis de d' du".split(' ')),
};

/** "in British waters", « en France métropolitaine »: an adjective of nationality is no place. */
const DEMONYM = /(?:ish|ese|[^n]ian|ean|can|ench|utch|elsh|aise?s?|oise?s?|iens?|iennes?)$/;

/**
 * Places among the tokens of a sentence, in order. `known` maps lower-case names and aliases to the dossier's names;
 * `isPerson` keeps « à Natacha Bouchart » from being a place.
 */
export function findPlaces(
  text: string,
  tokens: Token[],
  language: Language,
  known: Map<string, string>,
  isPerson: (name: string) => boolean,
): PlaceMention[] {
  const lexicon = lexiconOf(language);
  const places: PlaceMention[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind !== 'word') continue;
    const familiar = known.size > 0 ? knownAt(text, tokens, at, known) : null;
    if (familiar) {
      places.push(familiar.place);
      at = familiar.next - 1;
      continue;
    }
    const passing = PASSING[language].has(token.lower);
    if (!passing && !LOCATIVE[language].has(token.lower)) continue;
    let from = at + 1;
    while (
      from < tokens.length &&
      from < at + 4 &&
      /^(?:de|d'|du|the|la|le|les|l'|des|northern|southern|eastern|western|central|nearby)$/.test(
        tokens[from]!.lower,
      )
    )
      from++;
    const first = tokens[from];
    if (first?.kind !== 'word') continue;
    if (first.capital) {
      let to = from;
      while (to < tokens.length && to < from + 6 && (tokens[to]!.capital || joins(tokens, to))) to++;
      while (to > from && !tokens[to - 1]!.capital) to--;
      const name = text.slice(first.start, tokens[to - 1]!.end);
      const next = tokens[to];
      const adjective =
        DEMONYM.test(first.lower) &&
        to === from + 1 &&
        next?.kind === 'word' &&
        !lexicon.functionWords.has(next.lower);
      if (adjective || next?.lower === "'s" || isPerson(name) || lexicon.roles.has(tokens[to - 1]!.lower))
        continue;
      if (monthOf(first.lower, language) !== undefined || weekdayOf(first.lower, language) !== undefined)
        continue;
      if (lexicon.functionWords.has(first.lower) || /^(?:BBC|AFP|X|Twitter|Facebook)$/.test(first.text))
        continue;
      if (known.size === 0 || !places.some((place) => place.start === first.start))
        places.push({ start: first.start, end: tokens[to - 1]!.end, name, common: false, passing });
      at = to - 1;
    } else if (lexicon.places.has(first.lower) && from > at + 1 && !passing) {
      // « près de l'hôpital »: the place is « l'hôpital ».
      let named = at + 1;
      while (named < from && /^(?:de|d')$/.test(tokens[named]!.lower)) named++;
      const start = tokens[named]!.start;
      places.push({
        start,
        end: first.end,
        name: text.slice(start, first.end),
        common: true,
        passing: false,
      });
    }
  }
  return places;
}

function joins(tokens: Token[], at: number): boolean {
  return (
    /^(?:de|du|des|d'|la|le|les|l'|sur|of|the|upon|sous|en)$/.test(tokens[at]!.lower) &&
    tokens[at + 1] !== undefined
  );
}

/** The longest known name that begins at token `at`. */
function knownAt(
  text: string,
  tokens: Token[],
  at: number,
  known: Map<string, string>,
): { place: PlaceMention; next: number } | null {
  for (let to = Math.min(tokens.length, at + 6); to > at; to--) {
    const start = tokens[at]!.start;
    const end = tokens[to - 1]!.end;
    if (end - start > 80) continue;
    const name = known.get(text.slice(start, end).toLowerCase());
    if (name) return { place: { start, end, name, common: false, passing: false }, next: to };
  }
  return null;
}

/** The place nearest to a span: the first one after it, else the last one before it. */
export function nearestPlace(mentions: PlaceMention[], span: Span): PlaceMention | null {
  const places = mentions.filter((place) => !place.passing);
  const after = places.find((place) => place.start >= span.end);
  return after ?? places.findLast((place) => place.end <= span.start) ?? null;
}
