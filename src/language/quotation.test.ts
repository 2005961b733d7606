// Quotation marks of both languages, told from apostrophes, nested, unclosed and re-opened.
import { describe, expect, it } from 'vitest';
import type { Language } from './propose.ts';
import { findQuotations } from './quotation.ts';
import { readText } from './text-model.ts';

const quotations = (text: string, language: Language = 'en') => findQuotations(readText(text, language));
const inner = (text: string, language: Language = 'en') =>
  quotations(text, language).map((quotation) => text.slice(quotation.inner.start, quotation.inner.end));

describe('quotations', () => {
  it.each<[string, Language, string[]]>([
    ['He said “go” and "stay".', 'en', ['go', 'stay']],
    ["The migrants' tents weren't 'temporary', she said.", 'en', ['temporary']],
    ["'The residents' tents were cut,' he said.", 'en', ["The residents' tents were cut,"]],
    ["In the '90s it was the people's port, wasn't it?", 'en', []],
    ['‘It’s the parents’ choice,’ she said.', 'en', ['It’s the parents’ choice,']],
    ['“She called it ‘a trap’ twice,” he said.', 'en', ['She called it ‘a trap’ twice,', 'a trap']],
    ['A 6" pipe and a 12" pipe.', 'en', []],
    ['« Il a dit “non” hier », dit-elle.', 'fr', ['Il a dit “non” hier', 'non']],
    ['«\u00a0Oui\u00a0» et ‹\u202fnon\u202f›', 'fr', ['Oui', 'non']],
    ["L'État qu’on dit « d'urgence »", 'fr', ["d'urgence"]],
    ['„Nein“, sagte er, ‚nie‘.', 'en', ['Nein', 'nie']],
    ['“” and "" are empty', 'en', []],
  ])('%s', (text, language, expected) => expect(inner(text, language)).toEqual(expected));

  it('a quotation re-opened at each paragraph goes on', () => {
    const found = quotations('“First part.\n\n“Second part,” he said.');
    expect(found.map(({ closed, continuation }) => [closed, continuation])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it('an unclosed mark before other quotations is a slip and opens nothing', () => {
    expect(inner('A “slip and then “a word” here.')).toEqual(['a word']);
  });

  it('a French line opened by a dash is dialogue; an English one is not', () => {
    expect(inner('— Je ne sais pas, dit-il.', 'fr')).toEqual(['Je ne sais pas, dit-il.']);
    expect(inner('— I do not know, he said.', 'en')).toEqual([]);
  });
});
