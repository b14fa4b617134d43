import type uPlot from 'uplot';
import { significant } from '@/shared/format/numbers';
import type { Paint } from '@/shared/plots/Chart';
import { roundTicks } from '@/shared/plots/bands';
import type { Measure } from '../measures';
import type { Series } from '../runs';
import { resolutionAt, resolutionTicks } from './shells';

interface Drawn {
  paint: Paint;
  measure: Measure;
  /** One for each column of the data. */
  curves: { pipeline: string; series: Series; opened: boolean }[];
  /** Plots of the same name share the pointer. */
  shared: string;
  onPoint: (at: number | null) => void;
}

/** Above this an R value says only that there is no signal [%]. */
const MOST_R = 200;
const WHOLE = 100;
const FONT = "12px 'Inter Variable', system-ui, sans-serif";

/** One measure against resolution: the finest is at the right, as in every report. */
export function shellPlotOptions({
  paint,
  measure,
  curves,
  shared,
  onPoint,
}: Drawn): Omit<uPlot.Options, 'width' | 'height'> {
  const quiet = {
    stroke: paint('--text-3'),
    font: FONT,
    ticks: { stroke: paint('--line'), size: 4 },
    grid: { stroke: paint('--line'), width: 1 },
  };
  return {
    legend: { show: false },
    padding: [6, 12, 0, 0],
    cursor: { sync: { key: shared }, drag: { x: false, y: false }, points: { size: 6 }, y: false },
    scales: { x: { time: false }, y: { range: (_, __, high: number | null) => [0, top(measure, high)] } },
    axes: [
      {
        ...quiet,
        size: 26,
        splits: (chart, _, low, high) => resolutionTicks(low, high, Math.floor(chart.width / 42)),
        values: (_, ticks) => ticks.map((tick) => significant(resolutionAt(tick), 2)),
      },
      { ...quiet, size: 36, splits: (_, __, low, high) => roundTicks(low, high, 4) },
    ],
    series: [
      {},
      ...curves.map(({ pipeline, series, opened }) => ({
        label: pipeline,
        stroke: paint(series),
        width: opened ? 2.4 : 1.2,
        spanGaps: true,
        points: { show: opened, size: 5 },
      })),
    ],
    hooks: { setCursor: [({ cursor, data }) => onPoint(data[0][cursor.idx ?? -1] ?? null)] },
  };
}

function top({ key, unit }: Measure, high: number | null): number {
  if (key === 'rMeas') return Math.min((high ?? WHOLE) * 1.05, MOST_R);
  return unit === '%' ? WHOLE * 1.04 : (high ?? 1) * 1.05;
}
