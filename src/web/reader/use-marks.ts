// Which passages are marked in the text, and how: those of records, one that is being moved, one of a record being made.
import { useMemo } from 'react';
import type { RecordKind } from '../../record/vocabulary.ts';
import type { TextMark } from '../../ui/marked-text.tsx';
import type { Draft } from '../../ui/record-guess.ts';
import type { AnyRecord } from '../../ui/record-words.ts';
import type { ProblemLike } from '../../ui/state.tsx';
import type { Stretch } from '../../ui/text-steps.ts';
import { layMarks, type PlacedPassage } from './segments.ts';

/** A passage whose ends were moved and are not saved yet. */
export interface Moving {
  id: string;
  passage: number;
  range: Stretch;
}

/** A record being made by hand. */
export interface Making {
  kind: RecordKind;
  draft: Draft<object>;
  /** What its form's draft is kept under; it stays the same while the ends of the passage are moved. */
  draftKey: string;
  problem: ProblemLike | null;
  busy: boolean;
}

/** The id that the passage of a record being made goes by. */
export const DRAFT = 'draft';

/** What the marks of a text follow from. */
interface MarkSetting {
  text: string;
  source: string;
  /** The text rendition that is shown; passages in an older one have no place in it. */
  rendition: string;
  records: readonly AnyRecord[];
  showsRejected: boolean;
  /** A record that is shown though it was turned down. */
  alsoShown: string | null;
  moving: Moving | null;
  making: Making | null;
}

/** The marks, in text order. */
export function useMarks(setting: MarkSetting): TextMark[] {
  const { text, source, rendition, records, showsRejected, alsoShown, moving, making } = setting;
  const kind = making?.kind;
  const range = making?.draft.range;
  return useMemo(() => {
    const placed: PlacedPassage[] = [];
    for (const record of records) {
      const turnedDown = record.status === 'rejected' || record.status === 'withdrawn';
      if (turnedDown && !showsRejected && record.id !== alsoShown) continue;
      for (const [index, passage] of record.passages.entries()) {
        if (passage.source !== source || passage.rendition !== rendition || passage.anchor === 'lost')
          continue;
        const isMoving = moving?.id === record.id && moving.passage === index;
        const { start, end } = isMoving ? moving.range : passage;
        const tone = turnedDown ? 'rejected' : record.status === 'suggested' ? 'suggested' : 'standing';
        placed.push({ record: record.id, passage: index, kind: record.kind, tone, start, end });
      }
    }
    if (kind && range) placed.push({ record: DRAFT, passage: 0, kind, tone: 'draft', ...range });
    return layMarks(text, placed);
  }, [text, source, rendition, records, showsRejected, alsoShown, moving, kind, range]);
}
