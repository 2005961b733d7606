// The way from mark to mark in a chart: along time, and between parties.

/** Where a mark stands, in the chart's own units (down is more), and whose it is. */
export interface MarkPlace {
  x: number;
  y: number;
  series: number;
}

/** A step through a chart. */
export type ChartStep = 'earlier' | 'later' | 'up' | 'down' | 'first' | 'last';

/**
 * The mark that a step leads to from another, as an index; the same where there is none. Along time go all marks in their
 * order; up and down lead to the nearest mark of another party that is above or below.
 */
export function markAfter(marks: readonly MarkPlace[], at: number, step: ChartStep): number {
  const here = marks[at];
  if (!here) return 0;
  const order = marks
    .map((_, index) => index)
    .sort((a, b) => marks[a]!.x - marks[b]!.x || marks[b]!.y - marks[a]!.y || a - b);
  if (step === 'first') return order[0]!;
  if (step === 'last') return order.at(-1)!;
  const place = order.indexOf(at);
  if (step === 'later') return order[place + 1] ?? at;
  if (step === 'earlier') return order[place - 1] ?? at;
  let [found, nearest] = [at, Number.POSITIVE_INFINITY];
  for (const [index, mark] of marks.entries()) {
    const rise = here.y - mark.y;
    const isThatWay =
      step === 'up'
        ? rise > 0 || (rise === 0 && mark.series < here.series)
        : rise < 0 || (rise === 0 && mark.series > here.series);
    if (index === at || mark.series === here.series || !isThatWay) continue;
    // First in time, then in amount.
    const far = Math.abs(mark.x - here.x) * 1e6 + Math.abs(rise);
    if (far < nearest) [found, nearest] = [index, far];
  }
  return found;
}
