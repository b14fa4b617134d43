import { expect, it } from 'vitest';
import { isZoomed } from './zoom';

it('sees a part of the axis as zoomed, and the whole as not', () => {
  expect(isZoomed([1, 2, 3, 4], { min: 1, max: 4 })).toBe(false);
  expect(isZoomed([1, 2, 3, 4], { min: 2, max: 4 })).toBe(true);
  expect(isZoomed([1, 2, 3, 4], { min: 1, max: 3.5 })).toBe(true);
});

it('does not take the range that a chart makes up for the reader’s', () => {
  // As uPlot shows one image, and none.
  expect(isZoomed([1], { min: 0, max: 2 })).toBe(false);
  expect(isZoomed([], { min: null, max: null })).toBe(false);
});
