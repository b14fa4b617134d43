import type { Statistics } from '@/api/types';
import type { Measure } from '../measures';

/** Quality by resolution of one run, as it is drawn. */
export interface Curve {
  shells: Statistics[];
}

/** Where a shell lies on an axis of 1/d² [1/Å²]: in its middle. Null for one without limits. */
export function middleOf({ resolutionLimitLow: low, resolutionLimitHigh: high }: Statistics): number | null {
  if (typeof low !== 'number' || typeof high !== 'number' || low <= 0 || high <= 0) return null;
  return (1 / low ** 2 + 1 / high ** 2) / 2;
}

/** The curves of one measure on a common axis of 1/d²: first its values, then a column for each curve. */
export function onOneAxis(curves: Curve[], measure: Measure): [number[], ...(number | null)[][]] {
  const points = curves.map(
    ({ shells }) =>
      new Map(
        shells.flatMap((shell): [number, number | null][] => {
          const middle = middleOf(shell);
          return middle === null ? [] : [[middle, measure.of(shell)]];
        }),
      ),
  );
  const axis = [...new Set(points.flatMap((each) => [...each.keys()]))].sort((a, b) => a - b);
  return [axis, ...points.map((each) => axis.map((at) => each.get(at) ?? null))];
}

/** The shell of a curve in which a place on the axis lies. */
export function shellAt(shells: Statistics[], at: number): Statistics | undefined {
  return shells.find(({ resolutionLimitLow: low, resolutionLimitHigh: high }) =>
    typeof low === 'number' && typeof high === 'number' ? 1 / low ** 2 <= at && at <= 1 / high ** 2 : false,
  );
}

/** Resolutions worth a mark on the axis, the roundest first [Å]. */
const ROUND = [
  [1, 2, 3, 4, 5, 10],
  [1.5, 2.5, 0.8, 6, 8],
  [1.2, 1.8, 2.2, 3.5, 0.9, 0.7, 1.3, 1.4, 1.6, 1.7, 1.1, 1.9, 2.1, 2.3, 2.7],
].flat();

/** Marks for an axis from `low` to `high` [1/Å²], at round resolutions, about `wanted` of them and none too close. */
export function resolutionTicks(low: number, high: number, wanted: number): number[] {
  const room = (high - low) / (wanted + 1);
  const chosen: number[] = [];
  for (const at of ROUND.map((d) => 1 / d ** 2)) {
    if (at >= low && at <= high && chosen.every((other) => Math.abs(other - at) >= room)) chosen.push(at);
  }
  return chosen.sort((a, b) => a - b);
}

/** The resolution of a place on the axis [Å]. */
export function resolutionAt(at: number): number {
  return 1 / Math.sqrt(at);
}
