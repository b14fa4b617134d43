import { useCallback, useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type uPlot from 'uplot';
import type { Quality } from '@/api/types';
import { bandScale, WHOLE } from '@/shared/plots/bands';
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

function Indicator({ quality, metric, whole }: { quality: Quality; metric: Metric; whole: Range }) {
  const data = useMemo(
    () => [quality.imageNumber, bridged(quality[metric.key] ?? [])] as uPlot.AlignedData,
    [quality, metric],
  );
  const { first, last } = whole;
  const options = useCallback(
    (paint: Paint): Omit<uPlot.Options, 'width' | 'height'> => ({
      legend: { show: false },
      cursor: { show: false },
      // The sides are those of the handles: see the style sheet.
      padding: [8, 0, 0, 0],
      scales: {
        x: { time: false, range: [first, last > first ? last : first + 1] },
        y: bandScale(WHOLE, metric.unit === 'Å'),
      },
      axes: [
        {
          stroke: paint('--text-3'),
          font: "12px 'Inter Variable', system-ui, sans-serif",
          size: 26,
          grid: { show: false },
          ticks: { stroke: paint('--line'), size: 4 },
          // A number at the very end would be cut off.
          values: (_: uPlot, ticks: number[]) =>
            ticks.map((tick) => (Number.isInteger(tick) && along(tick, { first, last }) < 0.97 ? String(tick) : '')),
        },
        { show: false },
      ],
      series: [
        {},
        { stroke: paint('--series-1'), width: 1.2, fill: metric.unit === 'Å' ? undefined : `${paint('--series-1')}1f` },
      ],
    }),
    [first, last, metric],
  );
  return (
    <>
      <p className={classes.metric}>{metricLabel(metric)} by image</p>
      <Chart options={options} data={data} height={HEIGHT} label={`${metric.name} by image number`} />
    </>
  );
}
