// Which fields of a record are sealed by themselves, and what stands in their place for everybody else.
import type { ReactNode } from 'react';
import { SEALABLE } from '../../record/sealed.ts';
import { Checkbox, TextField } from '../../ui/field.tsx';
import { fieldLabel } from '../../ui/field-words.ts';
import { useMessages } from '../../ui/messages.tsx';
import { CONTENT } from '../../ui/record-content.ts';
import type { AnyRecord } from '../../ui/record-words.ts';
import { schemaFields } from '../../ui/schema-fields.ts';
import style from './seals.module.css';

/** The choice as a form holds it: each sealed field with the words that stand there, empty for nothing. */
export type Chosen = Readonly<Record<string, string>>;

/** What stands there of a record now. */
export function chosenOf(record: AnyRecord): Chosen {
  if (record.sensitivity === 'sealed') return {};
  return Object.fromEntries(
    (record.sealed?.fields ?? []).map((field) => {
      const value = (record as unknown as Record<string, unknown>)[field];
      const named = value !== null && typeof value === 'object' && 'name' in value ? value.name : value;
      return [field, typeof named === 'string' ? named : ''];
    }),
  );
}

/** The choice as the server takes it. */
export function sealOf(chosen: Chosen): { fields: string[]; standIns: Record<string, unknown> } {
  const standIns = Object.entries(chosen).flatMap(([field, words]): [string, unknown][] => {
    const name = words.trim();
    if (name === '' || field === 'acts') return [];
    if (field === 'place') return [[field, { place: null, name, precision: null }]];
    if (field === 'note' || field === 'method') return [[field, name]];
    return [[field, { actor: null, name, role: null }]];
  });
  return { fields: Object.keys(chosen).sort(), standIns: Object.fromEntries(standIns) };
}

/** The choice in a form. */
export function SealChoice({
  kind,
  chosen,
  onChange,
}: {
  kind: AnyRecord['kind'];
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}): ReactNode {
  const words = useMessages();
  const { t } = words;
  const fields = schemaFields(CONTENT[kind], kind).filter(({ name }) =>
    (SEALABLE[kind] as readonly string[]).includes(name),
  );
  return (
    <details className={style.choice} open={Object.keys(chosen).length > 0}>
      <summary>{t('desk.seal.fields')}</summary>
      <p className={style.small}>{t('desk.seal.fields-hint')}</p>
      {fields.map((field) => {
        const standIn = chosen[field.name];
        const label = fieldLabel(field, words);
        const { [field.name]: _, ...others } = chosen;
        return (
          <div key={field.name} className={style.field}>
            <Checkbox
              label={t('desk.seal.field', { field: label })}
              isSelected={standIn !== undefined}
              onChange={(isSealed) => onChange(isSealed ? { ...chosen, [field.name]: '' } : others)}
            />
            {standIn !== undefined && field.name !== 'acts' && (
              <TextField
                label={t('desk.seal.stand-in', { field: label })}
                description={t('desk.seal.stand-in-hint')}
                maxLength={300}
                value={standIn}
                onChange={(value) => onChange({ ...chosen, [field.name]: value })}
              />
            )}
          </div>
        );
      })}
    </details>
  );
}
