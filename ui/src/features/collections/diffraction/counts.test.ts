import { describe, expect, it } from 'vitest';
import { binningFor, countAt, histogramOf, type Counts } from './counts';

const MASKED = 65_535;

function image(values: number[], width: number, binning = 1): Counts {
  return { width, height: values.length / width, binning, masked: MASKED, data: Uint16Array.from(values) };
}

describe('the contrast of an image', () => {
  it('shows background and spots, and leaves out the mask', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => (i < 9_900 ? i % 20 : i < 9_990 ? 30 : 5_000));
    const { limits, bins, top } = histogramOf(image([...values, ...Array.from({ length: 90 }, () => MASKED)], 10));
    expect(limits.low).toBe(0);
    expect(limits.high).toBe(30);
    expect(top).toBeGreaterThan(limits.high);
    expect(bins.reduce((sum, each) => sum + each)).toBe(9_990);
  });
  it('does not make a storm of an image of nothing', () => {
    expect(histogramOf(image([0, 0, 0, 1], 2)).limits.high).toBeGreaterThanOrEqual(4);
    expect(histogramOf(image([MASKED, MASKED], 2)).limits.high).toBeGreaterThanOrEqual(4);
  });
});

describe('the count under the pointer', () => {
  it('is that of the square of pixels', () => {
    const counts = image([1, 2, 3, MASKED], 2, 4);
    expect(countAt(counts, 3.9, 3.9)).toBe(1);
    expect(countAt(counts, 4, 0)).toBe(2);
    expect(countAt(counts, 7, 7)).toBe('masked');
    expect(countAt(counts, 8, 0)).toBeNull();
    expect(countAt(counts, -0.1, 0)).toBeNull();
  });
});

describe('the detail that is loaded', () => {
  const EIGER = { width: 4150, height: 4371 };
  it('is coarse for the whole image and fine for a part of it', () => {
    expect(binningFor(EIGER, 0.2, 16_384)).toBe(4);
    expect(binningFor(EIGER, 1, 16_384)).toBe(1);
    expect(binningFor({ width: 1040, height: 1040 }, 0.3, 16_384)).toBe(1);
  });
  it('fits into a texture of a small graphics card', () => {
    expect(binningFor(EIGER, 5, 4096)).toBe(2);
  });
});
