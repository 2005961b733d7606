// The true words of what is sealed in a dossier, opened in memory to see that none of them leaves. They are told to nobody.
import { type Kysely, sql } from 'kysely';
import { fold } from '../record/comparable.ts';
import { namesIn, type SealedWords, wordFinder } from '../record/sealed-words.ts';
import type { HouseKey } from './house-key.ts';
import { type AnyRecord, fromRow, NOUNS } from './rows.ts';
import { openFields, SEALED_NOUNS } from './seals.ts';
import type { Tables } from './tables.ts';

/**
 * Reads them. `open` are records whose names are no secret: a wholly sealed record may name the same minister as they do.
 * Throws `seal.no-key` where something cannot be opened: then nobody can say what would leave.
 */
export async function sealedWords(
  kysely: Kysely<Tables>,
  key: HouseKey,
  dossier: string,
  open: readonly AnyRecord[],
): Promise<SealedWords> {
  const known = new Set(
    open.filter((record) => record.sensitivity !== 'sealed').flatMap((record) => namesIn(record).map(fold)),
  );
  const everywhere = new Set<string>();
  const ofRecord = new Map<string, string[]>();
  for (const noun of SEALED_NOUNS) {
    const rows = await kysely
      .selectFrom(NOUNS[noun].table as 'statements')
      .selectAll()
      .where('dossier', '=', dossier)
      .where('sealed', 'is not', null)
      .where('id', 'in', (seal) =>
        seal
          .selectFrom('seals')
          .select('subject')
          .where('dossier', '=', dossier)
          .where('wrapped', 'is not', null),
      )
      .execute();
    for (const row of rows) {
      const value = fromRow<typeof noun>(noun, row) as AnyRecord;
      if (!value.sealed) continue;
      const fields = await openFields(kysely, key, { dossier, subject: value.id }, value.sealed);
      const isWhole = value.sensitivity === 'sealed';
      for (const name of secretsOf(noun, fields))
        if (!isWhole || !known.has(fold(name))) everywhere.add(name);
      if (!isWhole && 'place' in fields) ofRecord.set(value.id, namesIn(fields.place));
    }
  }
  return { everywhere: [...everywhere], ofRecord };
}

/** Something that still names what is sealed elsewhere. */
export interface NamedElsewhere {
  noun: (typeof NAMING)[number];
  id: string;
}

/** What may name somebody beside what is sealed: rows that people write words in. */
export const NAMING = [
  ...(['statement', 'figure', 'incident', 'source', 'actor', 'place', 'link'] as const),
  ...(['request', 'disagreement', 'dossier'] as const),
] as const;

/** How many of each are told. */
const MOST_TOLD = 20;

/**
 * Where the words of an opened box still stand in the open: an actor of that name, another record, a note on a link. They
 * are told to whoever has just opened it, so that they can see to them.
 */
export async function namedElsewhere(
  kysely: Kysely<Tables>,
  of: { dossier: string; subject: string },
  noun: (typeof SEALED_NOUNS)[number],
  fields: Record<string, unknown>,
): Promise<NamedElsewhere[]> {
  const words = secretsOf(noun, fields);
  const finds = wordFinder(words);
  const likely = words
    .filter((word) => word.length >= 4)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&').replace(/\s+/g, '%')}%`);
  if (likely.length === 0) return [];
  const found: NamedElsewhere[] = [];
  for (const naming of NAMING) {
    const { table } = NOUNS[naming];
    const whose = naming === 'dossier' ? 'id' : 'dossier';
    const { rows } = await sql<{ id: string; row: object }>`
      select id, to_jsonb(t) - 'sealed' as row from ${sql.table(table)} t
      where ${sql.ref(whose)} = ${of.dossier} and id <> ${of.subject}
        and unaccent((to_jsonb(t) - 'sealed')::text) ilike any (
          select unaccent(word) from unnest(${likely}::text[]) word)
      order by id limit ${MOST_TOLD * 5}`.execute(kysely);
    const told = rows.filter(({ row }) => finds(row)).slice(0, MOST_TOLD);
    found.push(...told.map(({ id }) => ({ noun: naming, id })));
  }
  return found;
}

/** What of a box must stand nowhere else: names of people, and a title or file name that is more than one word. */
function secretsOf(noun: (typeof SEALED_NOUNS)[number], fields: Record<string, unknown>): string[] {
  const texts = (...names: string[]) =>
    names.flatMap((name) => (typeof fields[name] === 'string' ? [fields[name]] : []));
  if (noun === 'witness') return texts('name', 'contact');
  if (noun === 'source')
    return [
      ...texts('author', 'obtainedFrom', 'address'),
      ...texts('title', 'fileName').filter((words) =>
        /[\p{L}\p{N}]+[^\p{L}\p{N}]+[\p{L}\p{N}]{2}/u.test(words),
      ),
    ];
  const { place: _, passages: _p, ...parties } = fields;
  return namesIn(parties);
}
