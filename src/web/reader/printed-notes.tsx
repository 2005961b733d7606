// On paper: the text with numbered notes instead of colours, and the records as notes below it.
import { type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useMessages } from '../../ui/messages.tsx';
import { pageAt } from '../../ui/page-text.ts';
import { headlineOf } from '../../ui/record-words.ts';
import { passageHere, queueOf } from './queue.ts';
import style from './reader-screen.module.css';
import type { Reader } from './use-reader.ts';

const NONE: ReadonlyMap<string, number> = new Map();

/** The number of each record that stands, in the order of the text, while the page is printed; empty before and after. */
export function usePrintedNotes(reader: Reader): { notes: ReadonlyMap<string, number>; isPrinting: boolean } {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    // The notes have to be there before the browser takes its picture of the page.
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  const [kept, setKept] = useState({ records: reader.records, isPrinting, notes: NONE });
  if (kept.records === reader.records && kept.isPrinting === isPrinting)
    return { notes: kept.notes, isPrinting };
  const standing = isPrinting
    ? queueOf(reader.records, reader.source.id, { order: 'text', status: 'accepted', kinds: [] })
    : [];
  const notes = isPrinting ? new Map(standing.map((record, at) => [record.id, at + 1])) : NONE;
  setKept({ records: reader.records, isPrinting, notes });
  return { notes, isPrinting };
}

/** The records that stand, as numbered notes. */
export function PrintedNotes({
  reader,
  notes,
}: {
  reader: Reader;
  notes: ReadonlyMap<string, number>;
}): ReactNode {
  const words = useMessages();
  const { records, source, page } = reader;
  const standing = records.filter((record) => notes.has(record.id));
  if (standing.length === 0) return null;
  return (
    <section className={style.notes}>
      <h2>{words.t('desk.reader.notes')}</h2>
      <ol>
        {standing
          .toSorted((a, b) => notes.get(a.id)! - notes.get(b.id)!)
          .map((record) => {
            const here = passageHere(record, source.id);
            const at = here && pageAt(page.pages, here.start);
            return (
              <li key={record.id}>
                {words.t(`vocabulary.recordKind.${record.kind}`)}. {headlineOf(record, words)}
                {at !== null && ` (${words.t('desk.reader.page', { page: at })})`}
              </li>
            );
          })}
      </ol>
    </section>
  );
}
