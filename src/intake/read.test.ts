// Reading each format, and everything that files do to their readers.

import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { docx } from '../../test/fixtures/docx.ts';
import { pdf, pdfBomb, pdfWithPassword } from '../../test/fixtures/pdf.ts';
import { zip } from '../../test/fixtures/zip.ts';
import { ENCRYPTED_OFFICE } from './kind.ts';
import { intakeLimits } from './limits.ts';
import { closeReaders, natureOf, read } from './read.ts';
import { firstInvalidByte } from './read-text.ts';
import type { Reading } from './reading.ts';

const limits = { ...intakeLimits({}), memoryMb: 700 };
afterAll(closeReaders);

const readFile = (
  file: Uint8Array | string,
  name: string | null = null,
  other: Partial<typeof limits> = {},
) => {
  const bytes = Buffer.from(file as string);
  return read(bytes, natureOf(bytes, name), { ...limits, ...other });
};

/** A reading that must succeed, with its blocks as words. */
async function textOf(file: Uint8Array | string, name: string | null = null) {
  const result = await readFile(file, name);
  if (!result.ok) throw result.problem;
  return { ...result, blocks: blocksOf(result) };
}

const blocksOf = ({ text, layout }: Reading) =>
  layout.blocks.map(({ kind, start, end }) => [kind, text.slice(start, end)]);

async function problemOf(
  file: Uint8Array | string,
  name: string | null = null,
  other: Partial<typeof limits> = {},
) {
  const result = await readFile(file, name, other);
  if (result.ok) throw new Error(`read as ${result.text.slice(0, 200)}`);
  expect(result.problem.message).toMatch(/^[A-Z].*\.$/);
  return [result.problem.code, result.problem.details];
}

describe('plain text', () => {
  test('is the file, unchanged: line ends, spaces and a byte order mark stay', async () => {
    const words = '\ufeffA title\r\n\r\n  First  line\tof one.\nSecond line. \r\n\n\nAnother — “été” 🚢.';
    const { text, blocks } = await textOf(words, 'a.txt');
    expect(text).toBe(words);
    expect(blocks).toEqual([
      ['title', 'A title'],
      ['paragraph', 'First  line\tof one.\nSecond line.'],
      ['paragraph', 'Another — “été” 🚢.'],
    ]);
  });

  test('offsets of any text are offsets of the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (words) => {
        fc.pre(!words.includes('\0') && words.isWellFormed() && words.replace('\ufeff', '').trim() !== '');
        const bytes = Buffer.from(words);
        const result = await read(bytes, { fileName: null, mediaType: 'text/plain' }, limits);
        // A file that opens with the bytes of a UTF-16 mark is UTF-16; UTF-8 never does.
        expect(result).toMatchObject({ ok: true, text: words });
      }),
    );
  });

  test('UTF-16 is read when its mark says so', async () => {
    const words = '\ufeffLa préfecture a compté.';
    expect((await textOf(Buffer.from(words, 'utf16le'))).text).toBe(words);
    expect((await textOf(Buffer.from(words, 'utf16le').swap16())).text).toBe(words);
    expect(await problemOf(Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]))).toEqual([
      'read.damaged',
      { format: 'text' },
    ]);
  });

  test('invalid UTF-8 is refused with the byte where it begins', async () => {
    const latin = Buffer.concat([
      Buffer.from('La préfecture '),
      Buffer.from('é', 'latin1'),
      Buffer.from(' dit'),
    ]);
    expect(await problemOf(latin, 'a.txt')).toEqual(['read.encoding', { offset: 15 }]);
    expect(await problemOf(Buffer.concat([Buffer.from('cut 🚢').subarray(0, 6)]))).toEqual([
      'read.encoding',
      { offset: 4 },
    ]);
  });

  test('the offset is that of the first sequence the decoder replaces', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.string({ maxLength: 10 }), (bytes, before) => {
        const all = Buffer.concat([Buffer.from(before.toWellFormed()), bytes]);
        const at = firstInvalidByte(all);
        expect(isUtf8(all.subarray(0, at))).toBe(true);
        expect(at === all.length).toBe(isUtf8(all));
        if (at < all.length) {
          const rest = new TextDecoder('utf-8', { ignoreBOM: true }).decode(all.subarray(at));
          expect(rest.startsWith('\ufffd')).toBe(true);
          for (let end = at + 1; end <= Math.min(at + 4, all.length); end++) {
            expect(isUtf8(all.subarray(at, end))).toBe(false);
          }
        }
      }),
    );
  });

  test('one endless line of 10 MB is a text like any other', async () => {
    const { text, layout } = await textOf('word '.repeat(2_000_000), 'endless.txt');
    expect(text).toHaveLength(10_000_000);
    expect(layout.blocks).toEqual([{ start: 0, end: 9_999_999, kind: 'paragraph' }]);
  });

  test('is refused when it is longer than the limit, holds nothing, or is none', async () => {
    expect(await problemOf('x'.repeat(2001), 'a.txt', { text: 2000 })).toEqual([
      'read.too-long',
      { limit: '2 KB' },
    ]);
    expect(await problemOf(' \n\t \r\n', 'a.txt')).toEqual(['read.no-text', {}]);
    expect(await problemOf(`${'x'.repeat(70_000)}\0`, 'a.txt')).toEqual(['read.damaged', { format: 'text' }]);
    expect(await problemOf('binary\0data', 'a.txt')).toEqual([
      'read.unsupported',
      { mediaType: 'application/octet-stream' },
    ]);
  });
});

describe('Markdown', () => {
  test('is its words in blocks, with what its front matter says', async () => {
    const { text, metadata, blocks } = await textOf(
      `---\ntitle: "A note: on dunes"\nauthor: an observer\ndate: 2016-10-24\nlang: en_GB\n---\n# The *dunes*\n\nFirst line\nof a [paragraph](https://example.org) with \`code\`.\n\n- one **item**\n- two\n\n> quoted\n\n<div>and <b>html</b></div>\n`,
      'note.md',
    );
    expect(blocks).toEqual([
      ['title', 'The dunes'],
      ['paragraph', 'First line of a paragraph with code.'],
      ['list-item', 'one item'],
      ['list-item', 'two'],
      ['paragraph', 'quoted'],
      ['paragraph', 'and html'],
    ]);
    expect(text).toBe(
      'The dunes\n\nFirst line of a paragraph with code.\n\none item\ntwo\n\nquoted\n\nand html',
    );
    expect(metadata).toMatchObject({
      title: 'A note: on dunes',
      author: 'an observer',
      published: '2016-10-24',
      language: 'en-GB',
    });
  });
});

const PARAGRAPH =
  'The prefecture said on Monday that about 500 people had left the dunes, while observers who had walked the same paths that morning counted three times as many.';
const page = (head: string, body: string) =>
  `<!DOCTYPE html><html lang="en"><head>${head}</head><body>${body}</body></html>`;

describe('HTML', () => {
  test('is its main text under headline and standfirst, without the page around it', async () => {
    const { blocks, metadata } = await textOf(
      page(
        `<title>Site cleared | Shore Gazette</title><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
         {"@type":"NewsArticle","headline":"Site cleared","datePublished":"2016-10-24T23:30:00+02:00","author":[{"@type":"Organization","name":"The regional desk"}],"publisher":{"name":"Shore Gazette"}}]}</script>
         <meta property="og:url" content="https://example.org/site"><style>p{}</style>`,
        `<nav><a href="/">Home</a> <a href="/x">Sections</a></nav>
         <main><article><h1>Site cleared</h1><p class="standfirst">Authorities and observers disagree on how many people were there.</p>
         <figure><img src="x.jpg"><figcaption>The dunes at noon</figcaption></figure>
         <p>${PARAGRAPH}</p><p>${PARAGRAPH.replace('Monday', 'Tuesday')}<br>A second line.</p><h2>What was taken</h2>
         <ul><li>tents</li><li>blankets</li></ul><table><tr><th>Day</th><th>People</th></tr><tr><td>Monday</td><td>500</td></tr></table>
         <p>${PARAGRAPH.replace('Monday', 'Friday')}</p></article></main>
         <div class="comments"><p>Log in to comment</p></div><footer>All rights reserved</footer><script>document.body.innerHTML = 'run'</script>`,
      ),
    );
    expect(blocks).toEqual([
      ['title', 'Site cleared'],
      ['paragraph', 'Authorities and observers disagree on how many people were there.'],
      ['caption', 'The dunes at noon'],
      ['paragraph', PARAGRAPH],
      ['paragraph', `${PARAGRAPH.replace('Monday', 'Tuesday')}\nA second line.`],
      ['heading', 'What was taken'],
      ['list-item', 'tents'],
      ['list-item', 'blankets'],
      ['table', 'Day\tPeople\nMonday\t500'],
      ['paragraph', PARAGRAPH.replace('Monday', 'Friday')],
    ]);
    expect(metadata).toEqual({
      title: 'Site cleared',
      author: 'The regional desk',
      published: '2016-10-24',
      language: 'en',
      publisher: 'Shore Gazette',
      address: 'https://example.org/site',
    });
  });

  test('a short page without an article is read whole, its furniture marked', async () => {
    const { blocks } = await textOf(
      page('<title>t</title>', '<nav>Home</nav><p>Closed today.</p><div class="login">Log in</div>'),
    );
    expect(blocks).toEqual([
      ['furniture', 'Home'],
      ['paragraph', 'Closed today.'],
      ['furniture', 'Log in'],
    ]);
  });

  test('charsets: from the page’s meta, UTF-8 where it fits, else windows-1252', async () => {
    const body = `<p>Évacués « mardi » – ${PARAGRAPH}</p>`;
    const latin = (head: string) => Buffer.from(page(head, body), 'latin1');
    expect(
      (await textOf(latin('<meta charset="iso-8859-1">').map((byte) => (byte === 0x13 ? 0x96 : byte)))).text,
    ).toContain('Évacués « mardi » –');
    expect((await textOf(latin('').map((byte) => (byte === 0x13 ? 0x96 : byte)))).text).toContain(
      'Évacués « mardi » –',
    );
    expect((await textOf(page('', body))).text).toContain('Évacués « mardi » –');
  });

  test('loads nothing and runs nothing', async () => {
    let calls = 0;
    const server = createServer((socket) => {
      calls++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const url = `http://127.0.0.1:${port}/x`;
    const { text } = await textOf(
      page(
        `<link rel="stylesheet" href="${url}"><script src="${url}"></script><base href="${url}">`,
        `<p>${PARAGRAPH}</p><img src="${url}"><iframe src="${url}"></iframe><script>fetch("${url}")</script><object data="${url}"></object>`,
      ),
    );
    server.close();
    expect(text).toBe(PARAGRAPH);
    expect(calls).toBe(0);
  });

  test('a page of nothing but nesting ends as an answer', async () => {
    const result = await readFile(page('', `${'<div>'.repeat(100_000)}deep`), null, { seconds: 3 });
    if (!result.ok)
      expect(['read.damaged', 'read.time', 'read.memory', 'read.no-text']).toContain(result.problem.code);
    expect((await textOf('<!doctype html><p>The next one is read.</p>')).text).toBe('The next one is read.');
  });
});

describe('PDF', () => {
  test('lines become paragraphs, each piece knows its place, heads and feet are furniture', async () => {
    const pages = [1, 2, 3].map((number) => [
      { words: 'Shore Observers - yearly report', x: 200, y: 815, size: 9 },
      ...(number === 1 ? [{ words: 'Counting in the dunes', x: 50, y: 760, size: 20 }] : []),
      { words: `On day ${number} the prefecture counted 500 people and the ob-`, x: 50, y: 700 },
      { words: 'servers counted 1,500. The observers were well-', x: 50, y: 686 },
      { words: 'known on the site.', x: 50, y: 672 },
      { words: 'A second paragraph stands apart.', x: 50, y: 640 },
      { words: `${number}`, x: 300, y: 30, size: 9 },
    ]);
    const { text, layout, blocks, metadata } = await textOf(
      pdf(pages, {
        info: {
          Title: 'Microsoft Word - dunes.docx',
          Author: 'the observers',
          CreationDate: "D:20210430091500+02'00'",
        },
        language: 'en-GB',
      }),
      'wrong-name.txt',
    );
    expect(blocks.slice(0, 5)).toEqual([
      ['title', 'Counting in the dunes'],
      [
        'paragraph',
        'On day 1 the prefecture counted 500 people and the observers counted 1,500. The observers were well-known on the site.',
      ],
      ['paragraph', 'A second paragraph stands apart.'],
      ['furniture', 'Shore Observers - yearly report'],
      ['furniture', '1'],
    ]);
    expect(metadata).toEqual({
      title: 'Counting in the dunes',
      author: 'the observers',
      published: '2021-04-30~',
      language: 'en-GB',
      publisher: null,
      address: null,
    });
    expect(layout.pages).toHaveLength(3);
    expect(layout.pages[0]).toMatchObject({ start: 0, width: 595, height: 842 });
    const start = text.indexOf('A second paragraph');
    const run = layout.runs.find((run) => run.start === start)!;
    expect(run).toMatchObject({ page: 1, x: 50, end: start + 'A second paragraph stands apart.'.length });
    // 842 − 640 = 202 is its baseline.
    expect(run.y).toBeLessThan(202 - 6);
    expect(run.y + run.height).toBeGreaterThan(202);
    for (const { start, end } of layout.runs) expect(end).toBeGreaterThan(start);
  });

  test('two columns are read one after the other, a table row by row', async () => {
    const left = [
      'The first column begins here and',
      'goes on for some lines of prose,',
      'line under line, and then',
      'it ends with this sentence.',
    ];
    const right = [
      'The second column follows it and',
      'has lines of prose of its own,',
      'which belong to one another and',
      'not to those on their left.',
    ];
    const lines = left.flatMap((words, index) => [
      { words, x: 50, y: 700 - index * 14 },
      { words: right[index]!, x: 320, y: 700 - index * 14 },
    ]);
    const table = [
      ['Site', 'People', 'Tents'],
      ['North', '500', '120'],
      ['South', '1,500', '340'],
    ].flatMap((cells, row) =>
      cells.map((words, column) => ({ words, x: 50 + column * 150, y: 500 - row * 16 })),
    );
    const { blocks } = await textOf(
      pdf([[{ words: 'A headline over both', x: 50, y: 760, size: 18 }, ...lines, ...table]]),
    );
    expect(blocks).toEqual([
      ['title', 'A headline over both'],
      ['paragraph', left.join(' ')],
      ['paragraph', right.join(' ')],
      ['table', 'Site\tPeople\tTents\nNorth\t500\t120\nSouth\t1,500\t340'],
    ]);
  });

  test('text turned on its side is read after the rest', async () => {
    const { blocks } = await textOf(
      pdf([
        [
          { words: 'COPY', x: 20, y: 400, turned: 90 },
          { words: 'The text of the page.', x: 50, y: 700 },
        ],
      ]),
    );
    expect(blocks).toEqual([
      ['paragraph', 'The text of the page.'],
      ['furniture', 'COPY'],
    ]);
  });

  test('scans, passwords, cut and broken files each get their sentence', async () => {
    const whole = pdf([[{ words: 'Some words of a page', x: 50, y: 700 }]]);
    expect(await problemOf(pdf([[]]))).toEqual(['read.no-text', {}]);
    expect(await problemOf(pdfWithPassword())).toEqual(['read.encrypted', {}]);
    expect(await problemOf(whole.subarray(0, 200), 'cut.pdf')).toEqual(['read.damaged', { format: 'PDF' }]);
    expect(await problemOf('%PDF-1.7 and then nothing of the kind', 'no.pdf')).toEqual([
      'read.damaged',
      { format: 'PDF' },
    ]);
  });

  test('a bomb is stopped by its memory, and the next file is read by a fresh process', async () => {
    expect(await problemOf(pdfBomb(900_000_000), 'bomb.pdf')).toEqual(['read.memory', { megabytes: 700 }]);
    expect((await textOf(pdf([[{ words: 'Afterwards.', x: 50, y: 700 }]]))).text).toBe('Afterwards.');
  });

  test('any damage to a file ends in an answer, and in the same answer again', async () => {
    const whole = pdf([
      [
        { words: 'Some words of a page', x: 50, y: 700 },
        { words: 'and more of them', x: 50, y: 680 },
      ],
    ]);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
        const damaged = cut ? whole.subarray(0, at) : Buffer.from(whole);
        if (!cut) damaged[at] = byte;
        const [once, again] = [await readFile(damaged, 'x.pdf'), await readFile(damaged, 'x.pdf')];
        expect(again).toEqual(once);
      }),
      { numRuns: 40 },
    );
  });
});

describe('DOCX', () => {
  test('paragraphs, headings, lists, notes and tables keep their order; properties become metadata', async () => {
    const { blocks, text, metadata } = await textOf(
      docx(
        [
          { words: 'Counting in the dunes', style: 'Title' },
          { words: 'Method', style: 'Heading1' },
          { words: 'Observers counted & wrote.', note: 'Twice a day.' },
          { words: 'tents', item: true },
          { words: 'people', item: true },
          { words: 'The dunes at noon', style: 'Caption' },
        ],
        {
          core: '<dc:creator>the observers</dc:creator><dcterms:created>2021-04-30T10:00:00Z</dcterms:created><dc:language>en-GB</dc:language>',
        },
      ),
      'report.pdf',
    );
    expect(blocks).toEqual([
      ['title', 'Counting in the dunes'],
      ['heading', 'Method'],
      ['paragraph', 'Observers counted & wrote.[1]'],
      ['list-item', 'tents'],
      ['list-item', 'people'],
      ['caption', 'The dunes at noon'],
      ['list-item', 'Twice a day.'],
    ]);
    expect(text).toContain('tents\npeople');
    expect(metadata).toMatchObject({
      title: 'Counting in the dunes',
      author: 'the observers',
      published: '2021-04-30~',
      language: 'en-GB',
    });
  });

  test('zip bombs are not opened: too much declared, too many entries, too steep, or lying about its size', async () => {
    const words = [{ words: 'Innocent.' }];
    const zeroes = (bytes: number) => Buffer.alloc(bytes);
    const expands = (limit: string) => ['read.expands', { limit }];
    const large = docx(words, { extra: [{ name: 'word/media/a.bin', data: zeroes(60_000_000) }] });
    expect(await problemOf(large, 'bomb.docx', { unpacked: 50_000_000 })).toEqual(expands('50 MB'));
    expect(await problemOf(large, 'bomb.docx')).toEqual(expands('200 MB'));
    const lying = docx(words, {
      extra: [{ name: 'word/media/a.bin', data: zeroes(30_000_000), declared: 100 }],
    });
    expect(await problemOf(lying, 'bomb.docx')).toEqual(['read.damaged', { format: 'DOCX' }]);
    const many = docx(words, {
      extra: Array.from({ length: 5_000 }, (_, n) => ({ name: `x/${n}`, data: '' })),
    });
    expect(await problemOf(many, 'bomb.docx')).toEqual(expands('200 MB'));
  });

  test('passwords, cut files and other zips each get their sentence', async () => {
    const whole = docx([{ words: 'A text.' }]);
    expect(await problemOf(whole.subarray(0, whole.length / 2), 'cut.docx')).toEqual([
      'read.damaged',
      { format: 'DOCX' },
    ]);
    expect(
      await problemOf(docx([{ words: 'x' }], { extra: [{ name: 'a', data: 'x', encrypted: true }] })),
    ).toEqual(['read.encrypted', {}]);
    expect(await problemOf(zip([{ name: 'a.txt', data: 'text' }]), 'a.docx')).toEqual([
      'read.unsupported',
      { mediaType: 'application/zip' },
    ]);
    const office = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(504),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    expect(natureOf(office, 'a.docx').mediaType).toBe(ENCRYPTED_OFFICE);
    expect(await problemOf(office, 'a.docx')).toEqual(['read.encrypted', {}]);
  });
});

describe('what a file is', () => {
  const cases: [name: string, bytes: Buffer | string, type: string][] = [
    ['picture.txt', Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1'), 'image/png'],
    ['photo.pdf', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
    ['letter.txt', '{\\rtf1\\ansi A letter}', 'application/rtf'],
    ['page.txt', '\ufeff\n<!-- saved --><!DOCTYPE html><p>x', 'text/html'],
    ['drawing.html', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">', 'image/svg+xml'],
    ['notes.html', 'A plain note about <b>nothing</b>.', 'text/plain'],
    ['notes.md', '# A note', 'text/markdown'],
    ['notes.pdf', '# A note', 'text/plain'],
    ['Bmail.txt', 'BMs are words too', 'text/plain'],
    ['report.doc', pdf([[]]), 'application/pdf'],
    [
      'text.odt',
      zip([
        { name: 'mimetype', data: '' },
        { name: 'content.xml', data: '<x/>' },
      ]),
      'application/zip',
    ],
    ['film.txt', Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), 'video/mp4'],
  ];
  test.each(cases)('%s is told by its content', (name, bytes, type) => {
    expect(natureOf(Buffer.from(bytes as string), name).mediaType).toBe(type);
  });

  test('what cannot be read says its type', async () => {
    expect(await problemOf('{\\rtf1 A letter}', 'a.txt')).toEqual([
      'read.unsupported',
      { mediaType: 'application/rtf' },
    ]);
  });
});

describe('the reading process', () => {
  test('time over: stopped, and the next file is read', async () => {
    const slow = docx([{ words: `${PARAGRAPH} `.repeat(20_000) }]);
    expect(await problemOf(slow, 'slow.docx', { seconds: 0.05 })).toEqual(['read.time', { seconds: 0.05 }]);
    expect((await textOf('<!doctype html><p>Next.</p>')).text).toBe('Next.');
  });

  test('many at once are all read, each answer to its own file', async () => {
    const names = Array.from({ length: 12 }, (_, n) => createHash('sha256').update(String(n)).digest('hex'));
    const texts = await Promise.all(
      names.map(async (name) => (await textOf(`<!doctype html><p>${name}</p>`)).text),
    );
    expect(texts).toEqual(names);
  });
});
