// What a screen shows when there is nothing yet, when it waits, and when something went wrong.
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { useMessages } from './messages.tsx';
import { type ProblemLike, problemInWords } from './problem-words.ts';
import style from './state.module.css';

export type { ProblemLike };

/** Returns a function that puts a problem into the person's language; the server's own sentence where there is none. */
export function useProblemWords(): (problem: ProblemLike) => string {
  const words = useMessages();
  return (problem) => problemInWords(problem, words);
}

/** Nothing here yet: what this place is for, and the next step. `alone`: it is the whole page, and its title the page's. */
export function EmptyState({
  title,
  alone,
  children,
  action,
}: {
  title: string;
  alone?: boolean;
  children?: ReactNode;
  action?: ReactNode;
}): ReactNode {
  return (
    <section className={style.empty}>
      {alone ? <h1>{title}</h1> : <h2>{title}</h2>}
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
