// How a list is ordered, in words: "newest first", not a column and an arrow.
import type { ReactNode } from 'react';
import type { RecordQuery, RecordSort } from '../../record/record-query.ts';
import type { RecordKind } from '../../record/vocabulary.ts';
import { Select } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import style from './records.module.css';

/** The orders of each kind of record; only figures have an amount. */
const SORTS: Record<RecordKind, RecordSort[]> = {
  statement: ['date', 'party', 'confidence'],
  figure: ['date', 'value', 'party', 'confidence'],
  incident: ['date', 'party', 'confidence'],
};

/** The choice of an order. */
export function SortChoice({
  noun,
  sort,
  order,
  onChange,
}: Pick<RecordQuery, 'sort' | 'order'> & {
  noun: RecordKind;
  onChange: (change: Pick<RecordQuery, 'sort' | 'order'>) => void;
}): ReactNode {
  const { t } = useMessages();
  const orders = SORTS[noun].flatMap((by) =>
    (by === 'party' ? (['asc', 'desc'] as const) : (['desc', 'asc'] as const)).map(
      (way) => `${by}-${way}` as const,
    ),
  );
  return (
    <Select
      className={style.sort ?? ''}
      label={t('desk.list.sort')}
      hideLabel
      value={`${sort}-${order}`}
      onChange={(chosen) => {
        const [by, way] = chosen.split('-') as [RecordSort, 'asc' | 'desc'];
        onChange({ sort: by, order: way });
      }}
      options={orders.map((value) => ({ value, label: t(`desk.list.sort.${value}`) }))}
    />
  );
}
