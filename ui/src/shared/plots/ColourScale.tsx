import classes from './ColourScale.module.css';
import { metricText, type Metric } from './metrics';
import { viridisGradient } from './viridis';

const GRADIENT = viridisGradient('to right');

/** The legend of a heat map: what the colours mean, from the smallest to the largest value. */
export function ColourScale({ metric, range }: { metric: Metric; range: [number, number] | null }) {
  return (
    <div className={classes.scale}>
      <span className={classes.name}>{metric.name}</span>
      <span>{metricText(metric, range?.[0])}</span>
      <span className={classes.bar} style={{ background: GRADIENT }} aria-hidden="true" />
      <span>{metricText(metric, range?.[1])}</span>
    </div>
  );
}
