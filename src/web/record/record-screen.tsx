// The page of one record: what it says, the passage it rests on, its links, its history and its proof.
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { statusAfter } from '../../record/status.ts';
import type { RecordKind } from '../../record/vocabulary.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { fieldLabel } from '../../ui/field-words.ts';
import { KindMark } from '../../ui/kind-mark.tsx';
import { useMessages, type Words } from '../../ui/messages.tsx';
import { CONTENT } from '../../ui/record-content.ts';
import {
  type AnyRecord,
  figureAmount,
  isWhollySealed,
  speakerInWords,
  wordsSaid,
} from '../../ui/record-words.ts';
import { schemaFields } from '../../ui/schema-fields.ts';
import { type Shortcuts, useShortcuts } from '../../ui/shortcuts.tsx';
import { ErrorState, Loading, Notice } from '../../ui/state.tsx';
import { useCall } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import { trailOf } from '../records/trail.ts';
import { ThreadOfRecord } from '../said/thread-of-record.tsx';
import { useOpening } from '../seals/opening.ts';
import { Openings, SealedNote } from '../seals/sealed-note.tsx';
import { SealedRecord } from '../seals/sealed-values.tsx';
import { eraseHref, useRights } from '../witnesses/witness-data.ts';
import style from './record.module.css';
import { useJudge, useRecord, type Verb } from './record-data.ts';
import { RecordDisagreements } from './record-disagreements.tsx';
import { RecordEditor } from './record-editor.tsx';
import { RecordFields } from './record-fields.tsx';
import { RecordHistory } from './record-history.tsx';
import { RecordLinks } from './record-links.tsx';
import { RecordPassages } from './record-passages.tsx';
import { RecordProof } from './record-proof.tsx';
import { StatusWord } from './status-word.tsx';
import { TrailNav } from './trail-nav.tsx';

/** The page of a record of one kind; which one, the address says. */
export function RecordScreen({ noun }: { noun: RecordKind }): ReactNode {
  const { id } = useParams<{ id: string }>();
  const { t } = useMessages();
  const { data: record, error, refetch } = useRecord(noun, id);
  if (record && record.id === id) return <OneRecord key={id} record={record} />;
  return (
    <Room title={t(`vocabulary.recordKind.${noun}`)}>
      {error ? <ErrorState problem={error} retry={() => void refetch()} /> : <Loading />}
    </Room>
  );
}

/** The title of a record's page: what it is about in a line; the words themselves stand below it. */
function titleOf(record: AnyRecord, words: Words): string {
  if (isWhollySealed(record)) return words.t(`desk.seal.record.${record.kind}`);
  switch (record.kind) {
    case 'statement':
      return speakerInWords(record, words);
    case 'figure':
      return words.t('desk.words.figure', { counted: record.counted, amount: figureAmount(record, words) });
    case 'incident':
      return record.title;
  }
}

/** What is sealed of a record, in a sentence. */
function whatIsSealed(record: AnyRecord, words: Words): string {
  if (isWhollySealed(record)) return words.t('desk.seal.whole');
  const fields = schemaFields(CONTENT[record.kind], record.kind)
    .filter(({ name }) => record.sealed?.fields.includes(name))
    .map((field) => fieldLabel(field, words));
  return words.t('desk.seal.some', { fields: words.formatList(fields) });
}

function OneRecord({ record }: { record: AnyRecord }): ReactNode {
  const words = useMessages();
  const { t } = words;
  const { slug } = useDossier();
  const [, navigate] = useLocation();
  const kept: unknown = useHistoryState();
  const trail = useMemo(() => trailOf(kept), [kept]);
  const [isEditing, setEditing] = useState(false);
  const { erases } = useRights();
  const mayWrite = useMay()('record.write');
  const opening = useOpening(record.id);
  const isWhole = isWhollySealed(record);
  // While it is open it is edited as it truly is; otherwise what is sealed of it stays as it stands.
  const truth = opening.opened ? ({ ...record, ...opening.opened.fields } as AnyRecord) : record;
  const history = useCall(
    'GET /dossiers/:dossier/entries',
    { params: { dossier: slug }, query: { subject: record.id } },
    { keepPrevious: true },
  );
  const entries = history.data?.entries;
  const isWaiting = entries?.some((entry) => entry.index === null) ?? false;
  const { refetch } = history;
  useEffect(() => {
    // The log takes entries in at most a second after they are made.
    if (!isWaiting) return;
    const timer = setInterval(() => void refetch(), 1500);
    return () => clearInterval(timer);
  }, [isWaiting, refetch]);

  const isPublished = useMemo(() => {
    const last = entries?.findLast(({ action }) => /\.(un)?publish$/.test(action));
    return last?.action.endsWith('.publish') ?? false;
  }, [entries]);
  const { judge, isPending } = useJudge(record.kind);
  const can = (verb: Verb | 'edit') =>
    mayWrite &&
    statusAfter(record.status, verb, isPublished) !== null &&
    (verb !== 'edit' || !isWhole || opening.opened !== null);
  const decide = (verb: Verb) => judge(verb, [record]);

  const shortcuts: Shortcuts = {};
  if (!isEditing) {
    if (can('edit')) shortcuts.e = { label: t('desk.record.edit'), run: () => setEditing(true) };
    if (can('accept')) shortcuts.a = { label: t('desk.record.accept'), run: () => decide('accept') };
    if (can('reject')) shortcuts.r = { label: t('desk.record.reject'), run: () => decide('reject') };
  }
  useShortcuts(shortcuts);

  return (
    <Room
      title={titleOf(record, words)}
      inspector={
        <div className={style.inspector}>
          <RecordProof record={record} entries={entries} isPublished={isPublished} />
          <RecordHistory
            record={record}
            entries={entries}
            error={history.error}
            retry={() => void refetch()}
          />
          {record.sealed && <Openings subject={record.id} />}
        </div>
      }
    >
      <div className={style.record} data-kind={record.kind}>
        <TrailNav
          noun={record.kind}
          id={record.id}
          trail={trail}
          onGo={(href, next) => navigate(href, { state: { trail: next } })}
        />
        <div className={style.bar}>
          <p className={style.is}>
            <KindMark kind={record.kind} label />
            <StatusWord status={record.status} confidence={record.provenance?.confidence ?? null} />
          </p>
          {!isEditing && (
            <div className={style.verbs}>
              {can('accept') && (
                <Button
                  kind="primary"
                  small
                  isPending={isPending}
                  shortcut="a"
                  onPress={() => decide('accept')}
                >
                  {t('desk.record.accept')}
                </Button>
              )}
              {can('reject') && (
                <Button small isPending={isPending} shortcut="r" onPress={() => decide('reject')}>
                  {t('desk.record.reject')}
                </Button>
              )}
              {can('edit') && (
                <Button small shortcut="e" onPress={() => setEditing(true)}>
                  {t('desk.record.edit')}
                </Button>
              )}
              {/* What the public has not seen is rejected, which can be taken back; withdrawing is for good. */}
              {can('withdraw') && !can('reject') && (
                <ConfirmButton
                  small
                  question={t('desk.record.withdraw-question', { count: 1 })}
                  confirm={t('desk.record.withdraw')}
                  isPending={isPending}
                  onConfirm={() => decide('withdraw')}
                >
                  {t('desk.record.withdraw')}
                </ConfirmButton>
              )}
              {erases && (
                <LinkButton small kind="quiet" href={eraseHref(slug, record.kind, record.id)}>
                  {t('desk.erase.button')}
                </LinkButton>
              )}
            </div>
          )}
        </div>
        {isPublished && (record.status === 'withdrawn' || can('edit')) && (
          <Notice>
            {t(record.status === 'withdrawn' ? 'desk.record.withdrawn-note' : 'desk.record.published-note')}
          </Notice>
        )}
        {record.sealed && !isEditing && (
          <SealedNote opening={opening} what={whatIsSealed(record, words)}>
            {(opened) => <SealedRecord kind={record.kind} opened={opened} />}
          </SealedNote>
        )}
        {record.kind === 'statement' && !isEditing && !isWhole && (
          <blockquote className={style.words} lang={record.language ?? undefined} dir="auto">
            {wordsSaid(record, words)}
          </blockquote>
        )}
        {!isWhole && <RecordPassages record={record} />}
        {isEditing ? (
          <RecordEditor
            record={truth}
            row={record}
            onDone={() => {
              setEditing(false);
              // What was opened is what it was before.
              opening.close();
            }}
          />
        ) : (
          !isWhole && <RecordFields record={record} />
        )}
        {!isEditing && <RecordLinks record={record} />}
        {!isEditing && record.kind === 'statement' && <ThreadOfRecord id={record.id} />}
        {!isEditing && <RecordDisagreements record={record} />}
      </div>
    </Room>
  );
}
