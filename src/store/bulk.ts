// Many rows in one statement with one parameter: PostgreSQL takes them out of a JSON text. A parameter for every column of
// every row costs most of the time of a large write, here and in the database, and there may be no more than 65,535.
import { type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.ts';
import type { Tx } from './write.ts';

/** A row by the names of its columns. Lists and objects are columns of JSON; bytes are columns of bytes. */
export type BulkRow = Record<string, unknown>;

/** What a bulk insert may be told beside its rows. */
export interface BulkOptions {
  /** Columns that the database works out, from `item`, the row as JSON. */
  computed?: Record<string, RawBuilder<unknown>>;
  /** The key by which rows that are there already are replaced. */
  replaces?: string[];
}

/** Adds rows to a table; all have the columns of the first. What the rows lack is null. */
export async function insertRows(
  tx: Tx,
  table: keyof Tables,
  rows: readonly BulkRow[],
  { computed = {}, replaces }: BulkOptions = {},
): Promise<void> {
  const first = rows[0];
  if (first === undefined) return;
  const given = Object.keys(first).filter((name) => !name.startsWith('_'));
  const names = [...given, ...Object.keys(computed)];
  const into = sql.table(inDatabase(table));
  const values = [
    ...given.map((name) => sql`filled.${sql.ref(inDatabase(name))}`),
    ...Object.values(computed),
  ];
  const updated = names.filter((name) => !replaces?.includes(name));
  const conflict = replaces
    ? sql` on conflict (${columns(replaces)}) do update set ${sql.join(
        updated.map((name) => sql`${column(name)} = excluded.${column(name)}`),
      )}`
    : sql``;
  await sql`insert into ${into} (${columns(names)})
    select ${sql.join(values)}
    from json_array_elements(${jsonOf(rows)}::json) item, json_populate_record(null::${into}, item) filled${conflict}`.execute(
    tx,
  );
}

const column = (name: string) => sql.ref(inDatabase(name));
const columns = (names: readonly string[]) => sql.join(names.map(column));

/** The rows as JSON, under the names of the database. Numbers that JSON has no way to write are written as words. */
function jsonOf(rows: readonly BulkRow[]): string {
  const names = new Map<string, string>();
  return JSON.stringify(
    rows.map((row) => {
      const written: BulkRow = {};
      for (const [name, value] of Object.entries(row)) {
        let key = names.get(name);
        if (key === undefined) {
          key = inDatabase(name);
          names.set(name, key);
        }
        written[key] = asJson(value);
      }
      return written;
    }),
  );
}

function asJson(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  return value;
}

/** "recordIndex" → "record_index", as the store's other queries have it done for them. */
function inDatabase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
