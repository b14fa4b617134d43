import { useCallback, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type uPlot from 'uplot';
import type { Quality } from '@/api/types';
import { count } from '@/shared/format/numbers';
import { bandScale, roundTicks, shownWithin, WHOLE } from '@/shared/plots/bands';
import { Chart, type Paint } from '@/shared/plots/Chart';
import { availableMetrics, metricLabel, type Metric } from '@/shared/plots/metrics';
import { bridged } from '@/shared/plots/sparse';
import { along, imageAt, moved, spanned, steppedBy, type End, type Range, type Sweep } from './ranges';
import classes from './RangePlot.module.css';

interface Props {
  whole: Range;
  /** Indicators by image; the handles stand on a plain bar while there are none. */
  quality: Quality | undefined;
  sweeps: Sweep[];
  onChange: (sweep: Sweep) => void;
}

const HEIGHT = 130;
/** Beside the images: at the left the numbers of the axis, at the right half of the last number below [pixel]. */
const SIDES = { left: 48, right: 20 };
/** What a handle takes of that [pixel]. */
const GRIP = 16;
const ENDS: End[] = ['first', 'last'];
const NAMES: Record<End, string> = { first: 'First image', last: 'Last image' };

/** The images of a collection with those asked for: drag the handles, or across the plot; arrow keys move a handle. */
export function RangePlot({ whole, quality, sweeps, onChange }: Props) {
  const metric = useMemo(() => (quality ? availableMetrics(quality)[0] : undefined), [quality]);
  const place = useRef<HTMLDivElement>(null);
  const drag = useRef<{ sweep: Sweep; from: number; end: End | null } | null>(null);
  // Where one is typed and not a number yet, all images from that side count.
  const drawn = sweeps.map((sweep) => ({
    sweep,
    first: sweep.first === '' ? whole.first : sweep.first,
    last: sweep.last === '' ? whole.last : sweep.last,
  }));

  function pointed(event: PointerEvent): number {
    const box = place.current?.getBoundingClientRect();
    return box && box.width > 0 ? imageAt((event.clientX - box.left) / box.width, whole) : whole.first;
  }
  function onPointerDown(event: PointerEvent<HTMLElement>, sweep: Sweep, end: End | null) {
    if (event.button !== 0) return;
    event.stopPropagation();
    place.current?.setPointerCapture(event.pointerId);
    drag.current = { sweep, from: pointed(event), end };
  }
  function onPointerMove(event: PointerEvent) {
    if (!drag.current) return;
    const { sweep, from, end } = drag.current;
    const at = pointed(event);
    if (end) onChange(moved(sweep, end, at, whole));
    else if (at !== from) onChange(spanned(sweep, from, at, whole));
  }
  function onKeyDown(event: KeyboardEvent, sweep: Sweep, end: End, image: number) {
    const next = steppedBy(event.key, image, whole);
    if (next === null) return;
    event.preventDefault();
    onChange(moved(sweep, end, next, whole));
  }
  const [only] = sweeps;
  return (
    <div className={classes.plot} data-plain={metric === undefined}>
      {quality && metric && <Indicator quality={quality} metric={metric} whole={whole} />}
      <div
        ref={place}
        className={classes.over}
        data-testid="image-range"
        onPointerDown={(event) => only && sweeps.length === 1 && onPointerDown(event, only, null)}
        onPointerMove={onPointerMove}
        onPointerUp={() => (drag.current = null)}
        onPointerCancel={() => (drag.current = null)}
      >
        {drawn.map(({ sweep, first, last }) => (
          <div key={sweep.id}>
            <div
              className={classes.range}
              style={{ left: percent(along(first, whole)), right: percent(1 - along(last, whole)) }}
            />
            {ENDS.map((end) => {
              const image = end === 'first' ? first : last;
              return (
                <div
                  key={end}
                  role="slider"
                  tabIndex={0}
                  data-end={end}
                  className={classes.handle}
                  style={{ left: percent(along(image, whole)) }}
                  aria-label={NAMES[end]}
                  aria-valuemin={whole.first}
                  aria-valuemax={whole.last}
                  aria-valuenow={image}
                  aria-orientation="horizontal"
                  onPointerDown={(event) => onPointerDown(event, sweep, end)}
                  onKeyDown={(event) => onKeyDown(event, sweep, end, image)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function percent(share: number): string {
  return `${100 * share}%`;
}

function quiet(paint: Paint): uPlot.Axis {
  return {
    stroke: paint('--text-3'),
    font: "12px 'Inter Variable', system-ui, sans-serif",
    ticks: { stroke: paint('--line'), size: 4 },
  };
}

function Indicator({ quality, metric, whole }: { quality: Quality; metric: Metric; whole: Range }) {
  const data = useMemo(
    () => [quality.imageNumber, bridged(quality[metric.key] ?? [])] as uPlot.AlignedData,
    [quality, metric],
  );
  const { first, last } = whole;
  const downwards = metric.unit === 'Å';
  const options = useCallback(
    (paint: Paint): Omit<uPlot.Options, 'width' | 'height'> => ({
      legend: { show: false },
      cursor: { show: false },
      // The sides are those of the handles: see the style sheet.
      padding: [8, SIDES.right, 0, 0],
      scales: {
        x: { time: false, range: [first, last > first ? last : first + 1] },
        y: bandScale(WHOLE, downwards),
      },
      axes: [
        {
          ...quiet(paint),
          size: 26,
          grid: { show: false },
          values: (_: uPlot, ticks: number[]) => ticks.map((tick) => (Number.isInteger(tick) ? count(tick) : '')),
        },
        {
          ...quiet(paint),
          size: SIDES.left,
          gap: GRIP,
          grid: { stroke: paint('--line'), width: 1 },
          splits: (_: uPlot, __: number, low: number, high: number) =>
            roundTicks(...shownWithin(low, high, WHOLE, downwards), 4),
        },
      ],
      // The part that is asked for is filled, and nothing else.
      series: [{}, { stroke: paint('--series-1'), width: 1.2 }],
    }),
    [first, last, downwards],
  );
  return (
    <>
      <p className={classes.metric}>{metricLabel(metric)} by image</p>
      <Chart options={options} data={data} height={HEIGHT} label={`${metric.name} by image number`} />
    </>
  );
}
