/** A dossier as it is before it is published: sources with their text, records pinned in them. For tests of what is public. */
import { createHash } from 'node:crypto';
import { type Passage, pin } from '../src/record/passage.ts';
import type { Rendition, Source, SourceContent } from '../src/record/source.ts';
import { createDossier } from '../src/store/dossiers.ts';
import type { DossierWriter } from '../src/store/records.ts';
import type { Store } from '../src/store/store.ts';
import { insertValues } from '../src/store/values.ts';
import { newId } from '../src/store/write.ts';
import { OBSERVER } from './samples.ts';

/** A text to pin records in; every sentence of it is made up for the tests. */
export const SOURCE_TEXT =
  'On the harbour wall a notice announced the works. The minister said that the site was empty. ' +
  'Observers counted 40 tents there on the same morning. Police cleared the site at noon, and nobody was let back.';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A dossier with an address of its own. */
export async function dossierToPublish(store: Store, title = 'A matter') {
  const id = newId();
  const dossier = await createDossier(store, OBSERVER, {
    title,
    slug: `matter-${id.slice(-12)}`,
    summary: 'What was said of the harbour, and what was counted there.',
    language: 'en',
    publishedBy: 'An association',
  });
  return { dossier, writer: { account: OBSERVER, dossier: dossier.id } };
}

/** A source that has been read, with its text rendition. Its text is not in the blobs. */
export async function sourceWithText(
  store: Store,
  writer: DossierWriter,
  change: Partial<SourceContent> = {},
  text = SOURCE_TEXT,
): Promise<Source> {
  return store.write(writer, 'source.add', async (tx, stamp) => {
    const kept = {
      version: 1,
      createdAt: stamp.at,
      createdBy: stamp.by,
      updatedAt: stamp.at,
      updatedBy: stamp.by,
    };
    const id = stamp.newId();
    const source: Source = {
      id,
      dossier: writer.dossier,
      original: sha256(`${id}${text}`),
      fileName: 'witness-name.txt',
      mediaType: 'text/plain',
      bytes: text.length,
      state: 'proposed',
      failure: null,
      text: sha256(text),
      textLength: text.length,
      title: 'Harbour works',
      type: 'article',
      publisher: 'The Harbour Paper',
      author: 'a reporter',
      published: '2021-10-08',
      language: 'en',
      address: 'https://example.org/harbour?a=1&b=2',
      acquisition: 'uploaded',
      obtainedFrom: null,
      reliability: 'unknown',
      mayLeave: true,
      sensitivity: 'public',
      note: null,
      ...change,
      ...kept,
    };
    const rendition: Rendition = {
      id: stamp.newId(),
      dossier: writer.dossier,
      source: id,
      kind: 'text',
      parent: source.original,
      sha256: sha256(text),
      bytes: text.length,
      mediaType: 'text/plain',
      tool: 'plain text',
      toolVersion: '1',
      createdAt: stamp.at,
    };
    await insertValues(tx, 'source', [source]);
    await insertValues(tx, 'rendition', [rendition]);
    return { entries: [{ subject: id, payload: { before: null, after: source } }], result: source };
  });
}

/** The passage of a source that says these words. */
export function passageIn(source: Source, words: string, text = SOURCE_TEXT): Passage {
  const start = text.indexOf(words);
  return pin(text, { start, end: start + words.length }, { source: source.id, rendition: source.text! });
}
