// What is wrong in a form, at which field, in the person's language: found by the schema that also guards the server.
import type { z } from 'zod';
import { type FigureContent, numbersFit } from '../record/figure.ts';
import type { Words } from './messages.tsx';
import { fieldAt, isAmount, type SchemaField } from './schema-fields.ts';

/** Sentences by the path of their field, its steps joined by points: "acts.0.perpetrators.1.party.name". */
export type FormErrors = Readonly<Record<string, string>>;

type Values = Readonly<Record<string, unknown>>;
type Numbers = Pick<FigureContent, 'bound' | 'value' | 'low' | 'high'>;

/** Everything that keeps a content from being saved; empty when it may be. One sentence a field, the first found. */
export function contentErrors(
  schema: z.ZodObject,
  fields: SchemaField[],
  content: Values,
  words: Words,
): FormErrors {
  const found: Record<string, string> = {};
  for (const issue of schema.safeParse(content).error?.issues ?? []) {
    found[issue.path.join('.')] ??= sentence(issue, fieldAt(fields, issue.path), words);
  }
  for (const path of misfits(fields, content, '')) {
    found[path] ??= words.t('desk.form.error.numbers');
  }
  return found;
}

function sentence(issue: z.core.$ZodIssue, field: SchemaField | null, { t }: Words): string {
  if (field?.kind === 'date') return t('desk.field.date-wrong');
  if (field?.kind === 'language') return t('desk.form.error.language');
  switch (issue.code) {
    case 'invalid_type':
      return field?.kind === 'number' ? t('desk.form.error.number') : t('desk.form.error.empty');
    case 'too_small':
      if (issue.origin === 'number') return t('desk.form.error.least', { least: Number(issue.minimum) });
      return issue.origin === 'array' ? t('desk.form.error.items') : t('desk.form.error.empty');
    case 'too_big':
      if (issue.origin === 'number') return t('desk.form.error.most', { most: Number(issue.maximum) });
      return t('desk.form.error.long', { most: Number(issue.maximum) });
    default:
      return issue.message;
  }
}

/** The paths of bounds whose numbers do not fit them, wherever a number stands with its bound. */
function misfits(fields: SchemaField[], value: Values, path: string): string[] {
  const found: string[] = [];
  if (isAmount(fields) && !numbersFit(value as unknown as Numbers)) found.push(`${path}bound`);
  for (const field of fields) {
    const inner = value[field.name];
    if (inner === null || typeof inner !== 'object') continue;
    if (field.kind === 'group')
      found.push(...misfits(field.fields, inner as Values, `${path}${field.name}.`));
    if (field.kind === 'list') {
      for (const [index, item] of (inner as Values[]).entries())
        found.push(...misfits(field.fields, item, `${path}${field.name}.${index}.`));
    }
  }
  return found;
}

/**
 * The numbers of an amount after its bound was changed: what was written is carried over, so that nothing has to be
 * written twice, and what the new bound has no place for is emptied.
 */
export function carryNumbers(before: Numbers, bound: Numbers['bound']): Numbers {
  const { value, low, high } = before;
  if (bound === 'range') return { bound, value: null, low: low ?? value, high };
  if (bound === 'change' && value === null && low !== null && high !== null)
    return { bound, value, low, high };
  return { bound, value: value ?? low ?? high, low: null, high: null };
}
