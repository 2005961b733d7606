// Paragraphs, sentences and tokens of both languages.
import { describe, expect, it } from 'vitest';
import type { Language } from './propose.ts';
import { readText, tokenise } from './text-model.ts';

const sentences = (text: string, language: Language = 'en') =>
  readText(text, language).sentences.map(({ start, end }) => text.slice(start, end));
const paragraphs = (text: string) =>
  readText(text, 'en').paragraphs.map(({ start, end }) => text.slice(start, end));
const tokens = (text: string, language: Language) =>
  tokenise(text, 0, text.length, language).map((token) => token.text);

describe('sentences', () => {
  it.each<[string, Language, string[]]>([
    ['It rained. We left.', 'en', ['It rained.', 'We left.']],
    [
      'Mr. Javert and J. Valjean of the U.S. Navy ran 3.5 km. They left.',
      'en',
      ['Mr. Javert and J. Valjean of the U.S. Navy ran 3.5 km.', 'They left.'],
    ],
    ['They moved to the U.S. The town grew.', 'en', ['They moved to the U.S.', 'The town grew.']],
    ['"We left." "So did we." He nodded.', 'en', ['"We left."', '"So did we."', 'He nodded.']],
    ['"Why?" she asked. No answer…  Then rain!', 'en', ['"Why?" she asked.', 'No answer…', 'Then rain!']],
    ['1. Open the gate.', 'en', ['1. Open the gate.']],
    [
      'M. Valjean et Mme Thénardier, cf. art. 5, sont venus. Ils partent.',
      'fr',
      ['M. Valjean et Mme Thénardier, cf. art. 5, sont venus.', 'Ils partent.'],
    ],
    [
      '« Partez ! » Il a crié. « Non ? » dit-elle.',
      'fr',
      ['« Partez ! »', 'Il a crié.', '« Non ? » dit-elle.'],
    ],
    [
      'On attend... et on part. Voilà etc. Puis rien.',
      'fr',
      ['On attend... et on part.', 'Voilà etc.', 'Puis rien.'],
    ],
    ['3,5 km. L’eau monte.', 'fr', ['3,5 km.', 'L’eau monte.']],
    [
      'they left early. nobody saw them. why? i do not know.',
      'en',
      ['they left early.', 'nobody saw them.', 'why?', 'i do not know.'],
    ],
    [
      'The gate (approx. two metres) is shut vs. the wind, ca. 1600.',
      'en',
      ['The gate (approx. two metres) is shut vs. the wind, ca. 1600.'],
    ],
    ['Smith v. Jones was heard. It failed.', 'en', ['Smith v. Jones was heard.', 'It failed.']],
    [
      'Elle date de 700 avant J.-C. La ville est plus jeune.',
      'fr',
      ['Elle date de 700 avant J.-C.', 'La ville est plus jeune.'],
    ],
    ['« Quoi ? dit le gardien. Partez ! »', 'fr', ['« Quoi ? dit le gardien.', 'Partez ! »']],
    ['Il a dit " nous partons. " Puis rien.', 'fr', ['Il a dit " nous partons. "', 'Puis rien.']],
    [
      'Le prix est de 3.5 M€\u00a0! Il monte\u202f; rien ne va.',
      'fr',
      ['Le prix est de 3.5 M€\u00a0!', 'Il monte\u202f; rien ne va.'],
    ],
    [
      '(The gate is shut.) [It was open.] He left.',
      'en',
      ['(The gate is shut.)', '[It was open.]', 'He left.'],
    ],
    [
      'L’art. 5 et l’al. 2 de la loi n° 3, éd. 2016, sont clairs. M. le maire le dit.',
      'fr',
      ['L’art. 5 et l’al. 2 de la loi n° 3, éd. 2016, sont clairs.', 'M. le maire le dit.'],
    ],
  ])('%s', (text, language, expected) => expect(sentences(text, language)).toEqual(expected));

  it('no sentence is endless', () => {
    const text = 'and so on '.repeat(5000);
    const lengths = sentences(text).map((sentence) => sentence.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(4001);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(text.length * 0.99);
  });
});

describe('paragraphs', () => {
  it('are parted by empty lines', () => {
    expect(paragraphs('One.\n\nTwo.\r\n \r\nThree.')).toEqual(['One.', 'Two.', 'Three.']);
  });
  it('join the lines of hard-wrapped prose', () => {
    const wrapped =
      'The observers walked from the gate to the dunes and\ncounted every tent on the way, as they had done on\nthe first day of the month.';
    expect(paragraphs(wrapped)).toEqual([wrapped]);
  });
  it('keep the items of a list apart, and join the lines of each', () => {
    const list = [
      'The observers asked for three things when they came:',
      '• a gate that opens in the morning and stays open until the last of',
      'the residents is in;',
      '• water.',
      '1. Open the gate.',
      '2. Close the road.',
    ];
    expect(paragraphs(list.join('\n'))).toEqual([
      list[0],
      `${list[1]}\n${list[2]}`,
      list[3],
      list[4],
      list[5],
    ]);
  });
  it('keep the turns of a dialogue apart', () => {
    const lines = [
      '— Qui donc est venu ce matin au bois avant que la pluie ne tombe ?',
      '— Personne, dit le gardien.',
    ];
    expect(paragraphs(lines.join('\n'))).toEqual(lines);
  });
  it('begin at a line that is set in', () => {
    const first =
      '  The observers walked from the gate to the dunes, and counted every tent on the\nway back to the port before the evening.';
    const second =
      '  The mayor said that nobody had asked for water on the first day of that month of\nMay, and left.';
    expect(paragraphs(`${first}\n${second}`)).toEqual([first.trim(), second.trim()]);
  });
  it('keep a headline apart from a long line below it', () => {
    const line = `A caption of one long line ${'that goes on '.repeat(12)}to its end.`;
    expect(paragraphs(`A short headline\n${line}`)).toEqual(['A short headline', line]);
  });
});

describe('tokens', () => {
  it.each<[string, Language, string[]]>([
    [
      "Britain's co-operation isn't over, we'd say.",
      'en',
      ['Britain', "'s", 'co-operation', "isn't", 'over', ',', 'we', "'d", 'say', '.'],
    ],
    [
      "L'État qu’on dit aujourd'hui là-bas",
      'fr',
      ["L'", 'État', 'qu’', 'on', 'dit', "aujourd'hui", 'là-bas'],
    ],
    ['a-t-il pris l’A16 ?', 'fr', ['a-t-il', 'pris', 'l’', 'A16', '?']],
    ['U.K. £1,500.50 and 12m', 'en', ['U.K.', '£', '1,500.50', 'and', '12m']],
    ['e\u0301té 🏕️', 'fr', ['e\u0301té', '🏕', '️']],
  ])('%s', (text, language, expected) => expect(tokens(text, language)).toEqual(expected));
});
