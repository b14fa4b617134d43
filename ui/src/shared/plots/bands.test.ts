import { describe, expect, it } from 'vitest';
import { LOWER, roundTicks, scaleWithin, shownWithin, UPPER } from './bands';

describe('bands of a plot', () => {
  it('puts the values into their part of the height', () => {
    const [min, max] = scaleWithin(0, 10, { from: 0.5, to: 1 });
    expect(min).toBe(-10);
    expect(max).toBe(10);
  });

  it('puts small values on top when asked', () => {
    // Drawn upside down, the largest value (3 Å) lies at the bottom of the band.
    const [min, max] = scaleWithin(1, 3, { from: 0, to: 0.5 }, true);
    expect(max).toBe(3);
    expect(min).toBe(-1);
  });

  it.each([
    [UPPER, false],
    [LOWER, true],
  ])('finds the values again', (band, downwards) => {
    const [low, high] = shownWithin(...scaleWithin(1.4, 2.6, band, downwards), band, downwards);
    expect(low).toBeCloseTo(1.4, 10);
    expect(high).toBeCloseTo(2.6, 10);
  });

  it('keeps a height when every value is the same', () => {
    const [min, max] = scaleWithin(5, 5, UPPER);
    expect(max).toBeGreaterThan(min);
  });

  it('marks round values only', () => {
    expect(roundTicks(0, 61.3, 4)).toEqual([0, 20, 40, 60]);
    expect(roundTicks(1.83, 2.64, 3)).toEqual([2, 2.5]);
  });
});
