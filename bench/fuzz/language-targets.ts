/** Arbitrary words through what reads language: suggestions, claims, quotations found again, passages, measures. */
import fc from 'fast-check';
import { judgeClaim } from '../../src/analysis/claim.ts';
import { anchorAnswer, openQuotedText } from '../../src/language/anchoring/anchor.ts';
import { cutWindows } from '../../src/language/anchoring/window.ts';
import { readClaim } from '../../src/language/claim.ts';
import { detectLanguage } from '../../src/language/detect.ts';
import { propose } from '../../src/language/propose.ts';
import { findPassage } from '../../src/record/anchor.ts';
import { foldedWords, matchMeasure, measureMatcher } from '../../src/record/measure-match.ts';
import { pin } from '../../src/record/passage.ts';
import { Suggestions } from '../../src/record/suggestion.ts';
import { holds, type Target, target } from './target.ts';

const SENTENCES = [
  'The mayor of the town, a former teacher, said on Tuesday that 2,300 people had left.',
  '“We were told nothing,” a volunteer said. “Nobody came.”',
  'According to the council, up to 45 % of the £3.5 million (€4.1 million) was spent by 2019.',
  '« Nous partons, a dit la maire, demain », rapporte le journal.',
  'Selon l’association, quatre-vingt-dix-sept mineurs auraient été évacués la veille.',
  'Le préfet dément toute expulsion : « C’est faux. »',
  'The ministry did not respond to a request for comment.',
];
const TOKENS = [
  '“',
  '”',
  '«',
  '»',
  '"',
  "'",
  '— ',
  ' said ',
  ' that ',
  ' a déclaré ',
  'selon ',
  '2,300 ',
  '1\u202f500',
  '£',
  '%',
  '12 May 2014 ',
  'quatre-vingt-',
  'M. ',
  '\n\n',
  '\r',
  '(',
  ')',
  '\u00ad',
  '\ufeff',
  'مخيم ',
  '🏕️',
  'e\u0301',
];
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(...SENTENCES),
      fc.constantFrom(...TOKENS),
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(' '));
const languageOf = (words: string): 'en' | 'fr' => (words.length % 2 === 0 ? 'en' : 'fr');
const MEASURES = [
  { id: 'a', name: 'People in the dunes', unit: null, wordings: ['migrants', 'exiles'] },
  { id: 'b', name: 'Arrivals', unit: 'EUR', wordings: ['chevaux', ''] },
  { id: 'c', name: '%', unit: '%', wordings: ['part'] },
];

/** Rules made for prose, given what is none. */
export const languageTargets: Target[] = [
  target<string>({
    name: 'language.propose',
    seeds: () => [SENTENCES.join(' '), SENTENCES.join('\n\n')],
    generate: text,
    tokens: TOKENS,
    weight: 0.04,
    longest: 20_000,
    run: (words) => {
      const found = propose(words, languageOf(words), { published: '2016-03-02' });
      holds(Suggestions.safeParse(found).success, 'suggestions of another shape');
      for (const { content } of found.statements)
        for (const { start, end } of content)
          holds(start < end && end <= words.length, 'a span outside the text');
      for (const { span } of found.figures)
        holds(span.start < span.end && span.end <= words.length, 'a span outside the text');
    },
  }),
  target<string>({
    name: 'language.claim',
    seeds: () => SENTENCES,
    generate: text,
    tokens: TOKENS,
    weight: 0.2,
    longest: 20_000,
    run: (words) => {
      const claim = readClaim(words, languageOf(words), '2016');
      judgeClaim(claim, readClaim(SENTENCES[0]!, 'en'));
      detectLanguage(words);
    },
  }),
  target<string>({
    name: 'language.quotation-found',
    seeds: () => SENTENCES,
    generate: text,
    tokens: TOKENS,
    weight: 0.04,
    longest: 4000,
    run: (words) => {
      // The answer is what is hostile; the text is what people handed in.
      const whole = SENTENCES.join(' ');
      const { windows, furniture, model } = cutWindows(whole, 'en', {}, { size: 200, longest: 1000 });
      const quotedText = openQuotedText(model, furniture, {});
      const said = {
        content: [words, words.slice(0, 20)],
        source: words,
        cue: words.slice(3),
        speaker: words,
        role: null,
        addressee: null,
        mode: 'direct',
        act: 'says',
      };
      const figure = {
        words,
        value: 1,
        low: null,
        high: null,
        bound: 'exact',
        unit: words.slice(0, 3),
        counted: words,
        place: words,
        accordingTo: null,
      };
      for (const window of windows) {
        const found = anchorAnswer({ statements: [said], figures: [figure] } as never, window, quotedText);
        for (const { content } of found.statements)
          for (const { start, end } of content)
            holds(start >= window.start && end <= window.end, 'a span outside its window');
      }
    },
  }),
  target<string>({
    name: 'record.passage-found',
    seeds: () => SENTENCES,
    generate: text,
    tokens: TOKENS,
    weight: 0.1,
    longest: 4000,
    run: (words) => {
      const whole = SENTENCES.join(' ');
      const passage = pin(whole, { start: 100, end: 140 }, { source: 's', rendition: 'r' });
      // The text changed under the passage, or the passage is not what it says it is.
      for (const found of [
        findPassage(words, passage),
        findPassage(whole, { ...passage, exact: words, prefix: words, start: words.length }),
      ])
        holds(found === null || found.start < found.end, 'an empty passage is found');
    },
  }),
  target<string>({
    name: 'record.measure-match',
    seeds: () => ['migrants in the dunes', 'Arrivals', 'chevaux'],
    generate: text,
    tokens: TOKENS,
    run: (words) => {
      foldedWords(words);
      for (const unit of [null, 'EUR', '%', words]) {
        const { measure, possible } = matchMeasure(words, unit, MEASURES);
        holds(
          possible.every(({ likeness }) => likeness >= 0 && likeness <= 1),
          'a likeness beyond 1',
        );
        holds(measure === null || MEASURES.some(({ id }) => id === measure), 'a measure that is none');
        measureMatcher(MEASURES)(words, unit);
      }
    },
  }),
];
