// What each column gives, which measures the numbers are of, and what no column says.
import { type ReactNode, useMemo } from 'react';
import type { Measure } from '../../record/measure.ts';
import { nameKey, type SeriesMapping, SeriesRole } from '../../record/series.ts';
import { Modality } from '../../record/vocabulary.ts';
import { ComboBox, Select, TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { useMessages } from '../../ui/messages.tsx';
import { useCall } from '../api.ts';
import { MeasureField } from './measure-field.tsx';
import style from './series.module.css';
import type { Preview } from './series-data.ts';

type Change = (part: Partial<SeriesMapping>) => void;

/** The columns one below the other, each with what stands in it. */
export function ColumnsPart({
  slug,
  preview,
  mapping,
  change,
}: {
  slug: string;
  preview: Preview;
  mapping: SeriesMapping;
  change: Change;
}): ReactNode {
  const { t } = useMessages();
  const measures =
    useCall('GET /dossiers/:dossier/measures', { params: { dossier: slug } }).data?.items ?? [];
  const isNamed = mapping.columns.some(({ role }) => role === 'measure');
  const lacksOwn = mapping.columns.some(({ role, measure }) => role === 'value' && measure === null);
  const onlyEnds = !mapping.columns.some(({ role }) => role === 'value');
  const setColumn = (at: number, part: Partial<SeriesMapping['columns'][number]>) =>
    change({
      columns: mapping.columns.map((column, index) => (index === at ? { ...column, ...part } : column)),
    });
  const roles = SeriesRole.options.map((value) => ({ value, label: t(`vocabulary.seriesRole.${value}`) }));
  return (
    <section className={style.part} aria-labelledby="series-columns">
      <h2 id="series-columns">{t('desk.series.columns')}</h2>
      <ul className={style.columns}>
        {preview.columns.map(({ name, samples }, at) => {
          const column = mapping.columns[at];
          if (!column) return null;
          // Two columns may have one name; what tells them apart is their place.
          const key = `${at} ${name}`;
          return (
            <li key={key} data-role={column.role}>
              <div className={style.column}>
                <strong dir="auto">{name}</strong>
                <span className={style.samples} dir="auto">
                  {samples.filter((sample) => sample !== '').join(' · ')}
                </span>
              </div>
              <Select
                label={t('desk.series.gives', { column: name })}
                hideLabel
                value={column.role}
                onChange={(role) => setColumn(at, { role })}
                options={roles}
              />
              {column.role === 'value' && (
                <MeasureField
                  label={t('desk.series.measure')}
                  choice={column.measure}
                  suggested={name.replaceAll('_', ' ')}
                  measures={measures}
                  none={isNamed ? t('desk.series.measure-by-column') : t('desk.series.measure-of-table')}
                  onChange={(measure) => setColumn(at, { measure })}
                />
              )}
            </li>
          );
        })}
      </ul>
      {isNamed && <NamedMeasures preview={preview} mapping={mapping} measures={measures} change={change} />}
      {!isNamed && (lacksOwn || onlyEnds) && (
        <MeasureField
          label={t('desk.series.table-measure')}
          choice={mapping.measure}
          suggested=""
          measures={measures}
          none={null}
          onChange={(measure) => change({ measure })}
        />
      )}
      <FixedValues slug={slug} mapping={mapping} change={change} />
    </section>
  );
}

/** What a column of measures names, each with the measure that is meant. */
function NamedMeasures({
  preview,
  mapping,
  measures,
  change,
}: {
  preview: Preview;
  mapping: SeriesMapping;
  measures: readonly Measure[];
  change: Change;
}): ReactNode {
  const { t } = useMessages();
  const chosen = new Map(
    [...preview.mapping.names, ...mapping.names].map(({ name, measure }) => [nameKey(name), measure]),
  );
  return (
    <fieldset className={style.names}>
      <legend>{t('desk.series.names')}</legend>
      <ul className={style.columns}>
        {preview.names.map(({ name, rows }) => (
          <li key={name}>
            <div className={style.column}>
              <strong dir="auto">{name.replaceAll('_', ' ')}</strong>
              <span className={style.samples}>{t('desk.series.named-rows', { count: rows })}</span>
            </div>
            <MeasureField
              label={t('desk.series.measure')}
              choice={chosen.get(nameKey(name)) ?? null}
              suggested={name.replaceAll('_', ' ')}
              measures={measures}
              none={null}
              onChange={(measure) => {
                if (measure === null) return;
                const others = mapping.names.filter((one) => nameKey(one.name) !== nameKey(name));
                change({ names: [...others, { name, measure }] });
              }}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** What holds for every figure of the table, where no column says it. */
function FixedValues({
  slug,
  mapping: { fixed, columns },
  change,
}: {
  slug: string;
  mapping: SeriesMapping;
  change: Change;
}): ReactNode {
  const { t } = useMessages();
  const input = { params: { dossier: slug } };
  const actors = useCall('GET /dossiers/:dossier/actors', input).data?.items;
  const places = useCall('GET /dossiers/:dossier/places', input).data?.items;
  const parties = useMemo(() => (actors ?? []).map(({ id, name }) => ({ id, label: name })), [actors]);
  const sites = useMemo(() => (places ?? []).map(({ id, name }) => ({ id, label: name })), [places]);
  const has = (role: SeriesRole) => columns.some((column) => column.role === role);
  const set = (part: Partial<SeriesMapping['fixed']>) => change({ fixed: { ...fixed, ...part } });
  // A field that is empty says nothing: null to the server.
  const said = (words: string) => (words.trim() === '' ? null : words);
  const hint = (role: SeriesRole) => (has(role) ? t('desk.series.where-empty') : undefined);
  return (
    <fieldset className={style.fixed}>
      <legend>{t('desk.series.fixed')}</legend>
      <div className={layout.grid}>
        <ComboBox
          label={t('desk.series.accordingTo')}
          description={hint('according-to')}
          value={fixed.accordingTo ?? ''}
          onChange={(words) => set({ accordingTo: said(words) })}
          options={parties}
        />
        <ComboBox
          label={t('desk.series.reportedBy')}
          description={hint('reported-by')}
          value={fixed.reportedBy ?? ''}
          onChange={(words) => set({ reportedBy: said(words) })}
          options={parties}
        />
        <ComboBox
          label={t('desk.series.place')}
          description={hint('place')}
          value={fixed.place ?? ''}
          onChange={(words) => set({ place: said(words) })}
          options={sites}
        />
        <TextField
          label={t('desk.series.unit')}
          description={hint('unit') ?? t('desk.series.unit-hint')}
          value={fixed.unit ?? ''}
          onChange={(words) => set({ unit: said(words) })}
          maxLength={40}
        />
        <TextField
          label={t('desk.series.method')}
          description={hint('method')}
          value={fixed.method ?? ''}
          onChange={(words) => set({ method: said(words) })}
          maxLength={1000}
        />
        <Select
          label={t('desk.series.modality')}
          value={fixed.modality}
          onChange={(modality) => set({ modality })}
          options={Modality.options.map((value) => ({ value, label: t(`vocabulary.modality.${value}`) }))}
        />
      </div>
    </fieldset>
  );
}
