/** What people hand in: tables, workbooks, pages, Markdown, DOCX, PDF, plain text; and what a language model answers. */
import fc from 'fast-check';
import { cellStretch, guessSeparator, readRows, SEPARATORS } from '../../src/analysis/series/delimited.ts';
import { readNumber } from '../../src/analysis/table/cell.ts';
import { checkTables } from '../../src/analysis/table/check.ts';
import { periodOf } from '../../src/analysis/table/period.ts';
import { shapeTable } from '../../src/analysis/table/shape.ts';
import { claimReader } from '../../src/cli/claims.ts';
import { DOCX, HEAD_LENGTH, mediaTypeOf, TAIL_LENGTH } from '../../src/intake/kind.ts';
import { readAnswer } from '../../src/intake/model-answer.ts';
import { readFormat } from '../../src/intake/read-format.ts';
import { readTable } from '../../src/intake/read-table.ts';
import { readText } from '../../src/intake/read-text.ts';
import type { ReadResult } from '../../src/intake/reading.ts';
import { XLSX } from '../../src/record/source.ts';
import { readRates } from '../../src/server/rates.ts';
import { docx } from '../../test/fixtures/docx.ts';
import { pdf } from '../../test/fixtures/pdf.ts';
import { xlsx } from '../../test/fixtures/xlsx.ts';
import { zip } from '../../test/fixtures/zip.ts';
import { BAD_WORDS } from './mutate.ts';
import { holds, type Target, target } from './target.ts';

/** Small, so that a bomb is refused before it is dear: what is tried here is that it is refused. */
const LIMITS = {
  upload: 1e6,
  seconds: 30,
  memoryMb: 256,
  fetchSeconds: 1,
  text: 1_000_000,
  unpacked: 4_000_000,
};

/** A reading's blocks lie in its text, in order, and its text can be stored; a refusal says what to do. */
function checkReading(result: ReadResult): void {
  if (!result.ok) {
    holds(result.problem.message !== '', 'a refusal without a sentence');
    return;
  }
  const { text, layout } = result;
  holds(text.isWellFormed() && !text.includes('\0'), 'a text that cannot be stored');
  let end = 0;
  for (const block of layout.blocks) {
    holds(
      block.start >= end && block.end > block.start && block.end <= text.length,
      'a block outside the text',
    );
    end = block.end;
  }
}

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));
const cell = fc.oneof(
  fc.constantFrom(
    'date',
    'place',
    'tents',
    '12',
    '1 500',
    '1,500',
    '2016-03-02',
    '02/03/2016',
    '€1.5m',
    '~40',
    '> 300',
    'n/a',
    '',
    '"',
    '""',
    '10–20',
    '12 %',
  ),
  fc.constantFrom(...BAD_WORDS),
  fc.double().map(String),
  fc.string({ maxLength: 12 }),
);
const rows = (separator: string, end: string) =>
  fc
    .array(fc.array(fc.tuple(cell, fc.nat(8)), { minLength: 1, maxLength: 6 }), { maxLength: 14 })
    .map((lines) =>
      lines
        .map((cells) =>
          cells
            .map(([words, how]) =>
              how === 0 ? `"${words.replaceAll('"', '""')}"` : how === 1 ? `"${words}` : words,
            )
            .join(separator),
        )
        .join(end),
    );
const tableText = fc.oneof(
  ...[',', ';', '\t', '|'].flatMap((separator) => ['\n', '\r\n', '\r'].map((end) => rows(separator, end))),
);
const TABLES = [
  'date,place,tents\n2016-03-02,Calais,12\n2016-03-09,Calais,"1,500"\n',
  'semaine;arrivées;bateaux\n2021-W01;12;1\n2021-W02;1 500,5;40\n',
  'measure\tvalue\tsource\tperiod\npeople\t500\tprefecture\t2016-03\npeople\t1,500–2,000\taid groups\t2016-03\n',
  '\ufeffyear|A|B|total\n2019|1|2|3\n2020|4|5|9\n2021|7|8|16\n',
];
const TABLE_TOKENS = [
  '"',
  '""',
  ',',
  ';',
  '\t',
  '|',
  '\n',
  '\r\n',
  '\ufeff',
  '2016-03-02',
  '1 500',
  '%',
  '€',
];

const readClaims = claimReader();

const html = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<div class="dek">',
        '</div>',
        '<table><tr><td>',
        '</table>',
        '<script>x</script>',
        '<!--',
        '-->',
        '<svg>',
        '<template>',
        '<h1>',
        '<ul><li>',
      ),
      fc.constantFrom(
        '&amp;',
        '&#0;',
        '&#xD800;',
        '&',
        '<meta charset="utf-16">',
        '<base href="javascript:x">',
        '<a href="//x">',
        '<![CDATA[',
        '<plaintext>',
        '<title>',
        '<article>',
      ),
      fc.string({ maxLength: 30 }),
      fc.constant('A paragraph of some words that could be an article about the dunes. '.repeat(4)),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));
const PAGE = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>The dunes</title><meta property="og:title" content="Dunes"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Dunes","datePublished":"2016-03-02"}</script></head><body><article><h1>The dunes</h1><p class="standfirst">What was found.</p>${'<p>Aid groups counted 1,500 people in the dunes on Tuesday, they said in a note.</p>'.repeat(6)}<table><tr><th>a<td>b</table></article></body></html>`;
const markdown = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '# ',
        '## ',
        '- ',
        '1. ',
        '> ',
        '```\n',
        '---\n',
        '| a | b |\n|---|---|\n',
        '[a](b)',
        '![x](y)',
        '**',
        '_',
        '<div>',
        '[^1]',
        '[^1]: ',
        '&nbsp;',
        '\\',
        '\t',
      ),
      fc.string({ maxLength: 20 }),
      fc.constantFrom('\n', '\n\n'),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

const WORKBOOK = () =>
  xlsx([
    {
      name: 'Counts',
      rows: [
        ['date', 'tents'],
        [new Date(0), 12],
        ['x', { formula: 'A1+1', value: 3 }],
      ],
    },
  ]);
const DOCUMENT = () =>
  docx([
    { words: 'The dunes', style: 'Title' },
    { words: 'Aid groups counted 1,500 people.', note: 'A note.' },
    { words: 'an item', item: true },
  ]);
/** An XML of one part replaced in an office file: the parser gets past the zip. */
const officeXml = (build: (xml: string) => Buffer) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<row r="1">',
          '<c r="A1" t="s">',
          '<c r="XFD1048576">',
          '<v>',
          '</v>',
          '1',
          '99999999',
          '</c>',
          '</row>',
          '<f>',
          '<!DOCTYPE x [<!ENTITY a "b">]>',
          '&a;',
          '<w:p>',
          '<w:r><w:t>',
          '</w:t></w:r></w:p>',
          '<w:tbl><w:tr><w:tc>',
          '<sheetData>',
        ),
        fc.string({ maxLength: 10 }),
      ),
      { maxLength: 30 },
    )
    .map((parts) => new Uint8Array(build(parts.join(''))));
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const format = (mediaType: string) => async (input: Uint8Array | string) => {
  const bytes = typeof input === 'string' ? bytesOf(input) : input;
  checkReading(await readFormat(bytes, { fileName: null, mediaType }, LIMITS));
};

const quoted = fc.record({
  content: fc.array(fc.string({ maxLength: 30 }), { maxLength: 3 }),
  mode: fc.constantFrom('direct', 'indirect', 'other'),
  act: fc.constantFrom('says', 'denies', 'x'),
});
const ANSWER =
  '{"statements":[{"content":["nobody came"],"source":"a volunteer","cue":"said","speaker":null,"role":null,"addressee":null,"mode":"direct","act":"says"}],"figures":[{"words":"1,500","value":1500,"low":null,"high":null,"bound":"exact","unit":null,"counted":"people","place":null,"accordingTo":null}]}';

/** Files as people hand them in. Readers that unpack or parse are slow, and get fewer inputs. */
export const intakeTargets: Target[] = [
  target<Uint8Array>({
    name: 'intake.table',
    seeds: () => [...TABLES.map(bytesOf), new Uint8Array(Buffer.from(`\ufeff${TABLES[1]}`, 'utf16le'))],
    generate: tableText.map(bytesOf),
    tokens: TABLE_TOKENS,
    run: (input) => checkReading(readTable(input, LIMITS)),
  }),
  target<string>({
    name: 'intake.delimited',
    seeds: () => TABLES,
    generate: tableText,
    tokens: TABLE_TOKENS,
    run: (text) => {
      const stretch = { start: 0, end: text.length };
      const separators =
        text.length > 20_000
          ? [guessSeparator(text, stretch)]
          : [...SEPARATORS, guessSeparator(text, stretch)];
      for (const separator of separators) {
        let end = 0;
        for (const row of readRows(text, stretch, separator)) {
          holds(row.start >= end && row.end >= row.start && row.end <= text.length, 'a row outside the text');
          end = row.end;
          const column = row.cells.length - 1;
          const where = cellStretch(text, row, column, separator);
          holds(where.start >= row.start && where.end <= row.end, 'a cell outside its row');
        }
      }
    },
  }),
  target<string>({
    name: 'intake.table-check',
    seeds: () => TABLES,
    generate: tableText,
    tokens: TABLE_TOKENS,
    weight: 0.1,
    longest: 20_000,
    run: (text) => {
      const stretch = { start: 0, end: text.length };
      const lines = [...readRows(text, stretch, guessSeparator(text, stretch))];
      const table = shapeTable('a table', lines.map(({ row, cells }) => ({ row, cells })) as never);
      if (table) checkTables([table], (words) => readClaims(words, null), null);
    },
  }),
  target<string>({
    name: 'intake.cell',
    seeds: () => ['1 500,5', '€1.5m', '12 %', '2016-W03', 'mars 2016', '02/03/2016', '1e5 millions', '-3'],
    generate: cell,
    tokens: ['€', '%', '1', ' ', '\u202f', ',', '.', 'e', '-', '–', 'm', 'mars', '/', 'W'],
    run: (text) => {
      const number = readNumber(text);
      holds('problem' in number || Number.isFinite(number.value), 'a number that is none');
      periodOf(text);
      periodOf(text, 'month-first');
    },
  }),
  target<string>({
    name: 'intake.rates',
    seeds: () => ['date,USD,GBP\n2016-03-02,1.08,0.77\n', 'date;currency;rate\n2016-03-02;USD;1,08\n'],
    generate: tableText,
    tokens: [...TABLE_TOKENS, 'USD', 'GBP', 'date'],
    weight: 0.2,
    run: (text) => {
      readRates(text);
    },
  }),
  target<Uint8Array>({
    name: 'intake.text',
    seeds: () => [
      bytesOf('A title\n\nA paragraph.\r\n\r\nAnother. 🏕️\n'),
      new Uint8Array(Buffer.from('\ufeffwide\n\ntext', 'utf16le')),
    ],
    generate: fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme' }).map(bytesOf)),
    tokens: ['\n\n', '\r\n', '\ufeff', '\u00e9', '🏕️'],
    run: (input) => checkReading(readText(input, LIMITS)),
  }),
  target<Uint8Array>({
    name: 'intake.kind',
    seeds: () => [
      bytesOf(PAGE),
      new Uint8Array(WORKBOOK()),
      new Uint8Array(DOCUMENT()),
      new Uint8Array(pdf([[{ words: 'x', x: 50, y: 700 }]] as never)),
      bytesOf(TABLES[0]!),
    ],
    generate: fc.uint8Array({ maxLength: 300 }),
    tokens: ['%PDF-', 'PK\u0003\u0004', '<html>', '<svg ', '<?xml ', '<!--', '-->', 'RIFF', 'BM'],
    weight: 0.5,
    run: (input) => {
      const buffer = Buffer.from(input);
      const tail = buffer.subarray(Math.max(0, buffer.length - TAIL_LENGTH));
      holds(
        /^[a-z]+\/[a-z0-9.+-]+$/.test(mediaTypeOf(buffer.subarray(0, HEAD_LENGTH), tail, 'x.csv')),
        'no media type',
      );
    },
  }),
  target<string>({
    name: 'intake.html',
    seeds: () => [PAGE],
    generate: html,
    tokens: [
      '<',
      '>',
      '</',
      '<!--',
      '<script>',
      '<p>',
      '&#',
      '"',
      "'",
      '<table>',
      '<svg>',
      '<math>',
      '<template>',
    ],
    weight: 0.03,
    longest: 60_000,
    run: format('text/html'),
  }),
  target<string>({
    name: 'intake.markdown',
    seeds: () => [
      '---\ntitle: A note\ndate: 2016-03-02\n---\n# The dunes\n\nAid groups *counted* 1,500 people.[^1]\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: a note\n',
    ],
    generate: markdown,
    tokens: ['# ', '- ', '> ', '```', '| ', '[', '](', '![', '<', '*', '_', '\n\n', '---\n', '[^'],
    weight: 0.05,
    longest: 20_000,
    run: format('text/markdown'),
  }),
  target<Uint8Array>({
    name: 'intake.xlsx',
    seeds: () => [new Uint8Array(WORKBOOK())],
    generate: officeXml((xml) =>
      xlsx([{ name: 'A', rows: [['a']] }], {
        extra: [
          {
            name: 'xl/worksheets/sheet1.xml',
            data: `${head}<worksheet><sheetData>${xml}</sheetData></worksheet>`,
          },
        ],
      }),
    ),
    tokens: ['PK\u0001\u0002', 'PK\u0003\u0004', 'PK\u0005\u0006', 'xl/workbook.xml'],
    weight: 0.02,
    run: format(XLSX),
  }),
  target<Uint8Array>({
    name: 'intake.docx',
    seeds: () => [new Uint8Array(DOCUMENT())],
    generate: officeXml((xml) =>
      zip([
        { name: '[Content_Types].xml', data: `${head}<Types/>` },
        {
          name: 'word/document.xml',
          data: `${head}<w:document xmlns:w="x"><w:body>${xml}</w:body></w:document>`,
        },
      ]),
    ),
    tokens: ['PK\u0001\u0002', 'PK\u0003\u0004', 'PK\u0005\u0006', 'word/document.xml'],
    weight: 0.02,
    run: format(DOCX),
  }),
  target<Uint8Array>({
    name: 'intake.pdf',
    seeds: () => [
      new Uint8Array(pdf([[{ words: 'Aid groups counted 1,500 people.', x: 50, y: 700 }]] as never)),
    ],
    generate: fc.string({ maxLength: 200 }).map((words) => bytesOf(`%PDF-1.4\n${words}`)),
    tokens: [
      'obj',
      'endobj',
      'stream',
      'endstream',
      '/Type',
      '/Pages',
      '<<',
      '>>',
      'xref',
      'trailer',
      ' 0 R',
      '/Length',
    ],
    weight: 0.003,
    run: format('application/pdf'),
  }),
  target<string>({
    name: 'intake.model-answer',
    seeds: () => [ANSWER, `<think>hm {</think>\n\`\`\`json\n${ANSWER}\n\`\`\``, ANSWER.slice(0, -40)],
    generate: fc
      .record({
        statements: fc.array(fc.oneof(quoted, fc.jsonValue({ maxDepth: 2 }))),
        figures: fc.array(fc.jsonValue({ maxDepth: 2 })),
      })
      .map((value) => JSON.stringify(value)),
    tokens: [
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      '"statements":[',
      '"figures":[',
      '<think>',
      '</think>',
      '```',
      ',',
    ],
    weight: 0.5,
    run: (reply) => {
      const read = readAnswer(reply);
      holds(read === null || Array.isArray(read.answer.statements), 'an answer without lists');
    },
  }),
];
