// How many: the dossier's measures, the figures that have none yet, and the chart and table of one.
import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import { MeasureScreen } from './measure-screen.tsx';
import { MeasuresScreen } from './measures-screen.tsx';

/** The screen; its address may name one measure. */
export function HowManyScreen(): ReactNode {
  const { '*': rest = '' } = useParams<{ '*'?: string }>();
  return rest === '' ? <MeasuresScreen /> : <MeasureScreen key={rest} id={decodeURIComponent(rest)} />;
}
