// Phrases taken apart into name and role, and resolved to whoever was named before.
import { describe, expect, it } from 'vitest';
import { phraseAfter, phraseBefore } from './phrase.ts';
import { type Language, propose } from './propose.ts';
import { grammarOf } from './syntax.ts';
import { tokenise } from './text-model.ts';

function readBefore(text: string, language: Language) {
  const items = tokenise(text, 0, text.length, language);
  const phrase = phraseBefore(grammarOf(text, items, language), items.length);
  return phrase && [phrase.name, phrase.role, phrase.kind, text.slice(phrase.start, phrase.end)];
}
function readAfter(text: string, language: Language) {
  const items = tokenise(text, 0, text.length, language);
  const phrase = phraseAfter(grammarOf(text, items, language), 0);
  return phrase && [phrase.name, phrase.role, phrase.kind, text.slice(phrase.start, phrase.end)];
}

describe('phrases', () => {
  it('are read backwards from a verb', () => {
    expect(readBefore("Later France's interior minister Bernard Cazeneuve", 'en')).toEqual([
      'Bernard Cazeneuve',
      'interior minister',
      'person',
      "France's interior minister Bernard Cazeneuve",
    ]);
    expect(readBefore('But the French interior ministry', 'en')).toEqual([
      null,
      null,
      'body',
      'the French interior ministry',
    ]);
    expect(readBefore('and a spokesman for the ministry', 'en')).toEqual([
      null,
      'spokesman for the ministry',
      'person',
      'a spokesman for the ministry',
    ]);
    expect(readBefore('Then British home secretary Theresa May', 'en')).toEqual([
      'Theresa May',
      'British home secretary',
      'person',
      'British home secretary Theresa May',
    ]);
    expect(readBefore("Hier le ministre de l'Intérieur Bernard Cazeneuve", 'fr')).toEqual([
      'Bernard Cazeneuve',
      "ministre de l'Intérieur",
      'person',
      "le ministre de l'Intérieur Bernard Cazeneuve",
    ]);
  });

  it('are read forwards after an inverted verb', () => {
    expect(readAfter('la maire de Calais dans un entretien', 'fr')).toEqual([
      null,
      'maire de Calais',
      'person',
      'la maire de Calais',
    ]);
    expect(readAfter('Human Rights Observers in a statement', 'en')).toEqual([
      null,
      null,
      'body',
      'Human Rights Observers',
    ]);
    expect(readAfter('one volunteer who left', 'en')).toEqual([null, 'volunteer', 'person', 'one volunteer']);
  });
});

describe('resolution', () => {
  const speakers = (text: string, language: Language, context = {}) =>
    propose(text, language, context).statements.map(({ speaker, role }) => [speaker, role]);

  it('completes short names, roles and pronouns', () => {
    expect(
      speakers(
        'Montreuil mayor Jean Valjean said that the town was tired. Valjean added that it was full. The mayor said that help was late. He said that the gate was shut.',
        'en',
      ),
    ).toEqual(Array(4).fill(['Jean Valjean', 'Montreuil mayor']));
    expect(
      speakers(
        'Le maire de Montreuil, Jean Valjean, a affirmé que la ville était lasse. Il a ajouté que rien ne venait. Le maire a précisé que le port fermait.',
        'fr',
      ),
    ).toEqual(Array(3).fill(['Jean Valjean', 'maire de Montreuil']));
  });

  it('gives "he" to the last man who spoke and "she" to a woman', () => {
    expect(
      speakers(
        'Mrs Thénardier said that the inn was full. Mr Javert said that it was not. She said that he was wrong.',
        'en',
      ).map(([speaker]) => speaker),
    ).toEqual(['Thénardier', 'Javert', 'Thénardier']);
  });

  it('does not take the French minister for the British one', () => {
    const found = speakers(
      'British home secretary Phileas Fogg said that it was late. The French interior minister said that it was not.',
      'en',
    );
    expect(found[1]![0]).toBe('the French interior minister');
  });

  it("uses the dossier's name for an alias", () => {
    const actors = [{ id: 'a', name: 'Human Rights Observers', aliases: ['HRO'] }];
    expect(speakers('HRO said that tents were cut.', 'en', { actors })[0]![0]).toBe('Human Rights Observers');
  });
});
