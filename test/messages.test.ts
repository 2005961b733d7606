/** The words of screens and pages: the same in every language, well formed, each used, none missing. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIntl } from '@formatjs/intl';
import { expect, test } from 'vitest';
import { Action } from '../src/record/entry.ts';
import { PROBLEM_CODES } from '../src/record/problem.ts';
import * as vocabulary from '../src/record/vocabulary.ts';

const root = join(import.meta.dirname, '..');
type Catalogue = Record<string, string>;
const catalogue = (locale: string): Catalogue =>
  JSON.parse(readFileSync(join(root, 'locales', `${locale}.json`), 'utf8'));
const en = catalogue('en');
const fr = catalogue('fr');
const ar = catalogue('ar');
const keys = Object.keys(en);

const code = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => readFileSync(join(root, 'src', path), 'utf8'))
  .join('\n');

/** What stands in quotes, and the patterns of templates with anything for each `${…}`. */
const literals = new Set([...code.matchAll(/'([a-z][\w.-]+\.[\w.-]+)'/gi)].map((match) => match[1]!));
const templates = [...code.matchAll(/`([a-z]+\.(?:[^`\s$]|\$\{[^}]*\})+)`/g)]
  .map((match) => match[1]!.split(/\$\{[^}]*\}/))
  .filter((parts) => parts.length > 1)
  .map((parts) => parts.map((part) => part.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&')))
  .map((parts) => new RegExp(`^${parts.join('[\\w-]+(?:\\.[\\w-]+)*')}$`));

test('English and French have the same messages; Arabic has none of its own', () => {
  expect(Object.keys(fr).sort()).toEqual([...keys].sort());
  expect(Object.keys(ar).filter((key) => !(key in en))).toEqual([]);
});

test('catalogues are sorted, so that changes of several people merge', () => {
  for (const one of [en, fr, ar]) expect(Object.keys(one)).toEqual(Object.keys(one).sort());
});

/**
 * The names of a message's placeholders; throws when it is malformed. Those that only choose between words are left out:
 * one language's grammar may ask what another's does not ("fewer" or "less").
 */
function placeholders(text: string, locale: string): string[] {
  const found = new Set<string>();
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      // 1 argument, 2 number, 3 date, 4 time, 5 select, 6 plural: the types of @formatjs/icu-messageformat-parser.
      if (node.type >= 1 && node.type <= 6 && node.type !== 5) found.add(String(node.value));
      for (const option of Object.values(node.options ?? {})) walk(option.value);
      walk(node.children ?? []);
    }
  };
  const intl = createIntl({ locale, messages: {} });
  walk(intl.formatters.getMessageFormat(text, locale).getAst() as unknown as Node[]);
  return [...found].sort();
}
interface Node {
  type: number;
  value?: unknown;
  options?: Record<string, { value: Node[] }>;
  children?: Node[];
}

test('every message parses and takes the same values in each language', () => {
  const differing: string[] = [];
  for (const key of keys) {
    const wanted = placeholders(en[key]!, 'en').join();
    if (placeholders(fr[key]!, 'fr').join() !== wanted) differing.push(`fr ${key}`);
    if (ar[key] !== undefined && placeholders(ar[key], 'ar').join() !== wanted) differing.push(`ar ${key}`);
  }
  expect(differing).toEqual([]);
});

test('no message is unused', () => {
  const isUsed = (key: string) => literals.has(key) || templates.some((template) => template.test(key));
  expect(keys.filter((key) => !isUsed(key))).toEqual([]);
});

test('every message the desk asks for exists', () => {
  const asked = [...literals].filter((text) => /^(desk|vocabulary|problem|public|words)\./.test(text));
  expect(asked.filter((key) => !(key in en))).toEqual([]);
  expect(asked.length).toBeGreaterThan(200);
});

test('every problem can be told in every language', () => {
  expect(PROBLEM_CODES.filter((problemCode) => !(`problem.${problemCode}` in en))).toEqual([]);
});

test('every action of the log has words', () => {
  expect(Action.options.filter((action) => !(`desk.action.${action}` in en))).toEqual([]);
});

test('every list of terms that has labels has one for each of its terms', () => {
  const missing = Object.entries(vocabulary).flatMap(([name, list]) => {
    if (!('options' in list)) return [];
    const prefix = `vocabulary.${name[0]!.toLowerCase()}${name.slice(1)}.`;
    const labels = keys.filter((key) => key.startsWith(prefix));
    const terms = (list.options as readonly string[]).map((term) => prefix + term);
    // All or none: a list that no screen shows yet has no labels.
    return labels.length === 0 ? [] : terms.filter((term) => !labels.includes(term));
  });
  expect(missing).toEqual([]);
});

test('English and French use the apostrophes and spaces of print', () => {
  const typed = [...Object.entries(en), ...Object.entries(fr)].filter(([, text]) =>
    /\p{L}'\p{L}/u.test(text),
  );
  expect(typed.map(([key]) => key)).toEqual([]);
});
