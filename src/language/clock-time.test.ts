// Times of day, told from lengths of time and from dates.
import { describe, expect, it } from 'vitest';
import { clockTimeAt } from './clock-time.ts';
import type { Language } from './propose.ts';
import { tokenise } from './text-model.ts';

function times(text: string, language: Language): string[] {
  const tokens = tokenise(text, 0, text.length, language);
  const found: string[] = [];
  for (let at = 0; at < tokens.length; ) {
    const next = clockTimeAt(tokens, at, language);
    if (next !== null) found.push(text.slice(tokens[at]!.start, tokens[next - 1]!.end));
    at = next ?? at + 1;
  }
  return found;
}

describe('clockTimeAt', () => {
  it.each<[string, Language, string[]]>([
    ['at 8.30 am, by 9am and 20:15', 'en', ['8.30 am', '9am', '20:15']],
    ["at noon, around midnight, at six o'clock", 'en', ['noon', 'midnight', "six o'clock"]],
    ['at 10:30 p.m. sharp; 2015 GMT', 'en', ['10:30 p.m.', '2015 GMT']],
    ['for 8 hours, 3.5 km, in 2015, noon', 'en', []],
    ['vers 20 h 30, à 8h, 20h15', 'fr', ['20 h 30', '8h', '20h15']],
    [
      'à 4 heures et demie, vers six heures moins le quart',
      'fr',
      ['4 heures et demie', 'six heures moins le quart'],
    ],
    ['pendant 4 heures, 8 heures de route', 'fr', []],
  ])('%s', (text, language, expected) => expect(times(text, language)).toEqual(expected));
});
