// What a screen shows when there is nothing yet, when it waits, and when something went wrong.
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { useMessages } from './messages.tsx';
import style from './state.module.css';

/** What is needed of a problem to show it; an ApiProblem is one. */
export interface ProblemLike {
  code?: string;
  message: string;
  details?: Record<string, unknown>;
}

/** Returns a function that puts a problem into the person's language; the server's own sentence where there is none. */
export function useProblemWords(): (problem: ProblemLike) => string {
  const { t, has } = useMessages();
  return ({ code, message, details }) => {
    const key = `problem.${code}`;
    if (!has(key)) return message;
    try {
      return t(key, details as Record<string, string | number>);
    } catch {
      // A detail the message needs did not come along: the server's sentence has it already.
      return message;
    }
  };
}

/** Nothing here yet: what this place is for, and the next step. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}): ReactNode {
  return (
    <section className={style.empty}>
      <h2>{title}</h2>
      {children && <div className={style.words}>{children}</div>}
      {action && <div className={style.actions}>{action}</div>}
    </section>
  );
}

/** What went wrong, in a sentence that says what to do; with `retry`, a button that tries again. */
export function ErrorState({
  problem,
  retry,
  className,
  children,
}: {
  problem: ProblemLike;
  retry?: () => void;
  className?: string;
  children?: ReactNode;
}): ReactNode {
  const { t } = useMessages();
  const words = useProblemWords();
  return (
    <div role="alert" className={classes(style.error, className)}>
      <p>{words(problem)}</p>
      {children}
      {retry && (
        <Button small onPress={retry}>
          {t('desk.state.retry')}
        </Button>
      )}
    </div>
  );
}

/** A calm note: something worth knowing that is no error. */
export function Notice({
  tone = 'plain',
  children,
}: {
  tone?: 'plain' | 'good' | 'warning';
  children: ReactNode;
}): ReactNode {
  return <div className={classes(style.notice, style[tone])}>{children}</div>;
}

/** Waiting. The words come late, so that what is quick does not flicker. */
export function Loading({ label }: { label?: string }): ReactNode {
  const { t } = useMessages();
  return (
    <p role="status" className={style.loading}>
      {label ?? t('desk.state.loading')}
    </p>
  );
}
