// The room of sources: files dropped anywhere, chosen or pasted come in here, and all that came in is listed.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useSearchParams } from 'wouter';
import { SourceState, SourceType } from '../../record/vocabulary.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Checkbox, Select, TextField } from '../../ui/field.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { type AnswerOf, type ApiProblem, addressOf, call } from '../api.ts';
import { Room, useDossier, useMay } from '../dossier-context.tsx';
import { ModelNotice } from '../language-model.tsx';
import { AddressForm } from './address-form.tsx';
import { droppedFiles } from './dropped.ts';
import { PasteForm } from './paste-form.tsx';
import { SourceLine } from './source-line.tsx';
import style from './sources.module.css';
import { UploadList } from './upload-list.tsx';
import { addFiles } from './uploads.ts';
import { useProgress } from './use-progress.ts';

type Page = AnswerOf<'GET /dossiers/:dossier/sources'>;
type Given = { text?: string; title?: string };

/** The list of sources and every way to add one. */
export function SourcesScreen(): ReactNode {
  const { t } = useMessages();
  const dossier = useDossier();
  const { slug } = dossier;
  const [pasting, setPasting] = useState<Given | null>(null);
  const [fetching, setFetching] = useState(false);
  const [isSealed, setSealed] = useState(false);
  const paste = useCallback((given: Given) => setPasting(given), []);
  const add = useCallback((files: readonly File[]) => addFiles(slug, files, isSealed), [slug, isSealed]);
  const mayAdd = useMay()('source.add');
  const over = useDropAnywhere(add, mayAdd);
  usePasteAnywhere(add, paste, mayAdd);
  useProgress(slug);
  useShortcuts({
    ...(mayAdd && {
      p: { label: t('desk.sources.paste'), run: () => paste({}) },
      w: { label: t('desk.sources.from-address'), run: () => setFetching(true) },
    }),
    '/': {
      label: t('desk.sources.search'),
      run: () => document.querySelector<HTMLInputElement>(`.${style.search} input`)?.focus(),
    },
  });
  const pasteInstead = (title: string) => paste({ title });
  const choose = (
    <FileTrigger allowsMultiple onSelect={(files) => files && add([...files])}>
      <Button kind="primary">{t('desk.sources.choose')}</Button>
    </FileTrigger>
  );
  const pasteButton = (
    <Button onPress={() => paste({})} shortcut="p">
      {t('desk.sources.paste')}
    </Button>
  );
  const addressButton = (
    <Button onPress={() => setFetching(true)} shortcut="w">
      {t('desk.sources.from-address')}
    </Button>
  );
  return (
    <Room
      title={t('desk.room.sources')}
      actions={
        mayAdd && (
          <>
            {choose}
            {pasteButton}
            {addressButton}
          </>
        )
      }
    >
      {over && (
        <div className={style.drop} aria-hidden="true">
          <p>{t('desk.sources.drop')}</p>
        </div>
      )}
      <ModelNotice dossier={dossier} />
      <Checkbox
        label={t('desk.sources.sealed')}
        description={t('desk.sources.sealed-hint')}
        isSelected={isSealed}
        onChange={setSealed}
      />
      {fetching && <AddressForm slug={slug} sealed={isSealed} close={() => setFetching(false)} />}
      {pasting && <PasteForm slug={slug} sealed={isSealed} given={pasting} close={() => setPasting(null)} />}
      <UploadList slug={slug} pasteInstead={pasteInstead} />
      <SourceList
        slug={slug}
        pasteInstead={pasteInstead}
        ways={mayAdd ? { choose, pasteButton, addressButton } : null}
      />
    </Room>
  );
}

function SourceList({
  slug,
  pasteInstead,
  ways,
}: {
  slug: string;
  pasteInstead: (title: string) => void;
  /** Null for whoever may not add any. */
  ways: { choose: ReactNode; pasteButton: ReactNode; addressButton: ReactNode } | null;
}): ReactNode {
  const { t } = useMessages();
  const [search, setSearch] = useSearchParams();
  const asked = {
    q: search.get('q') ?? '',
    state: SourceState.safeParse(search.get('state')).data,
    type: SourceType.safeParse(search.get('type')).data,
  };
  const query = { q: asked.q || undefined, state: asked.state, type: asked.type };
  const params = { dossier: slug };
  const list = useInfiniteQuery<Page, ApiProblem, { pages: Page[] }, unknown[], string | undefined>({
    queryKey: ['GET /dossiers/:dossier/sources', slug, query],
    queryFn: ({ pageParam, signal }) =>
      call('GET /dossiers/:dossier/sources', { params, query: { ...query, cursor: pageParam } }, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const narrow = useCallback(
    (name: string, value: string) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          if (value === '') after.delete(name);
          else after.set(name, value);
          return after;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const sources = list.data?.pages.flatMap((page) => page.sources) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  const isNarrowed = asked.q !== '' || asked.state !== undefined || asked.type !== undefined;
  if (list.error && !list.data) return <ErrorState problem={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  if (total === 0 && !isNarrowed) {
    return (
      <EmptyState
        title={t('desk.sources.none')}
        action={
          ways && (
            <>
              {ways.choose}
              {ways.pasteButton}
              {ways.addressButton}
            </>
          )
        }
      >
        {ways && (
          <>
            <p>{t('desk.sources.none-text')}</p>
            <p>{t('desk.sources.none-kinds')}</p>
          </>
        )}
      </EmptyState>
    );
  }
  return (
    <>
      <search className={style.search}>
        <SearchBox value={asked.q} onChange={(q) => narrow('q', q)} />
        <Select
          label={t('desk.sources.state')}
          value={asked.state ?? ''}
          onChange={(state) => narrow('state', state)}
          options={[
            { value: '', label: t('desk.sources.any') },
            ...SourceState.options.map((value) => ({ value, label: t(`vocabulary.sourceState.${value}`) })),
          ]}
        />
        <Select
          label={t('desk.source.type')}
          value={asked.type ?? ''}
          onChange={(type) => narrow('type', type)}
          options={[
            { value: '', label: t('desk.sources.any') },
            ...SourceType.options.map((value) => ({ value, label: t(`vocabulary.sourceType.${value}`) })),
          ]}
        />
        <LinkButton
          href={addressOf('GET /dossiers/:dossier/sources', { params, query }, '.csv')}
          kind="quiet"
          download
        >
          {t('desk.sources.csv')}
        </LinkButton>
      </search>
      <p role="status" className={style.total}>
        {t('desk.sources.total', { count: total })}
      </p>
      {total === 0 ? (
        <EmptyState
          title={t('desk.sources.not-found')}
          action={
            <Button onPress={() => setSearch({}, { replace: true })}>{t('desk.sources.show-all')}</Button>
          }
        />
      ) : (
        <ul className={style.sources}>
          {sources.map((source) => (
            <SourceLine key={source.id} slug={slug} source={source} pasteInstead={pasteInstead} />
          ))}
        </ul>
      )}
      {list.error && <ErrorState problem={list.error} retry={() => void list.refetch()} />}
      {list.hasNextPage && (
        <Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {t('desk.sources.more')}
        </Button>
      )}
    </>
  );
}

/** Asks a moment after the last key, so that every letter is not a question of its own. */
function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }): ReactNode {
  const { t } = useMessages();
  const [text, setText] = useState(value);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => latest.current(text), 250);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <TextField
      type="search"
      label={t('desk.sources.search')}
      placeholder={t('desk.sources.search-hint')}
      value={text}
      onChange={setText}
    />
  );
}

/** Takes files dropped anywhere on the window; true while some are held over it. */
function useDropAnywhere(add: (files: readonly File[]) => void, isOn: boolean): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    if (!isOn) return;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      // Leaving one element for another is not leaving the window.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = async (event: DragEvent) => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      setOver(false);
      const files = await droppedFiles(event.dataTransfer);
      if (files.length > 0) add(files);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [add, isOn]);
  return over;
}

/** Ctrl+V outside a field: files are added, text opens the box with the text in it. */
function usePasteAnywhere(
  add: (files: readonly File[]) => void,
  paste: (given: Given) => void,
  isOn: boolean,
): void {
  useEffect(() => {
    if (!isOn) return;
    const onPaste = (event: ClipboardEvent) => {
      const target = event.target;
      if (target instanceof Element && target.closest('input, textarea, [contenteditable]')) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) add(files);
      else if (text.trim() !== '') paste({ text });
      else return;
      event.preventDefault();
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [add, paste, isOn]);
}
