import type { Quality } from '@/api/types';
import { fixed, significant, withUnit } from '@/shared/format/numbers';

type Column = Exclude<keyof Quality, 'total' | 'dataCollectionId' | 'imageNumber'>;

/** One indicator by image: how it is named, written and ranked. */
export interface Metric {
  key: Column;
  name: string;
  /** Where there is little room. */
  short?: string;
  unit: string | null;
  /** Significant digits; with a unit, decimals. */
  digits: number;
  better: 'high' | 'low';
  /** A colour scale ends here at least: below it there is no crystal, and noise shall not shine like one. */
  least?: number;
}

export const METRICS: readonly Metric[] = [
  { key: 'dozor_score', name: 'Dozor score', short: 'Dozor', unit: null, digits: 3, better: 'high', least: 5 },
  { key: 'spotTotal', name: 'Spots', unit: null, digits: 4, better: 'high', least: 20 },
  { key: 'goodBraggCandidates', name: 'Bragg candidates', unit: null, digits: 4, better: 'high', least: 20 },
  { key: 'inResTotal', name: 'Spots in resolution range', unit: null, digits: 4, better: 'high', least: 20 },
  { key: 'method1Res', name: 'Resolution', unit: 'Å', digits: 2, better: 'low' },
  { key: 'method2Res', name: 'Resolution, method 2', unit: 'Å', digits: 2, better: 'low' },
  { key: 'totalIntegratedSignal', name: 'Integrated signal', unit: null, digits: 3, better: 'high' },
  { key: 'iceRings', name: 'Ice rings', unit: null, digits: 2, better: 'low' },
  { key: 'inResolutionOvrlSpots', name: 'Overlapping spots', unit: null, digits: 4, better: 'low' },
  { key: 'pctSaturationTop50Peaks', name: 'Saturation of strongest spots', unit: '%', digits: 1, better: 'low' },
  { key: 'maxUnitCell', name: 'Longest cell edge', unit: 'Å', digits: 1, better: 'high' },
  { key: 'driftFactor', name: 'Drift factor', unit: null, digits: 3, better: 'low' },
];

/** The indicators this collection really has: columns the database lacks or never filled are left out. */
export function availableMetrics(quality: Quality): Metric[] {
  return METRICS.filter(({ key }) => quality[key]?.some((value) => value !== null));
}

/** The chosen indicator, or the first there is. */
export function chosenMetric(available: Metric[], key: string | undefined): Metric | undefined {
  return available.find((metric) => metric.key === key) ?? available[0];
}

/** The name with its unit, for an axis or a choice. */
export function metricLabel({ name, unit }: Metric): string {
  return unit ? `${name} (${unit})` : name;
}

export function metricText(metric: Metric, value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  return metric.unit ? withUnit(fixed(value, metric.digits), metric.unit) : significant(value, metric.digits);
}

/** What the colours of a heat map reach from and to; null when nothing is known. */
export function scaleOf(values: Iterable<number | null>, { least }: Metric): [number, number] | null {
  const range = rangeOf(values);
  return range && least !== undefined ? [range[0], Math.max(range[1], least)] : range;
}

/** Smallest and largest known value; null when nothing is known. */
export function rangeOf(values: Iterable<number | null>): [number, number] | null {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null || Number.isNaN(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}
