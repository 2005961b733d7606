// The best one-to-one assignment: which of these goes with which of those, so that all together fit best.

/**
 * For each row the column it is given, or null where nothing fits it; no column twice. The sum of what fits is the largest
 * there is; a row goes without only when there is no column left that it fits. The Hungarian algorithm with potentials
 * (Kuhn 1955, Munkres 1957): rows² × columns.
 */
export function assign(fits: readonly (readonly (number | null)[])[]): (number | null)[] {
  const rows = fits.length;
  const real = Math.max(0, ...fits.map((row) => row.length));
  if (rows === 0 || real === 0) return fits.map(() => null);
  // A column of its own for each row, worse than anything real, stands for going without.
  const columns = real + rows;
  let size = 1;
  for (const row of fits) for (const fit of row) size = Math.max(size, Math.abs(fit ?? 0));
  const without = 4 * size * (rows + 1);
  const cost = (row: number, column: number): number =>
    column >= real ? without : -(fits[row]![column] ?? -2 * without);
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const way = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    let at = 0;
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const used = new Uint8Array(columns + 1);
    do {
      used[at] = 1;
      const current = rowOf[at]!;
      let delta = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let column = 1; column <= columns; column++) {
        if (used[column]) continue;
        const reduced = cost(current - 1, column - 1) - rowPotential[current]! - columnPotential[column]!;
        if (reduced < least[column]!) {
          least[column] = reduced;
          way[column] = at;
        }
        if (least[column]! < delta) {
          delta = least[column]!;
          next = column;
        }
      }
      for (let column = 0; column <= columns; column++) {
        if (used[column]) {
          rowPotential[rowOf[column]!]! += delta;
          columnPotential[column]! -= delta;
        } else least[column]! -= delta;
      }
      at = next;
    } while (rowOf[at] !== 0);
    while (at !== 0) {
      const before = way[at]!;
      rowOf[at] = rowOf[before]!;
      at = before;
    }
  }
  const given: (number | null)[] = fits.map(() => null);
  for (let column = 1; column <= real; column++) {
    const row = rowOf[column]!;
    if (row > 0 && (fits[row - 1]![column - 1] ?? null) !== null) given[row - 1] = column - 1;
  }
  return given;
}
