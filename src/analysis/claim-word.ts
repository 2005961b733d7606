// Whether two numbers are said of the same thing, as far as the words around them tell.
import type { ClaimQuantity } from '../record/claim-quantity.ts';

/** Words that mean the same about a count, in both languages; each line is one meaning. */
const SENSES = [
  'dead died dies die deaths death fatalities fatality casualties killed kills toll victims lives morts mort mortes décès décédés décédées tués tuées victimes',
  'wounded injured hurt injuries blessés blessées',
  'people persons inhabitants residents population individuals personnes habitants population',
  'worldwide global globally international internationally world overall total totalling totaled totalled mondial mondiale monde total totale',
  'other elsewhere outside overseas foreign abroad ailleurs autres étranger hors',
  'sold sales sell sells shipped copies units vendus vendues ventes exemplaires',
  'grossed earned made collected grossing gross earnings revenue takings gained received rapporté recettes',
  'reviews reviewers critics critiques reviewed',
  'cost budget costing costs coût coûté budget',
  'arrivals arrived arrive arrivées arrivés arriver',
  'arrested arrests detained interpellations interpellés arrestations arrêtés',
  'children minors child kids enfants mineurs',
  'evicted evictions expulsions expulsés évacués évacuations',
];

function fold(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

const SENSE = new Map<string, string>();
for (const [at, line] of SENSES.entries())
  for (const word of line.split(' ')) SENSE.set(fold(word), `=${at}`);

/** The stem of a word, or its meaning where several words have the same. */
function stemOf(word: string): string {
  const plain = fold(word);
  const sense = SENSE.get(plain);
  if (sense) return sense;
  const stem = plain.replace(/(?:ations?|ments?|ings?|ers?|ed|es|s|e)$/, (end) =>
    plain.length - end.length >= 3 ? '' : end,
  );
  return stem.slice(0, 7).replace(/i$/, 'y');
}

const WORD = /[\p{L}\p{N}]+/gu;

/** The stems of a phrase. */
function stemsOf(phrase: string): string[] {
  return (phrase.match(WORD) ?? []).filter((word) => word.length > 1).map(stemOf);
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
    const stem = stemOf(word);
    map.set(stem, Math.max(map.get(stem) ?? 0, 1 / (1 + distance / 4)));
  }
  CACHE.set(quantity, map);
  return map;
}
