import { describe, expect, it } from 'vitest';
import type { Scaling } from '@/api/types';
import { run, scaling } from '@/testing/runs';
import { detailInFractions, inFractions } from './fractions';

describe('R values and correlations', () => {
  it('stay what they are when they are fractions, also an R value of 180 % in the outer shell', () => {
    const { scalings } = inFractions(run(1, { scalings: [scaling(1, 1.5, { rMerge: 0.11, ccHalf: 0.997 })] }));
    expect(scalings[0]?.statistics.overall).toMatchObject({ rMerge: 0.11, ccHalf: 0.997 });
    const outer = scaling(2, 1.5, { rMerge: 0.1 });
    outer.statistics.outerShell = { rMerge: 1.8 };
    expect(inFractions(run(1, { scalings: [outer] })).scalings[0]?.statistics.outerShell?.rMerge).toBe(1.8);
  });

  it('stay fractions above 1, as of many crystals together: Rpim, or the inner shell, tells', () => {
    const told: Scaling['statistics'][] = [
      { overall: { rMerge: 1.48, rMeasAllIPlusIMinus: 1.53, rPimAllIPlusIMinus: 0.07 } },
      { overall: { rMerge: 2.6, rPimAllIPlusIMinus: 0.12 } },
      { overall: { rMerge: 2.6 }, innerShell: { rMerge: 0.3 } },
    ];
    for (const statistics of told) {
      const written = { ...scaling(1, 1.5), statistics };
      expect(inFractions(run(1, { scalings: [written] })).scalings[0]?.statistics).toEqual(statistics);
    }
  });

  it('stay what they are where they were sent as fractions, however large they are', () => {
    const noise = { ...scaling(1, 1.5, { rMerge: 2.75 }), inFractions: true as const };
    expect(inFractions(run(1, { scalings: [noise] })).scalings[0]?.statistics.overall?.rMerge).toBe(2.75);
  });

  it('become fractions when their program wrote percent, in every shell', () => {
    const written = scaling(1, 1.5, { rMerge: 5, ccHalf: 99.7 });
    written.statistics.innerShell = { rMerge: 1.2 };
    const found = detailInFractions({
      ...run(1, { scalings: [written] }),
      processingCommandLine: null,
      processingEnvironment: null,
      shells: { 1: [{ rMerge: 1.1, ccHalf: 50 }] },
      ellipsoids: {},
      integrations: [],
    });
    expect(found.scalings[0]?.statistics.overall).toMatchObject({ rMerge: 0.05, ccHalf: 0.997 });
    expect(found.scalings[0]?.statistics.innerShell?.rMerge).toBeCloseTo(0.012);
    expect(found.shells[1]?.[0]?.rMerge).toBeCloseTo(0.011);
    expect(found.shells[1]?.[0]?.ccHalf).toBe(0.5);
  });
});
