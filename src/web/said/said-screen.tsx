// Who said what: the threads of a dossier's statements; at a thread's address, the thread.
import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import { ThreadList } from './thread-list.tsx';
import { ThreadScreen } from './thread-screen.tsx';

/** The screen. */
export function WhoSaidWhatScreen(): ReactNode {
  const { '*': rest } = useParams<{ '*'?: string }>();
  return rest ? <ThreadScreen key={rest} name={decoded(rest)} /> : <ThreadList />;
}

/** A part of an address as it was before it was escaped; as it stands where somebody typed what is no escape. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
