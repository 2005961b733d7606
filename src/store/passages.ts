// Pinning what a person selected: the range they chose, cut from the text it counts in, with its place on the page.
import { pageAreas } from '../record/page-area.ts';
import { type Passage, pin } from '../record/passage.ts';
import { problem } from '../record/problem.ts';
import { Layout } from '../record/source.ts';
import type { Store } from './store.ts';
import { findValue } from './values.ts';

/** The text of a source's newest text rendition. Throws `not-found`, or `source.no-text` where nothing could be read. */
export async function readText(
  store: Store,
  dossier: string,
  source: string,
): Promise<{ text: string; rendition: string }> {
  const found = await findValue(store.read, 'source', dossier, source);
  if (!found) throw problem('not-found', { what: 'source' });
  if (found.text === null) throw problem('source.no-text');
  return { text: (await store.blobs.read(found.text)).toString('utf8'), rendition: found.text };
}

/** The layout belonging to a text rendition, or null where the source has none. */
export async function readLayout(
  store: Store,
  dossier: string,
  source: string,
  text: string,
): Promise<Layout | null> {
  const row = await store.read
    .selectFrom('renditions')
    .select('sha256')
    .where('dossier', '=', dossier)
    .where('source', '=', source)
    .where('kind', '=', 'layout')
    .where('parent', '=', text)
    .orderBy('createdAt', 'desc')
    .executeTakeFirst();
  return row ? Layout.parse(JSON.parse((await store.blobs.read(row.sha256)).toString('utf8'))) : null;
}

/** Pins ranges of sources' texts. Throws `passage.range` for a range outside its text. */
export async function pinPassages(
  store: Store,
  dossier: string,
  ranges: { source: string; start: number; end: number }[],
): Promise<Passage[]> {
  const passages: Passage[] = [];
  for (const range of ranges) {
    const { text, rendition } = await readText(store, dossier, range.source);
    if (range.start >= range.end || range.end > text.length)
      throw problem('passage.range', { length: text.length });
    const layout = await readLayout(store, dossier, range.source, rendition);
    passages.push(
      pin(text, range, { source: range.source, rendition, pages: layout ? pageAreas(layout, range) : [] }),
    );
  }
  return passages;
}
