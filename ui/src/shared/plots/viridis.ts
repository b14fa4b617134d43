/** Eleven evenly spaced colours of viridis (perceptually uniform, readable without colour vision); others lie between. */
const STOPS: readonly (readonly [number, number, number])[] = [
  [68, 1, 84],
  [72, 36, 117],
  [65, 68, 135],
  [53, 95, 141],
  [42, 120, 142],
  [33, 145, 140],
  [34, 168, 132],
  [68, 191, 112],
  [122, 209, 81],
  [189, 223, 38],
  [253, 231, 37],
];

/** The colour (red, green, blue: 0–255) of a fraction; outside 0–1 it is the nearest end. */
export function viridis(fraction: number): [number, number, number] {
  const position = Math.min(Math.max(fraction, 0), 1) * (STOPS.length - 1);
  const below = Math.min(Math.floor(position), STOPS.length - 2);
  const [from, to] = [STOPS[below], STOPS[below + 1]];
  if (!from || !to) throw new RangeError(`not a fraction: ${fraction}`);
  const between = position - below;
  return [0, 1, 2].map((i) => Math.round((from[i] ?? 0) + ((to[i] ?? 0) - (from[i] ?? 0)) * between)) as [
    number,
    number,
    number,
  ];
}

/** The whole scale as a CSS gradient, for legends. */
export function viridisGradient(direction: 'to right' | 'to left' | 'to top'): string {
  const stops = STOPS.map(([red, green, blue]) => `rgb(${red} ${green} ${blue})`);
  return `linear-gradient(${direction}, ${stops.join(', ')})`;
}
