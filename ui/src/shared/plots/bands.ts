import type uPlot from 'uplot';

/** A part of a plot's height, as fractions from the bottom: two series in two bands never hide each other. */
export interface Band {
  from: number;
  to: number;
}

export const WHOLE: Band = { from: 0.02, to: 0.96 };
export const UPPER: Band = { from: 0.42, to: 0.96 };
export const LOWER: Band = { from: 0.03, to: 0.34 };

/** The scale that draws values from `low` to `high` inside the band; `downwards` puts small values on top. */
export function scaleWithin(low: number, high: number, { from, to }: Band, downwards = false): [number, number] {
  const height = (high > low ? high - low : Math.abs(high) * 0.1 || 1) / (to - from);
  const min = downwards ? low - (1 - to) * height : low - from * height;
  return [min, min + height];
}

/** The values that a scale shows inside its band: the inverse of `scaleWithin`. */
export function shownWithin(min: number, max: number, { from, to }: Band, downwards = false): [number, number] {
  const height = max - min;
  return downwards ? [min + (1 - to) * height, max - from * height] : [min + from * height, min + to * height];
}

/** The next 1, 2 or 5 times a power of ten. */
export function roundStep(rough: number): number {
  if (!(rough > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
}

/** About `wanted` round values from `low` to `high`. */
export function roundTicks(low: number, high: number, wanted: number): number[] {
  const rough = (high - low) / Math.max(wanted, 1);
  if (!(rough > 0)) return [low];
  const step = roundStep(rough);
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i += 1)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

/** uPlot's scale for a metric in a band: from zero where small is nothing, upside down where small is good. */
export function bandScale(band: Band, downwards: boolean): uPlot.Scale {
  return {
    dir: downwards ? -1 : 1,
    // uPlot gives null for both while there is nothing to draw, which its types do not say.
    range: (_, low: number | null, high: number | null) =>
      low === null || high === null ? [0, 1] : scaleWithin(downwards ? low : Math.min(0, low), high, band, downwards),
  };
}
