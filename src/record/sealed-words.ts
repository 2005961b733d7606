// Sealed words in what would leave: a name that is sealed in one place may still stand in another, in a passage, a title, a
// working. What tells one is held back. Compared without case and accents, word by word, so that "Ann" is not found in "Annex".
import { fold } from './comparable.ts';

/** Shorter names are too common to look for: they would hold back everything. */
const SHORTEST = 4;

/** The true words of what is sealed in a dossier. */
export interface SealedWords {
  /** Names that must stand nowhere: of people, in sealed fields and of witnesses. */
  everywhere: readonly string[];
  /** Words that only what is about the same thing tells, by the id of a record: the name of a place is no secret elsewhere. */
  ofRecord: ReadonlyMap<string, readonly string[]>;
}

/** Nothing is sealed. */
export const NO_SEALED_WORDS: SealedWords = { everywhere: [], ofRecord: new Map() };

const tokensOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Finds any of some words in any text of a value. Takes time in the length of the value, however many words there are. */
export function wordFinder(words: Iterable<string>): (value: unknown) => boolean {
  const byFirst = new Map<string, string[][]>();
  for (const word of words) {
    const tokens = tokensOf(word);
    if (tokens.join(' ').length < SHORTEST) continue;
    const same = byFirst.get(tokens[0]!);
    if (same) same.push(tokens);
    else byFirst.set(tokens[0]!, [tokens]);
  }
  const inText = (text: string): boolean => {
    const tokens = tokensOf(text);
    return tokens.some((token, at) =>
      (byFirst.get(token) ?? []).some((sought) => sought.every((one, step) => tokens[at + step] === one)),
    );
  };
  const inValue = (value: unknown): boolean => {
    if (typeof value === 'string') return inText(value);
    if (value === null || typeof value !== 'object') return false;
    return Object.values(value).some(inValue);
  };
  return byFirst.size === 0 ? () => false : inValue;
}

/** Every name in a sealed value: of parties and places, wherever they stand in it. */
export function namesIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inside]) =>
    key === 'name' && typeof inside === 'string' ? [inside] : namesIn(inside),
  );
}
