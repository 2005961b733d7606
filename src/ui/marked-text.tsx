// A stretch of a source's text with its passages marked. The words are drawn once each, in order and unchanged, so that
// a selection of them can be counted back into the text (see data-start); all marks are drawn around the words, not in.
import { Fragment, type JSX, memo } from 'react';
import type { RecordKind } from '../record/vocabulary.ts';
import style from './marked-text.module.css';

/** Whether the record a passage carries stands, waits for a decision, or was turned down; `draft` is being made. */
export type MarkTone = 'standing' | 'suggested' | 'rejected' | 'draft';

/** A passage as it is drawn. */
export interface TextMark {
  /** The record's id. */
  record: string;
  /** Which of the record's passages this is. */
  passage: number;
  kind: RecordKind;
  tone: MarkTone;
  start: number;
  end: number;
  /** Which line beneath the words it has, counted from the words: overlapping passages have different ones. */
  lane: number;
}

/** A piece of text that the same marks cover, the outermost first; `page` is the page that begins with it. */
export interface TextSegment {
  start: number;
  end: number;
  marks: TextMark[];
  page: number | null;
}

/** What a mark is called where it cannot be seen: "suggested figure", before its words. */
export type MarkNames = (kind: RecordKind, tone: MarkTone) => string;

/** The parts of MarkedText that its words depend on. */
export interface MarkedTextProps {
  text: string;
  segments: readonly TextSegment[];
  /** The record in focus. */
  focused?: string | null;
  nameOf: MarkNames;
  /** The words of a page break; nothing is drawn for pages without it. */
  pageName?: (page: number) => string;
  /** The number of a record's printed note. */
  noteOf?: ((record: string) => number | undefined) | undefined;
}

/** Words with marks around them. Every run of words is one text node in an element that says where it starts. */
export const MarkedText = memo(function MarkedText(props: MarkedTextProps): JSX.Element {
  const { text, segments, pageName } = props;
  return (
    <>
      {segments.map((segment) => (
        <Fragment key={segment.start}>
          {segment.page !== null && pageName && (
            <span className={style.page} data-page={segment.page} data-name={pageName(segment.page)} />
          )}
          <Marks {...props} segment={segment} words={text.slice(segment.start, segment.end)} depth={0} />
        </Fragment>
      ))}
    </>
  );
});

interface MarksProps extends MarkedTextProps {
  segment: TextSegment;
  words: string;
  /** How many of the segment's marks are drawn around this one already. */
  depth: number;
}

function Marks(props: MarksProps): JSX.Element {
  const { segment, words, depth, focused, nameOf, noteOf } = props;
  const mark = segment.marks[depth];
  if (!mark) return <span data-start={segment.start}>{words}</span>;
  const isInnermost = depth + 1 === segment.marks.length;
  const begins = mark.start === segment.start;
  const ends = mark.end === segment.end;
  return (
    <mark
      className={style.mark}
      data-kind={mark.kind}
      data-tone={mark.tone}
      data-lane={mark.lane}
      data-record={mark.record}
      data-passage={mark.passage}
      {...(begins && { 'data-begins': '', 'data-name': nameOf(mark.kind, mark.tone) })}
      {...(ends && { 'data-ends': '', 'data-note': noteOf?.(mark.record) })}
      {...(focused === mark.record && { 'data-focused': '' })}
      {...(isInnermost && { 'data-start': segment.start })}
    >
      {isInnermost ? words : <Marks {...props} depth={depth + 1} />}
    </mark>
  );
}
