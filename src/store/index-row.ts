// What lists, facets and search need of a record: one narrow row, made from the record and never the truth.
import { sql } from 'kysely';
import { dateRange } from '../record/date.ts';
import { interval } from '../record/figure.ts';
import type { Facet } from '../record/record-query.ts';
import type { RecordKind } from '../record/vocabulary.ts';
import { insertRows } from './bulk.ts';
import { noteFacetChanges } from './facet-index.ts';
import type { AnyRecord } from './rows.ts';
import { chunks, type Tx } from './write.ts';

interface IndexedFields {
  party: string | null;
  form: string;
  act: string | null;
  venue: string | null;
  place: string | null;
  date: string | null;
  value: number;
  words: (string | null | undefined)[];
}

function indexed(record: AnyRecord): IndexedFields {
  switch (record.kind) {
    case 'statement':
      return {
        party: record.speaker?.name ?? null,
        form: record.mode,
        act: record.act,
        venue: record.venue,
        place: null,
        date: record.saidOn,
        value: 0,
        words: [
          record.content,
          record.speaker?.name,
          record.speaker?.role,
          record.addressee?.name,
          ...record.topics,
        ],
      };
    case 'figure': {
      const { low, high } = interval(record);
      return {
        party: record.accordingTo?.name ?? null,
        form: record.bound,
        act: record.counted,
        venue: record.unit,
        place: record.place?.name ?? null,
        date: record.period,
        // PostgreSQL orders NaN last; a figure without an amount sorts there.
        value: record.value ?? (Number.isFinite(low) ? low : high),
        words: [
          record.counted,
          record.unit,
          record.accordingTo?.name,
          record.reportedBy?.name,
          record.place?.name,
          record.method,
        ],
      };
    }
    case 'incident':
      return {
        party: record.acts[0]?.perpetrators[0]?.party.name ?? null,
        form: record.acts[0]?.kind ?? 'other',
        act: null,
        venue: null,
        place: record.place?.name ?? null,
        date: record.occurredOn,
        value: 0,
        words: [
          record.title,
          record.place?.name,
          ...record.acts.flatMap((act) => [
            act.method,
            act.statedReason,
            act.outcome,
            ...act.perpetrators.map((p) => p.party.name),
          ]),
        ],
      };
  }
}

/** The search configuration for a language: stemmed where PostgreSQL can, plain words elsewhere. */
export function searchConfiguration(language: string | null): 'english' | 'french' | 'simple' {
  if (language?.startsWith('en')) return 'english';
  if (language?.startsWith('fr')) return 'french';
  return 'simple';
}

/** A tsvector holds at most 1 MB of lexemes; this many characters stay below it in any language. */
const SEARCHED_CHARACTERS = 100_000;

function indexRow(record: AnyRecord) {
  const fields = indexed(record);
  const range = fields.date === null ? null : dateRange(fields.date);
  const first = range !== null && Number.isFinite(range.from) ? new Date(range.from) : null;
  const words = [...fields.words, ...record.passages.map((passage) => passage.exact), ...record.tags]
    .filter((text) => text)
    .join('\n')
    .slice(0, SEARCHED_CHARACTERS);
  return {
    dossier: record.dossier,
    kind: record.kind,
    id: record.id,
    status: record.status,
    sensitivity: record.sensitivity,
    party: fields.party,
    form: fields.form,
    act: fields.act,
    venue: fields.venue,
    place: fields.place,
    year: first?.getUTCFullYear() ?? null,
    source: record.passages[0]?.source ?? null,
    sortDate: first?.toISOString() ?? '',
    sortParty: (fields.party ?? '').toLowerCase(),
    sortValue: fields.value,
    confidence: record.provenance?.confidence ?? 1,
    start: record.passages[0]?.start ?? 0,
    // For the search column alone.
    _words: words,
    _configuration: searchConfiguration(record.language),
  };
}

/** The facets of a row and nothing else: they are kept until the transaction ends. */
function facetsOf(row: ReturnType<typeof indexRow>): Record<Facet, string | number | null> {
  const { status, form, party, act, venue, place, year, source, sensitivity } = row;
  return { status, form, party, act, venue, place, year, source, sensitivity };
}

const SEARCH = sql`to_tsvector((item ->> '_configuration')::regconfig, unaccent(item ->> '_words'))`;

/** Replaces the index rows of records by new ones; `isFresh`: there are none yet. */
export async function indexRecords(tx: Tx, records: AnyRecord[], { isFresh = false } = {}): Promise<void> {
  for (const some of chunks(records)) {
    const rows = some.map(indexRow);
    noteFacetChanges(
      tx,
      rows.map((row) => ({ dossier: row.dossier, kind: row.kind, id: row.id, row: facetsOf(row) })),
    );
    await insertRows(tx, 'recordIndex', rows, {
      computed: { search: SEARCH },
      ...(!isFresh && { replaces: ['dossier', 'kind', 'id'] }),
    });
    if (!isFresh) await removeSources(tx, some);
    await insertRows(tx, 'recordSources', some.flatMap(sourcesOf));
  }
}

/** Which sources a record rests on, and where in each it begins. */
function sourcesOf(record: AnyRecord) {
  const firstIn = new Map<string, number>();
  for (const passage of record.passages) {
    firstIn.set(passage.source, Math.min(passage.start, firstIn.get(passage.source) ?? Infinity));
  }
  const { dossier, kind, id } = record;
  return [...firstIn].map(([source, start]) => ({ dossier, source, kind, id, start }));
}

async function removeSources(tx: Tx, records: AnyRecord[]): Promise<void> {
  const dossier = records[0]!.dossier;
  const kinds = [...new Set(records.map((record) => record.kind))];
  for (const kind of kinds) {
    const ids = records.filter((record) => record.kind === kind).map((record) => record.id);
    await tx
      .deleteFrom('recordSources')
      .where('dossier', '=', dossier)
      .where('kind', '=', kind)
      .where('id', 'in', ids)
      .execute();
  }
}

/** Takes records out of the index. */
export async function unindexRecords(
  tx: Tx,
  kind: RecordKind,
  dossier: string,
  ids: string[],
): Promise<void> {
  noteFacetChanges(
    tx,
    ids.map((id) => ({ dossier, kind, id, row: null })),
  );
  for (const table of ['recordIndex', 'recordSources'] as const) {
    await tx
      .deleteFrom(table)
      .where('dossier', '=', dossier)
      .where('kind', '=', kind)
      .where('id', 'in', ids)
      .execute();
  }
}
