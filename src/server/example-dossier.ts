// The example dossier over HTTP.
import { Dossier } from '../record/dossier.ts';
import { endpoint } from './endpoint.ts';
import { makeExample } from './example/example.ts';

export const exampleDossier = {
  'POST /example': endpoint({
    summary: 'Make the example dossier, or give the one that is there',
    permission: 'dossier.create',
    answer: Dossier,
    status: 201,
    handle: ({ services, account }) => makeExample(services, account.id),
  }),
};
