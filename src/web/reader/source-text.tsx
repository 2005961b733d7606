// The text of the source, to be read and worked in: marks, the passage in focus with its two handles, selections.
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { TextMark } from '../../ui/marked-text.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { useMarkNames } from '../../ui/passage-view.tsx';
import type { Stretch } from '../../ui/text-steps.ts';
import {
  arrowStep,
  type SentenceSelection,
  sentenceAt,
  stepSentence,
  stepWord,
  stretchOf,
} from '../../ui/text-steps.ts';
import { PassageHandles } from './passage-handles.tsx';
import { scrollIntoReach } from './scroll.ts';
import { keepSame, marksByBlock } from './segments.ts';
import { SelectionToolbar } from './selection-toolbar.tsx';
import style from './source-text.module.css';
import { rangeOf, select, selectedStretch } from './text-points.ts';
import { TextSection } from './text-section.tsx';
import { DRAFT } from './use-marks.ts';
import type { Reader } from './use-reader.ts';

/** Blocks are drawn in sections of so many: large enough to be few, small enough to be drawn again in no time. */
const SECTION = 24;

/** What the reader's keys need of the pane. */
export interface PaneHandle {
  /** The words selected now; null where none are. */
  selection: () => Stretch | null;
}

/** The text. `notes` numbers the records for print; empty on the screen. */
export function SourceText({
  reader,
  label,
  notes,
  handle,
}: {
  reader: Reader;
  label: string;
  notes: ReadonlyMap<string, number>;
  handle: RefObject<PaneHandle | null>;
}): ReactNode {
  const { page, marks, focus, range, making } = reader;
  const { t } = useMessages();
  const pane = useRef<HTMLElement>(null);
  const nameOf = useMarkNames();
  const setting = useMemo(
    () => ({ page, nameOf, pageName: (number: number) => t('desk.reader.page', { page: number }), notes }),
    [page, nameOf, t, notes],
  );
  const lists = useSameLists(page.blocks, marks);
  const focused = making ? DRAFT : (focus?.id ?? null);

  useLayoutEffect(() => {
    handle.current = { selection: () => (pane.current ? selectedStretch(pane.current) : null) };
    return () => {
      handle.current = null;
    };
  }, [handle]);

  // The passage in focus is brought into view when something other than the pointer brought it into focus.
  const key = focus && `${focus.id}:${focus.passage}`;
  const by = focus?.by;
  const start = range?.start;
  const hasText = start !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: about the focus; where its passage ends does not matter.
  useEffect(() => {
    if (!key || by === 'pointer' || !range || !pane.current) return;
    scrollIntoReach(pane.current, () => rangeOf(pane.current!, page.blocks, range), by === 'keys');
  }, [key, by, hasText]);

  const onClick = (event: MouseEvent) => {
    if (!document.getSelection()?.isCollapsed) return;
    const around: HTMLElement[] = [];
    for (
      let mark = (event.target as Element).closest<HTMLElement>('mark[data-record]');
      mark;
      mark = mark.parentElement?.closest<HTMLElement>('mark[data-record]') ?? null
    ) {
      if (mark.dataset.record !== DRAFT) around.push(mark);
    }
    if (around.length === 0) return;
    // A second click on passages that overlap goes on to the next one outwards.
    const at = around.findIndex((mark) => mark.dataset.record === focus?.id);
    const { record, passage } = around[(at + 1) % around.length]!.dataset;
    reader.focusOn(record!, 'pointer', Number(passage));
  };

  const cursor = useRef<SentenceSelection | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== pane.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const selected = selectedStretch(pane.current);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const known =
        cursor.current && selected && sameStretch(stretchOf(page.sentences, cursor.current), selected);
      const from = known ? cursor.current : null;
      const begin = sentenceAt(
        page.sentences,
        selected?.start ?? firstInView(pane.current) ?? range?.start ?? 0,
      );
      const next = stepSentence(
        page.sentences.length,
        from,
        begin,
        event.key === 'ArrowDown' ? 1 : -1,
        event.shiftKey,
      );
      cursor.current = next;
      if (next) choose(stretchOf(page.sentences, next));
    } else if (selected && event.shiftKey && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
      // With words selected, the keys that stretch a passage stretch the selection.
      event.preventDefault();
      event.stopPropagation();
      const words = page.text.slice(selected.start, selected.end);
      const end = stepWord(page.text, selected.end, arrowStep(event.key, words), 'end', page.language);
      if (end > selected.start) choose({ start: selected.start, end });
    }
  };
  const choose = (stretch: Stretch) => {
    const drawn = select(pane.current!, page.blocks, stretch);
    if (drawn) scrollIntoReach(pane.current!, () => drawn, true);
    reader.say(
      t('desk.reader.said.selected', { words: page.text.slice(stretch.start, stretch.end).slice(0, 600) }),
    );
  };

  const sections: ReactNode[] = [];
  for (let from = 0; from < page.blocks.length; from += SECTION) {
    const to = Math.min(page.blocks.length, from + SECTION);
    const holds = focused !== null && isIn(lists, from, to, focused);
    sections.push(
      <TextSection
        key={from}
        setting={setting}
        from={from}
        to={to}
        marks={lists}
        focused={holds ? focused : null}
      />,
    );
  }
  return (
    <section
      ref={pane}
      className={style.pane}
      aria-label={label}
      aria-describedby="reader-text-help"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the text takes the focus so that arrow keys can select in it.
      tabIndex={0}
      lang={page.language ?? undefined}
      data-pages={page.pages.length > 0 ? '' : undefined}
      data-making={making ? '' : undefined}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <span id="reader-text-help" hidden>
        {t('desk.reader.text-help')}
      </span>
      {sections}
      {reader.mayWrite && range && <PassageHandles pane={pane} reader={reader} range={range} />}
      {reader.mayWrite && <SelectionToolbar pane={pane} reader={reader} />}
    </section>
  );
}

const sameStretch = (a: Stretch, b: Stretch) => a.start === b.start && a.end === b.end;

function isIn(lists: readonly TextMark[][], from: number, to: number, record: string): boolean {
  for (let at = from; at < to; at++) if (lists[at]!.some((mark) => mark.record === record)) return true;
  return false;
}

/** The marks of each block; a block whose marks stayed the same keeps its list, and so is not drawn again. */
function useSameLists(blocks: readonly Stretch[], marks: readonly TextMark[]): TextMark[][] {
  const [lists, setLists] = useState(() => ({ blocks, marks, value: marksByBlock(blocks, marks) }));
  if (lists.blocks === blocks && lists.marks === marks) return lists.value;
  const value = keepSame(lists.blocks === blocks ? lists.value : [], marksByBlock(blocks, marks));
  setLists({ blocks, marks, value });
  return value;
}

/** Where the first block begins that can be seen, for the first sentence an arrow key selects; null where none is. */
function firstInView(pane: HTMLElement): number | null {
  const top = Math.max(0, (pane.offsetParent ?? pane).getBoundingClientRect().top);
  for (const section of pane.children) {
    if (section.getBoundingClientRect().bottom < top) continue;
    for (const leaf of section.querySelectorAll<HTMLElement>('[data-start]')) {
      if (leaf.getBoundingClientRect().top >= top) return Number(leaf.dataset.start);
    }
  }
  return null;
}
