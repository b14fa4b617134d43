import { expect, it } from 'vitest';
import type { CollectionDetail } from '@/api/types';
import { THIN } from '@/shared/format/numbers';
import { parameterGroups } from './parameters';

function told(collection: Partial<CollectionDetail>): Record<string, string> {
  const whole = { dataCollectionId: 1, GridInfo: [], _metadata: {}, Detector: null, ...collection };
  const groups = parameterGroups(whole as unknown as CollectionDetail);
  return Object.fromEntries(groups.flatMap(({ parameters }) => parameters.map(({ label, value }) => [label, value])));
}

it('tells the start of the axis that turns once', () => {
  const turning = { rotationAxis: 'omega', axisStart: 30, axisEnd: 120, axisRange: 0.1, kappaStart: 30 };
  const angles = { Start: '30.00°', End: '120.00°', 'Range per image': '0.1°', Kappa: '30.00°' };
  expect(told({ ...turning, omegaStart: 30 })).toEqual({ 'Rotation axis': 'omega', ...angles });
  expect(told({ ...turning, omegaStart: 0 })).toMatchObject({ ...angles, Omega: '0.00°' });
});

it('tells of a grid scan at which angle the crystal stood, and of no turning', () => {
  const grid = { gridInfoId: 1, steps_x: 3, steps_y: 2 };
  const still = { GridInfo: [grid], axisStart: 90, axisEnd: 90, axisRange: 0 };
  const boxes = { Boxes: '3 × 2', Scanned: 'by row' };
  expect(told({ ...still, omegaStart: 90 })).toEqual({ Omega: '90.00°', ...boxes });
  expect(told(still)).toEqual({ Start: '90.00°', ...boxes });
});

it('tells the dose', () => {
  expect(told({ totalAbsorbedDose: 1.234 })).toEqual({ Dose: `1.23${THIN}MGy` });
});
