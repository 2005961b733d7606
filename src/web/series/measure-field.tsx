// Which measure some numbers are of: one of the dossier's, or a new one, made with the figures and described in place.
import type { ReactNode } from 'react';
import type { Measure } from '../../record/measure.ts';
import type { MeasureChoice } from '../../record/series.ts';
import { Repeats, SeriesKind } from '../../record/vocabulary.ts';
import { Select, TextField } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import style from './series.module.css';

type NewMeasure = Extract<MeasureChoice, { new: unknown }>['new'];

/** The choice of a measure. `none` is what no choice is called; without it there must be one. */
export function MeasureField({
  label,
  choice,
  suggested,
  measures,
  none,
  onChange,
}: {
  label: string;
  choice: MeasureChoice | null;
  /** What a new measure is called at first. */
  suggested: string;
  measures: readonly Measure[];
  none: string | null;
  onChange: (choice: MeasureChoice | null) => void;
}): ReactNode {
  const { t } = useMessages();
  const value = choice === null ? '' : 'id' in choice ? choice.id : 'new';
  const made: NewMeasure =
    choice && 'new' in choice
      ? choice.new
      : { name: suggested, definition: null, unit: null, series: 'unknown', repeats: 'unknown' };
  const pick = (picked: string) =>
    onChange(picked === '' ? null : picked === 'new' ? { new: made } : { id: picked });
  return (
    <div className={style.measure}>
      <Select
        label={label}
        value={value}
        onChange={pick}
        options={[
          ...(none === null && value !== ''
            ? []
            : [{ value: '', label: none ?? t('desk.series.choose-measure') }]),
          ...measures.map(({ id, name }) => ({ value: id, label: name })),
          { value: 'new', label: t('desk.series.new-measure') },
        ]}
      />
      {choice && 'new' in choice && (
        <div className={style.newMeasure}>
          <TextField
            label={t('desk.series.measure-name')}
            value={made.name}
            error={made.name.trim() === '' ? t('desk.series.measure-needs-name') : null}
            onChange={(name) => onChange({ new: { ...made, name } })}
            maxLength={200}
          />
          <Select
            label={t('desk.series.kind')}
            value={made.series}
            onChange={(series) => onChange({ new: { ...made, series } })}
            options={SeriesKind.options.map((one) => ({
              value: one,
              label: t(`vocabulary.seriesKind.${one}`),
            }))}
          />
          <Select
            label={t('desk.series.repeats')}
            value={made.repeats}
            onChange={(repeats) => onChange({ new: { ...made, repeats } })}
            options={Repeats.options.map((one) => ({ value: one, label: t(`vocabulary.repeats.${one}`) }))}
          />
        </div>
      )}
    </div>
  );
}
