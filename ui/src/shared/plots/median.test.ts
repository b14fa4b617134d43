import { expect, it } from 'vitest';
import { medianWidth, runningMedian } from './median';

it('takes the median of neighbours, of fewer at the ends', () => {
  expect(runningMedian([5, 1, 9, 2, 2], 3)).toEqual([3, 5, 2, 2, 2]);
});

it('passes over what is not known', () => {
  expect(runningMedian([5, null, 1, undefined, 9], 3)).toEqual([3, null, 5, undefined, 5]);
  expect(runningMedian([], 3)).toEqual([]);
});

it('goes with the number of values, and needs many', () => {
  expect(medianWidth(Array<number>(500).fill(1))).toBeNull();
  expect(medianWidth([...Array<number>(600).fill(1), ...Array<null>(3000).fill(null)])).toBe(11);
  expect(medianWidth(Array<number>(3600).fill(1))).toBe(41);
  expect(medianWidth(Array<number>(90_000).fill(1))).toBe(81);
});
