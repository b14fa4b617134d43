type Column = (number | null | undefined)[];

/** Values further apart than so many times what is usual have a gap between them. */
const UNUSUAL = 2.5;

/**
 * A column as uPlot draws it through: where values come at every tenth image, say, what is not known between them is
 * `undefined`, which a line passes over; `null`, which breaks it, is left where much more is missing than usual.
 */
export function bridged(column: Column): Column {
  const places = column.flatMap((value, index) => (value === null || value === undefined ? [] : [index]));
  const distances = places.slice(1).map((place, index) => place - (places[index] ?? 0));
  const usual = distances.toSorted((a, b) => a - b)[Math.floor((distances.length - 1) / 2)] ?? 1;
  if (usual <= 1) return column;
  const drawn = [...column];
  distances.forEach((distance, index) => {
    const from = places[index] ?? 0;
    if (distance <= usual * UNUSUAL) drawn.fill(undefined, from + 1, from + distance);
  });
  return drawn;
}
