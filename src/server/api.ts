// Every endpoint of /api/v1, by "METHOD /path". The desk's client is typed by this object's type and nothing else.
import { account } from './account.ts';
import { claims } from './claims.ts';
import { commitments } from './commitments.ts';
import { disagreements } from './disagreements.ts';
import { dossiers } from './dossiers.ts';
import { entries } from './entries.ts';
import { erasures } from './erasures.ts';
import { exampleDossier } from './example-dossier.ts';
import { figures } from './figures.ts';
import { howManyEndpoints } from './how-many.ts';
import { incidents } from './incidents.ts';
import { languageModel } from './language-model.ts';
import { letters } from './letters.ts';
import { log } from './log.ts';
import { named } from './named.ts';
import { people } from './people.ts';
import { publications } from './publications.ts';
import { rates } from './rates.ts';
import { seals } from './seals.ts';
import { series } from './series.ts';
import { session } from './session.ts';
import { sources } from './sources.ts';
import { statements } from './statements.ts';
import { threads } from './threads.ts';
import { witnesses } from './witnesses.ts';

export const api = {
  ...session,
  ...account,
  ...dossiers,
  ...entries,
  ...people,
  ...exampleDossier,
  ...sources,
  ...seals,
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
  ...witnesses,
  ...erasures,
  ...rates,
  ...languageModel,
  ...letters,
  ...log,
};

/** The endpoints as a type. */
export type Api = typeof api;
