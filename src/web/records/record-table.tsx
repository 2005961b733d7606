// The rows of a list: a table on paper and where there is room, one record under another on a phone.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { RecordKind } from '../../record/vocabulary.ts';
import { classes } from '../../ui/classes.ts';
import { useMessages, type Words } from '../../ui/messages.tsx';
import {
  type AnyRecord,
  figureAmount,
  headlineOf,
  isWhollySealed,
  perpetratorsOf,
  recordDate,
  wordsSaid,
} from '../../ui/record-words.ts';
import { useDossier } from '../dossier-context.tsx';
import { readerHref, recordHref } from '../record/record-data.ts';
import { StatusWord } from '../record/status-word.tsx';
import { SealMark } from '../seals/sealed-note.tsx';
import style from './records.module.css';
import type { Selection } from './selection.ts';
import type { Trail } from './trail.ts';

interface Column {
  name: 'who' | 'words' | 'amount' | 'counted' | 'place' | 'date' | 'source';
  label: string;
  /** The column whose words lead to the record. */
  leads?: boolean;
  cell: (record: AnyRecord) => ReactNode;
}

/** The records of a page. `active` is the row the keys act on. */
export function RecordTable({
  noun,
  records,
  titles,
  active,
  selection,
  trail,
  onActive,
  onChoose,
  onChooseAll,
}: {
  noun: RecordKind;
  records: readonly AnyRecord[];
  titles: ReadonlyMap<string, string>;
  active: number;
  selection: Selection;
  trail: Trail;
  onActive: (index: number) => void;
  onChoose: (index: number, range: boolean) => void;
  onChooseAll: (all: boolean) => void;
}): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const columns = columnsOf(noun, slug, titles, words).map((column) => ({
    ...column,
    cell: (record: AnyRecord) => (isWhollySealed(record) ? sealedCell(column) : column.cell(record)),
  }));
  const chosenHere = records.filter((record) => selection.has(record.id)).length;
  return (
    // The roles are said outright: a phone draws the table as blocks, which would lose them.
    // biome-ignore-start lint/a11y/noRedundantRoles: see above.
    // biome-ignore-start lint/a11y/useSemanticElements: see above.
    <table role="table" className={classes(style.table, style[noun])}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" className={style.choice}>
            <input
              type="checkbox"
              aria-label={t('desk.list.choose-page')}
              checked={chosenHere === records.length}
              ref={(box) => {
                if (box) box.indeterminate = chosenHere > 0 && chosenHere < records.length;
              }}
              onChange={(event) => onChooseAll(event.target.checked)}
            />
          </th>
          {columns.map(({ label, name }) => (
            <th role="columnheader" scope="col" key={label} className={style[name]}>
              {label}
            </th>
          ))}
          <th role="columnheader" scope="col">
            {t('desk.list.facet.status')}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {records.map((record, index) => (
          <tr
            role="row"
            key={record.id}
            data-active={index === active || undefined}
            data-chosen={selection.has(record.id) || undefined}
            data-status={record.status}
            onFocus={() => onActive(index)}
          >
            <td role="cell" className={style.choice}>
              <input
                type="checkbox"
                aria-label={t('desk.list.choose-one', { record: headlineOf(record, words) })}
                checked={selection.has(record.id)}
                onChange={(event) => onChoose(index, (event.nativeEvent as MouseEvent).shiftKey)}
              />
            </td>
            {columns.map(({ name, label, leads, cell }) => {
              const content = cell(record);
              return (
                <td
                  role="cell"
                  key={label}
                  className={style[name]}
                  data-empty={content === null || undefined}
                >
                  {leads ? (
                    <Link
                      href={recordHref(slug, noun, record.id)}
                      state={{ trail }}
                      data-row={index}
                      className={style.open}
                    >
                      {content}
                    </Link>
                  ) : (
                    content
                  )}
                </td>
              );
            })}
            <td role="cell" className={style.state}>
              <StatusWord status={record.status} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/useSemanticElements: see above.
    // biome-ignore-end lint/a11y/noRedundantRoles: see above.
  );
}

/** Of what is sealed, a row only says that it is. */
function sealedCell({ leads }: Column): ReactNode {
  return leads ? <SealMark /> : null;
}

function columnsOf(
  noun: RecordKind,
  slug: string,
  titles: ReadonlyMap<string, string>,
  words: Words,
): Column[] {
  const { t } = words;
  const date = (label: string): Column => ({
    name: 'date',
    label,
    cell: (record) => recordDate(record, words),
  });
  const source: Column = {
    name: 'source',
    label: t('desk.list.facet.source'),
    cell: (record) => {
      const from = record.passages[0]?.source;
      if (from === undefined) return null;
      return (
        <Link href={readerHref(slug, from, record.id)} className={style.quiet} dir="auto">
          {titles.get(from) ?? t('desk.list.facet.one-source')}
        </Link>
      );
    },
  };
  switch (noun) {
    case 'statement':
      return [
        {
          name: 'who',
          label: t('field.speaker'),
          cell: (record) =>
            record.kind === 'statement' && (
              <>
                {record.speaker ? (
                  <strong dir="auto">{record.speaker.name}</strong>
                ) : (
                  <em>{t('desk.words.nobody')}</em>
                )}
                {record.speaker?.role && <span className={style.role}>{record.speaker.role}</span>}
              </>
            ),
        },
        {
          name: 'words',
          label: t('field.content'),
          leads: true,
          cell: (record) =>
            record.kind === 'statement' && (
              <>
                {record.act !== 'says' && (
                  <span className={style.act}>{t(`vocabulary.speechAct.${record.act}`)} </span>
                )}
                <span dir="auto" lang={record.language ?? undefined}>
                  {wordsSaid(record, words)}
                </span>
              </>
            ),
        },
        date(t('field.saidOn')),
        source,
      ];
    case 'figure':
      return [
        {
          name: 'amount',
          label: t('field.amount'),
          leads: true,
          cell: (record) => record.kind === 'figure' && figureAmount(record, words),
        },
        {
          name: 'counted',
          label: t('field.counted'),
          cell: (record) => record.kind === 'figure' && <span dir="auto">{record.counted}</span>,
        },
        {
          name: 'place',
          label: t('field.place'),
          cell: (record) => (record.kind === 'figure' && record.place?.name) || null,
        },
        date(t('field.period')),
        {
          name: 'who',
          label: t('field.accordingTo'),
          cell: (record) => (record.kind === 'figure' && record.accordingTo?.name) || null,
        },
        source,
      ];
    case 'incident':
      return [
        {
          name: 'words',
          label: t('field.title'),
          leads: true,
          cell: (record) =>
            record.kind === 'incident' && (
              <span dir="auto" lang={record.language ?? undefined}>
                {record.title}
              </span>
            ),
        },
        {
          name: 'place',
          label: t('field.place'),
          cell: (record) => (record.kind === 'incident' && record.place?.name) || null,
        },
        date(t('field.occurredOn')),
        {
          name: 'who',
          label: t('field.perpetrators'),
          cell: (record) => (record.kind === 'incident' && perpetratorsOf(record, words)) || null,
        },
        source,
      ];
  }
}
