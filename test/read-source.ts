/** A source that was received and read for a test: its original and its text are stored as intake would store them. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Source, SourceContent } from '../src/record/source.ts';
import { takeJob } from '../src/store/jobs.ts';
import type { DossierWriter } from '../src/store/records.ts';
import { addSource, saveReading } from '../src/store/sources.ts';
import type { Store } from '../src/store/store.ts';

/** What is said of the source; public and free to leave unless told otherwise. */
export async function readSourceOf(
  store: Store,
  writer: DossierWriter,
  text: string,
  content: Partial<SourceContent> = {},
  fileName = 'notice.txt',
): Promise<Source> {
  const original = new TextEncoder().encode(`\r\n${text}`);
  const blob = await store.blobs.putBytes(original);
  const added = await addSource(store, writer, {
    blob,
    fileName,
    mediaType: 'text/plain',
    content: {
      title: 'Harbour works',
      type: 'article',
      publisher: 'The Harbour Paper',
      author: null,
      published: '2021-10-08',
      language: 'en',
      address: 'https://example.org/harbour',
      acquisition: 'uploaded',
      obtainedFrom: null,
      reliability: 'unknown',
      mayLeave: true,
      sensitivity: 'public',
      note: null,
      ...content,
    },
  });
  if (!added.added) throw added.problem;
  // Jobs of sources read before wait behind this one; theirs are not taken here.
  for (;;) {
    const job = await takeJob(store, 600);
    // The log may just be giving the entry its index, and hold its row: the next look finds it.
    if (!job) await pause(20);
    if (job?.job !== 'read' || job.subject !== added.source.id) continue;
    return saveReading(
      store,
      added.source,
      {
        text,
        layout: { blocks: [], pages: [], runs: [] },
        metadata: {
          title: null,
          author: null,
          published: null,
          language: null,
          publisher: null,
          address: null,
        },
        tool: 'plain text',
        toolVersion: '1',
      },
      job,
    );
  }
}
