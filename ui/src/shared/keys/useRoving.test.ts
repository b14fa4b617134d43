import { expect, it } from 'vitest';
import { neighbour } from './useRoving';

it('leads by arrows from one to the next, round the end, and to both ends', () => {
  const all = [4, 7, 9];
  expect(neighbour(all, 4, 'ArrowRight')).toBe(7);
  expect(neighbour(all, 9, 'ArrowDown')).toBe(4);
  expect(neighbour(all, 4, 'ArrowLeft')).toBe(9);
  expect(neighbour(all, 9, 'ArrowUp')).toBe(7);
  expect([neighbour(all, 7, 'Home'), neighbour(all, 7, 'End')]).toEqual([4, 9]);
  expect(neighbour(all, 7, 'Tab')).toBeUndefined();
});
