// How well a confidence says how often a suggestion is right: reliability by tenth, and the expected calibration error.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { propose } from '../src/language/propose.ts';
import {
  type Attribution,
  isSpeech,
  type Labelled,
  predict,
  predictFinite,
  readPolnear,
  readSilver,
} from './attribution.ts';
import { plainGold, readNewsQuant } from './newsquant.ts';
import type { Row } from './report.ts';
import { coverage, jaccard } from './spans.ts';

/** Suggestions of one tenth of the scale: how many, how sure on average, how many right. */
export interface Bin {
  from: number;
  count: number;
  confidence: number;
  right: number;
}

/**
 * Suggestions with the truth about them, by tenth of confidence. Right is a content that shares half with a labelled one
 * (symmetric Jaccard); what lies on labelled thoughts and intentions is left aside.
 */
function judged(
  texts: Labelled[],
  suggest: (labelled: Labelled) => Attribution[],
): [confidence: number, right: boolean][] {
  return texts.flatMap((labelled) => {
    const speech =
      labelled.language === 'fr'
        ? labelled.gold
        : labelled.gold.filter((one) => isSpeech(labelled.text, one));
    return suggest(labelled).flatMap((one): [number, boolean][] => {
      const right = speech.some((other) => jaccard(other.content, one.content) >= 0.5);
      const other = !right && labelled.gold.some((gold) => coverage(gold.content, one.content) >= 0.3);
      return other && !speech.some((gold) => coverage(gold.content, one.content) >= 0.3)
        ? []
        : [[one.confidence, right]];
    });
  });
}

/** The product's figures of the sentences of NewsQuant: right where a labelled quantity has one of their values. */
function judgedFigures(data: string): [confidence: number, right: boolean][] {
  return readNewsQuant(data).flatMap((sentence) => {
    const gold = sentence.quantities.flatMap((quantity) => plainGold(quantity).value);
    const same = (value: number | null) =>
      value !== null && gold.some((one) => Math.abs(Math.abs(one) - Math.abs(value)) <= 1e-5 * Math.abs(one));
    return propose(sentence.text, 'en', {}).figures.map((figure): [number, boolean] => [
      figure.confidence,
      [figure.value, figure.low, figure.high].some(same),
    ]);
  });
}

/** Ten bins over 0–1; of Guo et al. 2017, "On Calibration of Modern Neural Networks". */
export function reliability(pairs: [confidence: number, right: boolean][]): Bin[] {
  return Array.from({ length: 10 }, (_, tenth) => {
    const within = pairs.filter(([confidence]) => Math.min(9, Math.floor(confidence * 10)) === tenth);
    const sum = within.reduce((total, [confidence]) => total + confidence, 0);
    return {
      from: tenth / 10,
      count: within.length,
      confidence: within.length === 0 ? 0 : sum / within.length,
      right: within.length === 0 ? 0 : within.filter(([, right]) => right).length / within.length,
    };
  });
}

/** Expected calibration error: the mean distance of confidence and truth, weighted by bin. */
export function calibrationError(bins: Bin[]): number {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (total === 0) return 0;
  return bins.reduce((sum, bin) => sum + (bin.count / total) * Math.abs(bin.confidence - bin.right), 0);
}

/** The share right among the most confident half of the suggestions beside that of the rest: whether it orders a queue. */
function halves(pairs: [number, boolean][]): [number, number] {
  const sorted = [...pairs].sort((a, b) => b[0] - a[0]);
  const middle = sorted.length >> 1;
  const share = (part: [number, boolean][]) =>
    (100 * part.filter(([, right]) => right).length) / (part.length || 1);
  return [share(sorted.slice(0, middle)), share(sorted.slice(middle))];
}

/** Rows and reliability tables of the confidence of statements and figures. */
export function evaluateCalibration(data: string): { rows: Row[]; tables: { on: string; bins: Bin[] }[] } {
  const rows: Row[] = [];
  const tables: { on: string; bins: Bin[] }[] = [];
  const polnear = join(data, 'polnear', 'dev');
  const silver = ['fr-gsd-dev', 'fr-gsd-test', 'fr-sequoia-train', 'fr-sequoia-dev', 'fr-sequoia-test']
    .map((name) => join(data, 'ud-attribution', `${name}.jsonl`))
    .filter(existsSync);
  const sets: [string, () => Labelled[], (labelled: Labelled) => Attribution[]][] = [];
  if (existsSync(polnear)) sets.push(['PolNeAR dev, confidence', () => readPolnear(polnear), predict]);
  if (silver.length > 0)
    sets.push(['French silver, confidence of what it labels', () => readSilver(silver), predictFinite]);
  const measured: [string, [number, boolean][]][] = sets.map(([on, read, suggest]) => [
    on,
    judged(read(), suggest),
  ]);
  if (existsSync(join(data, 'newsquant')))
    measured.push(['NewsQuant dev, confidence of figures', judgedFigures(data)]);
  for (const [on, pairs] of measured) {
    const bins = reliability(pairs);
    const [sure, unsure] = halves(pairs);
    rows.push(
      { on, metric: 'expected calibration error', value: 100 * calibrationError(bins), n: pairs.length },
      { on, metric: 'right among the surer half', value: sure, n: pairs.length },
      { on, metric: 'right among the rest', value: unsure, n: pairs.length },
    );
    tables.push({ on, bins });
  }
  return { rows, tables };
}
