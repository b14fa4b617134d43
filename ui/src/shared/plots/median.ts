type Column = (number | null | undefined)[];

/** Widths, each for more values than so many: few steps, because a plot is made anew when its width changes. */
const WIDTHS = [
  { above: 4000, width: 81 },
  { above: 2000, width: 41 },
  { above: 1000, width: 21 },
  { above: 500, width: 11 },
];

/** How many values the running median of a column is of; null where it has so few that each is seen. */
export function medianWidth(column: Column): number | null {
  const known = column.filter(isKnown).length;
  return WIDTHS.find(({ above }) => known > above)?.width ?? null;
}

/**
 * The median of each known value and its neighbours, so many values in all, fewer at the ends. Where nothing is known
 * nothing is said.
 */
export function runningMedian(column: Column, width: number): Column {
  const places = column.flatMap((value, index) => (isKnown(value) ? [index] : []));
  const values = places.map((place) => column[place] ?? 0);
  const half = Math.floor(width / 2);
  const medians: Column = column.map((value) => (value === undefined ? undefined : null));
  // In order of size; one comes and one goes at each step.
  const window = values.slice(0, half).sort((a, b) => a - b);
  values.forEach((_, at) => {
    const [coming, going] = [values[at + half], values[at - half - 1]];
    if (coming !== undefined) window.splice(placeIn(window, coming), 0, coming);
    if (going !== undefined) window.splice(placeIn(window, going), 1);
    const middle = window.length / 2;
    const [below, above] = [window[Math.ceil(middle) - 1] ?? 0, window[Math.floor(middle)] ?? 0];
    medians[places[at] ?? 0] = (below + above) / 2;
  });
  return medians;
}

/** Where a value stands, or would stand, among sorted ones. */
function placeIn(sorted: number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isKnown(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
