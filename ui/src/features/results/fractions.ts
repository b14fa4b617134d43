import type { Run, RunDetail, Scaling, Statistics } from '@/api/types';

/** Above this a correlation is in percent already: some programs write it that way. */
const CORRELATION = 1.5;
/**
 * R values are in percent where the largest over all data, the smallest of those, and the largest in the inner shell,
 * as far as they are told, are all above these. Of many crystals together Rmeas may be above 2 as a fraction, but then
 * Rpim is small, and the inner shell is better.
 */
const [OVERALL, SMALLEST, INNER] = [2, 0.5, 0.9];

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
    const scaling = run.scalings.find(({ autoProcScalingId }) => String(autoProcScalingId) === key);
    const percent = scaling !== undefined && isInPercent(scaling);
    return [key, rows.map((row) => statisticsInFractions(row, percent))] as const;
  });
  return { ...inFractions(run), shells: Object.fromEntries(shells) };
}

function scalingInFractions(scaling: Scaling): Scaling {
  const percent = isInPercent(scaling);
  const statistics = Object.entries(scaling.statistics).map(
    ([shell, each]) => [shell, statisticsInFractions(each, percent)] as const,
  );
  return { ...scaling, statistics: Object.fromEntries(statistics) };
}

/** Unless they were sent as fractions. The outer shell does not tell: there an R value may well be 2, which are 200 %. */
function isInPercent({ statistics: { overall, innerShell }, inFractions: sentSo }: Scaling): boolean {
  if (sentSo) return false;
  const [all, inner] = [rValues(overall), rValues(innerShell)];
  return Math.max(0, ...all) > OVERALL && Math.min(...all) > SMALLEST && (!inner.length || Math.max(...inner) > INNER);
}

function rValues(statistics: Statistics | undefined): number[] {
  return R_VALUES.flatMap((name) => statistics?.[name] ?? []);
}

function statisticsInFractions(statistics: Statistics, percent: boolean): Statistics {
  const changed: Statistics = { ...statistics };
  for (const name of CORRELATIONS) {
    const value = statistics[name];
    if (typeof value === 'number' && Math.abs(value) > CORRELATION) changed[name] = value / 100;
  }
  for (const name of R_VALUES) {
    const value = statistics[name];
    if (percent && typeof value === 'number') changed[name] = value / 100;
  }
  return changed;
}
