// Pinning what a person selected: the range they chose, cut from the text it counts in, with its place on the page.
import { pageAreas } from '../record/page-area.ts';
import { type Passage, pin } from '../record/passage.ts';
import { problem } from '../record/problem.ts';
import { Layout } from '../record/source.ts';
import { readSealedText } from './sealed-sources.ts';
import { NOT_NAMED, type Opener } from './sealing.ts';
import type { Store } from './store.ts';
import { findValue } from './values.ts';

/**
 * The text of a source's newest text rendition. Throws `not-found`, `source.sealed`, or `source.no-text` where nothing could
 * be read.
 */
export async function readText(
  store: Store,
  dossier: string,
  source: string,
): Promise<{ text: string; rendition: string }> {
  const found = await findValue(store.read, 'source', dossier, source);
  if (!found) throw problem('not-found', { what: 'source' });
  if (found.sensitivity === 'sealed') throw problem('source.sealed');
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

/**
 * Pins ranges of sources' texts; of a sealed one only for somebody who may open it, and only for a record that is sealed too.
 * Throws `passage.range` for a range outside its text, `seal.not-named`.
 */
export async function pinPassages(
  store: Store,
  dossier: string,
  ranges: { source: string; start: number; end: number }[],
  { opens }: Opener = NOT_NAMED,
): Promise<Passage[]> {
  const passages: Passage[] = [];
  for (const range of ranges) {
    const { text, rendition, layout } = await readPinned(store, dossier, range.source, opens);
    if (range.start >= range.end || range.end > text.length)
      throw problem('passage.range', { length: text.length });
    passages.push(
      pin(text, range, { source: range.source, rendition, pages: layout ? pageAreas(layout, range) : [] }),
    );
  }
  return passages;
}

async function readPinned(store: Store, dossier: string, id: string, opens: boolean) {
  const source = await findValue(store.read, 'source', dossier, id);
  if (source?.sealed) {
    if (!opens) throw problem('seal.not-named');
    return readSealedText(store, source);
  }
  const read = await readText(store, dossier, id);
  return { ...read, layout: await readLayout(store, dossier, id, read.rendition) };
}
