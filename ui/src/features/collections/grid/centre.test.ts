import { expect, it } from 'vitest';
import type { Centring, FoundCrystal } from '@/api/types';
import { centreOn, centreWords, latest } from './centre';
import type { Scanned } from './linked';

const scale = { dx_mm: 0.02, dy_mm: 0.02, micronsPerPixelX: 1, micronsPerPixelY: 1, snapshot_offsetYPixel: 0 };

function scanned(dataCollectionId: number, steps: [number, number], angle: number, left: number): Scanned {
  const grid = {
    gridInfoId: dataCollectionId,
    dataCollectionId,
    steps_x: steps[0],
    steps_y: steps[1],
    meshAngle: angle,
  };
  return {
    dataCollectionId,
    numberOfImages: steps[0] * steps[1],
    GridInfo: [{ ...grid, ...scale, snapshot_offsetXPixel: left }],
    axisStart: angle,
    omegaStart: angle,
  };
}

const face = scanned(1, [10, 8], 0, 0);
const side = scanned(2, [1, 12], 90, 60);
const crystal = { gridInfoId: 1, centreOfMassX: 3.4, centreOfMassY: 5.1, centreOfMassZ: 7.7 } as FoundCrystal;

it('lies at x and y on the view it was told for, and at z on the other', () => {
  expect(centreOn(face, [face, side], crystal)).toMatchObject({ x: 3.4, y: 5.1 });
  expect(centreOn(side, [face, side], crystal)).toMatchObject({ x: 0.5, y: 7.7 });
});

it('lies nowhere on the other view without a depth, or beside it', () => {
  expect(centreOn(side, [face, side], { ...crystal, centreOfMassZ: null })).toBeNull();
  expect(centreOn(side, [face, side], { ...crystal, centreOfMassX: 8.4 })).toBeNull();
});

it('is told by the newest attempt that is over', () => {
  const attempt = (xrayCentringId: number, status: string) =>
    ({ xrayCentringId, status, XrayCentringResult: [crystal] }) as unknown as Centring;
  expect(latest([attempt(3, 'pending'), attempt(2, 'success'), attempt(1, 'failed')])?.centring.xrayCentringId).toBe(2);
  expect(latest([])).toBeNull();
});

it('is read as boxes are counted, and in µm from the corner of the grid', () => {
  expect(centreWords(crystal, [face, side])).toEqual({
    boxes: 'column 3.9, row 5.6, depth 8.2',
    distance: '68, 102, 154\u202fµm',
  });
  expect(centreWords({ ...crystal, centreOfMassZ: null }, [face])?.boxes).toBe('column 3.9, row 5.6');
  expect(centreWords({} as FoundCrystal, [face, side])).toBeNull();
});
