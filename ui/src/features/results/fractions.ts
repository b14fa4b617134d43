import type { Run, RunDetail, Scaling, Statistics } from '@/api/types';

/** Above this a correlation, or an R value over all data, is in percent already: some programs write it that way. */
const PERCENT = 1.5;

const CORRELATIONS = ['ccHalf', 'ccAnomalous'] as const;
const R_VALUES = [
  'rMerge',
  'rMeasWithinIPlusIMinus',
  'rMeasAllIPlusIMinus',
  'rPimWithinIPlusIMinus',
  'rPimAllIPlusIMinus',
] as const;

/** Runs with R values and correlations as fractions, whatever their program wrote. */
export function inFractions<T extends Run>(run: T): T {
  return { ...run, scalings: run.scalings.map(scalingInFractions) };
}

/** A run in full with R values and correlations as fractions, in its shells as well. */
export function detailInFractions(run: RunDetail): RunDetail {
  const shells = Object.entries(run.shells).map(([key, rows]) => {
    const overall = run.scalings.find(({ autoProcScalingId }) => String(autoProcScalingId) === key)?.statistics.overall;
    return [key, rows.map((row) => statisticsInFractions(row, isInPercent(overall)))] as const;
  });
  return { ...inFractions(run), shells: Object.fromEntries(shells) };
}

function scalingInFractions(scaling: Scaling): Scaling {
  const percent = isInPercent(scaling.statistics.overall);
  const statistics = Object.entries(scaling.statistics).map(
    ([shell, each]) => [shell, statisticsInFractions(each, percent)] as const,
  );
  return { ...scaling, statistics: Object.fromEntries(statistics) };
}

/** Of the outer shell alone it cannot be told: there an R value may well be 2, which are 200 %. */
function isInPercent(overall: Statistics | undefined): boolean {
  return R_VALUES.some((name) => (overall?.[name] ?? 0) > PERCENT);
}

function statisticsInFractions(statistics: Statistics, percent: boolean): Statistics {
  const changed: Statistics = { ...statistics };
  for (const name of CORRELATIONS) {
    const value = statistics[name];
    if (typeof value === 'number' && Math.abs(value) > PERCENT) changed[name] = value / 100;
  }
  for (const name of R_VALUES) {
    const value = statistics[name];
    if (percent && typeof value === 'number') changed[name] = value / 100;
  }
  return changed;
}
