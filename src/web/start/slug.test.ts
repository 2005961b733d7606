// Names for addresses made of titles.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Slug } from '../../record/dossier.ts';
import { slugOf } from './slug.ts';

test('takes letters and digits, without their accents', () => {
  expect(slugOf('Évacuations à Calais, 2014–2021')).toBe('evacuations-a-calais-2014-2021');
  expect(slugOf('  “Quotes” & dashes—everywhere  ')).toBe('quotes-dashes-everywhere');
  expect(slugOf('كاليه')).toBe('');
});

test('is empty or a name that a dossier may have', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
      const slug = slugOf(title);
      expect(slug === '' || Slug.safeParse(slug).success).toBe(true);
    }),
  );
});
