/** Every schema of src/record given values made from itself and spoilt; and dates, searches, list questions, CSV. */
import fc from 'fast-check';
import { z } from 'zod';
import { csvLine, flatten } from '../../src/record/csv.ts';
import { dateRange } from '../../src/record/date.ts';
import * as record from '../../src/record/index.ts';
import { RecordQuery } from '../../src/record/record-query.ts';
import { arbitraryOf, type Schema } from './json-schema.ts';
import { holds, type Target, target } from './target.ts';

const pageOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;

/** Lists of words cannot be wrong in more than one way; they are tried inside the schemas that use them. */
const schemas = (Object.entries(record) as [string, unknown][]).filter(
  (one): one is [string, z.ZodType] => one[1] instanceof z.ZodType && !('enum' in pageOf(one[1])),
);

function schemaTarget([name, schema]: [string, z.ZodType]): Target {
  const page = pageOf(schema);
  const generate = arbitraryOf(page, (page.$defs ?? {}) as Record<string, Schema>);
  return target<unknown>({
    name: `form.${name}`,
    seeds: () =>
      fc.sample(generate, { seed: 1, numRuns: 40 }).filter((value) => schema.safeParse(value).success),
    generate,
    weight: 0.02,
    run: (value) => {
      const result = schema.safeParse(value);
      if (!result.success) {
        const [issue] = result.error.issues;
        holds(issue !== undefined && typeof issue.message === 'string', 'a refusal without a reason');
        throw new record.Problem('request.invalid', 400, issue.message, {});
      }
      // What was let in is itself let in again: an answer read from the store passes the same schema.
      holds(schema.safeParse(result.data).success, 'what was accepted is refused the second time');
      holds(Object.getPrototypeOf({}).polluted === undefined, 'every object was changed');
    },
  });
}

const edtfText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '2016',
        '-03',
        '-02',
        '/',
        '..',
        '~',
        '?',
        '%',
        'X',
        'XX',
        'Y',
        'E7',
        'S3',
        '{',
        '}',
        '[',
        ']',
        ',',
        '-21',
        '-41',
        'T12:00',
        'Z',
        '+01:00',
        'Z2016',
        '1985-04-XX',
      ),
      fc.nat(9999).map(String),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));
const EDTF_TOKENS = [
  '/',
  '..',
  '~',
  '?',
  '%',
  'X',
  'Y',
  'E',
  'S',
  '{',
  '}',
  '[',
  ']',
  '-',
  '0',
  '2016',
  '-21',
];

/** The schemas of record/, and the small languages in its fields. */
export const formTargets: Target[] = [
  ...schemas.map(schemaTarget),
  target<string>({
    name: 'record.date',
    seeds: () => [
      '2014-10-28',
      '2014-10',
      '2016~',
      '2021-01/2021-08',
      '../2016',
      '2016-21',
      '{2016,2017}',
      '[2016..2018]',
      'Y17E7',
      '156X-12-XX',
    ],
    generate: edtfText,
    tokens: EDTF_TOKENS,
    weight: 0.3,
    // A field of a form holds 80; what a table's cell holds is cut before it comes here.
    longest: 80,
    run: (words) => {
      const range = dateRange(words);
      holds(
        range === null || (range.from <= range.to && !Number.isNaN(range.from)),
        'a date that ends before it begins',
      );
    },
  }),
  target<Record<string, unknown>>({
    name: 'record.query',
    seeds: () => [
      {
        q: '"exact words" or -other',
        status: ['accepted'],
        year: '2016',
        sort: 'value',
        order: 'asc',
        limit: '50',
        cursor: Buffer.from('["2016","x"]').toString('base64url'),
      },
    ],
    generate: fc.dictionary(
      fc.constantFrom(
        'q',
        'status',
        'form',
        'party',
        'act',
        'year',
        'source',
        'sensitivity',
        'sort',
        'order',
        'cursor',
        'limit',
        '__proto__',
      ),
      fc.oneof(
        fc.string({ maxLength: 30 }),
        fc.array(fc.string({ maxLength: 10 }), { maxLength: 60 }),
        fc.constantFrom('accepted', '2016', '1e9', '0x10', '-1', ''),
      ),
    ),
    run: (query) => {
      const result = RecordQuery.safeParse(query);
      if (result.success) holds(result.data.limit >= 1 && result.data.limit <= 500, 'a list without end');
    },
  }),
  target<unknown>({
    name: 'record.csv',
    seeds: () => [
      { id: 'x', speaker: { name: '=1+1', role: null }, acts: [{ kind: 'a' }], tags: ['a', 'b'] },
    ],
    generate: fc.jsonValue({ maxDepth: 4 }),
    weight: 0.3,
    run: (value) => {
      if (value === null || typeof value !== 'object') return;
      const line = csvLine(Object.values(flatten(value)));
      holds(line.endsWith('\r\n'), 'a line without an end');
    },
  }),
];
