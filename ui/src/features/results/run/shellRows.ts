import type { Scaling, Statistics } from '@/api/types';
import { count, fixed, significant } from '@/shared/format/numbers';
import { oneDecimal } from '../measures';

export const SHELLS = ['overall', 'innerShell', 'outerShell'] as const;

type Column = keyof Statistics;

/** One line of the table of shells. */
export interface ShellRow {
  name: string;
  unit?: string;
  values: (string | null)[];
}

const percent = (fraction: number) => oneDecimal(fraction * 100);

const LINES: { name: string; unit?: string; of: Column[]; write: (value: number) => string }[] = [
  { name: 'CC½', unit: '%', of: ['ccHalf'], write: percent },
  { name: 'Rmeas', unit: '%', of: ['rMeasAllIPlusIMinus', 'rMeasWithinIPlusIMinus'], write: percent },
  { name: 'Rmerge', unit: '%', of: ['rMerge'], write: percent },
  { name: 'Rpim', unit: '%', of: ['rPimAllIPlusIMinus', 'rPimWithinIPlusIMinus'], write: percent },
  { name: 'I/σ(I)', of: ['meanIOverSigI'], write: oneDecimal },
  { name: 'Completeness', unit: '%', of: ['completeness'], write: oneDecimal },
  { name: 'in the ellipsoid', unit: '%', of: ['completenessEllipsoidal'], write: oneDecimal },
  { name: 'Multiplicity', of: ['multiplicity'], write: oneDecimal },
  { name: 'Observations', of: ['nTotalObservations'], write: count },
  { name: 'Unique reflections', of: ['nTotalUniqueObservations'], write: count },
  { name: 'Anomalous completeness', unit: '%', of: ['anomalousCompleteness'], write: oneDecimal },
  { name: 'Anomalous multiplicity', of: ['anomalousMultiplicity'], write: oneDecimal },
  { name: 'CCanom', unit: '%', of: ['ccAnomalous'], write: percent },
  { name: '|ΔF|/σ(ΔF)', of: ['sigAno'], write: (value) => fixed(value, 2) },
  { name: 'I/σ(I) is 2 at', unit: 'Å', of: ['resIOverSigI2'], write: (value) => fixed(value, 2) },
  { name: 'ISa', of: ['isa'], write: (value) => significant(value) },
];

/** The statistics of a scaling, a line each with the three shells; what nobody said of any of them is left out. */
export function shellRows({ statistics }: Scaling): ShellRow[] {
  const shells = SHELLS.map((shell) => statistics[shell]);
  const resolution = { name: 'Resolution', unit: 'Å', values: shells.map(limits) };
  const lines = LINES.map(({ name, unit, of, write }) => ({
    name,
    unit,
    values: shells.map((each) => {
      const value = of.map((column) => each?.[column]).find((found) => typeof found === 'number');
      return typeof value === 'number' ? write(value) : null;
    }),
  }));
  return [resolution, ...lines].filter(({ values }) => values.some((value) => value !== null));
}

/** "85.0–1.62" */
function limits(shell: Statistics | undefined): string | null {
  const { resolutionLimitLow: low, resolutionLimitHigh: high } = shell ?? {};
  if (typeof high !== 'number') return null;
  return typeof low === 'number' ? `${low < 10 ? fixed(low, 2) : fixed(low, 1)}–${fixed(high, 2)}` : fixed(high, 2);
}
