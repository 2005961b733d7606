// The mark of a kind of record: a colour and a sign, so that nothing depends on colour.
import type { ReactNode } from 'react';
import type { RecordKind } from '../record/vocabulary.ts';
import { classes } from './classes.ts';
import style from './kind-mark.module.css';
import { useMessages } from './messages.tsx';

const SIGNS: Record<RecordKind, string> = { statement: '“', figure: '#', incident: '▲' };

/** The sign of a kind in its colour. With `label` its name stands beside it; without, it is said to those who hear. */
export function KindMark({
  kind,
  label,
  className,
}: {
  kind: RecordKind;
  label?: boolean;
  className?: string;
}): ReactNode {
  const { t } = useMessages();
  const name = t(`vocabulary.recordKind.${kind}`);
  return (
    <span className={classes(style.mark, style[kind], className)} title={label ? undefined : name}>
      <span aria-hidden="true" className={style.sign}>
        {SIGNS[kind]}
      </span>
      <span className={label ? style.name : 'visually-hidden'}>{name}</span>
    </span>
  );
}
