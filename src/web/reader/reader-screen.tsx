// The reader: a source's text with its passages marked, and beside it the records that rest on it, one in focus.
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useParams, useSearchParams } from 'wouter';
import { isTable, type Source } from '../../record/source.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { usePreference } from '../../ui/preferences.ts';
import { type Shortcuts, useShortcuts } from '../../ui/shortcuts.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { type ApiProblem, call, changed } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import { useOpening } from '../seals/opening.ts';
import { Openings, SealedNote } from '../seals/sealed-note.tsx';
import { SealedSource } from '../seals/sealed-values.tsx';
import { SourceDetails } from '../sources/source-details.tsx';
import { CaptureNote } from './capture-note.tsx';
import { ConsultationNote } from './consultation-note.tsx';
import { NoText, OnItsWay, SourcePicture } from './no-text.tsx';
import { PrintedNotes, usePrintedNotes } from './printed-notes.tsx';
import { KINDS } from './queue.ts';
import { QueuePanel } from './queue-panel.tsx';
import { type SourceText as Given, useLeaveWarning, useSource, useSourceText } from './reader-data.ts';
import style from './reader-screen.module.css';
import { SourceFacts } from './source-facts.tsx';
import { neighboursOf, nextWaiting } from './source-order.ts';
import { type PaneHandle, SourceText } from './source-text.tsx';
import { TableReader } from './table-reader.tsx';
import { useReader } from './use-reader.ts';

/** The reader's screen, for the source its address names. */
export function ReaderScreen(): ReactNode {
  const { id } = useParams<{ id: string }>();
  // Another source is another reader: nothing of the one before is left standing in it.
  return <OneSource key={id} id={id} />;
}

function OneSource({ id }: { id: string }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const [search] = useSearchParams();
  const source = useSource(slug, id);
  const reads = useMay()('record.read');
  const isRows = reads && source.data !== undefined && isTable(source.data) && search.get('as') !== 'text';
  const isSealed = Boolean(source.data?.sealed);
  const text = useSourceText(slug, isRows || isSealed ? undefined : source.data);
  if (source.data?.sealed) return <SealedReader slug={slug} source={source.data} />;
  if (source.data?.text && isRows) {
    return (
      <Room title={source.data.title} actions={<Neighbours slug={slug} source={source.data} />}>
        <TableReader slug={slug} source={source.data} />
      </Room>
    );
  }
  if (source.data && text.data) {
    return reads ? (
      <OpenReader slug={slug} source={source.data} text={text.data} />
    ) : (
      <TextAlone slug={slug} source={source.data} text={text.data} />
    );
  }
  const problem = source.error ?? text.error;
  const title = source.data?.title ?? t('desk.room.sources');
  return (
    <Room title={title} actions={source.data && <Neighbours slug={slug} source={source.data} />}>
      {source.data && <SourceFacts slug={slug} source={source.data} />}
      {source.data && <CaptureNote slug={slug} source={source.data} />}
      {problem ? (
        <ErrorState problem={problem} retry={() => void (source.error ? source : text).refetch()} />
      ) : !source.data || source.data.text !== null ? (
        <Loading />
      ) : source.data.state === 'unreadable' ? (
        <NoText slug={slug} source={source.data} />
      ) : (
        <OnItsWay state={source.data.state} />
      )}
    </Room>
  );
}

/** A sealed source: that it is one, the way to open it for those who are named, and to lift its seal. */
function SealedReader({ slug, source }: { slug: string; source: Source }): ReactNode {
  const { t } = useMessages();
  const { opens } = useDossier();
  const opening = useOpening(source.id);
  const lift = useMutation<Source, ApiProblem>({
    mutationFn: () =>
      call('PATCH /dossiers/:dossier/sources/:id', {
        params: { dossier: slug, id: source.id },
        body: { version: source.version, content: { sensitivity: 'team' } },
      }),
    onSuccess: changed,
  });
  return (
    <Room
      title={t('desk.seal.record.source')}
      actions={<Neighbours slug={slug} source={source} />}
      inspector={<Openings subject={source.id} />}
    >
      <div className={style.sealed}>
        {source.state !== 'proposed' && source.state !== 'unreadable' && <OnItsWay state={source.state} />}
        <SealedNote opening={opening} what={t('desk.seal.source')}>
          {(opened) => <SealedSource source={source} opened={opened} />}
        </SealedNote>
        {opens && (
          <ConfirmButton
            small
            question={t('desk.seal.lift-question')}
            confirm={t('desk.seal.lift')}
            isPending={lift.isPending}
            onConfirm={() => lift.mutate()}
          >
            {t('desk.seal.lift')}
          </ConfirmButton>
        )}
        {lift.error && <ErrorState problem={lift.error} />}
      </div>
    </Room>
  );
}

/** A source's text for whoever handed it in and sees nothing that was made of it. */
function TextAlone({ slug, source, text }: { slug: string; source: Source; text: Given }): ReactNode {
  const { t } = useMessages();
  return (
    <Room title={source.title} actions={<Neighbours slug={slug} source={source} />}>
      <SourceFacts slug={slug} source={source} />
      <CaptureNote slug={slug} source={source} />
      {source.mediaType.startsWith('image/') && <SourcePicture slug={slug} source={source} />}
      <section
        className={style.alone}
        aria-label={t('desk.reader.text-of', { title: source.title })}
        lang={source.language ?? undefined}
        dir="auto"
      >
        {text.text}
      </section>
    </Room>
  );
}

function OpenReader({ slug, source, text }: { slug: string; source: Source; text: Given }): ReactNode {
  const { t } = useMessages();
  const [search] = useSearchParams();
  const reader = useReader(slug, source, text, search.get('record'));
  const pane = useRef<PaneHandle>(null);
  const [showsDetails, setShowsDetails] = useState(false);
  const goNext = useNextWaiting(slug, source.id);
  const { notes, isPrinting } = usePrintedNotes(reader);
  useAddress(reader.focus?.id ?? null);
  useLeaveWarning(reader.saving.unsaved);
  useReaderKeys(reader, pane, goNext, slug);
  return (
    <Room
      title={source.title}
      fill
      actions={<Neighbours slug={slug} source={source} />}
      inspector={
        reader.query.error ? (
          <ErrorState problem={reader.query.error} retry={() => void reader.query.refetch()} />
        ) : (
          <QueuePanel reader={reader} slug={slug} next={goNext} />
        )
      }
    >
      <div className={style.sheet}>
        <SourceFacts
          slug={slug}
          source={source}
          open={showsDetails}
          toggle={() => setShowsDetails(!showsDetails)}
        />
        <CaptureNote slug={slug} source={source} />
        {showsDetails && (
          <div className={style.details}>
            <SourceDetails slug={slug} source={source} close={() => setShowsDetails(false)} />
          </div>
        )}
        {source.state !== 'proposed' && <OnItsWay state={source.state} />}
        {!isTable(source) && <ConsultationNote slug={slug} source={source} />}
        {source.mediaType.startsWith('image/') && <SourcePicture slug={slug} source={source} />}
        <SourceText
          reader={reader}
          label={t('desk.reader.text-of', { title: source.title })}
          notes={notes}
          handle={pane}
        />
        {isPrinting && <PrintedNotes reader={reader} notes={notes} />}
      </div>
      <p className="visually-hidden" role="status" aria-live="polite">
        {/* The same words twice are said twice: they stand in another element. */}
        <span key={reader.said.count}>{reader.said.text}</span>
      </p>
    </Room>
  );
}

/** Keeps the record in focus in the address, so that it can be shared and found again; not at every step of a run. */
function useAddress(focus: string | null): void {
  const [, setSearch] = useSearchParams();
  const set = useRef(setSearch);
  useEffect(() => {
    set.current = setSearch;
  });
  useEffect(() => {
    if (focus === null) return;
    const timer = setTimeout(() => set.current({ record: focus }, { replace: true }), 500);
    return () => clearTimeout(timer);
  }, [focus]);
}

/** Goes on to the next source with suggestions left, or says that there is none. */
function useNextWaiting(slug: string, id: string): () => void {
  const { t } = useMessages();
  const toasts = useToasts();
  const [, navigate] = useLocation();
  return () => {
    nextWaiting(slug, id).then(
      (next) =>
        next ? navigate(`/d/${slug}/sources/${next.id}`) : toasts.show(t('desk.reader.no-more-sources')),
      (error: Error) => toasts.show(error.message, { tone: 'problem' }),
    );
  };
}

function Neighbours({ slug, source }: { slug: string; source: Source }): ReactNode {
  const { t } = useMessages();
  const { data } = useQuery({
    queryKey: ['neighbours', slug, source.id],
    queryFn: () => neighboursOf(slug, source.id),
    staleTime: 30_000,
  });
  const link = (
    to: { id: string; title: string } | null | undefined,
    key: 'desk.reader.previous' | 'desk.reader.next',
  ) =>
    to && (
      <Link href={`/d/${slug}/sources/${to.id}`} title={to.title}>
        {t(key)}
      </Link>
    );
  return (
    <nav className={style.neighbours} aria-label={t('desk.reader.neighbours')}>
      {link(data?.previous, 'desk.reader.previous')}
      {link(data?.next, 'desk.reader.next')}
    </nav>
  );
}

/** The reader's keys. A key that does nothing now is left out, so that the sheet lists what works. */
function useReaderKeys(
  reader: ReturnType<typeof useReader>,
  pane: { current: PaneHandle | null },
  goNext: () => void,
  slug: string,
): void {
  const { t } = useMessages();
  const [, navigate] = useLocation();
  const { focused, making, range } = reader;
  const make = (at: number) => {
    const selected = pane.current?.selection();
    if (selected) reader.make(KINDS[at]!, selected);
    else reader.say(t('desk.reader.said.select-first'));
  };
  const leave = () => {
    const selection = document.getSelection();
    if (making) reader.cancelMaking();
    else if (reader.editing) reader.cancelEdit();
    else if (selection && !selection.isCollapsed) selection.removeAllRanges();
    else navigate(`/d/${slug}/sources`);
  };
  const open = { label: t('desk.reader.key.open'), run: reader.openPage };
  const deciding: Shortcuts = !focused
    ? {}
    : !reader.mayWrite
      ? { o: open, Enter: open }
      : {
          a: { label: t('desk.reader.key.accept'), run: reader.accept },
          r: { label: t('desk.reader.key.reject'), run: reader.reject },
          e: { label: t('desk.reader.key.edit'), run: reader.edit },
          s: { label: t('desk.reader.key.skip'), run: reader.skip },
          o: open,
          Enter: open,
        };
  const moving: Shortcuts =
    range && reader.mayWrite
      ? {
          'Shift+ArrowRight': {
            label: t('desk.reader.key.end'),
            run: () => reader.moveByArrow('end', 'ArrowRight'),
          },
          'Shift+ArrowLeft': {
            label: t('desk.reader.key.end'),
            run: () => reader.moveByArrow('end', 'ArrowLeft'),
          },
          'Alt+Shift+ArrowRight': {
            label: t('desk.reader.key.start'),
            run: () => reader.moveByArrow('start', 'ArrowRight'),
          },
          'Alt+Shift+ArrowLeft': {
            label: t('desk.reader.key.start'),
            run: () => reader.moveByArrow('start', 'ArrowLeft'),
          },
        }
      : {};
  const making123: Shortcuts = Object.fromEntries(
    KINDS.map((kind, at) => [
      String(at + 1),
      { label: t('desk.reader.key.make', { kind: t(`vocabulary.recordKind.${kind}`) }), run: () => make(at) },
    ]),
  );
  useShortcuts({
    ...(making
      ? {}
      : {
          j: { label: t('desk.reader.key.next'), run: () => reader.step(1) },
          k: { label: t('desk.reader.key.previous'), run: () => reader.step(-1) },
          ...deciding,
          ...(reader.mayWrite && {
            u: { label: t('desk.undo.key'), run: reader.undo },
            'Shift+u': { label: t('desk.undo.key-redo'), run: reader.redo },
            ...making123,
          }),
          n: { label: t('desk.reader.key.next-source'), run: goNext },
        }),
    ...moving,
    Escape: { label: t('desk.reader.key.leave'), run: leave },
  });
  useAltArrows(range && reader.mayWrite ? reader.moveByArrow : null);
}

/** Alt and Shift with an arrow move the start of the passage; the desk's keys are without Alt. */
function useAltArrows(move: ((edge: 'start', key: 'ArrowLeft' | 'ArrowRight') => void) | null): void {
  const isOn = usePreference('shortcuts') === 'on';
  useEffect(() => {
    if (!isOn || !move) return;
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.defaultPrevented)
        return;
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      if (event.target instanceof Element && event.target.closest('input, textarea, select')) return;
      event.preventDefault();
      move('start', event.key);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOn, move]);
}
