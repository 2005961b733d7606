// Sources over HTTP: handed in as files or pasted text, listed, read, edited; their progress as server-sent events.
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { Id } from '../record/common.ts';
import { Figure } from '../record/figure.ts';
import { Incident } from '../record/incident.ts';
import { Layout, Source, SourceContent } from '../record/source.ts';
import { Statement } from '../record/statement.ts';
import { SourceState, SourceType } from '../record/vocabulary.ts';
import { readDossier } from '../store/dossiers.ts';
import { readLayout, readText } from '../store/passages.ts';
import { recordsOfSource } from '../store/record-list.ts';
import { allSources, editSource, listSources, readSource } from '../store/sources.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';

const OneSource = InDossier.extend({ id: Id });

const SourceQuery = z.object({
  q: z.string().trim().max(500).optional(),
  state: SourceState.optional(),
  type: SourceType.optional(),
  language: z.string().max(20).optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** A source in a list: with how many records rest on it, and where the searched words stand in it. */
export const ListedSource = Source.extend({
  records: z.int(),
  suggested: z.int(),
  /** Text around the words searched for; the words between U+0002 and U+0003. Null without a search. */
  snippet: z.string().nullable(),
}).meta({ id: 'ListedSource' });

/** What adding gives: the source, and whether the dossier had these very bytes already. */
const Added = z.object({ source: Source, duplicate: z.boolean() }).meta({ id: 'Added' });

/** What a person may say of a source while handing it in; the rest is read from the file or left open. */
const Given = SourceContent.partial();

export const sources = {
  'GET /dossiers/:dossier/sources': endpoint({
    summary: 'List sources, newest first',
    permission: 'source.read',
    params: InDossier,
    query: SourceQuery,
    answer: z.object({ sources: z.array(ListedSource), next: z.string().nullable(), total: z.int() }),
    csv: {
      table: 'source',
      name: 'sources',
      pages: async function* ({ store, params, query }) {
        yield* allSources(store, (await readDossier(store, params.dossier)).id, query);
      },
    },
    handle: async ({ store, params, query }) =>
      listSources(store, (await readDossier(store, params.dossier)).id, query),
  }),
  'POST /dossiers/:dossier/sources': endpoint({
    summary: 'Add a file: its bytes are the body, its name is ?name=',
    permission: 'source.add',
    params: InDossier,
    query: z.object({ name: z.string().max(300).optional() }),
    answer: Added,
    status: 201,
    handle: async ({ store, services, params, query, writer, context }) => {
      const { id } = await readDossier(store, params.dossier);
      const declared = context.req.header('content-length');
      return services.intake.receive(writer(id), {
        fileName: query.name ?? null,
        chunks: (context.req.raw.body ?? []) as AsyncIterable<Uint8Array>,
        expected: declared === undefined ? null : Number(declared),
        content: { acquisition: 'uploaded' },
      });
    },
  }),
  'POST /dossiers/:dossier/sources/text': endpoint({
    summary: 'Add pasted text',
    permission: 'source.add',
    params: InDossier,
    body: z.object({ text: z.string().min(1, 'Paste some text first.'), content: Given.optional() }),
    answer: Added,
    status: 201,
    handle: async ({ store, services, params, body, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      const bytes = new TextEncoder().encode(body.text);
      return services.intake.receive(writer(id), {
        fileName: null,
        chunks: (async function* () {
          yield bytes;
        })(),
        expected: bytes.length,
        content: { ...body.content, acquisition: body.content?.acquisition ?? 'pasted' },
      });
    },
  }),
  'GET /dossiers/:dossier/sources/:id': endpoint({
    summary: 'A source',
    permission: 'source.read',
    params: OneSource,
    answer: Source,
    handle: async ({ store, params }) =>
      readSource(store, (await readDossier(store, params.dossier)).id, params.id),
  }),
  'PATCH /dossiers/:dossier/sources/:id': endpoint({
    summary: 'Change what is said of a source',
    permission: 'source.edit',
    params: OneSource,
    body: z.object({ version: z.int(), content: Given }),
    answer: Source,
    handle: async ({ store, params, body, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      return editSource(store, writer(id), { id: params.id, version: body.version }, body.content);
    },
  }),
  'POST /dossiers/:dossier/sources/:id/retry': endpoint({
    summary: 'Read a source again, and find its passages again in the new text',
    permission: 'source.edit',
    params: OneSource,
    answer: Source,
    handle: async ({ store, services, params, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      return services.intake.readAgain(writer(id), params.id);
    },
  }),
  'GET /dossiers/:dossier/sources/:id/text': endpoint({
    summary: 'The text of a source that passages count in, and its layout',
    permission: 'source.read',
    params: OneSource,
    answer: z.object({ text: z.string(), rendition: z.string(), layout: Layout.nullable() }),
    handle: async ({ store, params }) => {
      const { id } = await readDossier(store, params.dossier);
      const { text, rendition } = await readText(store, id, params.id);
      return { text, rendition, layout: await readLayout(store, id, params.id, rendition) };
    },
  }),
  'GET /dossiers/:dossier/sources/:id/records': endpoint({
    summary: 'The records that rest on a source, in the order of its text',
    permission: 'record.read',
    params: OneSource,
    answer: z.object({ records: z.array(z.discriminatedUnion('kind', [Statement, Figure, Incident])) }),
    handle: async ({ store, params }) => ({
      records: await recordsOfSource(store, (await readDossier(store, params.dossier)).id, params.id),
    }),
  }),
  'GET /dossiers/:dossier/sources/:id/original': endpoint({
    summary: 'The original, as an attachment: it is never opened here',
    permission: 'source.read',
    params: OneSource,
    answer: null,
    handle: async ({ store, params, context }) => {
      const source = await readSource(store, (await readDossier(store, params.dossier)).id, params.id);
      const bytes = await store.blobs.read(source.original);
      return context.body(new Uint8Array(bytes), 200, {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(source.fileName ?? source.original)}`,
        'Content-Security-Policy': "sandbox; default-src 'none'",
        'Cache-Control': 'no-store',
      });
    },
  }),
  'GET /dossiers/:dossier/progress': endpoint({
    summary: 'What happens to sources of this dossier, as server-sent events',
    permission: 'source.read',
    params: InDossier,
    answer: null,
    handle: async ({ store, services, params, context }) => {
      const { id } = await readDossier(store, params.dossier);
      return streamSSE(context, async (stream) => {
        const stop = services.intake.onProgress((progress) => {
          if (progress.dossier === id)
            void stream.writeSSE({ event: 'progress', data: JSON.stringify(progress) });
        });
        stream.onAbort(stop);
        // A comment line now and then keeps proxies from closing a quiet stream.
        while (!stream.aborted) {
          await stream.write(': still here\n\n');
          await stream.sleep(15_000);
        }
        stop();
      });
    },
  }),
};
