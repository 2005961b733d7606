// Whether an amount is said to be so, pledged or expected: the amount of each sentence stands in brackets.
import { expect, test } from 'vitest';
import type { Modality } from '../record/vocabulary.ts';
import { modalityOf, promisedIn } from './modality.ts';

function modality(marked: string, unit: string | null = null): Modality {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  return modalityOf({ span: { start, end }, unit }, marked.replace(/[[\]]/g, ''), []);
}

test.each<[Modality, string, string?]>([
  ['pledged', 'The council pledged [£3 million] for shelters.', 'GBP'],
  ['pledged', 'The council has promised to open [300 places] before winter.'],
  ['pledged', 'The two governments announced [£12m] for fences.', 'GBP'],
  ['pledged', 'They committed to [40 more officers].'],
  ['pledged', 'A pledge of [€2 million] was made.', 'EUR'],
  ['pledged', 'Some [£3 million] was pledged in May.', 'GBP'],
  ['pledged', 'Le conseil promet [300 places] avant l’hiver.'],
  ['pledged', 'La ville s’engage à ouvrir [80 lits].'],
  ['pledged', 'L’État a débloqué [2 millions d’euros].', 'EUR'],
  ['pledged', '[2 millions d’euros] ont été promis à la ville.', 'EUR'],
  ['expected', 'The port expects [500 lorries] a day.'],
  ['expected', 'About [500 people] are expected on Monday.'],
  ['expected', 'Le plan prévoit [400 places].'],
  ['expected', '[400 places] sont prévues en mai.'],
  ['reported', 'The council opened [300 places].'],
  // Not of money, so it is told, not given.
  ['reported', 'The prefecture announced [300 arrests].'],
  // The promise ends before the amount.
  ['reported', 'It pledged help, and [300 people] left.'],
  ['reported', 'It promised a gymnasium after [300 people] slept outside.'],
  ['reported', 'Of what was pledged, [£4 million] was spent.', 'GBP'],
  ['reported', 'It promised more. Observers counted [40 tents].'],
  // Denied is not pledged.
  ['reported', 'The council did not pledge [£3 million].', 'GBP'],
  ['reported', 'La ville n’a pas promis [300 places].'],
  ['reported', 'They refused to promise [300 places].'],
  ['reported', 'Il a parlé de compromis [300 fois].'],
])('%s: %s', (expected, sentence, unit) => {
  expect(modality(sentence, unit)).toBe(expected);
});

test('an amount in the words of a promise is pledged; one in a clause about something else is not', () => {
  const text = 'She promised that 80 beds would be ready, because 300 people slept outside.';
  const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
  const content = [at('that 80 beds would be ready, because 300 people slept outside')];
  const promised = promisedIn([{ act: 'promises', content }]);
  const of = (words: string) => modalityOf({ span: at(words), unit: null }, text, promised);
  expect(of('80 beds')).toBe('pledged');
  expect(of('300 people')).toBe('reported');
});
