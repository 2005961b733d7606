// A problem of signing in; where one has to wait, the seconds are counted down, and the form works again by itself.
import { type ReactNode, useEffect, useState } from 'react';
import { useMessages } from '../../ui/messages.tsx';
import { ErrorState } from '../../ui/state.tsx';
import type { ApiProblem } from '../api.ts';

/** Seconds left of the wait that a problem asks for; 0 when it asks for none, or when it is over. */
export function useWait(problem: ApiProblem | null): number {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const seconds = problem?.code === 'request.too-many' ? Number(problem.details.seconds) : 0;
    const end = Date.now() + seconds * 1000;
    setUntil(end);
    setNow(Date.now());
    if (!(seconds > 0)) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= end) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [problem]);
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** The problem, or how long to wait. Heard once when it comes and once when it is over, not every second. */
export function SignInProblem({ problem, wait }: { problem: ApiProblem | null; wait: number }): ReactNode {
  const { t } = useMessages();
  if (!problem) return null;
  if (problem.code !== 'request.too-many') return <ErrorState problem={problem} />;
  if (wait === 0) return <p role="status">{t('desk.sign-in.again')}</p>;
  return (
    <ErrorState problem={{ code: 'sign-in.wait', message: problem.message }}>
      <p aria-hidden="true">{t('desk.sign-in.seconds', { seconds: wait })}</p>
    </ErrorState>
  );
}
