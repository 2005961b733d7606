// The OpenAPI 3.1 page, generated from the endpoints' own schemas: nothing is written twice.
import { z } from 'zod';
import { type AnyEndpoint, type Endpoints, ProblemDetails } from './endpoint.ts';

type Json = Record<string, unknown>;

/** The OpenAPI description of a set of endpoints below `base`. */
export function openapi(endpoints: Endpoints, base: string, version: string): Json {
  const components: Json = {};
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
    const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Json;
    const { $defs, $schema: _, ...rest } = json as { $defs?: Json; $schema?: string };
    for (const [name, definition] of Object.entries($defs ?? {})) components[name] = pointed(definition);
    return pointed(rest);
  };
  const paths: Record<string, Json> = {};
  for (const [route, untyped] of Object.entries(endpoints)) {
    const definition = untyped as AnyEndpoint;
    const [method, path] = route.split(' ') as [string, string];
    const template = base + path.replace(/:(\w+)/g, '{$1}');
    const operation = (csv: boolean): Json => ({
      summary: csv ? `${definition.summary}, as CSV` : definition.summary,
      'x-permission': definition.permission,
      parameters: [
        ...parameters(definition.params, 'path', schemaOf, components),
        ...parameters(definition.query, 'query', schemaOf, components),
      ],
      ...(definition.body && {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schemaOf(definition.body, 'input') } },
        },
      }),
      responses: {
        [String(definition.status ?? 200)]: {
          description: 'Done',
          content: csv
            ? { 'text/csv': { schema: { type: 'string' } } }
            : definition.answer && { 'application/json': { schema: schemaOf(definition.answer, 'output') } },
        },
        default: {
          description: 'A problem: a stable code and a sentence that says what to do',
          content: { 'application/problem+json': { schema: schemaOf(ProblemDetails, 'output') } },
        },
      },
    });
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(false) };
    if (definition.csv) paths[`${template}.csv`] = { get: operation(true) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Constat',
      version,
      description:
        'Records, their passages, their history and proofs. Every list pages by cursor, and is a CSV by adding .csv.',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    paths,
    components: { schemas: components },
  };
}

/** A schema whose references lead into the page instead of into itself. */
function pointed(schema: unknown): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

function parameters(
  schema: z.ZodType | undefined,
  where: 'path' | 'query',
  schemaOf: (s: z.ZodType, io: 'input') => Json,
  components: Json,
): Json[] {
  if (!schema) return [];
  const whole = schemaOf(schema, 'input');
  // A schema with a name of its own is only pointed to; parameters are listed one by one.
  const name = typeof whole.$ref === 'string' ? whole.$ref.slice('#/components/schemas/'.length) : null;
  const json = (name === null ? whole : components[name]) as { properties?: Json; required?: string[] };
  // What a default or a coercion fills in may be left out, whatever the schema of the result says.
  const isNeeded = !schema.safeParse({}).success;
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (isNeeded && (json.required?.includes(name) ?? false)),
    schema: property,
  }));
}
