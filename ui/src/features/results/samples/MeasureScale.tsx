import { viridisGradient } from '@/shared/plots/viridis';
import { measureText, type Measure } from '../measures';
import classes from './MeasureScale.module.css';

const GRADIENT = viridisGradient('to right');

/** What the colours of a map of results mean: from the worst at the left to the best at the right. */
export function MeasureScale({ measure, range }: { measure: Measure; range: [number, number] | null }) {
  if (!range) return <p className={classes.scale}>{measure.name}: no results yet</p>;
  const [worst, best] = measure.better === 'lower' ? range.toReversed() : range;
  return (
    <p className={classes.scale}>
      <b>{measure.name}</b>
      <span>{measureText(measure, worst ?? null)}</span>
      <span className={classes.bar} style={{ background: GRADIENT }} aria-hidden="true" />
      <span>{measureText(measure, best ?? null)}</span>
    </p>
  );
}
