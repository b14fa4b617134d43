import { useMemo } from 'react';
import type uPlot from 'uplot';
import type { Quality } from '@/api/types';
import { Chart, type Paint } from './Chart';
import { availableMetrics, metricText, rangeOf, type Metric } from './metrics';
import classes from './Sparkline.module.css';

/** How well each image diffracted, at a glance: score or spots as an area, resolution as a line (better is up). */
export function Sparkline({ quality, height }: { quality: Quality; height: number }) {
  const [strength, resolution] = useMemo(() => headline(quality), [quality]);
  const data = useMemo(() => [quality.imageNumber, column(quality, strength), column(quality, resolution)] as uPlot.AlignedData, [
    quality,
    strength,
    resolution,
  ]);
  const few = quality.imageNumber.length < 12;
  const options = useMemo(() => (paint: Paint) => sparkline(paint, few), [few]);
  return (
    <div className={classes.sparkline}>
      <div className={classes.captions}>
        {strength && <Caption metric={strength} quality={quality} series="1" />}
        {resolution && <Caption metric={resolution} quality={quality} series="2" />}
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
      {metric.name} <b>{metricText(metric, metric.better === 'high' ? range?.[1] : range?.[0])}</b>
    </span>
  );
}

/** The two indicators worth showing small: how strong, and how far. */
function headline(quality: Quality): [Metric | undefined, Metric | undefined] {
  const available = availableMetrics(quality);
  const strength = available.find(({ key }) => key === 'dozor_score') ?? available.find(({ key }) => key === 'spotTotal') ?? available[0];
  return [strength, available.find(({ key }) => key === 'method1Res' || key === 'method2Res')];
}

function column(quality: Quality, metric: Metric | undefined): (number | null)[] {
  return (metric && quality[metric.key]) ?? quality.imageNumber.map(() => null);
}

function sparkline(paint: Paint, few: boolean): Omit<uPlot.Options, 'width' | 'height'> {
  const points = { show: few, size: 5 };
  const fill = `${paint('--series-1')}29`;
  return {
    cursor: { show: false },
    legend: { show: false },
    padding: [4, 2, 2, 2],
    scales: {
      x: { time: false },
      y: { range: (_, low, high) => [Math.min(0, low), high > 0 ? high * 1.05 : 1] },
      res: { dir: -1, range: (_, low, high) => [low * 0.95, Math.max(high, low * 1.1)] },
    },
    axes: [{ show: false }, { show: false }],
    series: [
      {},
      { scale: 'y', stroke: paint('--series-1'), fill, width: 1.2, points },
      { scale: 'res', stroke: paint('--series-2'), width: 1.2, points },
    ],
  };
}
