import { expect, it } from 'vitest';
import type { Quality } from '@/api/types';
import { csv } from '@/shared/format/csv';
import { indicatorTable } from './export';

it('writes one line an image, leaves unknown values empty and unknown columns out', () => {
  const quality: Quality = {
    total: 2,
    dataCollectionId: 1,
    imageNumber: [1, 2],
    dozor_score: [3.5, null],
    spotTotal: [120, 7],
    method1Res: [null, null],
    inResTotal: null,
    goodBraggCandidates: null,
    iceRings: null,
    method2Res: null,
    totalIntegratedSignal: null,
    maxUnitCell: null,
    pctSaturationTop50Peaks: null,
    inResolutionOvrlSpots: null,
    binPopCutOffMethod2Res: null,
    driftFactor: null,
  };
  expect(csv(indicatorTable(quality))).toBe('imageNumber,dozor_score,spotTotal\r\n1,3.5,120\r\n2,,7\r\n');
});
