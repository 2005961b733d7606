// What one entry of the log changed on a record, in words. Pure.
import type { Entry } from '../../record/entry.ts';
import { type Difference, differences, type NameOf } from '../../ui/field-words.ts';
import type { Words } from '../../ui/messages.tsx';
import { CONTENT } from '../../ui/record-content.ts';
import type { AnyRecord } from '../../ui/record-words.ts';
import { schemaFields } from '../../ui/schema-fields.ts';

/** What one entry changed on a record of a kind; empty where it made the record, or changed nothing a person reads. */
export function changesOfEntry(
  kind: AnyRecord['kind'],
  entry: Pick<Entry, 'payload'>,
  words: Words,
  nameOf: NameOf,
): Difference[] {
  const payload = entry.payload as { before?: AnyRecord | null; after?: AnyRecord | null } | null;
  const [before, after] = [payload?.before, payload?.after];
  if (!before || !after) return [];
  const found = differences(
    schemaFields(CONTENT[kind], kind),
    before as unknown as Record<string, unknown>,
    after as unknown as Record<string, unknown>,
    words,
    nameOf,
  );
  const quotes = (record: AnyRecord) => record.passages.map((passage) => passage.exact).join(' […] ');
  if (quotes(before) !== quotes(after)) {
    found.unshift({
      field: 'passages',
      label: [words.t('desk.record.passages', { count: after.passages.length })],
      before: quotes(before),
      after: quotes(after),
    });
  }
  if (before.status !== after.status) {
    found.unshift({
      field: 'status',
      label: [words.t('desk.list.facet.status')],
      before: words.t(`vocabulary.status.${before.status}`),
      after: words.t(`vocabulary.status.${after.status}`),
    });
  }
  return found;
}
