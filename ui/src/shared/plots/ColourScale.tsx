import classes from './ColourScale.module.css';
import { metricText, type Metric } from './metrics';
import { viridisGradient } from './viridis';

const GRADIENT = viridisGradient('to right');

interface Props {
  metric: Metric;
  range: [number, number] | null;
  /** Heat maps that have these colours together. */
  views?: number;
}

/** The legend of a heat map: what the colours mean, from the smallest to the largest value. */
export function ColourScale({ metric, range, views = 1 }: Props) {
  return (
    <div className={classes.scale}>
      <span className={classes.name}>
        {metric.name}
        {views > 1 && ` in ${views === 2 ? 'both' : 'all'} views`}
      </span>
      <span>{metricText(metric, range?.[0])}</span>
      <span className={classes.bar} style={{ background: GRADIENT }} aria-hidden="true" />
      <span>{metricText(metric, range?.[1])}</span>
    </div>
  );
}
