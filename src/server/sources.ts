// Sources over HTTP: handed in as files or pasted text, listed, read, edited; their progress as server-sent events.
import { Readable } from 'node:stream';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { Progress } from '../intake/intake.ts';
import { readTranscript } from '../intake/read-text.ts';
import { Capture } from '../record/capture.ts';
import { Id, Sha256, WebAddress } from '../record/common.ts';
import { Figure } from '../record/figure.ts';
import { Incident } from '../record/incident.ts';
import { problem } from '../record/problem.ts';
import { Layout, Source, SourceContent } from '../record/source.ts';
import { Statement } from '../record/statement.ts';
import { Sensitivity, SourceState, SourceType } from '../record/vocabulary.ts';
import { readDossier } from '../store/dossiers.ts';
import { sourceOfOpening } from '../store/openings.ts';
import { readLayout, readText } from '../store/passages.ts';
import { recordsOfSource } from '../store/record-list.ts';
import { changeSource, sealedStream } from '../store/sealed-sources.ts';
import { allSources, listSources, readCapture, readPicture, transcribe } from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import { attachment } from './attachment.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';
import { asSeen, handedInBy, reachedSource, sayable } from './reached-sources.ts';

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

/** A stored file as an attachment. Throws `not-found`. */
async function stored(store: Store, sha256: string, name: string): Promise<Response> {
  const bytes = await store.blobs.size(sha256);
  if (bytes === null) throw problem('not-found', { what: 'file' });
  return attachment(store.blobs.stream(sha256), { name, bytes });
}

export const sources = {
  'GET /dossiers/:dossier/sources': endpoint({
    summary: 'List sources, newest first',
    permission: 'source.read',
    mindsReach: true,
    params: InDossier,
    query: SourceQuery,
    answer: z.object({ sources: z.array(ListedSource), next: z.string().nullable(), total: z.int() }),
    csv: {
      table: 'source',
      name: 'sources',
      pages: async function* (call) {
        const { store, params, query } = call;
        const { id } = await readDossier(store, params.dossier);
        for await (const page of allSources(store, id, { ...query, ...handedInBy(call) }))
          yield page.map((source) => asSeen(source, call));
      },
    },
    handle: async (call) => {
      const { store, params, query } = call;
      const { id } = await readDossier(store, params.dossier);
      const page = await listSources(store, id, { ...query, ...handedInBy(call) });
      return { ...page, sources: page.sources.map((source) => asSeen(source, call)) };
    },
  }),
  'POST /dossiers/:dossier/sources': endpoint({
    summary: 'Add a file: its bytes are the body, its name is ?name=',
    permission: 'source.add',
    mindsReach: true,
    params: InDossier,
    query: z.object({
      name: z.string().max(300).optional(),
      // Known before the first byte is stored, so that a sealed file never lies on the disk in the open.
      sensitivity: Sensitivity.optional(),
    }),
    answer: Added,
    status: 201,
    handle: async (call) => {
      const { store, services, params, query, writer, context } = call;
      const { id } = await readDossier(store, params.dossier);
      const declared = context.req.header('content-length');
      const { source, duplicate } = await services.intake.receive(writer(id), {
        fileName: query.name ?? null,
        chunks: (context.req.raw.body ?? []) as AsyncIterable<Uint8Array>,
        expected: declared === undefined ? null : Number(declared),
        content: {
          acquisition: 'uploaded',
          ...sayable(query.sensitivity ? { sensitivity: query.sensitivity } : {}, call),
        },
        ownOnly: call.reach === 'own',
      });
      return { source: asSeen(source, call), duplicate };
    },
  }),
  'POST /dossiers/:dossier/sources/text': endpoint({
    summary: 'Add pasted text',
    permission: 'source.add',
    mindsReach: true,
    params: InDossier,
    body: z.object({ text: z.string().min(1, 'Paste some text first.'), content: Given.optional() }),
    answer: Added,
    status: 201,
    handle: async (call) => {
      const { store, services, params, body, writer } = call;
      const { id } = await readDossier(store, params.dossier);
      const bytes = new TextEncoder().encode(body.text);
      const { source, duplicate } = await services.intake.receive(writer(id), {
        fileName: null,
        chunks: (async function* () {
          yield bytes;
        })(),
        expected: bytes.length,
        content: {
          ...sayable(body.content ?? {}, call),
          acquisition: body.content?.acquisition ?? 'pasted',
        },
        ownOnly: call.reach === 'own',
      });
      return { source: asSeen(source, call), duplicate };
    },
  }),
  'POST /dossiers/:dossier/sources/address': endpoint({
    summary: 'Add what stands at an address of the public web: it is fetched once, and kept as it came',
    permission: 'source.add',
    mindsReach: true,
    params: InDossier,
    body: z.object({ address: WebAddress, content: Given.optional() }),
    answer: Added,
    status: 201,
    handle: async (call) => {
      const { store, services, params, body, writer, context } = call;
      const { id } = await readDossier(store, params.dossier);
      const { address: _, ...content } = sayable(body.content ?? {}, call);
      const given = { content, ownOnly: call.reach === 'own' };
      const { signal } = context.req.raw;
      const { source, duplicate } = await services.intake.receiveFrom(
        writer(id),
        body.address,
        given,
        signal,
      );
      return { source: asSeen(source, call), duplicate };
    },
  }),
  'GET /dossiers/:dossier/sources/:id/capture': endpoint({
    summary: 'How a source was fetched from its address, and the hash of that record; null where it was not',
    permission: 'source.read',
    mindsReach: true,
    params: OneSource,
    answer: z.object({ capture: Capture.nullable(), sha256: Sha256.nullable() }),
    handle: async (call) => {
      const { id } = await readDossier(call.store, call.params.dossier);
      const source = await reachedSource(call, id, call.params.id);
      if (source.sealed) throw problem('source.sealed');
      // Of a sealed source it is sealed too.
      const found = source.sealed ? null : await readCapture(call.store, id, source.id);
      return found ?? { capture: null, sha256: null };
    },
  }),
  'GET /dossiers/:dossier/sources/:id/capture/file': endpoint({
    summary: 'The record of how a source was fetched, byte for byte as its hash was taken',
    permission: 'source.read',
    mindsReach: true,
    params: OneSource,
    answer: null,
    handle: async (call) => {
      const { store, params } = call;
      const { id } = await readDossier(store, params.dossier);
      const source = await reachedSource(call, id, params.id);
      if (source.sealed) throw problem('source.sealed');
      const found = source.sealed ? null : await readCapture(store, id, source.id);
      if (!found) throw problem('not-found', { what: 'capture' });
      return stored(store, found.sha256, `${found.sha256}.json`);
    },
  }),
  'GET /dossiers/:dossier/sources/:id': endpoint({
    summary: 'A source',
    permission: 'source.read',
    mindsReach: true,
    params: OneSource,
    answer: Source,
    handle: async (call) => {
      const { id } = await readDossier(call.store, call.params.dossier);
      return asSeen(await reachedSource(call, id, call.params.id), call);
    },
  }),
  'PATCH /dossiers/:dossier/sources/:id': endpoint({
    summary: 'Change what is said of a source',
    permission: 'source.edit',
    params: OneSource,
    body: z.object({ version: z.int(), content: Given }),
    answer: Source,
    handle: async ({ store, params, body, writer, opens }) => {
      const { id } = await readDossier(store, params.dossier);
      return changeSource(store, writer(id), { id: params.id, version: body.version }, body.content, {
        opens,
      });
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
  'POST /dossiers/:dossier/sources/:id/transcript': endpoint({
    summary: 'What a person read off a picture, as the text of its source',
    permission: 'source.edit',
    params: OneSource,
    body: z.object({ version: z.int(), text: z.string().min(1, 'Write what can be read first.') }),
    answer: Source,
    handle: async ({ store, services, params, body, writer }) => {
      const { id } = await readDossier(store, params.dossier);
      const reading = readTranscript(body.text, services.intake.limits);
      return transcribe(store, writer(id), { id: params.id, version: body.version }, reading);
    },
  }),
  'GET /dossiers/:dossier/sources/:id/picture': endpoint({
    summary: 'The picture of an image: its pixels alone, as they would be published',
    permission: 'source.read',
    mindsReach: true,
    params: OneSource,
    answer: null,
    handle: async (call) => {
      const { store, params, context } = call;
      const { id } = await readDossier(store, params.dossier);
      const source = await reachedSource(call, id, params.id);
      const picture = source.sealed ? undefined : await readPicture(store, id, source.id);
      if (!picture) throw problem('not-found', { what: 'picture' });
      return context.body(Readable.toWeb(store.blobs.stream(picture.sha256)) as ReadableStream, 200, {
        'Content-Type': picture.mediaType,
        'Content-Length': String(picture.bytes),
        'Content-Security-Policy': "default-src 'none'; sandbox",
      });
    },
  }),
  'GET /dossiers/:dossier/sources/:id/text': endpoint({
    summary: 'The text of a source that passages count in, and its layout',
    permission: 'source.read',
    mindsReach: true,
    params: OneSource,
    answer: z.object({ text: z.string(), rendition: z.string(), layout: Layout.nullable() }),
    handle: async (call) => {
      const { store, params } = call;
      const { id } = await readDossier(store, params.dossier);
      await reachedSource(call, id, params.id);
      const { text, rendition } = await readText(store, id, params.id);
      return { text, rendition, layout: await readLayout(store, id, params.id, rendition) };
    },
  }),
  'GET /dossiers/:dossier/sources/:id/records': endpoint({
    summary: 'The records that rest on a source, in the order of its text',
    permission: 'record.read',
    params: OneSource,
    answer: z.object({ records: z.array(z.discriminatedUnion('kind', [Statement, Figure, Incident])) }),
    handle: async (call) => {
      const { id } = await readDossier(call.store, call.params.dossier);
      await reachedSource(call, id, call.params.id);
      return { records: await recordsOfSource(call.store, id, call.params.id) };
    },
  }),
  'GET /dossiers/:dossier/sources/:id/original': endpoint({
    summary:
      'The original, as an attachment: it is never shown here. A sealed one by ?opening=, for its fifteen minutes',
    permission: 'source.read',
    mindsReach: true,
    params: OneSource,
    query: z.object({ opening: Id.optional() }),
    answer: null,
    handle: async (call) => {
      const { store, params, query, account, opens } = call;
      const source = await reachedSource(call, (await readDossier(store, params.dossier)).id, params.id);
      if (source.sealed) {
        if (query.opening === undefined) throw problem('source.sealed');
        if (!opens) throw problem('seal.not-named');
        const { fileName, bytes, original } = await sourceOfOpening(store, account.id, source, query.opening);
        const plain = Readable.from(await sealedStream(store, source, source.original));
        return attachment(plain, { name: fileName ?? original, bytes });
      }
      return stored(store, source.original, source.fileName ?? source.original);
    },
  }),
  'GET /dossiers/:dossier/progress': endpoint({
    summary: 'What happens to sources of this dossier, as server-sent events',
    permission: 'source.read',
    mindsReach: true,
    params: InDossier,
    answer: null,
    handle: async (call) => {
      const { store, services, params, context, holds } = call;
      const { id } = await readDossier(store, params.dossier);
      return streamSSE(context, async (stream) => {
        const tell = async (progress: Progress) => {
          // Whoever was suspended, or lost their part here, hears no more of it.
          if (!(await holds())) return stream.close();
          try {
            await reachedSource(call, id, progress.source);
          } catch {
            return;
          }
          await stream.writeSSE({ event: 'progress', data: JSON.stringify(progress) });
        };
        let told: Promise<void> = Promise.resolve();
        const stop = services.intake.onProgress((progress) => {
          // What happens to a source is told in the order in which it happened.
          if (progress.dossier === id)
            told = told.then(() => tell(progress)).catch(services.logError.bind(null, 'progress'));
        });
        stream.onAbort(stop);
        // A comment line now and then keeps proxies from closing a quiet stream.
        while (!stream.aborted && !stream.closed && (await holds())) {
          await stream.write(': still here\n\n');
          await stream.sleep(15_000);
        }
        stop();
      });
    },
  }),
};
