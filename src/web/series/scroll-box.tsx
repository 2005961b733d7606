// A box whose content scrolls, which the keyboard has to reach.
import type { ReactNode } from 'react';
import { classes } from '../../ui/classes.ts';
import style from './series.module.css';

/** The box; `long`: it is no higher than a part of the window. */
export function ScrollBox({
  label,
  long,
  children,
}: {
  label: string;
  long?: boolean;
  children: ReactNode;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
    <section tabIndex={0} className={classes(style.scroll, long && style.long)} aria-label={label}>
      {children}
    </section>
  );
}
