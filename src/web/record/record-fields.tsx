// The fields of a record as words; what is empty is not shown.
import { type ReactNode, useCallback } from 'react';
import { fieldLabel, valueInWords } from '../../ui/field-words.ts';
import { useMessages } from '../../ui/messages.tsx';
import { filledInWords, proposersInWords } from '../../ui/proposer-words.ts';
import { CONTENT } from '../../ui/record-content.ts';
import { type AnyRecord, figureAmount } from '../../ui/record-words.ts';
import { type SchemaField, schemaFields } from '../../ui/schema-fields.ts';
import { useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import style from './record.module.css';

/** Fields that the head of the page says already. */
const IN_HEAD: Record<AnyRecord['kind'], readonly string[]> = {
  statement: ['content'],
  figure: ['value', 'low', 'high', 'unit', 'equivalents', 'baseline'],
  incident: ['title'],
};

/** What an identifier on a record stands for: measures and actors of the dossier by name. */
export function useNameOf(): (id: string) => string | undefined {
  const { slug } = useDossier();
  const input = { params: { dossier: slug } };
  const measures = useCall('GET /dossiers/:dossier/measures', input).data?.items;
  const actors = useCall('GET /dossiers/:dossier/actors', input).data?.items;
  const places = useCall('GET /dossiers/:dossier/places', input).data?.items;
  return useCallback(
    (id: string) =>
      [...(measures ?? []), ...(actors ?? []), ...(places ?? [])].find((one) => one.id === id)?.name,
    [measures, actors, places],
  );
}

/** The fields of a record. */
export function RecordFields({ record }: { record: AnyRecord }): ReactNode {
  const words = useMessages();
  const { t } = words;
  return (
    <section aria-labelledby="record-fields">
      <h2 id="record-fields">{t('desk.record.fields')}</h2>
      <Fields
        fields={schemaFields(CONTENT[record.kind], record.kind).filter(
          ({ name }) => !IN_HEAD[record.kind].includes(name),
        )}
        value={record as unknown as Record<string, unknown>}
        amount={record.kind === 'figure' ? record : null}
      />
      {record.provenance && (
        <dl className={style.fields}>
          <Line
            label={t('desk.record.proposed-by')}
            words={[
              proposersInWords(record.provenance, words),
              ...filledInWords(record.provenance, record.kind, words),
            ].join(' · ')}
          />
        </dl>
      )}
    </section>
  );
}

/** Fields of a value as words; those without a value are left out. */
export function Fields({
  fields,
  value,
  amount,
}: {
  fields: SchemaField[];
  value: Readonly<Record<string, unknown>>;
  /** The figure whose amount stands in place of its bound and numbers. */
  amount?: (AnyRecord & { kind: 'figure' }) | null;
}): ReactNode {
  const words = useMessages();
  const nameOf = useNameOf();
  return (
    <dl className={style.fields}>
      {fields.map((field) => {
        const inner = value[field.name];
        if (amount && field.name === 'bound') {
          return <Line key="amount" label={words.t('field.amount')} words={figureAmount(amount, words)} />;
        }
        if (
          field.kind === 'list' &&
          (inner as unknown[]).length > 0 &&
          field.fields.some((one) => one.kind === 'list')
        ) {
          return (
            <div key={field.name} className={style.nested}>
              <dt>{fieldLabel(field, words)}</dt>
              {(inner as Record<string, unknown>[]).map((item, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: acts have no identity of their own but their place.
                <dd key={index}>
                  <Fields fields={field.fields} value={item} />
                </dd>
              ))}
            </div>
          );
        }
        const text = valueInWords(field, inner, words, nameOf);
        return text === '' ? null : (
          <Line
            key={field.name}
            label={fieldLabel(field, words)}
            words={text}
            lines={field.kind === 'long-text'}
          />
        );
      })}
    </dl>
  );
}

function Line({ label, words, lines }: { label: string; words: string; lines?: boolean }): ReactNode {
  return (
    <div className={style.line}>
      <dt>{label}</dt>
      <dd dir="auto" data-lines={lines || undefined}>
        {words}
      </dd>
    </div>
  );
}
