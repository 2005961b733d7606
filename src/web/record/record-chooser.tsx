// Choosing records by their words: for what is about several of them.
import { type ReactNode, useDeferredValue, useState } from 'react';
import { LinkEnd } from '../../record/link.ts';
import { RecordQuery } from '../../record/record-query.ts';
import { RecordKind } from '../../record/vocabulary.ts';
import { IconButton } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { type AnyRecord, headlineOf } from '../../ui/record-words.ts';
import { ErrorState } from '../../ui/state.tsx';
import { useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import style from './record.module.css';
import { ROUTES, useRecord } from './record-data.ts';

/** The records an address names under a name: "?record=statement:<id>", once or more; what is no record is passed over. */
export function endsIn(search: URLSearchParams, name: string): LinkEnd[] {
  return search.getAll(name).flatMap((one) => {
    const [kind, id] = one.split(':');
    const end = LinkEnd.safeParse({ kind, id });
    return end.success ? [end.data] : [];
  });
}

/** The records chosen, and a search for more of those that stand. `most` 1: choosing one takes the other's place. */
export function RecordChooser({
  label,
  value,
  onChange,
  kinds = RecordKind.options,
  most = 50,
}: {
  label: string;
  value: readonly LinkEnd[];
  onChange: (ends: LinkEnd[]) => void;
  kinds?: readonly RecordKind[];
  most?: number;
}): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const [noun, setNoun] = useState<RecordKind>(value[0]?.kind ?? kinds[0]!);
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const query = RecordQuery.parse({
    limit: 6,
    status: ['accepted', 'corrected'],
    ...(asked !== '' && { q: asked }),
  });
  const found = useCall(ROUTES[noun].list, { params: { dossier: slug }, query }, { keepPrevious: true });
  const chosen = new Set(value.map(({ id }) => id));
  const results = ((found.data?.records ?? []) as AnyRecord[]).filter(({ id }) => !chosen.has(id));
  const add = ({ kind, id }: AnyRecord) =>
    onChange(most === 1 ? [{ kind, id }] : [...value, { kind, id }].slice(0, most));
  return (
    <fieldset className={style.linking}>
      <legend>{label}</legend>
      {value.length > 0 && (
        <ul aria-label={t('desk.chooser.chosen')}>
          {value.map((end) => (
            <Chosen
              key={end.id}
              end={end}
              onTakeOut={() => onChange(value.filter(({ id }) => id !== end.id))}
            />
          ))}
        </ul>
      )}
      <div className={style.choosing}>
        {kinds.length > 1 && (
          <Select
            label={t('desk.chooser.kind')}
            value={noun}
            onChange={setNoun}
            options={kinds.map((kind) => ({ value: kind, label: t(`vocabulary.recordKind.${kind}`) }))}
          />
        )}
        <TextField
          type="search"
          label={t('desk.chooser.search')}
          value={text}
          onChange={setText}
          onKeyDown={(event) => {
            // Enter looks; it does not send the form around this.
            if (event.key === 'Enter') event.preventDefault();
            else event.continuePropagation();
          }}
        />
      </div>
      {found.error ? (
        <ErrorState problem={found.error} retry={() => void found.refetch()} />
      ) : results.length === 0 && found.data && !found.isPlaceholderData ? (
        <p className={style.none}>{t('desk.chooser.none')}</p>
      ) : (
        <ul className={style.proposals} aria-label={t('desk.chooser.results')}>
          {results.map((record) => (
            <li key={record.id}>
              <button type="button" className={style.add} onClick={() => add(record)}>
                <span aria-hidden="true">+</span>
                <span dir="auto">{headlineOf(record, words)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}

function Chosen({ end, onTakeOut }: { end: LinkEnd; onTakeOut: () => void }): ReactNode {
  const words = useMessages();
  const { data: record } = useRecord(end.kind, end.id);
  const name = record ? headlineOf(record, words) : '…';
  return (
    <li className={style.taken}>
      <KindMark kind={end.kind} />
      <span dir="auto">{name}</span>
      <IconButton label={words.t('desk.chooser.take-out', { record: name })} onPress={onTakeOut}>
        ×
      </IconButton>
    </li>
  );
}
