// What facets and their values are called: each kind of record gives the shared facets a meaning of its own.
import { FACETS_OF, type Facet, type FacetCounts, type RecordQuery } from '../../record/record-query.ts';
import type { RecordKind } from '../../record/vocabulary.ts';
import type { FacetGroup } from '../../ui/facets.tsx';
import { termInWords } from '../../ui/field-words.ts';
import type { MessageKey, Words } from '../../ui/messages.tsx';

/** The message of a facet's name, where a kind of record has that facet. */
const LABELS: Record<RecordKind, Partial<Record<Facet, MessageKey>>> = {
  statement: {
    status: 'desk.list.facet.status',
    party: 'field.speaker',
    form: 'field.mode',
    act: 'field.statement.act',
    venue: 'field.venue',
    year: 'desk.list.facet.year',
    source: 'desk.list.facet.source',
  },
  figure: {
    status: 'desk.list.facet.status',
    party: 'field.accordingTo',
    act: 'field.counted',
    form: 'field.bound',
    venue: 'field.unit',
    place: 'field.place',
    year: 'desk.list.facet.year',
    source: 'desk.list.facet.source',
  },
  incident: {
    status: 'desk.list.facet.status',
    form: 'field.acts',
    party: 'field.perpetrators',
    place: 'field.place',
    year: 'desk.list.facet.year',
    source: 'desk.list.facet.source',
  },
};

/** The vocabulary a facet's values are terms of; the values of the others are words of the records. */
const VOCABULARIES: Record<RecordKind, Partial<Record<Facet, string>>> = {
  statement: { status: 'status', form: 'statementMode', act: 'speechAct', venue: 'venue' },
  figure: { status: 'status', form: 'bound' },
  incident: { status: 'status', form: 'actKind' },
};

/** The name of a facet of a kind of record. */
export function facetLabel(noun: RecordKind, facet: Facet, words: Words): string {
  const key = LABELS[noun][facet];
  return key ? words.t(key) : facet;
}

/** The name of one value; `titles` names sources, `null` stands for records that give nothing. */
function facetValueLabel(
  noun: RecordKind,
  facet: Facet,
  value: string | null,
  words: Words,
  titles: ReadonlyMap<string, string>,
): string {
  if (value === null) return words.t('desk.list.facet.nothing');
  if (facet === 'source') return titles.get(value) ?? words.t('desk.list.facet.one-source');
  return termInWords(VOCABULARIES[noun][facet] ?? null, value, words);
}

/** The facets of a list as they are shown: counted values, and chosen ones also where nothing is left of them. */
export function facetGroups(
  noun: RecordKind,
  query: RecordQuery,
  counts: FacetCounts | undefined,
  words: Words,
  titles: ReadonlyMap<string, string>,
): FacetGroup[] {
  return FACETS_OF[noun].map((facet) => {
    const chosen = query[facet].map(String);
    const counted: { value: string | null; count: number | null }[] = counts?.[facet] ?? [];
    const lost = chosen
      .filter((value) => !counted.some((one) => one.value === value))
      .map((value) => ({ value, count: counts ? 0 : null }));
    const values = [...counted, ...lost].map((one) => ({
      ...one,
      label: facetValueLabel(noun, facet, one.value, words, titles),
    }));
    // Years read as a line of time, not by how much was said in them; what is not dated comes last.
    if (facet === 'year') values.sort((a, b) => Number(b.value ?? -Infinity) - Number(a.value ?? -Infinity));
    // A facet that says the same of every record tells nothing apart.
    const telling = chosen.length > 0 || values.length > 1;
    return { name: facet, label: facetLabel(noun, facet, words), values: telling ? values : [], chosen };
  });
}

/** What the list is narrowed to, with what undoes each. */
export interface Narrowing {
  key: string;
  label: string;
  /** What to set in the query so that this one narrows no longer. */
  without: Partial<RecordQuery>;
}

/** Everything a list is narrowed by, in words. */
export function narrowings(
  noun: RecordKind,
  query: RecordQuery,
  words: Words,
  titles: ReadonlyMap<string, string>,
): Narrowing[] {
  const found: Narrowing[] = query.q
    ? [{ key: 'q', label: words.t('desk.list.searched', { words: query.q }), without: { q: undefined } }]
    : [];
  for (const facet of [...FACETS_OF[noun], 'sensitivity'] as const) {
    for (const value of query[facet]) {
      const label = facetValueLabel(noun, facet, String(value), words, titles);
      const rest = (query[facet] as unknown[]).filter((one) => one !== value);
      found.push({
        key: `${facet}:${value}`,
        label:
          facet === 'status'
            ? label
            : words.t('desk.list.chip', { facet: facetLabel(noun, facet, words), value: label }),
        without: { [facet]: rest },
      });
    }
  }
  return found;
}
