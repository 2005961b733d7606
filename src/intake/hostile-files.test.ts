// Files made to do harm: each ends with a sentence, or with its words and nothing more, within the limits, reads nothing of
// this machine and calls nobody.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docx } from '../../test/fixtures/docx.ts';
import { xlsx } from '../../test/fixtures/xlsx.ts';
import { type ZipFile, zip } from '../../test/fixtures/zip.ts';
import { type IntakeLimits, intakeLimits } from './limits.ts';
import { closeReaders, natureOf, read } from './read.ts';

const LIMITS: IntakeLimits = { ...intakeLimits({}), seconds: 15, memoryMb: 700 };
const SECRET = 'SECRET-OF-THIS-MACHINE';

let folder: string;
let secret: string;
/** What somebody asked of a server that every file below tries to reach. */
const calls: string[] = [];
const outside = createServer((request, response) => {
  calls.push(String(request.url));
  response.end(SECRET);
});
let elsewhere: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'constat-hostile-'));
  secret = join(folder, 'secret.txt');
  writeFileSync(secret, SECRET);
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  elsewhere = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await closeReaders();
  outside.close();
  rmSync(folder, { recursive: true });
  expect(calls).toEqual([]);
});

/** What comes of a file: its text, or the code of the problem. */
async function outcome(bytes: Buffer | string, name: string): Promise<string> {
  const file = Buffer.from(bytes);
  const result = await read(file, natureOf(file, name), LIMITS);
  if (!result.ok) return result.problem.code;
  expect(result.text).not.toContain(SECRET);
  expect(JSON.stringify(result.metadata)).not.toContain(SECRET);
  return result.text;
}

/** Entities that grow tenfold nine times over. */
const LAUGHS = `<!DOCTYPE d [<!ENTITY a "lol">${'bcdefghij'
  .split('')
  .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`)
  .join('')}]>`;
const reading = (what: string) => `<!DOCTYPE d [<!ENTITY x SYSTEM "${what}">]>`;
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const documentOf = (inside: string, before = '') =>
  `<?xml version="1.0"?>${before}<w:document ${W}><w:body>${inside}</w:body></w:document>`;
/** A DOCX with another document in it. */
const withDocument = (xml: string | Buffer, extra: ZipFile[] = []) =>
  zip([
    {
      name: '[Content_Types].xml',
      data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    },
    { name: 'word/document.xml', data: xml },
    ...extra,
  ]);
const paragraph = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`;

describe('XML', () => {
  test('that declares entities is not parsed, in any part, in any width of characters', async () => {
    for (const before of [LAUGHS, reading(`file://${secret}`), reading(`${elsewhere}/entity`)]) {
      const inside = paragraph('&j;&x;');
      expect(await outcome(withDocument(documentOf(inside, before)), 'a.docx')).toBe('read.damaged');
      const wide = Buffer.from(`\ufeff${documentOf(inside, before)}`, 'utf16le');
      expect(await outcome(withDocument(wide), 'a.docx')).toBe('read.damaged');
      const core = { name: 'docProps/core.xml', data: `${before}<c><dc:title>&j;&x;</dc:title></c>` };
      expect(await outcome(withDocument(documentOf(paragraph('Words.')), [core]), 'a.docx')).toBe(
        'read.damaged',
      );
      const strings = { name: 'xl/sharedStrings.xml', data: `${before}<sst><si><t>&j;&x;</t></si></sst>` };
      expect(await outcome(xlsx([{ name: 'a', rows: [['b']] }], { extra: [strings] }), 'a.xlsx')).toBe(
        'read.damaged',
      );
    }
  });

  test('that is nested without end costs no more than the limits', async () => {
    const deep = `${'<w:tbl><w:tr><w:tc>'.repeat(60_000)}${paragraph('Deep.')}${'</w:tc></w:tr></w:tbl>'.repeat(60_000)}`;
    expect(await outcome(withDocument(documentOf(deep)), 'a.docx')).toMatch(
      /^read\.(?:damaged|time|memory|crashed|no-text)$/,
    );
    const wide = documentOf(paragraph('A line.').repeat(200_000));
    expect(await outcome(withDocument(wide), 'a.docx')).toMatch(/^(?:read\.(?:time|memory)$|A line\.)/);
  });

  test('of a sheet that says it is as large as sheets can be', async () => {
    const sheet = (cells: string) =>
      `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>${cells}</sheetData></worksheet>`;
    const cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>';
    const file = zip([
      { name: '[Content_Types].xml', data: '<Types/>' },
      {
        name: 'xl/workbook.xml',
        data: '<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        data: '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
      },
      { name: 'xl/worksheets/sheet1.xml', data: sheet(cell) },
    ]);
    expect(await outcome(file, 'a.xlsx')).toMatch(
      /^(?:read\.(?:damaged|time|memory|crashed|too-long|no-text)$|a\n)/,
    );
  });
});

describe('a zip', () => {
  const words = [{ words: 'Innocent.' }];
  test('with links, with names that lead out, or with two parts of one name is not opened', async () => {
    const linked = docx(words, { extra: [{ name: 'word/link', data: secret }] });
    // External attributes stand 38 bytes into an entry of the directory; the link's is the last one.
    linked.writeUInt32LE((0o120777 << 16) >>> 0, linked.lastIndexOf('PK\x01\x02') + 38);
    expect(await outcome(linked, 'a.docx')).toBe('read.damaged');
    for (const name of ['../../etc/cron.d/x', '/etc/passwd', 'C:\\x', 'a\\..\\..\\b'])
      expect([name, await outcome(docx(words, { extra: [{ name, data: 'x' }] }), 'a.docx')]).toEqual([
        name,
        'read.damaged',
      ]);
    for (const name of ['word/document.xml', 'Word/Document.XML']) {
      const twice = docx(words, { extra: [{ name, data: documentOf(paragraph('Something else.')) }] });
      expect(await outcome(twice, 'a.docx')).toBe('read.damaged');
    }
  });

  test('in a zip in a zip is left packed', async () => {
    let inner = zip([{ name: 'zeroes', data: Buffer.alloc(1_000_000) }]);
    for (let depth = 0; depth < 20; depth++) inner = zip([{ name: `${depth}.zip`, data: inner }]);
    expect(
      await outcome(docx(words, { extra: [{ name: 'word/embeddings/a.zip', data: inner }] }), 'a.docx'),
    ).toBe('Innocent.');
  });
});

describe('a document that refers to elsewhere', () => {
  test('is read without going there', async () => {
    const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="file://${secret}" TargetMode="External"/><Relationship Id="rId10" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="${elsewhere}/template" TargetMode="External"/></Relationships>`;
    const picture =
      '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
    const file = withDocument(documentOf(picture + paragraph('Words beside a picture.')), [
      { name: 'word/_rels/document.xml.rels', data: relations },
    ]);
    expect(await outcome(file, 'a.docx')).toMatch(/Words beside a picture\.|read\.damaged/);
    const page = `<!doctype html><html><head><base href="${elsewhere}/"><link rel="stylesheet" href="${elsewhere}/css">
      <meta http-equiv="refresh" content="0;url=${elsewhere}/refresh"><script src="${elsewhere}/js"></script>
      <script>fetch("${elsewhere}/ran"); document.body.innerHTML = "${SECRET}";</script></head>
      <body onload="fetch('${elsewhere}/load')"><img src="${elsewhere}/img"><iframe src="file://${secret}"></iframe>
      <object data="${elsewhere}/object"></object><svg><image href="${elsewhere}/svg"/></svg>
      <p>The words of a page that calls home from every corner of it, and would be glad to be opened by somebody who has a line to the outside, are read all the same.</p></body></html>`;
    expect(await outcome(page, 'a.html')).toContain('are read all the same');
    const markdown = `# A title\n\n![x](${elsewhere}/md)\n\n<script>1</script>\n\nA sentence.`;
    expect(await outcome(markdown, 'a.md')).toContain('A sentence.');
  });
});

/** A PDF of objects as they are given, with its cross-reference table. */
function pdfOf(objects: string[]): Buffer {
  let file = '%PDF-1.7\n';
  const places = objects.map((object, at) => {
    const place = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const place of places) file += `${String(place).padStart(10, '0')} 00000 n \n`;
  return Buffer.from(
    `${file}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`,
    'latin1',
  );
}
const content = (words: string) => {
  const stream = `BT /F1 12 Tf 72 700 Td (${words}) Tj ET`;
  return `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`;
};

describe('a PDF', () => {
  const page = (more = '') =>
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> ${more} >>`;
  const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
  test('with scripts, launches, forms and links of every kind is only read', async () => {
    const actions = [
      `/OpenAction << /S /JavaScript /JS (app.launchURL("${elsewhere}/js")) >>`,
      `/OpenAction << /S /Launch /F (file://${secret}) >>`,
      `/OpenAction << /S /GoToR /F << /FS /URL /F (${elsewhere}/gotor) >> /D [0 /Fit] >>`,
      `/AcroForm << /XFA (<x>${elsewhere}/xfa</x>) /Fields [] >>`,
      '/Names << /EmbeddedFiles << /Names [(a) << /EF << /F 4 0 R >> >>] >> >>',
    ];
    for (const action of actions) {
      const file = pdfOf([
        `<< /Type /Catalog /Pages 2 0 R ${action} >>`,
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        page(`/AA << /O << /S /URI /URI (${elsewhere}/uri) >> >>`),
        content('Only these words.'),
        font,
      ]);
      expect(await outcome(file, 'a.pdf')).toContain('Only these words.');
    }
  });

  test('whose font brings a program as its matrix runs none of it', async () => {
    // CVE-2024-4367: what stands in FontMatrix was put into a function as text.
    const matrix = `[1 0 0 1 0 (0\\); require\\('fs'\\).writeFileSync\\('${join(folder, 'ran')}', ''\\); //)]`;
    const file = pdfOf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      page(),
      content('Words.'),
      `<< /Type /Font /Subtype /Type1 /BaseFont /X /FontMatrix ${matrix} /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 >> >>`,
    ]);
    expect(await outcome(file, 'a.pdf')).toMatch(/Words\.|^read\./);
    expect(() => rmSync(join(folder, 'ran'))).toThrow(/ENOENT/);
  });

  test('that leads in circles, or says it has a billion pages, ends', async () => {
    const circle = pdfOf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [2 0 R] /Count 1000000000 >>',
    ]);
    expect(await outcome(circle, 'a.pdf')).toMatch(/^read\.(?:damaged|time|no-text|memory)$/);
    const chain = pdfOf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      page(),
      '<< /Length 5 0 R >>\nstream\nBT ET\nendstream',
      '4 0 R',
    ]);
    expect(await outcome(chain, 'a.pdf')).toMatch(/^read\.(?:damaged|time|no-text|memory)$/);
  });
});
