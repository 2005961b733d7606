// The language of a text, told by its commonest words.
import { describe, expect, it } from 'vitest';
import { detectLanguage } from './detect.ts';

describe('detectLanguage', () => {
  it.each([
    ['en', 'The observers counted the tents that were left in the woods after the morning.'],
    ['fr', 'Les observateurs ont compté les tentes qui étaient restées dans le bois après la matinée.'],
    ['other', 'Los observadores contaron las tiendas que quedaban en el bosque por la mañana.'],
    ['other', 'Die Beobachter zählten die Zelte, die nach dem Morgen im Wald geblieben waren.'],
    ['other', 'أحصى المراقبون الخيام المتبقية في الغابة'],
    ['other', '12345 — 678'],
  ])('%s: %s', (language, text) => expect(detectLanguage(text).language).toBe(language));

  it('is surer of a long text than of a word', () => {
    const word = detectLanguage('gouvernement');
    const text = detectLanguage(
      'Le gouvernement a dit que les lits seraient ouverts dans la ville avant la fin du mois.',
    );
    expect(text.certainty).toBeGreaterThan(0.8);
    expect(word.certainty).toBeLessThan(text.certainty);
  });

  it('costs the same for a page and for a book', () => {
    expect(detectLanguage('le bois et la ville '.repeat(500_000)).language).toBe('fr');
  });
});
