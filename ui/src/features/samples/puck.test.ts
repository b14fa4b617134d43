import { expect, it } from 'vitest';
import { positionRadius, puckPositions } from './puck';

it.each([10, 16, 24])('draws every position of a puck of %i inside it, none over another', (capacity) => {
  const positions = puckPositions(capacity);
  expect(positions).toHaveLength(capacity);
  expect(positions.every(({ x, y }) => Math.hypot(x, y) + positionRadius(capacity) < 1)).toBe(true);
  for (const [i, a] of positions.entries()) {
    for (const b of positions.slice(i + 1))
      expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(2 * positionRadius(capacity));
  }
});

it('has the first five positions of a Unipuck inside', () => {
  const inside = puckPositions(16).map(({ x, y }) => Math.hypot(x, y) < 0.5);
  expect(inside.lastIndexOf(true)).toBe(4);
});
