/** What benchmarks share: percentiles, a seeded choice, a plain table, and the name of the machine. */
import { cpus, totalmem } from 'node:os';

/** The p-th percentile of some times, by nearest rank. */
export function percentile(times: number[], p: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)]!;
}

/** Repeatable whole numbers from 0 to 2³² − 1 (mulberry32): the same seed gives the same ones. */
function randomIntegers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Repeatable numbers from 0 up to, and without, 1. */
export function randomNumbers(seed: number): () => number {
  const next = randomIntegers(seed);
  return () => next() / 2 ** 32;
}

/** A repeatable choice: the same seed picks the same things. */
export function randomFrom(seed: number): <Item>(items: readonly Item[]) => Item {
  const next = randomIntegers(seed);
  return (items) => items[next() % items.length]!;
}

/** Prints a table with aligned columns. */
export function table(header: string[], rows: string[][]): void {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  ');
  console.log(line(header));
  for (const row of rows) console.log(line(row));
}

/** The machine and versions a figure belongs to. */
export function machine(): string {
  const processors = cpus();
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}
