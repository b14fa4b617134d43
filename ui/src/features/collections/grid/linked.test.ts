import { describe, expect, it } from 'vitest';
import type { GridInfo } from '@/api/types';
import { bandIn, viewOf, type View } from './linked';

function view(angle: number | null, grid: Partial<GridInfo>): View {
  const found = viewOf({
    dataCollectionId: 1,
    numberOfImages: null,
    axisStart: angle,
    GridInfo: [{ gridInfoId: 1, dataCollectionId: 1, dx_mm: 0.02, dy_mm: 0.02, ...grid }],
  });
  if (!found) throw new Error('no view');
  return found;
}
const placed = (x: number, y: number) => ({
  micronsPerPixelX: 2,
  micronsPerPixelY: 2,
  snapshot_offsetXPixel: x,
  snapshot_offsetYPixel: y,
});

describe('two views of one crystal', () => {
  it('share the columns a quarter turn apart', () => {
    const [face, side] = [view(0, { steps_x: 8, steps_y: 5 }), view(90, { steps_x: 8, steps_y: 3 })];
    expect(bandIn(side, face, { column: 6, row: 4 })).toEqual({ column: 6 });
    expect(bandIn(face, side, { column: 2, row: 0 })).toEqual({ column: 2 });
    expect(bandIn(view(273, { steps_x: 8, steps_y: 3 }), face, { column: 1, row: 0 })).toEqual({ column: 1 });
  });

  it('are not linked at the same angle, or when one lies turned over its picture', () => {
    const face = view(0, { steps_x: 8, steps_y: 5 });
    expect(bandIn(view(180, { steps_x: 8, steps_y: 5 }), face, { column: 0, row: 0 })).toBeNull();
    expect(bandIn(view(90, { steps_x: 8, steps_y: 5, meshAngle: 15 }), face, { column: 0, row: 0 })).toBeNull();
  });

  it('share the rows where only they agree: the spindle stands upright', () => {
    const [face, side] = [view(0, { steps_x: 8, steps_y: 5 }), view(90, { steps_x: 3, steps_y: 5 })];
    expect(bandIn(side, face, { column: 6, row: 4 })).toEqual({ row: 4 });
  });

  it('find each other by their place on the snapshots', () => {
    // The face begins at 200 µm with boxes of 20 µm, the side at 250 µm with boxes of 10 µm.
    const face = view(0, { steps_x: 8, steps_y: 5, ...placed(100, 100) });
    const side = view(90, { steps_x: 8, steps_y: 3, dx_mm: 0.01, ...placed(125, 90) });
    expect(bandIn(side, face, { column: 3, row: 0 })).toEqual({ column: 2 });
    expect(bandIn(face, side, { column: 2, row: 0 })).toEqual({ column: 3 });
    expect(bandIn(side, face, { column: 0, row: 0 })).toEqual({ column: -4, beside: true });
  });

  it('link a line to the column it was scanned in', () => {
    const face = view(0, { steps_x: 11, steps_y: 7, ...placed(100, 100) });
    const line = view(90, { steps_x: 1, steps_y: 7, ...placed(140, 80) });
    expect(bandIn(face, line, { column: 0, row: 2 })).toEqual({ column: 4 });
    expect(bandIn(line, face, { column: 4, row: 2 })).toEqual({ column: 0 });
    expect(bandIn(line, face, { column: 5, row: 2 })).toEqual({ column: 1, beside: true });
  });

  it('are not compared by pictures of another zoom', () => {
    const face = view(0, { steps_x: 8, steps_y: 5, ...placed(100, 100) });
    const zoomed = view(90, { steps_x: 8, steps_y: 3, ...placed(0, 0), micronsPerPixelX: 1 });
    expect(bandIn(zoomed, face, { column: 6, row: 0 })).toEqual({ column: 6 });
    expect(bandIn({ ...zoomed, order: { ...zoomed.order, columns: 9 } }, face, { column: 6, row: 0 })).toBeNull();
  });

  it('tell how the crystal was held by the grid where the goniometer is unknown', () => {
    expect(view(null, { steps_x: 8, steps_y: 5, meshAngle: 90 })).toMatchObject({ angle: 90, turned: false });
    expect(
      viewOf({ dataCollectionId: 1, numberOfImages: 1, GridInfo: [{ gridInfoId: 1, steps_x: 2, steps_y: 2 }] }),
    ).toBeNull();
    expect(viewOf({ dataCollectionId: 1, numberOfImages: 1, GridInfo: [] })).toBeNull();
  });
});
