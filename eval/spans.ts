// How far a predicted set of spans and a gold one cover each other: the measures of attribution extraction.

/** Half-open ranges of one text, in UTF-16 code units; the pieces of one part of an attribution. */
export type Pieces = [start: number, end: number][];

export const lengthOf = (pieces: Pieces): number =>
  pieces.reduce((sum, [start, end]) => sum + end - start, 0);

/** Code units in both. */
export function overlapOf(a: Pieces, b: Pieces): number {
  let shared = 0;
  for (const [start, end] of a)
    for (const [from, to] of b) shared += Math.max(0, Math.min(end, to) - Math.max(start, from));
  return shared;
}

/** |gold ∩ predicted| / |gold|: the Gender Gap Tracker's measure, which does not punish a span that is too long. */
export const coverage = (gold: Pieces, predicted: Pieces): number =>
  lengthOf(gold) === 0 ? 0 : overlapOf(gold, predicted) / lengthOf(gold);

/** |gold ∩ predicted| / |gold ∪ predicted|. */
export function jaccard(gold: Pieces, predicted: Pieces): number {
  const shared = overlapOf(gold, predicted);
  const union = lengthOf(gold) + lengthOf(predicted) - shared;
  return union === 0 ? 0 : shared / union;
}

/** Pieces joined where only white space or punctuation stands between them, and without such marks at their ends. */
export function trimmed(text: string, pieces: Pieces): Pieces {
  const bare = (from: number, to: number) => !/[\p{L}\p{N}%$£€]/u.test(text.slice(from, to));
  const result: Pieces = [];
  for (let [start, end] of [...pieces].sort((a, b) => a[0] - b[0])) {
    while (start < end && bare(start, start + 1)) start++;
    while (end > start && bare(end - 1, end)) end--;
    if (start === end) continue;
    const last = result.at(-1);
    if (last && bare(last[1], start)) last[1] = end;
    else result.push([start, end]);
  }
  return result;
}

/** Whether two parts are the same but for punctuation at their edges. */
export function same(text: string, gold: Pieces, predicted: Pieces): boolean {
  return JSON.stringify(trimmed(text, gold)) === JSON.stringify(trimmed(text, predicted));
}

/**
 * Pairs gold and predictions one to one, the best scores first. Gives the predicted index of each gold item, or -1.
 */
export function pair(
  gold: Pieces[],
  predicted: Pieces[],
  score: (gold: Pieces, predicted: Pieces) => number,
) {
  const scores: [score: number, gold: number, predicted: number][] = [];
  gold.forEach((one, g) => {
    predicted.forEach((other, p) => {
      const value = score(one, other);
      if (value > 0) scores.push([value, g, p]);
    });
  });
  scores.sort((a, b) => b[0] - a[0] || a[1] - b[1] || a[2] - b[2]);
  const partner: { predicted: number; score: number }[] = gold.map(() => ({ predicted: -1, score: 0 }));
  const taken = new Set<number>();
  for (const [value, g, p] of scores) {
    if (partner[g]!.predicted >= 0 || taken.has(p)) continue;
    partner[g] = { predicted: p, score: value };
    taken.add(p);
  }
  return partner;
}

/** Where each code point of a text begins in code units, and where the text ends: labels often count code points. */
export function codePointStarts(text: string): number[] {
  const starts: number[] = [];
  let unit = 0;
  for (const character of text) {
    starts.push(unit);
    unit += character.length;
  }
  starts.push(unit);
  return starts;
}
