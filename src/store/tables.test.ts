// SQL is the only second statement of a shape: every table's columns are its schema's keys, null where it allows null.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { forEachDatabase } from '../../test/platform/embedded.ts';
import { Publication } from '../record/report.ts';
import { isRecordNoun, NOUNS, type Noun } from './rows.ts';

const shapes = [
  ...(Object.keys(NOUNS) as Noun[]).map((noun) => {
    const { table, schema } = NOUNS[noun];
    return { table, schema, leftOut: isRecordNoun(noun) ? ['kind'] : [] };
  }),
  { table: 'publications', schema: Publication, leftOut: [] as string[] },
];

forEachDatabase((create) => {
  test('columns are the schemas’ keys, and allow null where those do', async () => {
    const store = await (await create()).open();
    for (const { table, schema, leftOut } of shapes) {
      const { rows } = await sql<{ name: string; nullable: boolean }>`
        select column_name as name, is_nullable = 'YES' as nullable from information_schema.columns
        where table_schema = current_schema() and table_name = ${table}`.execute(store.read);
      const columns = Object.fromEntries(
        rows.map(({ name, nullable }) => [
          name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
          nullable,
        ]),
      );
      const keys = Object.fromEntries(
        Object.entries(schema.shape)
          .filter(([key]) => !leftOut.includes(key))
          .map(([key, field]) => [key, field.safeParse(null).success]),
      );
      expect({ table, columns }).toEqual({ table, columns: keys });
    }
  });
});
