/** The ends of an axis as a chart shows them; none before it has drawn. */
interface Shown {
  min?: number | null;
  max?: number | null;
}

/**
 * Whether the reader looks at a part of what is on the axis. Around a single point the chart makes up a range of its
 * own, and there is nothing to look into.
 */
export function isZoomed(x: ArrayLike<number>, { min, max }: Shown): boolean {
  return x.length > 1 && (min !== x[0] || max !== x[x.length - 1]);
}
