import { expect, it } from 'vitest';
import { bridged } from './sparse';

it('leaves gaps in what is known of every image', () => {
  const column = [1, 2, null, 4, 5, null, null, 8];
  expect(bridged(column)).toEqual(column);
});

it('draws through what comes at every third image, and not where more is missing', () => {
  const [_, gap] = [undefined, null];
  const sparse = [null, 1, gap, gap, 2, gap, gap, 3, ...Array<null>(11).fill(null), 4, gap, gap, 5, gap];
  const drawn = [null, 1, _, _, 2, _, _, 3, ...Array<null>(11).fill(null), 4, _, _, 5, null];
  expect(bridged(sparse)).toEqual(drawn);
});

it('has nothing to draw through where there is one value or none', () => {
  expect(bridged([null, 1, null])).toEqual([null, 1, null]);
  expect(bridged([])).toEqual([]);
});
