import type { Range } from '@/app/search';
import { roundStep } from '@/shared/plots/bands';
import { rangeOf } from '@/shared/plots/metrics';
import type { Measure } from '../measures';
import type { Standing } from './standing';

/** A standing with what another pipeline made of the same sample. */
export interface Compared extends Standing {
  /** Of the pipeline that it is compared with; null where that has no result, or nothing is compared. */
  other: Standing | null;
}

/** The standings, each beside that of the same sample with the other pipeline. */
export function beside(standings: Standing[], others: Standing[] | null): Compared[] {
  const known = new Map(others?.map((each) => [each.sample.blSampleId, each]));
  return standings.map((each) => ({ ...each, other: known.get(each.sample.blSampleId) ?? null }));
}

/** By how much the value is larger than the other one; null where one of them is missing. */
export function difference({ value, other }: Compared): number | null {
  return value === null || other?.value === null || other?.value === undefined ? null : value - other.value;
}

/** Whether the values lie within the ranges; where there is a range, what has no value does not. */
export function isWithin({ value, other }: Compared, range: Range | undefined, ofOther: Range | undefined): boolean {
  return inside(value, range) && inside(other?.value ?? null, ofOther);
}

function inside(value: number | null, range: Range | undefined): boolean {
  return range === undefined || (value !== null && value >= range[0] && value <= range[1]);
}

/** From the smallest to the largest value of both pipelines, so that they are drawn on one scale. */
export function rangeOfBoth(standings: Compared[]): Range | null {
  return rangeOf(standings.flatMap(({ value, other }) => [value, other?.value ?? null]));
}

/** A scale with round ends, and the round step by which its handles move. */
export interface Scale {
  ends: Range;
  step: number;
}

/** A scale that holds all values of both pipelines; about fifty steps of it, none finer than the values are written. */
export function scaleOf(standings: Compared[], { unit }: Measure): Scale | null {
  const found = rangeOfBoth(standings);
  if (!found) return null;
  const [low, high] = found;
  const finest = unit === 'Å' ? 0.01 : 0.1;
  const step = Math.max(roundStep((high - low) / 50), finest);
  if (high <= low) return { ends: found, step };
  const round = (steps: number) => Number((steps * step).toPrecision(12));
  return { ends: [round(Math.floor(low / step + 1e-9)), round(Math.ceil(high / step - 1e-9))], step };
}

const PAGE = 5;

/** Where a key beside the arrows moves a handle of the scale; null where it moves none. */
export function movedBy(key: string, value: number, { ends: [low, high], step }: Scale): number | null {
  if (key === 'Home') return low;
  if (key === 'End') return high;
  if (key !== 'PageUp' && key !== 'PageDown') return null;
  return Math.min(high, Math.max(low, value + (key === 'PageUp' ? PAGE : -PAGE) * step));
}

/** Where two numbers of this width stand below their handles without touching each other or the edges, as fractions. */
export function besideHandles(from: number, to: number, width: number): [number, number] {
  const first = Math.min(Math.max(from - width / 2, 0), 1 - 2 * width);
  return [first, Math.min(Math.max(to - width / 2, first + width), 1 - width)];
}

/** How many values lie in each of so many equal parts of a range; the last part holds its end. */
export function histogram(values: (number | null)[], [low, high]: Range, bins: number): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of values) {
    if (value === null || value < low || value > high) continue;
    const bin = high > low ? Math.min(bins - 1, Math.floor((bins * (value - low)) / (high - low))) : 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** A range as it stands in an address: wide enough for every value that was chosen, without needless digits. */
export function tidy([one, other]: Range, digits = 3): Range {
  const step = 10 ** digits;
  return [Math.floor(Math.min(one, other) * step) / step, Math.ceil(Math.max(one, other) * step) / step];
}
