// Titles, captions and the furniture around a text.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProposeContext } from '../record/suggestion.ts';
import { readPage } from './page.ts';
import { propose } from './propose.ts';
import { readText } from './text-model.ts';

const kinds = (text: string, context: ProposeContext = {}) =>
  readPage(readText(text, 'en'), context).map(({ kind }) => kind);

describe('readPage', () => {
  it('tells the parts of a page by their words', () => {
    const page = [
      'Town should open the gym, council says',
      'By A. Writer and B. Writer',
      'Published: 8 November 2019 07:00',
      'The gate on Wednesday. Photo: Some Agency/AFP',
      'The council asked for beds on Wednesday, and for buses to reach them.',
      'What happens next',
      'Nobody knows when the gym will open, the council said.',
      'Read more: other stories',
      'We use cookies to make this page work.',
      'Member comments',
      'I disagree, "this is all wrong," my neighbour said.',
    ];
    expect(kinds(page.join('\n\n'))).toEqual([
      'title',
      'furniture',
      'furniture',
      'caption',
      'body',
      'heading',
      'body',
      'furniture',
      'furniture',
      'furniture',
      'furniture',
    ]);
  });

  it('reads a paragraph that is printed twice once', () => {
    const standfirst = 'The council asked for beds on Wednesday, it said.';
    expect(kinds(`${standfirst}\n\nThe mayor agreed to it.\n\n${standfirst}`)).toEqual([
      'body',
      'body',
      'furniture',
    ]);
  });

  it('believes the reader about blocks, and the context about the title', () => {
    const text = 'Some words here.\n\nMore words here.';
    expect(kinds(text, { blocks: [{ start: 0, end: 16, kind: 'caption' }] })).toEqual(['caption', 'body']);
    expect(kinds(text, { title: 'More words here.' })).toEqual(['body', 'title']);
  });

  it('a title is proposed from with less confidence', () => {
    const [inTitle, inBody] = [
      propose('Gym will open in March, council says\n\nA text.', 'en', {}),
      propose('The gym will open in March, the council says.', 'en', {}),
    ].map((found) => found.statements[0]!);
    expect(inTitle!.speaker).toBe('council');
    expect(inTitle!.confidence).toBeLessThan(inBody!.confidence);
  });

  it.each([
    ['prompt', 'Sign up for our daily newsletter'],
    ['prompt', 'This article is for subscribers only.'],
    ['prompt', 'Il vous reste 72 % de cet article à lire. La suite est réservée aux abonnés.'],
    ['prompt', 'Déjà abonné ? Connectez-vous'],
    ['prompt', 'Log in here to read on.'],
    ['cookies', 'Our partners and our partners use cookies to measure this site.'],
    ['cookies', 'Continuer sans accepter'],
    ['share', 'Facebook Twitter WhatsApp Email'],
    ['share', 'Partager sur les réseaux'],
    ['share', '128 partages'],
    ['share', '1.2K shares'],
    ['prompt', 'Recevez chaque soir nos alertes : inscrivez-vous gratuitement.'],
    ['prompt', 'Subscribe and get every newsletter we send.'],
    ['cookies', 'En continuant, vous acceptez les cookies de ce site.'],
    ['cookies', 'By reading on you agree to our use of cookies.'],
    ['date', 'Publié le 12 mai 2016 à 10h30, mis à jour le 13 mai 2016\nTemps de lecture : 3 min'],
    ['byline', 'Par la rédaction, avec AFP'],
    ['byline', 'By our correspondent in Calais'],
    ['byline', 'By staff reporters'],
    ['comments', 'Réagir à cet article'],
    ['comments', 'Signaler ce commentaire'],
    ['related', 'Read more: how the gate was shut'],
    ['related', 'À lire aussi : le gymnase ferme ses portes'],
    ['related', 'Lire la suite'],
    ['advertisement', 'Publicité'],
    ['advertisement', 'Article continues below'],
    ['navigation', 'Skip to main content'],
    ['navigation', 'Accueil > Actualités > Région'],
    ['navigation', 'https://example.org/a/b'],
    ['tags', 'Mots-clés : port, gymnase'],
    ['tags', '#port #gymnase'],
    ['date', 'Publié le 12 mai 2016 à 10h30'],
    ['date', 'Last updated 12 May 2016'],
    ['date', 'Tuesday 12 May 2016, 10:30 GMT'],
    ['date', 'Le 12/05/2016 à 10:30'],
    ['date', 'May 12, 2016 at 10:30 a.m.'],
    ['date', '4 min read'],
    ['date', 'Temps de lecture : 3 min'],
    ['byline', 'By Our Correspondent in Calais'],
    ['byline', 'Par La Rédaction avec AFP'],
    ['byline', 'Propos recueillis par la rédaction'],
    ['byline', 'AFP'],
    ['byline', '(Reporting by the Paris bureau; Editing by the desk)'],
    ['footer', '© 2016 A Newspaper'],
    ['footer', 'Tous droits réservés'],
    ['comments', '14 comments'],
    ['page-number', '- 12 -'],
    ['page-number', 'Page 3 of 12'],
    ['page-number', 'xiv'],
    ['footnote', '12 See the report of the observers, p. 4'],
    ['footnote', '[3] Ibid.'],
  ])('%s: %s', (part, words) => {
    const text = `A headline of some words\n\nThe council asked for beds on Wednesday, it said.\n\n${words}`;
    const [, , found] = readPage(readText(text, 'en'), {});
    expect([found!.kind, found!.part]).toEqual(['furniture', part]);
  });

  it.each([
    'Search teams found two bodies on Tuesday.',
    'Print workers were on strike.',
    'Register offices have closed, the mayor said.',
    'Par arrêté, le préfet a interdit le camp.',
    'By Friday the gate was shut.',
    'Lire et écrire sont des droits, a dit la maire.',
    'Subscribe to a newspaper, she said.',
    'The site uses cookies, the regulator said in its decision.',
    'Join the queue, the guard told them.',
    'Recherches et secours ont duré toute la nuit.',
    '“Tous droits réservés”, a déclaré la maire en riant.',
    'The photo: it was taken by an observer, the mayor said, and shows the gate as it was before anybody came to shut it.',
    'Tags were cut from 40 tents.',
    'Lecture 12 was cancelled.',
    'Il a eu 128 partages et deux réponses.',
    'By our count the camp held 300 people.',
    'Recevez-vous des alertes ? demande la maire.',
    'Le public a pu voir chaque salle. Photos et films étaient interdits.',
    'Voir le camp a suffi, selon elle.',
    'Published figures were wrong in 2016.',
    'Le 12 mai 2016, le camp a été vidé.',
  ])('is text: %s', (words) => {
    const text = `A headline of some words\n\nThe council asked for beds on Wednesday, it said.\n\n${words}`;
    expect(readPage(readText(text, 'fr'), {})[2]!.kind).toBe('body');
  });

  it.each([
    'The gate in March. Photo: An Agency',
    'Le gymnase, mardi. Crédit photo : une agence',
    'The camp seen from the road (AP Photo)',
    'Le port de Calais. REUTERS/Une Photographe',
    'Photo by an observer',
    'Le bois vu du ciel © Une agence',
    'Le gymnase, fermé mardi. Photo Une Agence',
    'La porte, en mars. (Photo d’archives)',
  ])('caption: %s', (words) => {
    const text = `The council asked for beds on Wednesday, it said.\n\n${words}`;
    expect(readPage(readText(text, 'en'), {})[1]!.kind).toBe('caption');
  });

  it('finds the title below the navigation, and the standfirst between it and the byline', () => {
    const page = [
      'Home > News > Region',
      'Town should open the gym, council says',
      'The council asked for beds on Wednesday, and was told to wait.',
      'By Our Correspondent',
      'It had asked before, the mayor said.',
    ];
    const found = readPage(readText(page.join('\n\n'), 'en'), {});
    expect(found.map(({ kind, part }) => part ?? kind)).toEqual([
      'navigation',
      'title',
      'standfirst',
      'byline',
      'body',
    ]);
    expect(found[2]!.kind).toBe('body');
  });

  it('a headline may end with a quotation or a question', () => {
    const after = 'The council asked for beds on Wednesday, and for buses to reach them, the mayor said.';
    for (const headline of ['Mayor says town is ‘full’', 'Will the “gym” open?', 'Le gymnase est « plein »'])
      expect(kinds(`${headline}\n\n${after}`)).toEqual(['title', 'body']);
    expect(kinds(`“We were told nothing.”\n\n${after}`)).toEqual(['body', 'body']);
  });

  it('headlines of other articles after "Related articles" are not of this text', () => {
    const page = [
      'Gate shut',
      'The gate was shut, the mayor said.',
      'Related articles',
      'Minister visits the port',
      'Tents cut in the woods',
      'The mayor was not there, she said.',
    ];
    expect(kinds(page.join('\n\n'))).toEqual([
      'title',
      'body',
      'furniture',
      'furniture',
      'furniture',
      'body',
    ]);
  });

  it('a chapter called "Réactions" is not one of readers, unless they are asked to log in', () => {
    const chapter = [
      'Le gymnase ferme',
      'Le gymnase a fermé, a dit le maire.',
      'Réactions',
      'La préfète a dit que tout était prêt.',
    ];
    expect(kinds(chapter.join('\n\n'))).toEqual(['title', 'body', 'heading', 'body']);
    expect(kinds([...chapter, 'Connectez-vous pour laisser un commentaire'].join('\n\n'))).toEqual([
      'title',
      'body',
      'furniture',
      'furniture',
      'furniture',
    ]);
  });

  it('readers speak after a heading that counts them, but not below a button that does', () => {
    const article = ['Le gymnase ferme', 'Le gymnase a fermé, a dit le maire.'];
    const readers = ['mouette62 il y a 2 heures', 'La préfète a dit que tout était prêt.'];
    const count = 'Commentaires (3)';
    for (const heading of [count, 'Commentaires des abonnés (3)', '3 commentaires', 'Commentaires'])
      expect(kinds([...article, heading, ...readers].join('\n\n'))).toEqual([
        'title',
        'body',
        'furniture',
        'furniture',
        'furniture',
      ]);
    const text = 'Le maire a dit que le gymnase avait fermé.';
    expect(kinds([...article, count, text, 'Il rouvrira lundi.'].join('\n\n')).slice(3)).toEqual([
      'body',
      'body',
    ]);
    expect(kinds(['Comments', 'The mayor wrote: “No.”', 'It said so.'].join('\n\n'))).toEqual([
      'title',
      'body',
      'body',
    ]);
  });

  it('the heads and feet of pages are left out, the speakers of a transcript are not', () => {
    const page = (number: number) => [
      `Report of the observers | 2016 | ${number}`,
      `On day ${number} the gate was open, the mayor said.`,
    ];
    const found = kinds([1, 2, 3].flatMap(page).join('\n\n').replace('Report', 'Title of it\n\nReport'));
    expect(found).toEqual(['title', 'furniture', 'body', 'furniture', 'body', 'furniture', 'body']);
    const speakers = [1, 2, 3].flatMap((number) => ['The Chair', `We come to point ${number} of the day.`]);
    expect(kinds(speakers.join('\n\n')).filter((kind) => kind === 'furniture')).toEqual([]);
  });

  it.each([
    ['CALAIS, France (Agency) — The gate was shut, the mayor said.', 'CALAIS, France (Agency) — '],
    ['Calais (AFP) - Le gymnase a fermé, a dit le maire.', 'Calais (AFP) - '],
    ['PARIS, 12 mai (Agence) – Le gymnase a fermé.', 'PARIS, 12 mai (Agence) – '],
    ['The gate — it was shut — is old, the mayor said.', null],
    ['Calais - Dover ferries were late, the port said.', null],
  ])('dateline: %s', (words, dateline) => {
    const text = `A headline\n\n${words}`;
    const found = readPage(readText(text, 'en'), {})[1]!;
    expect(found.dateline ? text.slice(found.dateline.start, found.dateline.end) : null).toBe(dateline);
  });

  it('gives every paragraph one role, whatever the text', () => {
    const lines = [
      'Comments',
      'Log in',
      'a',
      '12',
      'By A. Name',
      'Photo: b',
      'Related articles',
      'He said so.',
      '#a',
      'x > y > z',
      '',
      '\n',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...lines), fc.string({ unit: 'grapheme' })), { maxLength: 30 }),
        (parts) => {
          const model = readText(parts.join('\n\n'), 'fr');
          const found = readPage(model, {});
          expect(found.map(({ start, end }) => ({ start, end }))).toEqual(model.paragraphs);
          for (const { start, end, dateline } of found)
            if (dateline)
              expect(dateline.start === start && dateline.end > start && dateline.end <= end).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
