// The language of a text, told by its commonest words and letter sequences.
import { describe, expect, it } from 'vitest';
import { detectLanguage } from './detect.ts';

describe('detectLanguage', () => {
  it.each([
    ['en', 'The observers counted the tents that were left in the woods after the morning.'],
    ['en', 'Police evict camp in Calais'],
    ['en', 'Council shuts gymnasium, mayor says nothing'],
    ['en', 'He left.'],
    ['fr', 'Les observateurs ont compté les tentes qui étaient restées dans le bois après la matinée.'],
    ['fr', 'Évacuation du camp de Calais'],
    ['fr', 'Gymnase fermé : la mairie ne répond pas'],
    ['fr', "L'eau manque."],
    ['fr', 'En comparaison, la station a ouvert en 2004 et a coûté 103 millions de dollars.'],
    ['other', 'Los observadores contaron las tiendas que quedaban en el bosque por la mañana.'],
    ['other', 'Die Beobachter zählten die Zelte, die nach dem Morgen im Wald geblieben waren.'],
    ['other', 'Gli osservatori hanno contato le tende rimaste nel bosco dopo la mattina.'],
    ['other', 'De waarnemers telden de tenten die na de ochtend in het bos waren gebleven.'],
    ['other', 'Os observadores contaram as tendas que ficaram no bosque depois da manhã.'],
    ['other', 'Obserwatorzy policzyli namioty, które zostały w lesie po poranku.'],
    ['other', 'Observatörerna räknade tälten som var kvar i skogen efter morgonen.'],
    ['other', 'Observatorii au numărat corturile rămase în pădure după dimineață.'],
    ['other', 'Gözlemciler sabah ormanda kalan çadırları saydı.'],
    ['other', 'Els observadors van comptar les tendes que quedaven al bosc després del matí.'],
    ['other', 'Pozorovatelé spočítali stany, které zůstaly v lese po ránu.'],
    ['other', 'A megfigyelők megszámolták az erdőben maradt sátrakat.'],
    ['other', 'Vëzhguesit numëruan çadrat që kishin mbetur në pyll.'],
    ['other', 'أحصى المراقبون الخيام المتبقية في الغابة'],
    ['other', 'Наблюдатели посчитали палатки, оставшиеся в лесу.'],
    ['other', '観察者は森に残ったテントを数えた。'],
    ['other', '12345 — 678'],
    ['other', ''],
  ])('%s: %s', (language, text) => expect(detectLanguage(text).language).toBe(language));

  it('is surer of a long text than of a word', () => {
    const word = detectLanguage('gouvernement');
    const text = detectLanguage(
      'Le gouvernement a dit que les lits seraient ouverts dans la ville avant la fin du mois.',
    );
    expect(text.certainty).toBeGreaterThan(0.8);
    expect(word.certainty).toBeLessThan(text.certainty);
  });

  it('tells the language with more words of a mixed text, and is less sure of it', () => {
    const french =
      'Le maire a dit que le bois était vide et que les tentes seraient rendues à leurs propriétaires.';
    const mixed = detectLanguage(`${french} “The wood is empty and we have seen the tents.”`);
    expect(mixed.language).toBe('fr');
    expect(mixed.certainty).toBeLessThan(detectLanguage(french).certainty);
  });

  it('is sure of an article, whatever names stand in it', () => {
    const article =
      'Łukasz Żak and Zoë Åberg said on Tuesday that the town would open the gymnasium. The mayor has not answered, and the council is to meet before the end of the week.';
    expect(detectLanguage(article)).toMatchObject({ language: 'en' });
    expect(detectLanguage(article).certainty).toBeGreaterThan(0.9);
  });

  it('costs the same for a page and for a book', () => {
    expect(detectLanguage('le bois et la ville '.repeat(500_000)).language).toBe('fr');
  });
});
