// What a record rests on: its passages in the paragraphs they stand in, with the way into the reader.
import { type ReactNode, useMemo } from 'react';
import { Link } from 'wouter';
import type { Passage } from '../../record/passage.ts';
import type { Layout, Source } from '../../record/source.ts';
import { MarkedText, type MarkTone } from '../../ui/marked-text.tsx';
import { useMessages } from '../../ui/messages.tsx';
import { PassageView, useMarkNames, usePagesInWords } from '../../ui/passage-view.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { useCall } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';
import { useSourceText } from '../reader/reader-data.ts';
import { paragraphAround } from './paragraph.ts';
import style from './record.module.css';
import { readerHref } from './record-data.ts';

/** The passages of a record. */
export function RecordPassages({ record }: { record: AnyRecord }): ReactNode {
  const { t } = useMessages();
  return (
    <section aria-labelledby="record-passages">
      <h2 id="record-passages">{t('desk.record.passages', { count: record.passages.length })}</h2>
      <ol className={style.passages}>
        {record.passages.map((passage) => (
          <li key={`${passage.source}:${passage.start}:${passage.end}`}>
            <PassageInContext record={record} passage={passage} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function toneOf(record: AnyRecord): MarkTone {
  if (record.status === 'suggested') return 'suggested';
  return record.status === 'rejected' || record.status === 'withdrawn' ? 'rejected' : 'standing';
}

/** A passage of a record in the paragraph it stands in, with what it is cut from and the way there. */
export function PassageInContext({ record, passage }: { record: AnyRecord; passage: Passage }): ReactNode {
  const { t } = useMessages();
  const { slug } = useDossier();
  const source = useCall('GET /dossiers/:dossier/sources/:id', {
    params: { dossier: slug, id: passage.source },
  });
  const text = useSourceText(slug, source.data);
  const error = source.error ?? text.error;
  const caption = source.data && (
    <SourceLine source={source.data} passage={passage} href={readerHref(slug, passage.source, record.id)} />
  );
  if (error) return <ErrorState problem={error} retry={() => void source.refetch()} />;
  if (!source.data || (source.data.text !== null && !text.data)) return <Loading />;
  // Positions count in the rendition they were made in; in another one only the passage's own context can be trusted.
  if (!text.data || text.data.rendition !== passage.rendition || passage.anchor === 'lost') {
    return (
      <>
        <PassageView
          passage={{ ...passage, pages: [], anchor: 'exact' }}
          kind={record.kind}
          tone={toneOf(record)}
          language={source.data.language}
        />
        {passage.anchor === 'lost' && <p className={style.lost}>{t('desk.record.anchor.lost')}</p>}
        {caption}
      </>
    );
  }
  return (
    <figure className={style.passage}>
      <Paragraph
        text={text.data.text}
        layout={text.data.layout}
        passage={passage}
        record={record}
        language={source.data.language}
      />
      {passage.anchor === 'fuzzy' && <p className={style.lost}>{t('desk.record.anchor.fuzzy')}</p>}
      <figcaption>
        {caption}
        {text.data.layout && <PageSketch passage={passage} layout={text.data.layout} />}
      </figcaption>
    </figure>
  );
}

function Paragraph({
  text,
  layout,
  passage,
  record,
  language,
}: {
  text: string;
  layout: Layout | null;
  passage: Passage;
  record: AnyRecord;
  language: string | null;
}): ReactNode {
  const nameOf = useMarkNames();
  const { words, segments } = useMemo(() => {
    const around = paragraphAround(text, passage, layout?.blocks);
    const before = (around.cutBefore ? '… ' : '') + text.slice(around.start, passage.start);
    const after = text.slice(passage.end, around.end) + (around.cutAfter ? ' …' : '');
    const [start, end] = [before.length, before.length + passage.end - passage.start];
    const mark = {
      record: record.id,
      passage: 0,
      kind: record.kind,
      tone: toneOf(record),
      start,
      end,
      lane: 0,
    };
    const whole = before + text.slice(passage.start, passage.end) + after;
    const parts = [
      { start: 0, end: start, marks: [], page: null },
      { start, end, marks: [mark], page: null },
      { start: end, end: whole.length, marks: [], page: null },
    ];
    return { words: whole, segments: parts.filter((part) => part.start < part.end) };
  }, [text, layout, passage, record]);
  return (
    <blockquote className={style.paragraph} lang={language ?? undefined} dir="auto">
      <MarkedText text={words} segments={segments} nameOf={nameOf} />
    </blockquote>
  );
}

function SourceLine({
  source,
  passage,
  href,
}: {
  source: Source;
  passage: Passage;
  href: string;
}): ReactNode {
  const { t, formatDate } = useMessages();
  const pages = usePagesInWords()(passage);
  const about = [source.publisher, source.author, source.published && formatDate(source.published), pages];
  return (
    <p className={style.source}>
      <cite dir="auto">{source.title}</cite>
      {about.filter(Boolean).map((part) => (
        <span key={part} dir="auto">
          {part}
        </span>
      ))}
      <Link href={href}>{t('desk.record.read-on')}</Link>
    </p>
  );
}

/** Where on its page a passage stands, drawn small: enough to find it on paper. */
function PageSketch({ passage, layout }: { passage: Passage; layout: Layout }): ReactNode {
  const { t } = useMessages();
  const drawn = passage.pages.filter(
    ({ page, rectangles }) => layout.pages[page - 1] && rectangles.length > 0,
  );
  if (drawn.length === 0) return null;
  return (
    <span className={style.sketches}>
      {drawn.slice(0, 4).map(({ page, rectangles }) => {
        const { width, height } = layout.pages[page - 1]!;
        return (
          <svg
            key={page}
            className={style.sketch}
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-label={t('desk.record.on-page', { page })}
          >
            <rect className={style.sheet} x="0" y="0" width={width} height={height} />
            {rectangles.map((one) => (
              <rect
                key={`${one.x}:${one.y}`}
                className={style.spot}
                x={one.x}
                y={one.y}
                width={one.width}
                height={one.height}
              />
            ))}
          </svg>
        );
      })}
    </span>
  );
}
