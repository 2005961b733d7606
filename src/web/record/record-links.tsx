// The links of a record to others, in both directions: "clarified by …", "rejects …". Links are made and removed here.
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { Link as PageLink } from 'wouter';
import type { Link } from '../../record/link.ts';
import { LinkContent } from '../../record/link.ts';
import { RecordQuery } from '../../record/record-query.ts';
import { LinkKind, RecordKind } from '../../record/vocabulary.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { type AnyRecord, headlineOf } from '../../ui/record-words.ts';
import { ErrorState, Loading, useProblemWords } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type ApiProblem, call, changed, useCall } from '../api.ts';
import { useDossier, useMay } from '../dossier-context.tsx';
import { useUndo } from '../undo.tsx';
import style from './record.module.css';
import { ROUTES, recordHref, useRecord } from './record-data.ts';

/** The links of a record. */
export function RecordLinks({ record }: { record: AnyRecord }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const mayWrite = useMay()('record.write');
  const [isAdding, setAdding] = useState(false);
  const { data, error, refetch } = useCall('GET /dossiers/:dossier/links', { params: { dossier: slug } });
  const own = (data?.items ?? []).filter((link) => link.from.id === record.id || link.to.id === record.id);
  return (
    <section aria-labelledby="record-links">
      <h2 id="record-links">{t('desk.record.links')}</h2>
      {error ? (
        <ErrorState problem={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        own.length > 0 && (
          <ul className={style.links}>
            {own.map((link) => (
              <LinkLine key={link.id} record={record} link={link} />
            ))}
          </ul>
        )
      )}
      {isAdding ? (
        <LinkForm record={record} linked={own} onDone={() => setAdding(false)} />
      ) : (
        data && (
          <>
            {own.length === 0 && <p className={style.none}>{t('desk.record.no-links')}</p>}
            {mayWrite && (
              <Button small onPress={() => setAdding(true)}>
                {t('desk.record.add-link')}
              </Button>
            )}
          </>
        )
      )}
    </section>
  );
}

function LinkLine({ record, link }: { record: AnyRecord; link: Link }): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const mayWrite = useMay()('record.write');
  const toasts = useToasts();
  const problemWords = useProblemWords();
  const { undo } = useUndo(slug);
  const isFrom = link.from.id === record.id;
  const end = isFrom ? link.to : link.from;
  const { data: other, error } = useRecord(end.kind, end.id);
  const remove = useMutation<unknown, ApiProblem>({
    mutationFn: () => call('DELETE /dossiers/:dossier/links/:id', { params: { dossier: slug, id: link.id } }),
    onSuccess: () => {
      void changed();
      toasts.show(t('desk.record.link-removed'), { action: { label: t('desk.undo.undo'), run: undo } });
    },
    onError: (problem) => toasts.show(problemWords(problem), { tone: 'problem' }),
  });
  return (
    <li className={style.link}>
      <p className={style.how}>
        {isFrom ? t(`vocabulary.linkKind.${link.link}`) : t(`desk.record.link.from.${link.link}`)}
      </p>
      <p className={style.other}>
        <KindMark kind={end.kind} />{' '}
        {other ? (
          <PageLink href={recordHref(slug, end.kind, end.id)}>{headlineOf(other, words)}</PageLink>
        ) : error ? (
          problemWords(error)
        ) : (
          '…'
        )}
        {other && (other.status === 'rejected' || other.status === 'withdrawn') && (
          <span className={style.when}> ({t(`vocabulary.status.${other.status}`)})</span>
        )}
      </p>
      {link.note && (
        <p className={style.when} dir="auto">
          {link.note}
        </p>
      )}
      {mayWrite && (
        <Button
          kind="quiet"
          small
          isPending={remove.isPending}
          aria-label={t('desk.record.remove-link', { record: other ? headlineOf(other, words) : '' })}
          onPress={() => remove.mutate()}
        >
          {t('desk.record.remove')}
        </Button>
      )}
    </li>
  );
}

type Way = `to:${LinkKind}` | `from:${LinkKind}`;

function LinkForm({
  record,
  linked,
  onDone,
}: {
  record: AnyRecord;
  linked: readonly Link[];
  onDone: () => void;
}): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const toasts = useToasts();
  const { undo } = useUndo(slug);
  const [way, setWay] = useState<Way>('to:clarifies');
  const [noun, setNoun] = useState<RecordKind>(record.kind);
  const [text, setText] = useState('');
  const [note, setNote] = useState('');
  const [other, setOther] = useState<AnyRecord | null>(null);
  const asked = useDeferredValue(text.trim());
  const query = RecordQuery.parse({ limit: 8, ...(asked !== '' && { q: asked }) });
  const found = useCall(ROUTES[noun].list, { params: { dossier: slug }, query }, { keepPrevious: true });
  const [direction, kind] = way.split(':') as ['to' | 'from', LinkKind];
  const taken = new Set([record.id, ...linked.flatMap((link) => [link.from.id, link.to.id])]);
  const proposals = ((found.data?.records ?? []) as AnyRecord[]).filter((one) => !taken.has(one.id));

  const create = useMutation<unknown, ApiProblem>({
    mutationFn: () => {
      const [from, to] = direction === 'to' ? [record, other!] : [other!, record];
      return call('POST /dossiers/:dossier/links', {
        params: { dossier: slug },
        body: LinkContent.parse({
          from: { kind: from.kind, id: from.id },
          to: { kind: to.kind, id: to.id },
          link: kind,
          note: note.trim() === '' ? null : note.trim(),
        }),
      });
    },
    onSuccess: () => {
      void changed();
      toasts.show(t('desk.record.link-made'), { action: { label: t('desk.undo.undo'), run: undo } });
      onDone();
    },
  });
  const ways: Way[] = [
    ...LinkKind.options.map((one): Way => `to:${one}`),
    // A same event is the same from both sides.
    ...LinkKind.options.filter((one) => one !== 'same-event-as').map((one): Way => `from:${one}`),
  ];
  return (
    <form
      className={style.linking}
      onSubmit={(event) => {
        event.preventDefault();
        if (other) create.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onDone();
        }
      }}
    >
      <div className={style.choosing}>
        <Select
          label={t('desk.record.link.this')}
          value={way}
          onChange={setWay}
          options={ways.map((value) => {
            const [side, one] = value.split(':') as ['to' | 'from', LinkKind];
            return {
              value,
              label: side === 'to' ? t(`vocabulary.linkKind.${one}`) : t(`desk.record.link.from.${one}`),
            };
          })}
        />
        <Select
          label={t('desk.record.link.kind')}
          value={noun}
          onChange={(chosen) => {
            setNoun(chosen);
            setOther(null);
          }}
          options={RecordKind.options.map((value) => ({ value, label: t(`vocabulary.recordKind.${value}`) }))}
        />
        <TextField
          type="search"
          autoFocus
          label={t('desk.record.link.search')}
          value={text}
          onChange={setText}
        />
      </div>
      {found.error ? (
        <ErrorState problem={found.error} retry={() => void found.refetch()} />
      ) : proposals.length === 0 && found.data && !found.isPlaceholderData ? (
        <p className={style.none}>{t('desk.record.link.none')}</p>
      ) : (
        <fieldset className={style.proposals}>
          <legend className="visually-hidden">{t('desk.record.link.choose')}</legend>
          {proposals.map((one) => (
            <label key={one.id} className={style.proposal}>
              <input
                type="radio"
                name="link-other"
                checked={other?.id === one.id}
                onChange={() => setOther(one)}
              />
              <span>
                <span dir="auto">{headlineOf(one, words)}</span>
                {other?.id === one.id && (
                  <q className={style.preview} dir="auto" lang={one.language ?? undefined}>
                    {one.passages[0]?.exact}
                  </q>
                )}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {other && (
        <>
          <p className={style.sentence} role="status">
            {direction === 'to'
              ? t('desk.record.link.sentence', {
                  this: headlineOf(record, words),
                  how: t(`vocabulary.linkKind.${kind}`),
                  other: headlineOf(other, words),
                })
              : t('desk.record.link.sentence', {
                  this: headlineOf(record, words),
                  how: t(`desk.record.link.from.${kind}`),
                  other: headlineOf(other, words),
                })}
          </p>
          <TextField label={t('desk.record.link.note')} value={note} onChange={setNote} maxLength={2000} />
        </>
      )}
      {create.error && <ErrorState problem={create.error} />}
      <div className={style.verbs}>
        <Button kind="primary" type="submit" isDisabled={!other} isPending={create.isPending}>
          {t('desk.record.link.make')}
        </Button>
        <Button onPress={onDone}>{t('desk.form.cancel')}</Button>
      </div>
    </form>
  );
}
