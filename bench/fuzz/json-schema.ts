/** Values from a JSON Schema (draft 2020-12, as zod writes it): mostly right ones, with the edges more often than chance. */
import fc from 'fast-check';

/** A JSON Schema, as far as it is read. */
export interface Schema {
  [keyword: string]: unknown;
}

/** What else may stand for a property, by its name; null where nothing is known. */
export type Hint = (property: string, schema: Schema) => fc.Arbitrary<unknown> | null;

const WORDS = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('tents', 'the prefecture', 'a', 'Calais', 'évacuation', 'مخيم', '500 people'),
  },
  { weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('2016-03-02', '2016', '2016-03/2016-05', 'en', 'fr', 'https://a.example/b'),
  },
);

const EDTF = fc.constantFrom(
  '2016-03-02',
  '2014-10',
  '2016~',
  '2021-01/2021-08',
  '../2016',
  '2016-21',
  '156X',
  '-0044',
  '2016-02-30',
  'Y17E7',
);
const UUID = fc.uuid({ version: 7 });

/** An arbitrary of values that fit `schema`; `definitions` are what `$ref` leads to, by its last part. */
export function arbitraryOf(
  schema: Schema,
  definitions: Readonly<Record<string, Schema>> = {},
  hint: Hint = () => null,
  depth = 0,
): fc.Arbitrary<unknown> {
  const inner = (of: unknown) => arbitraryOf((of ?? {}) as Schema, definitions, hint, depth + 1);
  // A schema may contain itself.
  if (depth > 12) return fc.constant(null);
  if (typeof schema.$ref === 'string') {
    const name = decodeURIComponent(schema.$ref.split('/').at(-1)!)
      .replaceAll('~1', '/')
      .replaceAll('~0', '~');
    return inner(definitions[name]);
  }
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  const choices = (schema.anyOf ?? schema.oneOf) as unknown[] | undefined;
  if (choices) return fc.oneof(...choices.map(inner));
  if (Array.isArray(schema.allOf))
    return fc.tuple(...schema.allOf.map(inner)).map((parts) => Object.assign({}, ...(parts as object[])));
  const types = Array.isArray(schema.type) ? (schema.type as string[]) : [schema.type as string | undefined];
  return types.length === 1 ? ofType(types[0]) : fc.oneof(...types.map(ofType));

  function ofType(type: string | undefined): fc.Arbitrary<unknown> {
    switch (type) {
      case 'string':
        return textOf(schema);
      case 'integer':
      case 'number':
        return numberOf(schema, type === 'integer');
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array': {
        if (Array.isArray(schema.prefixItems)) return fc.tuple(...schema.prefixItems.map(inner));
        const least = (schema.minItems as number | undefined) ?? 0;
        const most = Math.min((schema.maxItems as number | undefined) ?? 4, Math.max(least, 4));
        return fc.array(inner(schema.items), { minLength: least, maxLength: most });
      }
      case 'object':
        return objectOf();
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  }

  function objectOf(): fc.Arbitrary<unknown> {
    const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
    if (properties.length === 0 && schema.additionalProperties)
      return fc.dictionary(fc.string({ maxLength: 12 }), inner(schema.additionalProperties), { maxKeys: 4 });
    const fields = Object.fromEntries(
      properties.map(([name, of]) => {
        const hinted = hint(name, of);
        return [
          name,
          hinted
            ? fc.oneof({ weight: 3, arbitrary: hinted }, { weight: 1, arbitrary: inner(of) })
            : inner(of),
        ];
      }),
    );
    const required = ((schema.required ?? []) as string[]).filter((name) => name in fields);
    return fc.record(fields, { requiredKeys: required });
  }
}

function textOf(schema: Schema): fc.Arbitrary<unknown> {
  const least = (schema.minLength as number | undefined) ?? 0;
  const most = (schema.maxLength as number | undefined) ?? 2000;
  const within = (words: fc.Arbitrary<string>) =>
    words.map((text) => (text.length < least ? text.padEnd(least, 'x') : text.slice(0, most)));
  if (schema.id === 'EdtfDate' || schema.title === 'Date') return EDTF;
  if (schema.format === 'uuid' || schema.format === 'guid' || /0-9a-f.*\{8\}/i.test(String(schema.pattern)))
    return UUID;
  if (schema.format === 'uri')
    return fc.constantFrom('https://a.example/b', 'http://127.0.0.1:1/', 'http://[::1]/');
  if (schema.format === 'date-time') return fc.constantFrom('2026-02-03T04:05:06.007Z');
  if (schema.format === 'email') return fc.constantFrom('somebody@a.example');
  if (typeof schema.pattern === 'string') {
    try {
      // What the pattern allows need not have the length that is asked for.
      return fc.stringMatching(new RegExp(schema.pattern, 'u'), { size: 'small' });
    } catch {
      return within(WORDS);
    }
  }
  const edge = Math.min(most, 5000);
  return fc.oneof(
    { weight: 12, arbitrary: within(WORDS) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(edge)) },
  );
}

function numberOf(schema: Schema, isInteger: boolean): fc.Arbitrary<number> {
  const least = (schema.minimum ?? schema.exclusiveMinimum ?? -Number.MAX_SAFE_INTEGER) as number;
  const most = (schema.maximum ?? schema.exclusiveMaximum ?? Number.MAX_SAFE_INTEGER) as number;
  const edges = [least, most, 0, 1, -1, 7, 500].filter((number) => number >= least && number <= most);
  const small = fc.integer({
    min: Math.max(Math.ceil(least), -1000),
    max: Math.max(Math.max(Math.ceil(least), -1000), Math.min(Math.floor(most), 100_000)),
  });
  const any = isInteger ? small : fc.oneof(small, fc.double({ min: least, max: most, noNaN: true }));
  return edges.length > 0
    ? fc.oneof({ weight: 3, arbitrary: any }, { weight: 1, arbitrary: fc.constantFrom(...edges) })
    : any;
}
