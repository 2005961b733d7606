// What stands in a field, and what changed between two versions of a record, in words: for record pages and histories.
import type { Party, PlaceMention } from '../record/common.ts';
import type { FigureContent } from '../record/figure.ts';
import type { Words } from './messages.tsx';
import { partyInWords, placeInWords } from './record-words.ts';
import { isAmount, type SchemaField } from './schema-fields.ts';

/** The name of what an identifier stands for: a measure, an actor, a place. */
export type NameOf = (id: string) => string | undefined;

/** The label of a field: its own message, or the schema's title where a field is so new that it has none. */
export function fieldLabel(field: Pick<SchemaField, 'name' | 'owner' | 'title'>, words: Words): string {
  const id = [`field.${field.owner}.${field.name}`, `field.${field.name}`].find(words.has);
  return id === undefined ? (field.title ?? field.name) : words.t(id);
}

/** The hint under a field, or null when its label says it all. */
export function fieldHint(
  field: Pick<SchemaField, 'name' | 'owner' | 'description'>,
  words: Words,
): string | null {
  const id = [`field.${field.owner}.${field.name}.hint`, `field.${field.name}.hint`].find(words.has);
  return id === undefined ? field.description : words.t(id);
}

/** The name of an item of a list by its place, from 1: "Act 2". */
export function itemLabel(
  field: Pick<SchemaField, 'name' | 'owner' | 'title'>,
  number: number,
  words: Words,
): string {
  const id = `field.${field.name}.item`;
  return words.has(id)
    ? words.t(id, { number })
    : words.t('desk.words.item', { label: fieldLabel(field, words), number });
}

/** What the button says that adds a group, or an item to a list: "Add an act". */
export function addLabel(field: Pick<SchemaField, 'name' | 'owner' | 'title'>, words: Words): string {
  const id = `field.${field.name}.add`;
  return words.has(id) ? words.t(id) : words.t('desk.form.add', { what: fieldLabel(field, words) });
}

/** The label of a vocabulary's term. */
export function termInWords(vocabulary: string | null, term: string, words: Words): string {
  const id = `vocabulary.${vocabulary}.${term}`;
  return words.has(id) ? words.t(id) : term;
}

/** The fields whose numbers are read together with their bound. */
const AMOUNT = ['bound', 'value', 'low', 'high', 'unit'];

/** The amount a group of fields gives, with its unit where it has one. */
function amountOf(value: Readonly<Record<string, unknown>>, words: Words): string {
  const amount = value as unknown as Pick<FigureContent, 'bound' | 'value' | 'low' | 'high'>;
  return words.formatAmount(amount, (value.unit as string | null | undefined) ?? null);
}

/** The value of a field as words; empty where nothing stands in it. */
export function valueInWords(field: SchemaField, value: unknown, words: Words, nameOf: NameOf): string {
  if (value === null || value === undefined || value === '') return '';
  switch (field.kind) {
    case 'choice':
      return termInWords(field.vocabulary, value as string, words);
    case 'date':
      return words.formatDate(value as string);
    case 'number':
      return words.formatNumber(value as number, { maximumFractionDigits: 20 });
    case 'flag':
      return words.t(value ? 'desk.words.yes' : 'desk.words.no');
    case 'party':
      return partyInWords(value as Party, words);
    case 'place':
      return placeInWords(value as PlaceMention, words);
    case 'reference':
      return nameOf(value as string) ?? (value as string);
    case 'language':
      return languageInWords(value as string, words);
    case 'words':
      return (value as string[]).join(', ');
    case 'list':
      return (value as Record<string, unknown>[])
        .map((item) => groupInWords(field.fields, item, words, nameOf))
        .join('; ');
    case 'group':
      return groupInWords(field.fields, value as Record<string, unknown>, words, nameOf);
    default:
      return value as string;
  }
}

/** A language by name in the reader's language, or its tag where it has none. */
export function languageInWords(tag: string, words: Pick<Words, 'locale'>): string {
  return new Intl.DisplayNames([words.locale], { type: 'language' }).of(tag) ?? tag;
}

function groupInWords(
  fields: SchemaField[],
  value: Record<string, unknown>,
  words: Words,
  nameOf: NameOf,
): string {
  const amount = isAmount(fields) ? amountOf(value, words) : '';
  const rest = fields
    .filter((field) => amount === '' || !AMOUNT.includes(field.name))
    .map((field) => valueInWords(field, value[field.name], words, nameOf));
  return [amount, ...rest].filter((text) => text !== '').join(', ');
}

/** One difference between two versions: where, and what stood there before and after; empty where nothing stood. */
export interface Difference {
  /** The first field on the way, by which differences are told apart and merged. */
  field: string;
  /** Labels from the outside in: "Acts 2", "Outcome". */
  label: string[];
  before: string;
  after: string;
}

/**
 * What changed between two versions of a value, field by field, in the order of its schema. A number is read with
 * its bound; items of a list are compared by their place in it; an item that came or went is told whole.
 */
export function differences(
  fields: SchemaField[],
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  words: Words,
  nameOf: NameOf,
): Difference[] {
  const together = isAmount(fields) ? AMOUNT : [];
  const found: Difference[] = [];
  for (const field of fields) {
    const [was, is] = [before[field.name] ?? null, after[field.name] ?? null];
    if (together.includes(field.name)) {
      if (
        field.name !== 'bound' ||
        together.every((name) => isSame(before[name] ?? null, after[name] ?? null))
      )
        continue;
      found.push({
        field: field.name,
        label: [words.t('field.amount')],
        before: amountOf(before, words),
        after: amountOf(after, words),
      });
      continue;
    }
    if (isSame(was, is)) continue;
    const label = fieldLabel(field, words);
    if (field.kind === 'group' && was !== null && is !== null && !isAmount(field.fields)) {
      const inner = differences(field.fields, was as object as Values, is as object as Values, words, nameOf);
      found.push(...inner.map((one) => ({ ...one, field: field.name, label: [label, ...one.label] })));
    } else if (field.kind === 'list') found.push(...listDifferences(field, was, is, words, nameOf));
    else {
      const say = (value: unknown) => valueInWords(field, value, words, nameOf);
      found.push({ field: field.name, label: [label], before: say(was), after: say(is) });
    }
  }
  return found;
}

type Values = Record<string, unknown>;

function listDifferences(
  field: SchemaField,
  before: unknown,
  after: unknown,
  words: Words,
  nameOf: NameOf,
): Difference[] {
  const [was, is] = [(before ?? []) as Values[], (after ?? []) as Values[]];
  const found: Difference[] = [];
  for (let index = 0; index < Math.max(was.length, is.length); index++) {
    const [a, b] = [was[index], is[index]];
    const place = itemLabel(field, index + 1, words);
    if (a && b) {
      const inner = differences(field.fields, a, b, words, nameOf);
      found.push(...inner.map((one) => ({ ...one, field: field.name, label: [place, ...one.label] })));
    } else {
      const say = (item: Values | undefined) => (item ? groupInWords(field.fields, item, words, nameOf) : '');
      found.push({ field: field.name, label: [place], before: say(a), after: say(b) });
    }
  }
  return found;
}

/** Whether two JSON values say the same, whatever the order of their keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => key in b && isSame((a as Values)[key], (b as Values)[key]))
  );
}
