/** An image as it came: rows of counts, one for `binning` × `binning` pixels of the detector. */
export interface Counts {
  width: number;
  height: number;
  binning: number;
  data: Uint16Array | Uint32Array;
  /** The count of pixels that see nothing. */
  masked: number;
}

export interface Limits {
  low: number;
  high: number;
}

export interface Histogram {
  /** Pixels in each bin. */
  bins: number[];
  /** Counts at the end of the last bin. */
  top: number;
  /** What shows background and spots. */
  limits: Limits;
}

const BINS = 96;
const LEAST_CONTRAST = 4;
/** Share of the pixels that are not yet at the dark end. */
const BRIGHT = 0.998;

/** How many pixels have how many counts, as far as a contrast can be chosen from it. */
export function histogramOf({ data, masked }: Counts): Histogram {
  const seen = new Uint32Array(65_536);
  let number = 0;
  for (const count of data) {
    if (count === masked) continue;
    const at = Math.min(count, seen.length - 1);
    seen[at] = (seen[at] ?? 0) + 1;
    number += 1;
  }
  const high = Math.max(quantile(seen, number * BRIGHT), LEAST_CONTRAST);
  const top = Math.min(Math.max(high * 3, 12), seen.length);
  const step = Math.max(Math.ceil(top / BINS), 1);
  const bins = Array.from({ length: Math.ceil(top / step) }, (_, bin) =>
    seen.subarray(bin * step, (bin + 1) * step).reduce((sum, each) => sum + each, 0),
  );
  return { bins, top: bins.length * step, limits: { low: 0, high } };
}

function quantile(seen: Uint32Array, place: number): number {
  let passed = 0;
  for (let count = 0; count < seen.length; count++) {
    passed += seen[count] ?? 0;
    if (passed >= place) return count;
  }
  return 0;
}

/** The count at a place of the image [pixel of the detector]; null beside it, `masked` where nothing is seen. */
export function countAt(counts: Counts, x: number, y: number): number | 'masked' | null {
  const column = Math.floor(x / counts.binning);
  const row = Math.floor(y / counts.binning);
  if (column < 0 || row < 0 || column >= counts.width || row >= counts.height) return null;
  const count = counts.data[row * counts.width + column] ?? 0;
  return count === counts.masked ? 'masked' : count;
}

/** The detail to load: as much as the screen shows, and no more than fits into a texture. */
export function binningFor(image: { width: number; height: number }, scale: number, largest: number): number {
  const longest = Math.max(image.width, image.height);
  for (const binning of [1, 2, 4, 8, 16]) {
    if (longest / binning > largest) continue;
    if (longest / binning <= 1600 || binning * 2 * scale > 1.2) return binning;
  }
  return 16;
}
