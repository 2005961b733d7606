// Every endpoint of /api/v1, by "METHOD /path". The desk's client is typed by this object's type and nothing else.
import { account } from './account.ts';
import { claims } from './claims.ts';
import { commitments } from './commitments.ts';
import { disagreements } from './disagreements.ts';
import { dossiers } from './dossiers.ts';
import { exampleDossier } from './example-dossier.ts';
import { figures } from './figures.ts';
import { howManyEndpoints } from './how-many.ts';
import { incidents } from './incidents.ts';
import { languageModel } from './language-model.ts';
import { log } from './log.ts';
import { named } from './named.ts';
import { publications } from './publications.ts';
import { rates } from './rates.ts';
import { series } from './series.ts';
import { session } from './session.ts';
import { sources } from './sources.ts';
import { statements } from './statements.ts';
import { threads } from './threads.ts';

export const api = {
  ...session,
  ...account,
  ...dossiers,
  ...exampleDossier,
  ...sources,
  ...series,
  ...statements,
  ...figures,
  ...incidents,
  ...named,
  ...howManyEndpoints,
  ...disagreements,
  ...commitments,
  ...claims,
  ...threads,
  ...publications,
  ...rates,
  ...languageModel,
  ...log,
};

/** The endpoints as a type. */
export type Api = typeof api;
