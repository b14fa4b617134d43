import type uPlot from 'uplot';
import type { Paint } from '@/shared/plots/Chart';
import type { Metric } from '@/shared/plots/metrics';

interface Drawn {
  paint: Paint;
  primary: Metric | undefined;
  second: Metric | undefined;
  onPoint: (index: number | null) => void;
  onClick: (imageNumber: number) => void;
}

/** The large plot: two indicators on axes of their own colour; for a resolution, better is up. */
export function imagePlotOptions({ paint, primary, second, onPoint, onClick }: Drawn): Omit<uPlot.Options, 'width' | 'height'> {
  const drawn = [
    { metric: primary, scale: 'first', colour: paint('--series-1'), side: 3 as const },
    { metric: second, scale: 'second', colour: paint('--series-2'), side: 1 as const },
  ].filter((each): each is typeof each & { metric: Metric } => each.metric !== undefined);
  const font = "12px 'Inter Variable', system-ui, sans-serif";
  const quiet = { stroke: paint('--text-3'), font, ticks: { stroke: paint('--line'), size: 4 } };
  return {
    legend: { show: false },
    padding: [10, drawn.length > 1 ? 0 : 12, 0, 0],
    cursor: {
      drag: { x: true, y: false, setScale: true },
      points: { size: 7 },
      bind: {
        click: (chart) => () => {
          const index = chart.cursor.idx;
          const image = index === null || index === undefined ? undefined : chart.data[0][index];
          if (image !== undefined) onClick(image);
          return null;
        },
      },
    },
    scales: {
      x: { time: false },
      ...Object.fromEntries(drawn.map(({ metric, scale }) => [scale, scaleOf(metric)])),
    },
    axes: [
      { ...quiet, label: 'Image', labelFont: font, labelSize: 18, size: 34, grid: { stroke: paint('--line'), width: 1 } },
      ...drawn.map(({ metric, scale, colour, side }, index) => ({
        ...quiet,
        scale,
        side,
        stroke: colour,
        label: metric.unit ? `${metric.name} [${metric.unit}]` : metric.name,
        labelFont: font,
        labelSize: 18,
        size: 52,
        grid: { show: index === 0, stroke: paint('--line'), width: 1 },
      })),
    ],
    series: [
      { label: 'Image' },
      ...drawn.map(({ metric, scale, colour }, index) => ({
        label: metric.name,
        scale,
        stroke: colour,
        width: 1.3,
        fill: index === 0 ? `${colour}1f` : undefined,
        points: { size: 4 },
      })),
    ],
    hooks: { setCursor: [(chart) => onPoint(chart.cursor.idx ?? null)] },
  };
}

function scaleOf(metric: Metric): uPlot.Scale {
  if (metric.unit === 'Å') return { dir: -1, range: (_, low, high) => [low - 0.05 * (high - low || 1), high + 0.05 * (high - low || 1)] };
  return { range: (_, low, high) => [Math.min(0, low), high > low ? high * 1.06 : low + 1] };
}
