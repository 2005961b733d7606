// What an evaluation says: one row a metric, its figure beside the baseline and the goal.

/** One measured figure. Percentages are 0–100; a figure nobody measured is null, with the reason in `note`. */
export interface Row {
  /** The data it was measured on: "PolNeAR dev, speech". */
  on: string;
  /** What was measured: "G0.3 F1". */
  metric: string;
  value: number | null;
  /** The best published or measured figure without a neural parser, where there is one. */
  baseline?: number | null;
  must?: number | null;
  aim?: number | null;
  /** Number of gold items behind the figure. */
  n?: number;
  note?: string;
}

/** Precision, recall and their harmonic mean, each 0–100; 0 where nothing was counted. */
export function f1(found: number, predicted: number, recalled: number, gold: number): Row['value'] {
  const precision = predicted === 0 ? 0 : found / predicted;
  const recall = gold === 0 ? 0 : recalled / gold;
  return precision + recall === 0 ? 0 : (200 * precision * recall) / (precision + recall);
}
