// Citations: what somebody said in a source must not break out of the field it stands in.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bibtex, type Citation, citationMeta, citationText, ris } from './cite.ts';
import { LOCALES, publicMessages } from './public-words.ts';

const citation: Citation = {
  id: '01a20798-afd2-737e-9fd5-23b6023d698c',
  title: 'The minister says: “50 % & more_or_less {#1} ~ $5^2 \\ done”',
  dossier: 'A matter',
  publisher: 'An association, of sorts',
  hasPublisher: true,
  publication: 3,
  at: '2026-02-03T04:05:06.007Z',
  address: 'https://constat.example/p/a/3/record/01a20798-afd2-737e-9fd5-23b6023d698c',
  language: 'fr',
  index: 95,
};

describe('BibTeX', () => {
  test('escapes what means something to TeX', () => {
    expect(bibtex(citation)).toBe(`@misc{constat-01a20798-afd2-737e-9fd5-23b6023d698c,
  author = {{An association, of sorts}},
  title = {{The minister says: “50 \\% \\& more\\_or\\_less \\{\\#1\\} \\textasciitilde{} \\$5\\textasciicircum{}2 \\textbackslash{} done”}},
  howpublished = {In: A matter, publication 3},
  year = {2026},
  month = {2},
  url = {https://constat.example/p/a/3/record/01a20798-afd2-737e-9fd5-23b6023d698c},
  note = {Log entry 95},
  language = {fr},
}
`);
  });

  test('keeps its braces in balance and its lines to fields, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (title, publisher) => {
        const text = bibtex({ ...citation, title, publisher, dossier: title });
        let depth = 0;
        for (const token of text.match(/\\[{}]|[{}]/g)!) {
          if (token.length > 1) continue;
          depth += token === '{' ? 1 : -1;
          expect(depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
        for (const line of text.split('\n').slice(1, -2)) expect(line).toMatch(/^ {2}[a-z]+ = \{.*\},$/);
      }),
    );
  });
});

describe('RIS', () => {
  test('is a record of an electronic source', () => {
    expect(ris(citation).split('\r\n')).toEqual([
      'TY  - ELEC',
      'ID  - constat-01a20798-afd2-737e-9fd5-23b6023d698c',
      `TI  - ${citation.title}`,
      'AU  - An association  of sorts'.replace('  of', ' of'),
      'T2  - A matter, publication 3',
      'PB  - An association, of sorts',
      'PY  - 2026',
      'DA  - 2026/02/03/',
      `UR  - ${citation.address}`,
      'LA  - fr',
      'N1  - Log entry 95',
      'ER  - ',
      '',
    ]);
  });

  test('holds no line that somebody else wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (words) => {
        const lines = ris({ ...citation, title: `x\r\nER  - \nTY  - BOOK${words}` }).split('\r\n');
        expect(lines.filter((line) => line.startsWith('ER  -'))).toHaveLength(1);
        expect(lines.filter((line) => line.startsWith('TY  -'))).toHaveLength(1);
        expect(lines.at(-2)).toBe('ER  - ');
      }),
    );
  });
});

test('a citation says who, what, where and when in each language, and the log’s number once there is one', () => {
  for (const locale of LOCALES) {
    const text = citationText(citation, publicMessages(locale));
    for (const part of [citation.publisher, citation.title, citation.dossier, citation.address, '95', '2026'])
      expect(text, locale).toContain(part);
    expect(citationText({ ...citation, index: null }, publicMessages(locale)), locale).not.toContain('95.');
  }
});

test('reference managers are told that this is a page, not a journal article', () => {
  const meta = new Map(citationMeta(citation));
  expect(meta.get('z:itemType')).toBe('webpage');
  expect(meta.get('citation_title')).toBe(citation.title);
  expect(meta.get('citation_publication_date')).toBe('2026/02/03');
  expect(new Map(citationMeta({ ...citation, hasPublisher: false })).has('citation_author')).toBe(false);
});
