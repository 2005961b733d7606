// A passage with the words around it, in its own language and direction: what a record rests on, wherever it is shown.
import { type ReactNode, useMemo } from 'react';
import type { Passage } from '../record/passage.ts';
import { RecordKind } from '../record/vocabulary.ts';
import { classes } from './classes.ts';
import { MarkedText, type MarkTone, type TextMark, type TextSegment } from './marked-text.tsx';
import { useMessages } from './messages.tsx';
import style from './passage-view.module.css';

const TONES: readonly MarkTone[] = ['standing', 'suggested', 'rejected', 'draft'];

/** Names of marks for those who hear the page: "suggested figure", "statement". Worked out once: marks are many. */
export function useMarkNames(): (kind: RecordKind, tone: MarkTone) => string {
  const { t } = useMessages();
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const kind of RecordKind.options) {
      const word = t(`vocabulary.recordKind.${kind}`);
      for (const tone of TONES) names.set(`${kind} ${tone}`, t('desk.passage.mark', { kind: word, tone }));
    }
    return (kind, tone) => names.get(`${kind} ${tone}`)!;
  }, [t]);
}

/** The pages a passage stands on in words ("page 3", "pages 3–4"), or null for texts without pages. */
export function usePagesInWords(): (passage: Pick<Passage, 'pages'>) => string | null {
  const { t } = useMessages();
  return ({ pages }) => {
    if (pages.length === 0) return null;
    const numbers = pages.map(({ page }) => page);
    const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
    return t('desk.passage.pages', { count: last - first + 1, first, last });
  };
}

/** A text without half characters and half words at the far ends of its context. */
function contextOf(passage: Pick<Passage, 'prefix' | 'suffix'>): { before: string; after: string } {
  return {
    before: passage.prefix.replace(/^\S*\s(?=\S)/, '…'),
    after: passage.suffix.replace(/(\S)\s\S*$/, '$1…'),
  };
}

/**
 * A passage and its context. `source` names what it is cut from; `href` leads there.
 * A passage that was found again only nearly, or not at all, says so.
 */
export function PassageView({
  passage,
  kind,
  tone = 'standing',
  language,
  source,
  href,
  compact,
  className,
}: {
  passage: Pick<Passage, 'exact' | 'prefix' | 'suffix' | 'pages' | 'anchor'>;
  kind: RecordKind;
  tone?: MarkTone;
  /** The language of the source's text; null where it is not known. */
  language: string | null;
  source?: ReactNode;
  href?: ReactNode;
  /** Without the words around it. */
  compact?: boolean;
  className?: string;
}): ReactNode {
  const { t } = useMessages();
  const nameOf = useMarkNames();
  const pages = usePagesInWords()(passage);
  const { before, after } = compact ? { before: '', after: '' } : contextOf(passage);
  const [start, end] = [before.length, before.length + passage.exact.length];
  const text = before + passage.exact + after;
  const mark: TextMark = { record: '', passage: 0, kind, tone, start, end, lane: 0 };
  const segments: TextSegment[] = [
    { start: 0, end: start, marks: [], page: null },
    { start, end, marks: [mark], page: null },
    { start: end, end: text.length, marks: [], page: null },
  ].filter((segment) => segment.start < segment.end);
  return (
    <figure className={classes(style.passage, className)}>
      <blockquote dir="auto" lang={language ?? undefined}>
        <MarkedText text={text} segments={segments} nameOf={nameOf} />
      </blockquote>
      {(source || pages || href || passage.anchor !== 'exact') && (
        <figcaption>
          {source}
          {pages && <span>{pages}</span>}
          {passage.anchor !== 'exact' && (
            <span className={style.anchor}>{t(`desk.passage.anchor.${passage.anchor}`)}</span>
          )}
          {href}
        </figcaption>
      )}
    </figure>
  );
}
