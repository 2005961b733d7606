// Every schema of the record has a name of its own and becomes JSON Schema: the API page and other programs rely on it.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as record from './index.ts';

const schemas = Object.entries(record as Record<string, unknown>).filter(
  (entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType,
);

describe('the record’s schemas', () => {
  it('are all there is in the vocabulary of docs/architecture.md', () => {
    const names = schemas.map(([name]) => name);
    const words = [
      'Dossier',
      'Source',
      'Original',
      'Rendition',
      'Passage',
      'Statement',
      'Figure',
      'Incident',
      'Actor',
      'Role',
    ];
    const more = [
      'Place',
      'Link',
      'Disagreement',
      'Entry',
      'Report',
      'Publication',
      'Bundle',
      'Member',
      'Comment',
      'Measure',
    ];
    for (const name of [...words, ...more]) expect(names).toContain(name);
  });

  it('become JSON Schema', () => {
    for (const [name, schema] of schemas) {
      const json = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
      expect(json, name).toBeTypeOf('object');
    }
  });

  it('have names that no two share', () => {
    const ids = schemas.flatMap(([, schema]) => schema.meta()?.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
