import { describe, expect, it } from 'vitest';
import type { GridInfo, Quality } from '@/api/types';
import { METRICS } from '@/shared/plots/metrics';
import { aspectOf, bestCell, cellValues, gridOf, placeOnSnapshot, scanOrder } from './grid';

const grid: GridInfo = {
  gridInfoId: 1,
  dataCollectionId: 9,
  steps_x: 3,
  steps_y: 2,
  dx_mm: 0.02,
  dy_mm: 0.01,
  orientation: 'horizontal',
  snaked: true,
  micronsPerPixelX: 2,
  micronsPerPixelY: 1,
  snapshot_offsetXPixel: 40,
  snapshot_offsetYPixel: 50,
};
const order = { columns: 3, rows: 2, vertical: false, snaked: true };
const [score] = METRICS;
const resolution = METRICS.find(({ key }) => key === 'method1Res');
if (!score || !resolution) throw new Error('the indicators have changed their names');

function quality(imageNumber: number[], dozor_score: (number | null)[]): Quality {
  const none = null;
  return {
    total: imageNumber.length,
    dataCollectionId: 9,
    imageNumber,
    dozor_score,
    spotTotal: none,
    inResTotal: none,
    goodBraggCandidates: none,
    iceRings: none,
    method1Res: dozor_score,
    method2Res: none,
    totalIntegratedSignal: none,
    maxUnitCell: none,
    pctSaturationTop50Peaks: none,
    inResolutionOvrlSpots: none,
    binPopCutOffMethod2Res: none,
    driftFactor: none,
  };
}

describe('a grid scan', () => {
  it('reads its order, and has none without steps', () => {
    expect(scanOrder(grid)).toEqual(order);
    expect(scanOrder({ ...grid, orientation: 'vertical', snaked: null })).toMatchObject({
      vertical: true,
      snaked: false,
    });
    expect(scanOrder({ ...grid, steps_x: null })).toBeNull();
    expect(scanOrder(undefined)).toBeNull();
  });

  it('lies on the snapshot where its offset and scale say', () => {
    expect(placeOnSnapshot(grid)).toEqual({ x: 40, y: 50, width: 30, height: 20 });
    expect(placeOnSnapshot({ ...grid, snapshot_offsetXPixel: 0 })).toMatchObject({ x: 0 });
    expect(placeOnSnapshot({ ...grid, micronsPerPixelX: null })).toBeNull();
    expect(placeOnSnapshot({ ...grid, snapshot_offsetYPixel: undefined })).toBeNull();
  });

  it('keeps its proportions', () => {
    expect(aspectOf(grid, order)).toBe(3);
    expect(aspectOf({ ...grid, dx_mm: null }, order)).toBe(1.5);
  });

  it('lays values out as the grid is seen, and leaves open what has not arrived', () => {
    const values = cellValues(quality([1, 2, 3, 4], [10, 20, null, 40]), score, order, 1);
    expect([...values]).toEqual([10, 20, NaN, NaN, NaN, 40]);
  });

  it('counts images from the first of the collection', () => {
    expect(cellValues(quality([101, 102], [1, 2]), score, order, 101)[1]).toBe(2);
    expect([...cellValues(quality([1, 999], [7, 8]), score, order, 101)].every(Number.isNaN)).toBe(true);
  });

  it('finds the best box, be it the highest or the lowest value', () => {
    const values = Float64Array.from([NaN, 3, 9, 1, NaN, 2]);
    expect(bestCell(values, score, order)).toEqual({ column: 2, row: 0 });
    expect(bestCell(values, resolution, order)).toEqual({ column: 0, row: 1 });
    expect(bestCell(new Float64Array(6).fill(NaN), score, order)).toBeNull();
  });

  it('tells a collection’s own grid from those of its group', () => {
    const other = { ...grid, gridInfoId: 2, dataCollectionId: 8, steps_x: 1, steps_y: 5 };
    expect(gridOf({ dataCollectionId: 9, numberOfImages: 6, GridInfo: [other, grid] })).toBe(grid);
    const onGroup = [other, grid].map((each) => ({ ...each, dataCollectionId: null }));
    expect(gridOf({ dataCollectionId: 9, numberOfImages: 6, GridInfo: onGroup })).toBe(onGroup[1]);
    expect(gridOf({ dataCollectionId: 9, numberOfImages: 6, GridInfo: [] })).toBeUndefined();
  });
});
