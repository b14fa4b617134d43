import { useMemo } from 'react';
import type uPlot from 'uplot';
import type { Quality } from '@/api/types';
import { bandScale, LOWER, UPPER, WHOLE } from './bands';
import { binned } from './bins';
import { Chart, type Paint } from './Chart';
import { bridged } from './sparse';
import { availableMetrics, metricText, rangeOf, type Metric } from './metrics';
import classes from './Sparkline.module.css';

const POINTS = 220;

/** How well each image diffracted, at a glance: score or spots above, resolution below (better is up). */
export function Sparkline({ quality, height, note }: { quality: Quality; height: number; note?: string }) {
  const [strength, resolution] = useMemo(() => headline(quality), [quality]);
  const data = useMemo(() => {
    const columns = [strength, resolution]
      .filter((metric) => metric !== undefined)
      .map((metric) => quality[metric.key] ?? []);
    const { x, ys } = binned({ x: quality.imageNumber, ys: columns }, POINTS);
    return [x, ...ys.map(bridged)] as uPlot.AlignedData;
  }, [quality, strength, resolution]);
  const few = quality.imageNumber.length < 12;
  const both = resolution !== undefined;
  const options = useMemo(() => (paint: Paint) => sparkline(paint, few, both), [few, both]);
  return (
    <div className={classes.sparkline}>
      <div className={classes.captions}>
        {strength && <Caption metric={strength} quality={quality} series="1" />}
        {resolution && <Caption metric={resolution} quality={quality} series="2" />}
        {note && <span className={classes.note}>{note}</span>}
      </div>
      <Chart options={options} data={data} height={height - 18} label="Indicators by image" />
    </div>
  );
}

function Caption({ metric, quality, series }: { metric: Metric; quality: Quality; series: '1' | '2' }) {
  const range = rangeOf(quality[metric.key] ?? []);
  return (
    <span className={classes.caption}>
      <i style={{ background: `var(--series-${series})` }} aria-hidden="true" />
      <span className={classes.name}>{metric.short ?? metric.name}</span>
      <span className={classes.best}>best</span>
      <b>{metricText(metric, metric.better === 'high' ? range?.[1] : range?.[0])}</b>
    </span>
  );
}

/** The two indicators worth showing small: how strong, and how far. */
function headline(quality: Quality): [Metric | undefined, Metric | undefined] {
  const available = availableMetrics(quality);
  const strength = available.find(({ unit }) => unit === null);
  return [strength, available.find(({ unit, better }) => unit === 'Å' && better === 'low')];
}

function sparkline(paint: Paint, few: boolean, both: boolean): Omit<uPlot.Options, 'width' | 'height'> {
  const points = { show: few, size: 5 };
  const line = { width: 1.3, points };
  const second: uPlot.Series[] = both ? [{ ...line, scale: 'second', stroke: paint('--series-2') }] : [];
  return {
    cursor: { show: false },
    legend: { show: false },
    padding: [4, 3, 3, 3],
    scales: { x: { time: false }, first: bandScale(both ? UPPER : WHOLE, false), second: bandScale(LOWER, true) },
    axes: [{ show: false }, { show: false, scale: 'first' }],
    series: [
      {},
      { ...line, scale: 'first', stroke: paint('--series-1'), fill: `${paint('--series-1')}26`, fillTo: 0 },
      ...second,
    ],
  };
}
