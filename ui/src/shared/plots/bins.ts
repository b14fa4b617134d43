/** Image numbers and aligned columns, as they come. */
export interface Columns {
  x: number[];
  ys: (number | null)[][];
}

/** At most `bins` points: each the mean of its neighbours, so that a small plot shows the course and not the noise. */
export function binned(columns: Columns, bins: number): Columns {
  const { x, ys } = columns;
  if (x.length <= bins) return columns;
  const edges = Array.from({ length: bins + 1 }, (_, i) => Math.round((i * x.length) / bins));
  const means = (column: (number | null)[]) =>
    edges.slice(0, -1).map((from, i) => mean(column, from, edges[i + 1] ?? from));
  return { x: means(x).map((value) => value ?? 0), ys: ys.map(means) };
}

function mean(column: (number | null)[], from: number, to: number): number | null {
  let [sum, known] = [0, 0];
  for (let i = from; i < to; i += 1) {
    const value = column[i];
    if (value === null || value === undefined) continue;
    sum += value;
    known += 1;
  }
  return known === 0 ? null : sum / known;
}
