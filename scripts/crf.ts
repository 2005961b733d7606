// Learning a linear-chain conditional random field: AdaGrad on the log-likelihood, features dropped at random, averaged.

/** A sentence: the features of each token (indices from 0), and its labels. */
export interface Example {
  features: Int32Array[];
  labels: Uint8Array;
  /** How much the sentence counts; 1 when absent. */
  weight?: number;
}

export interface Settings {
  features: number;
  labels: number;
  epochs: number;
  rate: number;
  /** Share of features left out of each token at each sight, so that no single one is relied on. */
  drop: number;
  seed: number;
}

/** Weights by feature and label (`feature * labels + label`), and by label before and label (last row: beginning). */
export interface Field {
  weights: Float32Array;
  steps: Float32Array;
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The order of a deck after a shuffle (Fisher and Yates). */
export function shuffle<Item>(items: Item[], random: () => number): Item[] {
  for (let index = items.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [items[index], items[other]] = [items[other]!, items[index]!];
  }
  return items;
}

/** Learns the field; the weights returned are the mean of those after each epoch of the second half. */
export function learnField(examples: Example[], settings: Settings, told?: (epoch: number) => void): Field {
  const { labels: size, epochs, rate, drop } = settings;
  const random = randomFrom(settings.seed);
  const weights = new Float32Array(settings.features * size);
  const squares = new Float32Array(weights.length);
  const mean = new Float32Array(weights.length);
  const steps = new Float32Array((size + 1) * size);
  const stepSquares = new Float32Array(steps.length);
  const stepMean = new Float32Array(steps.length);
  const longest = examples.reduce((most, { labels }) => Math.max(most, labels.length), 1);
  const evidence = new Float64Array(longest * size);
  const forward = new Float64Array(longest * size);
  const backward = new Float64Array(longest * size);
  const stepPower = new Float64Array(steps.length);
  const stepGradient = new Float64Array(steps.length);
  const seen: number[][] = Array.from({ length: longest }, () => []);
  const order = examples.map((_, index) => index);
  const nudge = (values: Float32Array, sums: Float32Array, at: number, gradient: number) => {
    sums[at]! += gradient * gradient;
    values[at]! += (rate * gradient) / (Math.sqrt(sums[at]!) + 0.3);
  };
  const normalise = (values: Float64Array, from: number, total: number) => {
    for (let label = 0; label < size; label++) values[from + label]! /= total;
  };

  let counted = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const chosen of shuffle(order, random)) {
      const { features, labels, weight = 1 } = examples[chosen]!;
      const count = labels.length;
      if (count === 0) continue;
      for (let index = 0; index < count; index++) {
        const kept = seen[index]!;
        kept.length = 0;
        for (const feature of features[index]!) if (drop === 0 || random() >= drop) kept.push(feature);
        const at = index * size;
        evidence.fill(0, at, at + size);
        for (const feature of kept)
          for (let label = 0; label < size; label++)
            evidence[at + label]! += weights[feature * size + label]!;
        let most = Number.NEGATIVE_INFINITY;
        for (let label = 0; label < size; label++) most = Math.max(most, evidence[at + label]!);
        for (let label = 0; label < size; label++)
          evidence[at + label] = Math.exp(evidence[at + label]! - most);
      }
      for (let at = 0; at < steps.length; at++) stepPower[at] = Math.exp(steps[at]!);
      stepGradient.fill(0);

      for (let index = 0; index < count; index++) {
        const at = index * size;
        let total = 0;
        for (let label = 0; label < size; label++) {
          let reached = 0;
          if (index === 0) reached = stepPower[size * size + label]!;
          else
            for (let before = 0; before < size; before++)
              reached += forward[at - size + before]! * stepPower[before * size + label]!;
          forward[at + label] = reached * evidence[at + label]!;
          total += forward[at + label]!;
        }
        normalise(forward, at, total);
      }
      backward.fill(1, (count - 1) * size, count * size);
      for (let index = count - 2; index >= 0; index--) {
        const at = index * size;
        let total = 0;
        for (let label = 0; label < size; label++) {
          let reached = 0;
          for (let after = 0; after < size; after++)
            reached +=
              stepPower[label * size + after]! * evidence[at + size + after]! * backward[at + size + after]!;
          backward[at + label] = reached;
          total += reached;
        }
        normalise(backward, at, total);
      }

      for (let index = 0; index < count; index++) {
        const at = index * size;
        const gold = labels[index]!;
        if (index > 0) {
          const before = at - size;
          let total = 0;
          for (let from = 0; from < size; from++)
            for (let to = 0; to < size; to++)
              total +=
                forward[before + from]! *
                stepPower[from * size + to]! *
                evidence[at + to]! *
                backward[at + to]!;
          for (let from = 0; from < size; from++) {
            const share = forward[before + from]! / total;
            if (share * total < 1e-9) continue;
            for (let to = 0; to < size; to++)
              stepGradient[from * size + to]! -=
                share * stepPower[from * size + to]! * evidence[at + to]! * backward[at + to]!;
          }
          stepGradient[labels[index - 1]! * size + gold]! += 1;
        }
        let total = 0;
        for (let label = 0; label < size; label++) total += forward[at + label]! * backward[at + label]!;
        for (let label = 0; label < size; label++) {
          const chance = (forward[at + label]! * backward[at + label]!) / total;
          const gradient = ((label === gold ? 1 : 0) - chance) * weight;
          if (index === 0) stepGradient[size * size + label]! += gradient / weight;
          if (Math.abs(gradient) < 1e-4) continue;
          for (const feature of seen[index]!) nudge(weights, squares, feature * size + label, gradient);
        }
      }
      for (let at = 0; at < steps.length; at++)
        if (stepGradient[at] !== 0) nudge(steps, stepSquares, at, stepGradient[at]! * weight);
    }
    if (epoch >= Math.floor(epochs / 2)) {
      counted++;
      for (let at = 0; at < weights.length; at++) mean[at]! += weights[at]!;
      for (let at = 0; at < steps.length; at++) stepMean[at]! += steps[at]!;
    }
    told?.(epoch);
  }
  return {
    weights: mean.map((sum) => sum / counted),
    steps: stepMean.map((sum) => sum / counted),
  };
}
