// A zod schema as fields of a form: the order, kind, label and limits of what a person may write.
// Forms and histories are drawn from this, so that a field added to a schema appears in both by itself.
import { z } from 'zod';

/** How a field is written: each kind has one control. */
export type FieldKind =
  | 'text'
  | 'long-text'
  | 'number'
  | 'flag'
  | 'choice'
  | 'date'
  | 'language'
  | 'party'
  | 'place'
  | 'reference'
  | 'words'
  | 'list'
  | 'group';

/** One field of a schema. */
export interface SchemaField {
  name: string;
  /** The object the field belongs to, by its schema's id with a small first letter: "party", "act"; or the noun given. */
  owner: string;
  kind: FieldKind;
  /** What the schema calls the field, in English; screens prefer their own words. */
  title: string | null;
  description: string | null;
  /** Whether the field may be left empty, which is stored as null. */
  nullable: boolean;
  /** The vocabulary of a choice, as in the message ids `vocabulary.<list>.<term>`. */
  vocabulary: string | null;
  options: string[];
  minimum: number | null;
  maximum: number | null;
  /** The fields of a group; of a list of groups, those of one item. */
  fields: SchemaField[];
}

/** Texts that may be longer than this get a field of several lines. */
const ONE_LINE = 400;

/** Kinds that follow from the schema's id rather than its type. */
const KIND_OF_ID: Record<string, FieldKind> = {
  EdtfDate: 'date',
  LanguageTag: 'language',
  Party: 'party',
  PlaceMention: 'place',
  Id: 'reference',
};

/**
 * The fields of an object schema, in its order. Throws TypeError on a type no control exists for,
 * so that a schema that outgrows the form is found by the first test that draws it.
 */
export function schemaFields(schema: z.ZodObject, owner: string): SchemaField[] {
  return Object.entries(schema.shape).map(([name, field]) => describe(name, owner, field as z.ZodType));
}

function describe(name: string, owner: string, given: z.ZodType): SchemaField {
  let schema = given;
  let nullable = false;
  const meta = { ...metaOf(given) };
  while (
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault
  ) {
    nullable ||= !(schema instanceof z.ZodDefault);
    schema = schema.unwrap() as z.ZodType;
  }
  const id = idOf(schema);
  const inner = metaOf(schema);
  const field: SchemaField = {
    name,
    owner,
    kind: 'text',
    title: meta.title ?? inner.title ?? null,
    // The description of a shared shape says what it is, not what to write in this field.
    description: schema === given && idOf(schema) !== null ? null : (meta.description ?? null),
    nullable,
    vocabulary: null,
    options: [],
    ...limits(schema),
    fields: [],
  };
  const kind = id === null ? undefined : KIND_OF_ID[id];
  if (schema instanceof z.ZodObject) {
    field.kind = kind ?? 'group';
    field.fields = schemaFields(schema, id === null ? name : small(id));
  } else if (kind) field.kind = kind;
  else if (schema instanceof z.ZodEnum) {
    field.kind = 'choice';
    field.options = schema.options as string[];
    field.vocabulary = id === null ? null : small(id);
  } else if (schema instanceof z.ZodArray) Object.assign(field, listOf(schema.element as z.ZodType, name));
  else if (schema instanceof z.ZodNumber) field.kind = 'number';
  else if (schema instanceof z.ZodBoolean) field.kind = 'flag';
  else if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) {
    field.kind = (field.maximum ?? 0) > ONE_LINE ? 'long-text' : 'text';
  } else throw new TypeError(`There is no control for the field ${owner}.${name}.`);
  return field;
}

function listOf(element: z.ZodType, name: string): Pick<SchemaField, 'kind' | 'fields'> {
  if (element instanceof z.ZodString) return { kind: 'words', fields: [] };
  if (element instanceof z.ZodObject) {
    const id = idOf(element);
    return { kind: 'list', fields: schemaFields(element, id === null ? name : small(id)) };
  }
  throw new TypeError(`There is no control for the items of ${name}.`);
}

interface Meta {
  title?: string;
  description?: string;
}

function metaOf(schema: z.ZodType): Meta {
  return (schema.meta() ?? {}) as Meta;
}

/** The id a schema was declared with; adding a title clones a schema, and the clone remembers its parent only. */
function idOf(schema: z.ZodType): string | null {
  for (let one: z.core.$ZodType | undefined = schema; one; one = one._zod.parent) {
    const id = z.globalRegistry.get(one as z.ZodType)?.id;
    if (id !== undefined) return id;
  }
  return null;
}

/** The least and most characters, items or amount a schema allows. */
function limits(schema: z.ZodType): Pick<SchemaField, 'minimum' | 'maximum'> {
  let minimum: number | null = null;
  let maximum: number | null = null;
  for (const check of schema._zod.def.checks ?? []) {
    const of = check._zod.def as { check: string; minimum?: number; maximum?: number; value?: number };
    if (of.check === 'min_length') minimum = of.minimum ?? null;
    if (of.check === 'max_length') maximum = of.maximum ?? null;
    if (of.check === 'greater_than') minimum = of.value ?? null;
    if (of.check === 'less_than') maximum = of.value ?? null;
  }
  return { minimum, maximum };
}

const small = (id: string) => id.charAt(0).toLowerCase() + id.slice(1);

/** Whether fields hold a number with its bound, which are written together: "more than 500", "1,500 to 2,000". */
export function isAmount(fields: SchemaField[]): boolean {
  return ['bound', 'value', 'low', 'high'].every((name) => fields.some((field) => field.name === name));
}

/** What a field holds before anything is written in it. */
function emptyValue(field: SchemaField): unknown {
  if (field.nullable) return null;
  switch (field.kind) {
    case 'number':
      return null;
    case 'flag':
      return false;
    case 'choice':
      return field.options[0];
    case 'words':
      return [];
    case 'list':
      return Array.from({ length: field.minimum ?? 0 }, () => emptyValues(field.fields));
    case 'group':
    case 'party':
    case 'place':
      return emptyValues(field.fields);
    default:
      return '';
  }
}

/** An object with every field empty. */
export function emptyValues(fields: SchemaField[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, emptyValue(field)]));
}

/** Only the fields of a schema out of a larger value, with what it lacks left empty: a record's content out of a record. */
export function contentOf(
  fields: SchemaField[],
  value: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      value[field.name] === undefined ? emptyValue(field) : value[field.name],
    ]),
  );
}

/** The field a path of a value leads to; the numbers of list items are passed over. Null where there is none. */
export function fieldAt(fields: SchemaField[], path: readonly PropertyKey[]): SchemaField | null {
  let here: SchemaField | null = null;
  let among = fields;
  for (const step of path) {
    if (typeof step === 'number' || (typeof step === 'string' && /^\d+$/.test(step))) continue;
    here = among.find((field) => field.name === step) ?? null;
    if (here === null) return null;
    among = here.fields;
  }
  return here;
}
