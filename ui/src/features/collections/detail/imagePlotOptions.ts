import type uPlot from 'uplot';
import { bandScale, LOWER, roundTicks, shownWithin, UPPER, WHOLE, type Band } from '@/shared/plots/bands';
import type { Paint } from '@/shared/plots/Chart';
import { count } from '@/shared/format/numbers';
import { metricLabel, type Metric } from '@/shared/plots/metrics';

interface Drawn {
  paint: Paint;
  primary: Metric | undefined;
  second: Metric | undefined;
  /** How many images the running median of each is of, which is a column after both; null without. */
  medians: (number | null)[];
  /** The last image that is expected, as far as more are. */
  last: number | null;
  /** The image shown below the plot. */
  marked: () => number;
  onPoint: (index: number | null) => void;
  onClick: (imageNumber: number) => void;
}

/** One of the two curves: its scale, its colour, and the part of the height that it takes. */
interface Curve {
  metric: Metric;
  scale: string;
  colour: string;
  band: Band;
  median: number | null;
}

/** Half the width of the head of the mark [pixel]. */
const HEAD = 5;

/** The large plot: one indicator above, one below, each on an axis of its own colour; of a resolution, better is up. */
export function imagePlotOptions({
  paint,
  primary,
  second,
  medians,
  last,
  marked,
  onPoint,
  onClick,
}: Drawn): Omit<uPlot.Options, 'width' | 'height'> {
  const both = primary !== undefined && second !== undefined;
  const drawn: Curve[] = [
    {
      metric: primary,
      scale: 'first',
      colour: paint('--series-1'),
      band: both ? UPPER : WHOLE,
      median: medians[0] ?? null,
    },
    {
      metric: second,
      scale: 'second',
      colour: paint('--series-2'),
      band: both ? LOWER : WHOLE,
      median: medians.at(-1) ?? null,
    },
  ].filter((each): each is Curve => each.metric !== undefined);
  const font = "12px 'Inter Variable', system-ui, sans-serif";
  const quiet = { stroke: paint('--text-3'), font, ticks: { stroke: paint('--line'), size: 4 } };
  return {
    legend: { show: false },
    padding: [14, 22, 0, 0],
    cursor: {
      drag: { x: true, y: false, setScale: true },
      points: { size: 7 },
    },
    scales: {
      x: { time: false, range: (chart, from, to) => widened(chart, from, to, last) },
      ...Object.fromEntries(drawn.map(({ metric, scale, band }) => [scale, bandScale(band, isDownwards(metric))])),
    },
    axes: [
      {
        ...quiet,
        label: 'Image',
        values: (_: uPlot, ticks: number[]) => ticks.map((tick) => (Number.isInteger(tick) ? count(tick) : '')),
        labelFont: font,
        labelSize: 18,
        size: 34,
        grid: { stroke: paint('--line'), width: 1 },
      },
      ...drawn.map(({ metric, scale, colour, band }, index) => ({
        ...quiet,
        scale,
        stroke: colour,
        splits: ticksWithin(band, metric),
        size: index === 0 ? 46 : 0,
        // Both axes stand at the left: their bands lie one above the other.
        gap: index === 0 ? 5 : 5 - 46,
        grid: { stroke: paint('--line'), width: 1 },
      })),
    ],
    series: [
      { label: 'Image' },
      ...drawn.map(({ metric, scale, colour, median }, index) => ({
        label: metric.name,
        scale,
        // What is drawn through by its median is pale, so that the course is seen in the noise.
        stroke: median === null ? colour : `${colour}66`,
        width: median === null ? 1.3 : 1,
        fill: index === 0 && !isDownwards(metric) ? `${colour}1f` : undefined,
        fillTo: 0,
        points: { size: 4 },
      })),
      ...drawn
        .filter(({ median }) => median !== null)
        .map(({ metric, scale, colour }) => ({
          label: `${metric.name}, running median`,
          scale,
          stroke: colour,
          width: 2,
          points: { show: false },
        })),
    ],
    hooks: {
      setCursor: [(chart) => onPoint(chart.cursor.idx ?? null)],
      draw: [
        (chart) => drawMark(chart, marked(), paint('--text-2')),
        (chart) => drawn.forEach((each) => drawLabel(chart, each, paint('--surface'))),
      ],
      ready: [(chart) => onPlainClick(chart, onClick)],
    },
  };
}

/** All that has arrived is drawn in the width of all that is expected; a part that was zoomed into stays as it is. */
function widened({ data: [images] }: uPlot, from: number, to: number, last: number | null): [number, number] {
  const [first = from, end = to] = [images[0], images.at(-1)];
  // Around a single image uPlot would leave some room.
  const whole = images.length < 2 || (from === first && to === end);
  return last !== null && whole ? [first, Math.max(end, last)] : [from, to];
}

/** A resolution is drawn upside down. */
function isDownwards(metric: Metric): boolean {
  return metric.unit === 'Å';
}

function ticksWithin(band: Band, metric: Metric) {
  return (_: uPlot, __: number, min: number, max: number): number[] =>
    roundTicks(...shownWithin(min, max, band, isDownwards(metric)), band === LOWER ? 3 : 5);
}

/** What a curve is and in which unit, at the top left of its band. */
function drawLabel(chart: uPlot, { metric, colour, band, median }: Curve, surface: string): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.font = `560 ${12 * devicePixelRatio}px 'Inter Variable', system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  const at = [bbox.left + 6 * devicePixelRatio, bbox.top + (1 - band.to) * bbox.height - devicePixelRatio] as const;
  // Whatever is drawn below stays readable beside the words, and they before it.
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4 * devicePixelRatio;
  ctx.strokeStyle = surface;
  const label = `${metricLabel(metric)}${median === null ? '' : `, running median of ${median} images`}`;
  ctx.strokeText(label, ...at);
  ctx.fillStyle = colour;
  ctx.fillText(label, ...at);
  ctx.restore();
}

/** A dashed line at one image, with a head that is seen where the line lies on the axis. */
function drawMark(chart: uPlot, image: number, colour: string): void {
  const { ctx, bbox, scales } = chart;
  const { min, max } = scales.x ?? {};
  if (image < (min ?? Infinity) || image > (max ?? -Infinity)) return;
  const x = Math.round(chart.valToPos(image, 'x', true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  const head = HEAD * devicePixelRatio;
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(x - head, bbox.top - head);
  ctx.lineTo(x + head, bbox.top - head);
  ctx.lineTo(x, bbox.top + head / 2);
  ctx.fill();
  ctx.restore();
}

/** Tells the image under a click; a drag, which zooms, is none. */
function onPlainClick(chart: uPlot, onClick: (imageNumber: number) => void): void {
  let pressedAt = 0;
  chart.over.addEventListener('mousedown', (event) => {
    pressedAt = event.clientX;
  });
  chart.over.addEventListener('click', (event) => {
    const image = chart.data[0][chart.cursor.idx ?? -1];
    if (image !== undefined && Math.abs(event.clientX - pressedAt) < 4) onClick(image);
  });
}
