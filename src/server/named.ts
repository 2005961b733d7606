// Actors, places, measures, links and requests over HTTP: small lists, edited by hand.
import { z } from 'zod';
import { ActorContent } from '../record/actor.ts';
import { Id } from '../record/common.ts';
import { LinkContent } from '../record/link.ts';
import { MeasureContent } from '../record/measure.ts';
import { PlaceContent } from '../record/place.ts';
import { RequestContent } from '../record/request.ts';
import { readDossier } from '../store/dossiers.ts';
import {
  createNamed,
  editNamed,
  listNamed,
  type NamedContent,
  type NamedNoun,
  removeNamed,
} from '../store/named.ts';
import { NOUNS, type Value } from '../store/rows.ts';
import { InDossier } from './dossiers.ts';
import { endpoint } from './endpoint.ts';

function namedEndpoints<N extends NamedNoun>(noun: N, content: z.ZodObject) {
  type Content = NamedContent[N];
  const schema = NOUNS[noun].schema as unknown as z.ZodType<Value<N>>;
  const writable = content as unknown as z.ZodType<Content>;
  const partial = content.partial() as unknown as z.ZodType<Partial<Content>>;
  const one = InDossier.extend({ id: Id });
  return {
    list: endpoint({
      summary: `All ${noun}s of a dossier`,
      permission: 'record.read',
      params: InDossier,
      answer: z.object({ items: z.array(schema) }),
      handle: async ({ store, params }) => ({
        items: await listNamed(store, noun, (await readDossier(store, params.dossier)).id),
      }),
    }),
    create: endpoint({
      summary: `Make a ${noun}`,
      permission: 'record.write',
      params: InDossier,
      body: writable,
      answer: schema,
      status: 201,
      handle: async ({ store, params, body, writer }) =>
        createNamed(store, writer((await readDossier(store, params.dossier)).id), noun, body),
    }),
    edit: endpoint({
      summary: `Change a ${noun}`,
      permission: 'record.write',
      params: one,
      body: z.object({ version: z.int(), content: partial }),
      answer: schema,
      handle: async ({ store, params, body, writer }) =>
        editNamed(
          store,
          writer((await readDossier(store, params.dossier)).id),
          noun,
          { id: params.id, version: body.version },
          body.content,
        ),
    }),
    remove: endpoint({
      summary: `Remove a ${noun} that no record names`,
      permission: 'record.write',
      params: one,
      answer: null,
      handle: async ({ store, params, writer, context }) => {
        await removeNamed(store, writer((await readDossier(store, params.dossier)).id), noun, params.id);
        return context.body(null, 204);
      },
    }),
  };
}

const actors = namedEndpoints('actor', ActorContent);
const places = namedEndpoints('place', PlaceContent);
const measures = namedEndpoints('measure', MeasureContent);
const links = namedEndpoints('link', LinkContent);
const requests = namedEndpoints('request', RequestContent);

export const named = {
  'GET /dossiers/:dossier/actors': actors.list,
  'POST /dossiers/:dossier/actors': actors.create,
  'PATCH /dossiers/:dossier/actors/:id': actors.edit,
  'DELETE /dossiers/:dossier/actors/:id': actors.remove,
  'GET /dossiers/:dossier/places': places.list,
  'POST /dossiers/:dossier/places': places.create,
  'PATCH /dossiers/:dossier/places/:id': places.edit,
  'DELETE /dossiers/:dossier/places/:id': places.remove,
  'GET /dossiers/:dossier/measures': measures.list,
  'POST /dossiers/:dossier/measures': measures.create,
  'PATCH /dossiers/:dossier/measures/:id': measures.edit,
  'DELETE /dossiers/:dossier/measures/:id': measures.remove,
  'GET /dossiers/:dossier/links': links.list,
  'POST /dossiers/:dossier/links': links.create,
  'PATCH /dossiers/:dossier/links/:id': links.edit,
  'DELETE /dossiers/:dossier/links/:id': links.remove,
  'GET /dossiers/:dossier/requests': endpoint({
    ...requests.list,
    csv: {
      table: 'request',
      name: 'requests',
      pages: async function* ({ store, params }) {
        const { id } = await readDossier(store, params.dossier);
        yield (await listNamed(store, 'request', id)).map((request) => ({
          ...request,
          about: request.about.map((end) => `${end.kind}:${end.id}`),
        }));
      },
    },
  }),
  'POST /dossiers/:dossier/requests': requests.create,
  'PATCH /dossiers/:dossier/requests/:id': requests.edit,
  'DELETE /dossiers/:dossier/requests/:id': requests.remove,
};
