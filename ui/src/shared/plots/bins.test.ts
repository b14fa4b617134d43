import { expect, it } from 'vitest';
import { binned } from './bins';

it('leaves short columns alone', () => {
  const columns = { x: [1, 2, 3], ys: [[5, null, 7]] };
  expect(binned(columns, 3)).toBe(columns);
});

it('takes the mean of neighbours and leaves unknown values out of it', () => {
  const { x, ys } = binned({ x: [1, 2, 3, 4, 5, 6], ys: [[2, 4, null, 8, null, null]] }, 3);
  expect(x).toEqual([1.5, 3.5, 5.5]);
  expect(ys).toEqual([[3, 8, null]]);
});
