// Sealed values while they are open: a record's fields and passages, a source's description, text and original.
import type { ReactNode } from 'react';
import type { Passage } from '../../record/passage.ts';
import type { Source } from '../../record/source.ts';
import { SourceContent } from '../../record/source.ts';
import { fieldLabel, valueInWords } from '../../ui/field-words.ts';
import { useMessages } from '../../ui/messages.tsx';
import { CONTENT } from '../../ui/record-content.ts';
import type { AnyRecord } from '../../ui/record-words.ts';
import { schemaFields } from '../../ui/schema-fields.ts';
import { addressOf } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { Fields } from '../record/record-fields.tsx';
import type { Opened } from './opening.ts';
import style from './seals.module.css';

/** What was sealed of a record. */
export function SealedRecord({ kind, opened }: { kind: AnyRecord['kind']; opened: Opened }): ReactNode {
  const { fields } = opened;
  const passages = (fields.passages ?? []) as Passage[];
  const shown = schemaFields(CONTENT[kind], kind).filter(
    ({ name }) => name in fields && name !== 'sensitivity',
  );
  return (
    <>
      {passages.map((passage) => (
        <blockquote key={`${passage.source}/${passage.start}`} className={style.words} dir="auto">
          {passage.exact}
        </blockquote>
      ))}
      <Fields fields={shown} value={fields} />
    </>
  );
}

/** What was sealed of a source: what is said of it, its text, and the way to its original while the opening lasts. */
export function SealedSource({ source, opened }: { source: Source; opened: Opened }): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const { fields, text, opening } = opened;
  const shown = schemaFields(SourceContent, 'source').filter(
    ({ name }) => name in fields && name !== 'mayLeave',
  );
  const original = addressOf('GET /dossiers/:dossier/sources/:id/original', {
    params: { dossier: slug, id: source.id },
    query: { opening },
  });
  return (
    <>
      <dl className={style.facts}>
        {shown.map((field) => {
          const value = valueInWords(field, fields[field.name], words, () => undefined);
          return value === '' ? null : (
            <div key={field.name}>
              <dt>{fieldLabel(field, words)}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          );
        })}
        {typeof fields.fileName === 'string' && (
          <div>
            <dt>{t('desk.seal.file')}</dt>
            <dd dir="auto">{fields.fileName}</dd>
          </div>
        )}
      </dl>
      <p>
        <a href={original} download>
          {t('desk.seal.original')}
        </a>
      </p>
      {text !== null && (
        <div className={style.text} dir="auto">
          {text.text}
        </div>
      )}
    </>
  );
}
