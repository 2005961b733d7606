// What a screen shows, kept in its address by the schema that the API reads it by: every view can be linked to, left
// and come back to. Defaults are not written, and what does not fit the schema is passed over rather than refused.
import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { z } from 'zod';
import { isSame } from './field-words.ts';

/** Reads a query by a schema; a parameter that does not fit is left out, so that an old link still shows something. */
export function readSearch<S extends z.ZodObject>(schema: S, search: string): z.output<S> {
  const given: Record<string, string | string[]> = {};
  const parameters = new URLSearchParams(search);
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    given[name] = values.length === 1 ? values[0]! : values;
  }
  let result = schema.safeParse(given);
  while (!result.success) {
    const names = result.error.issues.map((issue) => String(issue.path[0]));
    const known = names.filter((name) => name in given);
    // Only a schema that cannot do without parameters gets here; that is a defect of the caller's.
    if (known.length === 0) throw result.error;
    for (const name of known) delete given[name];
    result = schema.safeParse(given);
  }
  return result.data;
}

/** Writes a value as a query without its defaults; empty when it is all defaults. The order is that of the schema. */
export function writeSearch<S extends z.ZodObject>(schema: S, value: Partial<z.output<S>>): string {
  const defaults: Record<string, unknown> = schema.parse({});
  const parameters = new URLSearchParams();
  for (const name of Object.keys(schema.shape)) {
    const given = (value as Record<string, unknown>)[name];
    if (given === undefined || given === null || given === '' || isSame(given, defaults[name])) continue;
    for (const item of Array.isArray(given) ? given : [given]) parameters.append(name, String(item));
  }
  return parameters.toString();
}

/** How a change of the address is made. */
export interface SearchChange {
  /** Takes the place of the address it changes, so that the back button does not stop at every letter typed. */
  replace?: boolean;
  /** Kept with the address in the history of the browser. */
  state?: unknown;
}

/** The state of a screen in its address, and a function that changes parts of it. */
export function useSearchState<S extends z.ZodObject>(
  schema: S,
): [z.output<S>, (change: Partial<z.output<S>>, how?: SearchChange) => void, string] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const value = useMemo(() => readSearch(schema, search), [schema, search]);
  const set = useCallback(
    (change: Partial<z.output<S>>, how: SearchChange = {}) => {
      // Read again: two changes in one moment build on one another.
      const now = readSearch(schema, window.location.search);
      const next = writeSearch(schema, { ...now, ...change });
      navigate(next === '' ? path : `${path}?${next}`, how);
    },
    [schema, path, navigate],
  );
  return [value, set, search];
}
