// People who work on a dossier, by name where they are known.
import { createContext, type ReactNode, use } from 'react';
import { useMessages } from './messages.tsx';

/** Names of accounts by id. */
export const PeopleContext = createContext<Readonly<Record<string, string>>>({});

/** The account Constat itself writes as, when it reads a source and proposes from it. */
export const CONSTAT_ACCOUNT = '00000000-0000-7000-8000-000000000000';

/** Returns a function from the id of an account to its name, or to words for somebody unknown. */
function usePersonName(): (id: string) => string {
  const people = use(PeopleContext);
  const { t } = useMessages();
  return (id) => (id === CONSTAT_ACCOUNT ? 'Constat' : (people[id] ?? t('desk.person.unknown')));
}

/** The name of the account with this id. */
export function Person({ id }: { id: string }): ReactNode {
  return usePersonName()(id);
}
