import type { Statistics } from '@/api/types';
import type { CsvRow } from '@/shared/format/csv';

const COLUMNS = [
  'resolutionLimitLow',
  'resolutionLimitHigh',
  'ccHalf',
  'rMeasAllIPlusIMinus',
  'rMerge',
  'rPimAllIPlusIMinus',
  'meanIOverSigI',
  'completeness',
  'multiplicity',
  'nTotalObservations',
  'nTotalUniqueObservations',
] as const;

/** The quality by resolution of several runs as one table, in the words and units of the API. */
export function shellsTable(curves: { id: number; pipeline: string; shells: Statistics[] }[]): CsvRow[] {
  return [
    ['autoProcProgramId', 'pipeline', ...COLUMNS],
    ...curves.flatMap(({ id, pipeline, shells }) =>
      shells.map((shell) => [id, pipeline, ...COLUMNS.map((column) => shell[column] ?? null)]),
    ),
  ];
}
