// The tagger on sentences of our own, and on anything at all.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Language } from './propose.ts';
import { isFiniteTag, TAGS, UPOS, uposOf } from './tag.ts';
import { finiteAt, tagsOf } from './tagger.ts';
import { type Token, tokenise } from './text-model.ts';

const tokensOf = (text: string, language: Language) => tokenise(text, 0, text.length, language);

/** The text with each word's tag, and each mark's left out: "she/PRON said/VERB-Fin". */
function tagged(text: string, language: Language): string {
  const tokens = tokensOf(text, language);
  const tags = tagsOf(tokens, language);
  return tokens
    .flatMap(({ text, kind }, at) => (kind === 'mark' ? [] : [`${text}/${TAGS[tags[at]!]}`]))
    .join(' ');
}

function finiteWords(text: string, language: Language): string[] {
  const tokens = tokensOf(text, language);
  const tags = tagsOf(tokens, language);
  return tokens.filter((_, at) => finiteAt(tags, at)).map((token) => token.text);
}

test('every tag refines a part of speech', () => {
  expect(new Set(TAGS.map((_, tag) => uposOf(tag)))).toEqual(new Set(UPOS));
});

describe('English', () => {
  test('a plain report', () => {
    expect(tagged('A spokeswoman for the council said nobody had been hurt.', 'en')).toBe(
      'A/DET spokeswoman/NOUN for/ADP the/DET council/NOUN said/VERB-Fin nobody/PRON had/AUX-Fin been/AUX-Part hurt/VERB-Part',
    );
  });

  test('finite verbs apart from infinitives and participles', () => {
    expect(finiteWords('The minister did not say whether she wants to leave.', 'en')).toEqual([
      'did',
      'wants',
    ]);
    expect(finiteWords('Asked about the tents, the officers declined to comment.', 'en')).toEqual([
      'declined',
    ]);
    expect(finiteWords("He didn't know how many were seized.", 'en')).toEqual(["didn't", 'were']);
  });

  test('British spellings that the lexicon lacks', () => {
    expect(tagged('The council denied the rumours.', 'en')).toContain('rumours/NOUN');
    expect(tagged('The charity criticised the plan.', 'en')).toContain('criticised/VERB-Fin');
  });

  test('a headline in title case or in capitals', () => {
    for (const text of [
      'Council Rejects Plan As Mayor Defends Officers',
      'COUNCIL REJECTS PLAN AS MAYOR DEFENDS OFFICERS',
    ])
      expect(finiteWords(text, 'en').map((word) => word.toLowerCase())).toEqual(['rejects', 'defends']);
  });

  test('signs of currencies', () => {
    for (const sign of ['$', '£', '€']) {
      const tokens = tokensOf(`They paid ${sign}300.`, 'en');
      expect(uposOf(tagsOf(tokens, 'en')[2]!)).toBe('SYM');
    }
  });

  test('one form in two uses', () => {
    expect(tagged('They report every visit.', 'en')).toContain('report/VERB-Fin');
    expect(tagged('They read the report.', 'en')).toContain('report/NOUN');
    expect(tagged('The report, which was published in May, is long.', 'en')).toContain('which/PRON-Rel');
  });
});

describe('French', () => {
  test('a plain report', () => {
    expect(tagged('La préfecture affirme que les tentes ont été saisies.', 'fr')).toBe(
      'La/DET préfecture/NOUN affirme/VERB-Fin que/SCONJ les/DET tentes/NOUN ont/AUX-Fin été/AUX-Part saisies/VERB-Part',
    );
  });

  test('an inversion has the tag of its verb', () => {
    expect(tagged('« Rien ne change », a-t-il déclaré.', 'fr')).toContain('a-t-il/AUX-Fin déclaré/VERB-Part');
    expect(tagged('« Rien ne change », dit-elle.', 'fr')).toContain('dit-elle/VERB-Fin');
  });

  test('a relative « que » apart from the conjunction', () => {
    expect(tagged('Le chiffre que donne la mairie est faux.', 'fr')).toContain('que/PRON-Rel');
    expect(tagged('La mairie dit que le chiffre est faux.', 'fr')).toContain('que/SCONJ');
  });

  test('finite verbs apart from infinitives and participles', () => {
    expect(finiteWords("L'association demande au gouvernement de publier les chiffres.", 'fr')).toEqual([
      'demande',
    ]);
    expect(finiteWords('Interrogé sur ce point, le ministre nie avoir signé.', 'fr')).toEqual(['nie']);
  });

  test('an elision before a quotation mark', () => {
    expect(tagged("La ministre dit qu'« aucune solution » n'existe.", 'fr')).toMatch(/qu'?\/SCONJ/);
  });

  test('either apostrophe', () => {
    const tags = (text: string) => tagsOf(tokensOf(text, 'fr'), 'fr');
    expect(tags('L’association n’a pas répondu.')).toEqual(tags("L'association n'a pas répondu."));
  });
});

describe('any input', () => {
  const language = fc.constantFrom<Language>('en', 'fr');

  test('has one tag a token, the same each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), language, (text, language) => {
        const tokens = tokensOf(text, language);
        const tags = tagsOf(tokens, language);
        expect(tags).toHaveLength(tokens.length);
        expect(tags.every((tag) => tag < TAGS.length)).toBe(true);
        expect(tagsOf(tokens, language)).toEqual(tags);
      }),
    );
  });

  test('may hold empty tokens and folded quotations, which count as nouns', () => {
    const folded: Token = {
      kind: 'quotation',
      start: 0,
      end: 9,
      text: '« a b c »',
      lower: '',
      capital: false,
    };
    const empty: Token = { kind: 'word', start: 9, end: 9, text: '', lower: '', capital: false };
    const tags = tagsOf([folded, empty, ...tokensOf(', a-t-il dit.', 'fr')], 'fr');
    expect(uposOf(tags[0]!)).toBe('NOUN');
    expect(isFiniteTag(tags[3]!)).toBe(true);
    expect(tagsOf([], 'en')).toHaveLength(0);
  });

  test('a word met among many thousand others keeps its tags', () => {
    const sentence = tokensOf('She said nothing.', 'en');
    const before = tagsOf(sentence, 'en');
    for (let count = 0; count < 20_000; count++) tagsOf(tokensOf(`word${count}x`, 'en'), 'en');
    expect(tagsOf(sentence, 'en')).toEqual(before);
  });
});
