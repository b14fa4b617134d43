import type uPlot from 'uplot';
import { significant } from '@/shared/format/numbers';
import type { Paint } from '@/shared/plots/Chart';
import type { Curve, Mark } from './curves';

interface Drawn {
  paint: Paint;
  curves: Curve[];
  marks: Mark[];
  onPoint: (index: number | null) => void;
}

const FONT = "12px 'Inter Variable', system-ui, sans-serif";
const SMALL = "11px 'Inter Variable', system-ui, sans-serif";
/** Height of a row of names above the plot [pixel]. */
const ROW = 14;
const MOST_ROWS = 3;

/** Curves against energy: factors on the left axis, counts behind them; marks are upright lines with their names. */
export function plotOptions({ paint, curves, marks, onPoint }: Drawn): Omit<uPlot.Options, 'width' | 'height'> {
  const left = curves.some(({ scale }) => scale === 'factor') ? 'factor' : 'counts';
  const quiet = {
    stroke: paint('--text-3'),
    font: FONT,
    ticks: { stroke: paint('--line'), size: 4 },
    grid: { stroke: paint('--line'), width: 1 },
  };
  return {
    legend: { show: false },
    padding: [4 + ROW * rowsOf(marks), 12, 0, 0],
    cursor: { drag: { x: true, y: false, setScale: true }, points: { size: 5 }, y: false },
    scales: {
      x: { time: false },
      factor: { range: (_, low: number | null, high: number | null) => roomy(low, high) },
      counts: { range: (_, __, high: number | null) => [0, (high ?? 1) * 1.06] },
    },
    axes: [
      { ...quiet, size: 26, space: 64, values: (_, ticks) => ticks.map((tick) => significant(tick, 5)) },
      { ...quiet, scale: left, size: 46, values: (_, ticks) => ticks.map((tick) => significant(tick, 3)) },
    ],
    series: [
      {},
      ...curves.map(({ name, scale, colour }) => ({
        label: name,
        scale,
        stroke: paint(colour),
        width: scale === left ? 1.6 : 1,
        fill: scale === 'counts' ? `${paint(colour)}1c` : undefined,
        spanGaps: true,
        points: { show: false },
      })),
    ],
    hooks: {
      setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)],
      draw: [(chart) => drawMarks(chart, marks, paint)],
    },
  };
}

function roomy(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1];
  const room = (high - low || 1) * 0.06;
  return [low - room, high + room];
}

/** Upright lines; names that would overlap stand in rows above each other, and before the lines of others. */
function drawMarks(chart: uPlot, marks: Mark[], paint: Paint): void {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = paint('--text-2');
  ctx.fillStyle = paint('--text-2');
  ctx.lineWidth = ratio;
  ctx.font = SMALL.replace('11px', `${11 * ratio}px`);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  const taken = new Array<number>(rowsOf(marks)).fill(-Infinity);
  const names: [name: string, x: number, y: number][] = [];
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  for (const { energy, name } of marks.toSorted((a, b) => a.energy - b.energy)) {
    const x = chart.valToPos(energy, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    const width = ctx.measureText(name).width;
    const start = Math.min(Math.max(x - width / 2, bbox.left), bbox.left + bbox.width - width);
    const row = taken.findIndex((end) => start > end + 4 * ratio);
    const top = bbox.top - Math.max(row, 0) * ROW * ratio;
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    // Where even the rows do not suffice, the line alone has to tell.
    if (row < 0) continue;
    names.push([name, start, top - ratio]);
    taken[row] = start + width;
  }
  ctx.setLineDash([]);
  ctx.strokeStyle = paint('--surface');
  ctx.lineWidth = 4 * ratio;
  for (const [name, x, y] of names) {
    ctx.strokeText(name, x, y);
    ctx.fillText(name, x, y);
  }
  ctx.restore();
}

function rowsOf(marks: Mark[]): number {
  return Math.min(Math.max(marks.length, 1), MOST_ROWS);
}
