// Blocks of the text, drawn in sections that a browser may leave out while they are out of sight. A section is drawn
// again only when a mark of its own changed: with thousands of passages, one decision touches one section.
import { memo, type ReactNode, useMemo } from 'react';
import { MarkedText, type MarkNames, type TextMark } from '../../ui/marked-text.tsx';
import type { PageText, ReaderBlock } from '../../ui/page-text.ts';
import { segmentBlock } from './segments.ts';
import style from './source-text.module.css';

/** What all sections of a text share. */
export interface SectionSetting {
  page: PageText;
  nameOf: MarkNames;
  pageName: (page: number) => string;
  /** Numbers of printed notes by record; empty until the page is printed. */
  notes: ReadonlyMap<string, number>;
}

interface SectionProps {
  setting: SectionSetting;
  /** The first of its blocks, and the one after its last. */
  from: number;
  to: number;
  marks: readonly TextMark[][];
  /** The record in focus; null where none of its passages is in this section. */
  focused: string | null;
}

/** Roughly how many characters a line has and how high it is, for the height of what was not drawn yet. */
const LINE = { characters: 66, height: 31, gap: 16 };

/** A section: some blocks of the text, one after another. */
export const TextSection = memo(
  function TextSection({ setting, from, to, marks, focused }: SectionProps): ReactNode {
    const blocks = setting.page.blocks.slice(from, to);
    const height = blocks.reduce(
      (sum, { start, end }) => sum + Math.ceil((end - start) / LINE.characters) * LINE.height + LINE.gap,
      0,
    );
    return (
      <div className={style.section} style={{ containIntrinsicSize: `auto ${height}px` }}>
        {blocks.map((block, at) => (
          <TextBlock
            key={block.start}
            setting={setting}
            block={block}
            index={from + at}
            marks={marks[from + at]!}
            focused={
              focused !== null && marks[from + at]!.some((mark) => mark.record === focused) ? focused : null
            }
          />
        ))}
      </div>
    );
  },
  (before, now) => {
    if (before.setting !== now.setting || before.focused !== now.focused || before.from !== now.from)
      return false;
    for (let at = now.from; at < now.to; at++) if (before.marks[at] !== now.marks[at]) return false;
    return before.to === now.to;
  },
);

const ELEMENTS = {
  title: 'h2',
  heading: 'h2',
  body: 'p',
  'list-item': 'p',
  table: 'pre',
  caption: 'p',
  furniture: 'p',
} as const;

const TextBlock = memo(function TextBlock({
  setting,
  block,
  index,
  marks,
  focused,
}: {
  setting: SectionSetting;
  block: ReaderBlock;
  index: number;
  marks: TextMark[];
  focused: string | null;
}): ReactNode {
  const { page, notes } = setting;
  const segments = useMemo(() => segmentBlock(block, marks, page.pages), [block, marks, page]);
  const Element = ELEMENTS[block.kind];
  const shared = {
    'data-block': index,
    'data-role': block.kind,
    dir: 'auto',
    ...(block.continues && { 'data-continues': '' }),
  };
  const [only] = segments;
  if (segments.length === 1 && only!.marks.length === 0 && only!.page === null) {
    return (
      <Element {...shared} data-start={block.start}>
        {page.text.slice(block.start, block.end)}
      </Element>
    );
  }
  return (
    <Element {...shared}>
      <MarkedText
        text={page.text}
        segments={segments}
        focused={focused}
        nameOf={setting.nameOf}
        pageName={setting.pageName}
        noteOf={notes.size > 0 ? (record) => notes.get(record) : undefined}
      />
    </Element>
  );
});
