import { expect, it } from 'vitest';
import { METRICS, scaleOf, type Metric } from './metrics';

function metric(key: string): Metric {
  const found = METRICS.find((each) => each.key === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
}

it('does not let noise shine like a crystal', () => {
  expect(scaleOf([0, 0.444], metric('dozor_score'))).toEqual([0, 5]);
  expect(scaleOf([0, 31], metric('dozor_score'))).toEqual([0, 31]);
  expect(scaleOf([7, 31], metric('dozor_score'))).toEqual([7, 31]);
});

it('leaves what has no such limit as it is', () => {
  expect(scaleOf([1.8, 3.2, NaN, null], metric('method1Res'))).toEqual([1.8, 3.2]);
  expect(scaleOf([], metric('dozor_score'))).toBeNull();
});
