// Opening something sealed for this view only: the reason is asked for, what comes is held by the screen and by nothing else,
// and it goes after a few minutes, or when one leaves.
import { useCallback, useEffect, useRef, useState } from 'react';
import { type AnswerOf, type ApiProblem, call, changed } from '../api.ts';
import { useDossier } from '../dossier-context.tsx';

/** Something sealed, opened. */
export type Opened = AnswerOf<'POST /dossiers/:dossier/seals/:subject/open'>;

/** How long what is opened stays on the screen, in milliseconds. */
export const SHOWN_FOR = 5 * 60_000;

/** An opening: closed at first, and closed again by itself. */
export interface Opening<Shown = Opened> {
  opened: Shown | null;
  /** When it closes by itself, milliseconds since 1970. */
  until: number;
  isPending: boolean;
  problem: ApiProblem | null;
  open: (reason: string) => Promise<void>;
  close: () => void;
}

/** Opens a record, source or witness. */
export function useOpening(subject: string): Opening {
  const { slug } = useDossier();
  return useShown((reason) =>
    call('POST /dossiers/:dossier/seals/:subject/open', {
      params: { dossier: slug, subject },
      body: { reason },
    }),
  );
}

/** Opens what an entry said before its subject was sealed. */
export function useEntryOpening(
  entry: string,
): Opening<AnswerOf<'POST /dossiers/:dossier/entries/:entry/open'>> {
  const { slug } = useDossier();
  return useShown((reason) =>
    call('POST /dossiers/:dossier/entries/:entry/open', {
      params: { dossier: slug, entry },
      body: { reason },
    }),
  );
}

/** Holds what was opened as long as its component stands. Nothing of it is kept in the cache of answers. */
function useShown<Shown>(ask: (reason: string) => Promise<Shown>): Opening<Shown> {
  const [shown, setShown] = useState<{ opened: Shown; until: number } | null>(null);
  const asking = useRef(ask);
  asking.current = ask;
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const close = useCallback(() => setShown(null), []);
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(close, Math.max(0, shown.until - Date.now()));
    // A page that a browser keeps for "back" would show it again.
    window.addEventListener('pagehide', close);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', close);
    };
  }, [shown, close]);
  const open = useCallback(async (reason: string) => {
    setPending(true);
    setProblem(null);
    try {
      const opened = await asking.current(reason);
      setShown({ opened, until: Date.now() + SHOWN_FOR });
      void changed();
    } catch (error) {
      setProblem(error as ApiProblem);
    } finally {
      setPending(false);
    }
  }, []);
  return { opened: shown?.opened ?? null, until: shown?.until ?? 0, isPending, problem, open, close };
}
