// Whether two numbers are said of the same thing, as far as the words around them tell.
import type { ClaimQuantity } from '../record/claim-quantity.ts';
import { fold, stemOf } from './statements/words.ts';

/** Words that mean the same where things are counted, in both languages, beyond the concepts of the field; a meaning a line. */
const SENSES = [
  'dead death fatalities fatality casualties killed kills toll victims lives tues tuees victimes',
  'people persons inhabitants residents population individuals personnes habitants',
  'worldwide global globally international internationally world overall total totalling totaled totalled mondial mondiale monde totale',
  'other others elsewhere outside overseas foreign abroad ailleurs autres etranger hors',
  'arrivals arrived arrive arrivees arrives arriver',
].map((line) => line.split(' '));

const SENSE = new Map(SENSES.flatMap((words) => words.map((word) => [word, stemOf(words[0]!)] as const)));

/** What a word stands for: its meaning where several words have the same, else its stem. */
function senseOf(word: string): string {
  const plain = fold(word);
  return SENSE.get(plain) ?? stemOf(plain);
}

const WORD = /[\p{L}\p{N}]+/gu;

/** The stems of a phrase. */
function stemsOf(phrase: string): string[] {
  return (phrase.match(WORD) ?? []).filter((word) => word.length > 1).map(senseOf);
}

/** How near two numbers are said of the same: shared words, nearer ones weighing more; 0 where none is shared. */
export function kinship(one: ClaimQuantity, other: ClaimQuantity): number {
  const [a, b] = [weights(one), weights(other)];
  let shared = 0;
  for (const [stem, weight] of a) shared += Math.min(weight, 1) * Math.min(b.get(stem) ?? 0, 1);
  const [nouns, others] = [stemsOf(one.counted ?? ''), stemsOf(other.counted ?? '')];
  if (nouns.length > 0 && nouns.at(-1) === others.at(-1)) shared += 1.5;
  return shared;
}

const CACHE = new WeakMap<ClaimQuantity, Map<string, number>>();

function weights(quantity: ClaimQuantity): Map<string, number> {
  let map = CACHE.get(quantity);
  if (map) return map;
  map = new Map();
  for (const { word, distance } of quantity.context) {
    const stem = senseOf(word);
    map.set(stem, Math.max(map.get(stem) ?? 0, 1 / (1 + distance / 4)));
  }
  CACHE.set(quantity, map);
  return map;
}
