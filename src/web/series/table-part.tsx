// Where the table lies: which sheet, which row is its header, what stands between its cells; with its first rows to see it by.
import type { ReactNode } from 'react';
import type { SeriesMapping } from '../../record/series.ts';
import { Select } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { Notice } from '../../ui/state.tsx';
import { ScrollBox } from './scroll-box.tsx';
import style from './series.module.css';
import type { Asked, Preview } from './series-data.ts';

const SEPARATORS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** The place of the table. A change of place has the columns told anew; one of marks keeps them. */
export function TablePart({
  preview,
  place,
  change,
}: {
  preview: Preview;
  place: (layout: Asked['layout']) => void;
  change: (part: Partial<SeriesMapping>) => void;
}): ReactNode {
  const { t } = useMessages();
  const { mapping, sheets, head, encoding } = preview;
  const { sheet, separator, header } = mapping;
  const isWorkbook = encoding === 'xlsx';
  const inHeader = (row: number) => header !== null && row >= header.row && row < header.row + header.rows;
  return (
    <section className={style.part} aria-labelledby="series-table">
      <h2 id="series-table">{t('desk.series.table')}</h2>
      <div className={layout.grid}>
        {sheets.length > 1 && (
          <Select
            label={t('desk.series.sheet')}
            value={String(sheet)}
            onChange={(value) => place({ sheet: Number(value) })}
            options={sheets.map((name, at) => ({ value: String(at), label: name ?? String(at + 1) }))}
          />
        )}
        <Select
          label={t('desk.series.header')}
          value={header === null ? '' : `${header.row}/${header.rows}`}
          onChange={(value) => {
            const [row, rows] = value.split('/').map(Number);
            place({ sheet, separator, header: value === '' ? null : { row: row!, rows: rows! } });
          }}
          options={[
            { value: '', label: t('desk.series.no-header') },
            ...head.map(({ row }) => ({ value: `${row}/1`, label: t('desk.series.header-row', { row }) })),
            ...head.slice(0, -1).map(({ row }) => ({
              value: `${row}/2`,
              label: t('desk.series.header-rows', { first: row, last: row + 1 }),
            })),
          ]}
        />
        {!isWorkbook && (
          <Select
            label={t('desk.series.separator')}
            value={separator}
            onChange={(value) => place({ sheet, separator: value })}
            options={(Object.keys(SEPARATORS) as (keyof typeof SEPARATORS)[]).map((value) => ({
              value,
              label: t(`desk.series.separator.${SEPARATORS[value]}`),
            }))}
          />
        )}
        <Select
          label={t('desk.series.decimal')}
          value={mapping.decimal ?? ''}
          onChange={(value) => change({ decimal: value === '' ? null : value })}
          options={[
            { value: '', label: t('desk.series.decimal.none') },
            { value: '.', label: t('desk.series.decimal.point') },
            { value: ',', label: t('desk.series.decimal.comma') },
          ]}
        />
        <Select
          label={t('desk.series.days')}
          value={mapping.days}
          onChange={(days) => change({ days })}
          options={[
            { value: 'day-first', label: t('desk.series.days.day-first') },
            { value: 'month-first', label: t('desk.series.days.month-first') },
          ]}
        />
      </div>
      {encoding === 'windows-1252' && (
        <Notice tone="warning">
          <p>{t('desk.series.encoding')}</p>
        </Notice>
      )}
      <ScrollBox label={t('desk.series.first-rows')}>
        <table className={style.head}>
          <tbody>
            {head.map(({ row, cells }) => (
              <tr key={row} data-header={inHeader(row) ? '' : undefined}>
                <th scope="row">{row}</th>
                {cells.map((cell, at) => {
                  // Cells have no name but their place.
                  const key = `${at}`;
                  return (
                    <td key={key} dir="auto">
                      {cell}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
