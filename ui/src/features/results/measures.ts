import type { ShellName, Statistics } from '@/api/types';
import type { MeasureKey } from '@/app/search';
import { fixed, withUnit } from '@/shared/format/numbers';

/** One measure of how good merged data are: how it is named, read and written. Its values are in its unit. */
export interface Measure {
  key: MeasureKey;
  name: string;
  /** Where there is little room. */
  short?: string;
  unit: 'Å' | '%' | null;
  better: 'lower' | 'higher';
  /** Told of all data together, never of one shell. */
  whole?: true;
  of: (statistics: Statistics) => number | null;
  /** Without its unit. */
  write: (value: number) => string;
}

const fractionInPercent = (value: number | null | undefined) =>
  value === null || value === undefined ? null : value * 100;

/** Those that stand in a column of every table of results. */
export const MEASURES: readonly Measure[] = [
  {
    key: 'resolution',
    name: 'Resolution',
    short: 'Resol.',
    unit: 'Å',
    better: 'lower',
    of: (statistics) => statistics.resolutionLimitHigh ?? null,
    write: (value) => fixed(value, 2),
  },
  {
    key: 'ccHalf',
    name: 'CC½',
    unit: '%',
    better: 'higher',
    of: (statistics) => fractionInPercent(statistics.ccHalf),
    write: oneDecimal,
  },
  {
    key: 'rMeas',
    name: 'Rmeas',
    unit: '%',
    better: 'lower',
    of: (statistics) => fractionInPercent(statistics.rMeasAllIPlusIMinus ?? statistics.rMeasWithinIPlusIMinus),
    write: oneDecimal,
  },
  {
    key: 'completeness',
    name: 'Completeness',
    short: 'Compl.',
    unit: '%',
    better: 'higher',
    of: (statistics) => statistics.completenessEllipsoidal ?? statistics.completeness ?? null,
    write: oneDecimal,
  },
  {
    key: 'meanIOverSigI',
    name: 'I/σ(I)',
    short: 'I/σ',
    unit: null,
    better: 'higher',
    of: (statistics) => statistics.meanIOverSigI ?? null,
    write: oneDecimal,
  },
];

/** What samples can be ranked by besides. */
const FURTHER: readonly Measure[] = [
  {
    key: 'resIOverSigI2',
    name: 'I/σ(I) is 2 at',
    short: 'I/σ 2 at',
    unit: 'Å',
    better: 'lower',
    whole: true,
    of: (statistics) => statistics.resIOverSigI2 ?? null,
    write: (value) => fixed(value, 2),
  },
  {
    key: 'multiplicity',
    name: 'Multiplicity',
    short: 'Mult.',
    unit: null,
    better: 'higher',
    of: (statistics) => statistics.multiplicity ?? null,
    write: oneDecimal,
  },
  {
    key: 'rPim',
    name: 'Rpim',
    unit: '%',
    better: 'lower',
    of: (statistics) => fractionInPercent(statistics.rPimAllIPlusIMinus ?? statistics.rPimWithinIPlusIMinus),
    write: oneDecimal,
  },
  {
    key: 'isa',
    name: 'ISa',
    unit: null,
    better: 'higher',
    whole: true,
    of: (statistics) => statistics.isa ?? null,
    write: oneDecimal,
  },
];

export const ALL_MEASURES: readonly Measure[] = [...MEASURES, ...FURTHER];

/** The measure of a key, or the resolution. */
export function measureOf(key: MeasureKey | undefined): Measure {
  const found = ALL_MEASURES.find((measure) => measure.key === key) ?? MEASURES[0];
  if (!found) throw new RangeError('there are no measures');
  return found;
}

/** The shell that a measure is read from where this one is looked at. */
export function shellOf({ whole }: Measure, shell: ShellName | undefined): ShellName {
  return whole || !shell ? 'overall' : shell;
}

/** "CC½ (%)", for the head of a column or an axis. */
export function measureLabel({ name, unit }: Measure): string {
  return unit ? `${name} (${unit})` : name;
}

/** A value as it stands in a column: "99.9", "–" when nobody knows. */
export function measured(measure: Measure, statistics: Statistics | undefined): string {
  const value = statistics ? measure.of(statistics) : null;
  return value === null ? '–' : measure.write(value);
}

/**
 * Of anisotropic data the completeness in the fitted ellipsoid is compared and shown: what lies beyond it was never
 * there to be measured. This is the one in the whole sphere, where the two differ; null where one number says it all.
 */
export function inSphere({ key }: Measure, statistics: Statistics | undefined): number | null {
  if (key !== 'completeness') return null;
  const { completenessEllipsoidal: ellipsoidal, completenessSpherical, completeness } = statistics ?? {};
  const spherical = completenessSpherical ?? completeness;
  if (typeof ellipsoidal !== 'number' || typeof spherical !== 'number') return null;
  return oneDecimal(ellipsoidal) === oneDecimal(spherical) ? null : spherical;
}

/** "1.48 Å", for a value that stands alone. */
export function measureText(measure: Measure, value: number | null): string {
  if (value === null) return '–';
  return measure.unit ? withUnit(measure.write(value), measure.unit) : measure.write(value);
}

/** One decimal, none from 100 on: "5.1", "99.9", "100", "139". */
export function oneDecimal(value: number): string {
  return Math.abs(value) < 99.95 ? fixed(value, 1) : fixed(value, 0);
}
