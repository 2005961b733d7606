// What files say of themselves is found by the names they use, so that nobody hands on a name unawares.
import { afterAll, expect, test } from 'vitest';
import { docx } from '../../test/fixtures/docx.ts';
import { pdf } from '../../test/fixtures/pdf.ts';
import { fileFacts } from './file-facts.ts';
import { DOCX } from './kind.ts';
import { intakeLimits } from './limits.ts';
import { closeReaders } from './read.ts';
import { inReader } from './reader-process.ts';

const limits = intakeLimits({});
afterAll(closeReaders);

test('of a PDF, its document information', async () => {
  const file = pdf([[{ words: 'Words.', x: 72, y: 700 }]], {
    info: { Author: 'AUTHOR-CANARY', Producer: 'a scanner', Manager: 'BOSS-CANARY' },
  });
  const facts = await fileFacts(file, 'application/pdf', limits);
  expect(facts).toContainEqual(['Author', 'AUTHOR-CANARY']);
  expect(facts).toContainEqual(['Producer', 'a scanner']);
  expect(facts).toContainEqual(['Manager', 'BOSS-CANARY']);
});

test('of an office file, its properties, those of the house included', async () => {
  const app =
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>COMPANY-CANARY</Company><TotalTime>12</TotalTime></Properties>';
  const file = docx([{ words: 'Words.' }], {
    core: '<dc:creator>AUTHOR-CANARY</dc:creator><cp:lastModifiedBy>EDITOR-CANARY</cp:lastModifiedBy>',
    extra: [{ name: 'docProps/app.xml', data: app }],
  });
  expect(await fileFacts(file, DOCX, limits)).toEqual([
    ['creator', 'AUTHOR-CANARY'],
    ['lastModifiedBy', 'EDITOR-CANARY'],
    ['Company', 'COMPANY-CANARY'],
    ['TotalTime', '12'],
  ]);
});

test('of a page, its meta elements; plain text has none, and what other files have is not known', async () => {
  const page = '<!doctype html><meta name="author" content="AUTHOR-CANARY"><meta charset="utf-8"><p>Words.';
  expect(await fileFacts(Buffer.from(page), 'text/html;charset=utf-8', limits)).toEqual([
    ['author', 'AUTHOR-CANARY'],
  ]);
  expect(await fileFacts(Buffer.from('words'), 'text/plain', limits)).toEqual([]);
  expect(await fileFacts(Buffer.from('ID3'), 'audio/mpeg', limits)).toBeNull();
});

test('in the reading process, a damaged file is a problem and no crash', async () => {
  const task = {
    task: 'facts',
    bytes: Buffer.from('%PDF-1.7 no'),
    mediaType: 'application/pdf',
    limits,
  } as const;
  const answer = await inReader(task, limits);
  expect('problem' in answer).toBe(true);
});
