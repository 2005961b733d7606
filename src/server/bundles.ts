// The bundle of a publication for everybody: made once, kept in the data directory, handed out as it is.
import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { type Context, Hono } from 'hono';
import { writeBundle } from '../publish/bundle/write.ts';
import { bundlePath } from '../store/kept-bundles.ts';
import { readPublication } from '../store/publications.ts';
import type { Store } from '../store/store.ts';
import { SYSTEM_ACCOUNT } from '../store/write.ts';

/** Downloads at /p/<dossier>/bundle.zip (the newest publication) and /p/<dossier>/<number>/bundle.zip. */
export function bundleDownloads(store: Store): Hono {
  const making = new Map<string, Promise<void>>();

  /** The file of a publication's bundle; a publication never changes but by erasing, which takes its bundle away. */
  const fileOf = async (slug: string, number?: number) => {
    const { id, publication } = await readPublication(store, slug, number);
    const file = bundlePath(store.settings.directory, id, publication.number);
    if (!(await stat(file).catch(() => null))) {
      // Readers who ask at the same time wait for the same bundle; each making leaves an entry in the log.
      let made = making.get(file);
      if (!made) {
        made = mkdir(dirname(file), { recursive: true })
          .then(() => writeBundle(store, SYSTEM_ACCOUNT, id, file, { publication: publication.number }))
          .then(() => {});
        making.set(file, made);
        made.finally(() => making.delete(file)).catch(() => {});
      }
      await made;
    }
    return { file, name: `${slug}-${publication.number}.zip` };
  };

  const answer = async (context: Context, number?: number) => {
    const { file, name } = await fileOf(context.req.param('slug')!, number);
    return context.body(Readable.toWeb(createReadStream(file)) as ReadableStream, 200, {
      'Content-Type': 'application/zip',
      'Content-Length': String((await stat(file)).size),
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-cache',
    });
  };
  return new Hono()
    .get('/p/:slug/bundle.zip', (context) => answer(context))
    .get('/p/:slug/:number{[1-9][0-9]{0,8}}/bundle.zip', (context) =>
      answer(context, Number(context.req.param('number'))),
    );
}
