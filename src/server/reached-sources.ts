// Which sources an account reaches, and how much of one it is told: an observer sees what they handed in themselves, without
// what the team says of it; whoever may not see witnesses is not told that there is one.
import { problem } from '../record/problem.ts';
import type { Source, SourceContent } from '../record/source.ts';
import type { ListedSource } from '../store/source-list.ts';
import { readSource } from '../store/sources.ts';
import type { Call } from './endpoint.ts';

type Asking = Pick<Call<unknown, unknown, unknown>, 'account' | 'reach' | 'may'>;

/** The source, or throws `not-found` where there is none or the account’s right does not reach it. */
export async function reachedSource(
  call: Asking & Pick<Call<unknown, unknown, unknown>, 'store'>,
  dossier: string,
  id: string,
): Promise<Source> {
  const source = await readSource(call.store, dossier, id);
  if (call.reach === 'own' && source.createdBy !== call.account.id)
    throw problem('not-found', { what: 'source' });
  return source;
}

/** For lists: whose sources they are narrowed to. */
export function handedInBy({ account, reach }: Asking): { handedInBy?: string } {
  return reach === 'own' ? { handedInBy: account.id } : {};
}

/** A source as this account may see it. */
export function asSeen<S extends Source | ListedSource>(source: S, { account, reach, may }: Asking): S {
  const { witness, ...rest } = source;
  const seen = (witness === undefined || may('witness.read') !== null ? source : rest) as S;
  if (reach === 'all') return seen;
  return {
    ...seen,
    // What the team thinks of a source, and what came of it, is the team’s.
    ...{ reliability: 'unknown', note: null, updatedBy: account.id },
    ...('records' in seen && { records: 0, suggested: 0 }),
  };
}

/** What a person may say while handing in: how far it is trusted, who may see it and what may leave is the team’s to say. */
export function sayable(content: Partial<SourceContent>, { reach }: Asking): Partial<SourceContent> {
  if (reach === 'all') return content;
  const { reliability: _r, mayLeave: _m, sensitivity, ...rest } = content;
  // But that it is sealed is theirs to say: whoever hands it in knows whom it could hurt.
  return sensitivity === 'sealed' ? { ...rest, sensitivity } : rest;
}
