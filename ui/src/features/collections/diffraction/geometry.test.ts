import { describe, expect, it } from 'vitest';
import { radiusOf, resolutionAt, ringsFor, type Geometry } from './geometry';

const GEOMETRY: Geometry = {
  wavelength: 0.9763,
  distance: 200,
  pixel: { x: 0.075, y: 0.075 },
  centre: { x: 2000, y: 2100 },
};

describe('resolution of a pixel', () => {
  it('follows from Bragg’s law', () => {
    // tan 2θ = 150 mm / 200 mm: 2θ = 36.87°.
    expect(resolutionAt(GEOMETRY, 4000, 2100)).toBeCloseTo(0.9763 / (2 * Math.sin((18.4349 * Math.PI) / 180)), 4);
    expect(resolutionAt(GEOMETRY, 2000, 2100)).toBe(Infinity);
  });
  it('is that of the ring drawn there', () => {
    for (const resolution of [10, 3, 1.5]) {
      const radius = (radiusOf(GEOMETRY, resolution) ?? 0) / 0.075;
      expect(resolutionAt(GEOMETRY, 2000, 2100 - radius)).toBeCloseTo(resolution, 6);
    }
  });
  it('counts pixels that are not square', () => {
    const wide = { ...GEOMETRY, pixel: { x: 0.15, y: 0.075 } };
    expect(resolutionAt(wide, 2100, 2100)).toBeCloseTo(resolutionAt(wide, 2000, 2300), 9);
  });
});

describe('rings', () => {
  it('stay apart and on the image', () => {
    const radii = ringsFor(GEOMETRY, { width: 4150, height: 4371 }, 200).map((d) => radiusOf(GEOMETRY, d) ?? 0);
    expect(radii.length).toBeGreaterThan(3);
    radii.reduce((last, radius) => {
      expect((radius - last) / 0.075).toBeGreaterThanOrEqual(200);
      return radius;
    }, 0);
    expect(Math.max(...radii)).toBeLessThan(Math.hypot(2150, 2271) * 0.075);
  });
  it('are not drawn where nothing is scattered forward', () => {
    expect(radiusOf(GEOMETRY, 0.6)).toBeNull();
  });
});
