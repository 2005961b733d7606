// What a thing of a dossier may name: actors, places, measures and records of the same dossier, and nothing of another.
import type { LinkEnd } from '../record/link.ts';
import { problem } from '../record/problem.ts';
import { findValue } from './values.ts';
import type { Tx } from './write.ts';

type Named = { noun: 'actor' | 'place' | 'measure'; id: string };

/** The actors, places and measures that content names, as far as it is written. */
function namesIn(content: object): Named[] {
  const found: Named[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value !== null && typeof value === 'object') {
      for (const [key, field] of Object.entries(value)) {
        const noun = NAMING[key];
        if (noun && typeof field === 'string') found.push({ noun, id: field });
        else walk(field);
      }
    }
  };
  walk(content);
  return found;
}

/** The fields that hold the id of something named: those of parties, place mentions, figures, roles and places. */
const NAMING: Record<string, Named['noun']> = {
  actor: 'actor',
  body: 'actor',
  place: 'place',
  parent: 'place',
  measure: 'measure',
};

/**
 * Throws `not-found` where content names what is not of the dossier. What it named before it may go on naming: an old name
 * is not this person’s doing.
 */
export async function refuseForeignNames(
  tx: Tx,
  dossier: string,
  content: object,
  before: object = {},
): Promise<void> {
  const known = new Set(namesIn(before).map(({ id }) => id));
  for (const { noun, id } of namesIn(content)) {
    if (known.has(id)) continue;
    if (!(await findValue(tx, noun, dossier, id))) throw problem('not-found', { what: noun });
    known.add(id);
  }
}

/** Throws `not-found` where one of these records is not of the dossier. */
export async function refuseForeignEnds(tx: Tx, dossier: string, ends: readonly LinkEnd[]): Promise<void> {
  for (const end of ends)
    if (!(await findValue(tx, end.kind, dossier, end.id))) throw problem('not-found', { what: end.kind });
}
