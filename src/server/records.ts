// What statements, figures and incidents have in common over HTTP: list, facets, make, read, edit, judge.
import { z } from 'zod';
import { Id } from '../record/common.ts';
import { PassageRange } from '../record/passage.ts';
import { FacetCounts, RecordFilter, RecordQuery } from '../record/record-query.ts';
import { SEALABLE } from '../record/sealed.ts';
import { readDossier } from '../store/dossiers.ts';
import { pinPassages } from '../store/passages.ts';
import { allRecords, countFacets, listRecords } from '../store/record-list.ts';
import {
  createRecord,
  editRecord,
  judgeRecords,
  type RecordContentOf,
  readRecord,
} from '../store/records.ts';
import { NOUNS, type RecordNoun, type Value } from '../store/rows.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';

const OneRecord = InDossier.extend({ id: Id });
const At = z.object({ id: Id, version: z.int() });

/**
 * The endpoints of one kind of record. `path` is its plural, the last part of the address;
 * `content` is what a person may write.
 */
export function recordEndpoints<N extends RecordNoun, const Path extends string>(
  noun: N,
  path: Path,
  content: z.ZodObject,
) {
  type Content = RecordContentOf[N];
  // The schema of the noun answers with the noun's value; TypeScript cannot follow the index by a type parameter.
  const schema = NOUNS[noun].schema as unknown as z.ZodType<Value<N>>;
  const writable = content as unknown as z.ZodType<Content>;
  const partial = content.partial() as unknown as z.ZodType<Partial<Content>>;
  // Which fields are sealed by themselves, and what stands in their place; null where nothing is given.
  const choice = z.object({
    fields: z.array(z.enum(SEALABLE[noun] as readonly string[] as [string])).max(10),
    standIns: z
      .object(Object.fromEntries(SEALABLE[noun].map((field) => [field, content.shape[field] as z.ZodType])))
      .partial()
      .optional(),
  });
  const at = <const Rest extends string>(method: string, rest: Rest) =>
    `${method} /dossiers/:dossier/${path}${rest}`;

  const list = endpoint({
    summary: `List ${path}`,
    permission: 'record.read',
    params: InDossier,
    query: RecordQuery,
    answer: z.object({ records: z.array(schema), next: z.string().nullable() }),
    csv: {
      table: noun,
      name: path,
      pages: async function* ({ store, params, query }) {
        const { id } = await readDossier(store, params.dossier);
        yield* allRecords(store, noun, id, query);
      },
    },
    handle: async ({ store, params, query }) => {
      const { id } = await readDossier(store, params.dossier);
      return listRecords(store, noun, id, query);
    },
  });
  const facets = endpoint({
    summary: `Count ${path} by facet`,
    permission: 'record.read',
    params: InDossier,
    query: RecordFilter,
    answer: z.object({ total: z.int(), facets: FacetCounts }),
    handle: async ({ store, params, query }) => {
      const { id } = await readDossier(store, params.dossier);
      return countFacets(store, noun, id, query);
    },
  });
  const create = endpoint({
    summary: `Make a ${noun} by hand, resting on passages`,
    permission: 'record.write',
    params: InDossier,
    body: z.object({
      content: writable,
      passages: z.array(PassageRange).min(1).max(50),
      seal: choice.optional(),
    }),
    answer: schema,
    status: 201,
    handle: async ({ store, params, body, writer, opens }) => {
      const { id } = await readDossier(store, params.dossier);
      const passages = await pinPassages(store, id, body.passages, { opens });
      return createRecord(store, writer(id), noun, body.content, passages, body.seal);
    },
  });
  const read = endpoint({
    summary: `A ${noun}`,
    permission: 'record.read',
    params: OneRecord,
    answer: schema,
    handle: async ({ store, params }) =>
      readRecord(store, noun, (await readDossier(store, params.dossier)).id, params.id),
  });
  const edit = endpoint({
    summary: `Change a ${noun} or the passages it rests on`,
    permission: 'record.write',
    params: OneRecord,
    body: z.object({
      version: z.int(),
      content: partial.optional(),
      passages: z.array(PassageRange).min(1).max(50).optional(),
      seal: choice.optional(),
    }),
    answer: schema,
    handle: async ({ store, params, body, writer, opens }) => {
      const { id } = await readDossier(store, params.dossier);
      const passages = body.passages && (await pinPassages(store, id, body.passages, { opens }));
      return editRecord(
        store,
        writer(id),
        noun,
        { id: params.id, version: body.version },
        body.content ?? {},
        { passages, seal: body.seal, opens },
      );
    },
  });
  const judge = (verb: 'accept' | 'reject' | 'withdraw') =>
    endpoint({
      summary: `${verb[0]!.toUpperCase()}${verb.slice(1)} one or many ${path}, all or none; one step for undo`,
      permission: 'record.write',
      params: InDossier,
      body: z.object({ records: z.array(At).min(1).max(1000) }),
      answer: z.object({ records: z.array(schema) }),
      handle: async ({ store, params, body, writer }) => {
        const { id } = await readDossier(store, params.dossier);
        return { records: await judgeRecords(store, writer(id), noun, verb, body.records) };
      },
    });
  return {
    [at('GET', '')]: list,
    [at('GET', '/facets')]: facets,
    [at('POST', '')]: create,
    [at('GET', '/:id')]: read,
    [at('PATCH', '/:id')]: edit,
    [at('POST', '/accept')]: judge('accept'),
    [at('POST', '/reject')]: judge('reject'),
    [at('POST', '/withdraw')]: judge('withdraw'),
  } as RecordEndpoints<
    Path,
    {
      list: typeof list;
      facets: typeof facets;
      create: typeof create;
      read: typeof read;
      edit: typeof edit;
      judge: ReturnType<typeof judge>;
    }
  >;
}

/** The addresses of one kind of record, as a type: what the typed client calls them by. */
type RecordEndpoints<
  Path extends string,
  E extends { list: unknown; facets: unknown; create: unknown; read: unknown; edit: unknown; judge: unknown },
> = Record<`GET /dossiers/:dossier/${Path}`, E['list']> &
  Record<`GET /dossiers/:dossier/${Path}/facets`, E['facets']> &
  Record<`POST /dossiers/:dossier/${Path}`, E['create']> &
  Record<`GET /dossiers/:dossier/${Path}/:id`, E['read']> &
  Record<`PATCH /dossiers/:dossier/${Path}/:id`, E['edit']> &
  Record<`POST /dossiers/:dossier/${Path}/${'accept' | 'reject' | 'withdraw'}`, E['judge']>;
