import { describe, expect, it } from 'vitest';
import { scaling } from '@/testing/runs';
import { measureOf } from '../measures';
import { shellRows } from './shellRows';
import { middleOf, onOneAxis, resolutionAt, resolutionTicks, shellAt } from './shells';

const shell = (low: number, high: number, ccHalf: number) => ({
  resolutionLimitLow: low,
  resolutionLimitHigh: high,
  ccHalf,
});

describe('quality by resolution', () => {
  it('lies in the middle of its shell, on an axis of 1/d²', () => {
    expect(middleOf(shell(2, 1, 1))).toBeCloseTo((0.25 + 1) / 2);
    expect(middleOf({ ccHalf: 1 })).toBeNull();
  });

  it('of several runs stands on one axis, with nothing where a run has no shell', () => {
    const curves = [{ shells: [shell(4, 2, 0.99), shell(2, 1, 0.5)] }, { shells: [shell(4, 2, 0.98)] }];
    expect(onOneAxis(curves, measureOf('ccHalf'))).toEqual([
      [0.15625, 0.625],
      [99, 50],
      [98, null],
    ]);
  });

  it('is found again where one points', () => {
    const shells = [shell(4, 2, 0.99), shell(2, 1, 0.5)];
    expect(shellAt(shells, 1 / 1.5 ** 2)).toBe(shells[1]);
    expect(shellAt(shells, 4)).toBeUndefined();
  });

  it('is marked at round resolutions, none too close', () => {
    expect(resolutionTicks(0, 1 / 1.58 ** 2, 5).map((at) => Number(resolutionAt(at).toFixed(2)))).toEqual([
      5, 3, 2, 1.6,
    ]);
  });
});

it('tells the shells line by line and leaves out what nobody said', () => {
  const rows = shellRows(scaling(1, 1.5, { ccHalf: 0.999, rMerge: 0.05, nTotalObservations: 663700 }));
  expect(rows).toEqual([
    { name: 'Resolution', unit: 'Å', values: ['50.0–1.50', null, '1.55–1.50'] },
    { name: 'CC½', unit: '%', values: ['99.9', null, '50.0'] },
    { name: 'Rmerge', unit: '%', values: ['5.0', null, null] },
    { name: 'Observations', unit: undefined, values: ['663\u202f700', null, null] },
  ]);
});
