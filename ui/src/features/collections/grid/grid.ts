import type { DataCollection, GridInfo, Quality } from '@/api/types';
import type { Metric } from '@/shared/plots/metrics';
import { cellOfImage, type ScanOrder } from './order';

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * The grid of a collection. A group of scans may list the grids of all its members: the collection's own is told by
 * its key, or, where grids hang on the group, by having as many boxes as the collection has images.
 */
export function gridOf(
  collection: Pick<DataCollection, 'dataCollectionId' | 'numberOfImages' | 'GridInfo'>,
): GridInfo | undefined {
  const { GridInfo: grids, dataCollectionId, numberOfImages } = collection;
  return (
    grids.find((grid) => grid.dataCollectionId === dataCollectionId) ??
    grids.find((grid) => (grid.steps_x ?? 0) * (grid.steps_y ?? 0) === numberOfImages) ??
    grids[0]
  );
}

/** How a grid was scanned; null when the database does not say how many boxes it has. */
export function scanOrder(grid: GridInfo | undefined): ScanOrder | null {
  const columns = Math.round(grid?.steps_x ?? 0);
  const rows = Math.round(grid?.steps_y ?? 0);
  if (columns < 1 || rows < 1) return null;
  return { columns, rows, vertical: grid?.orientation === 'vertical', snaked: grid?.snaked ?? false };
}

/** Where the grid lies on its snapshot [pixel]; null when its scale or its place is unknown. */
export function placeOnSnapshot(grid: GridInfo): Rectangle | null {
  const { micronsPerPixelX, micronsPerPixelY, snapshot_offsetXPixel: x, snapshot_offsetYPixel: y } = grid;
  const [order, box] = [scanOrder(grid), boxSize(grid)];
  if (!order || !box || !micronsPerPixelX || !micronsPerPixelY || !known(x) || !known(y)) return null;
  return {
    x,
    y,
    width: (order.columns * box[0] * 1000) / micronsPerPixelX,
    height: (order.rows * box[1] * 1000) / micronsPerPixelY,
  };
}

/** Width to height of the whole grid; boxes of unknown size count as square. */
export function aspectOf(grid: GridInfo, order: ScanOrder): number {
  const [width, height] = boxSize(grid) ?? [1, 1];
  return (order.columns * width) / (order.rows * height);
}

/** Size of one box [mm]. */
export function boxSize({ dx_mm, dy_mm }: GridInfo): [number, number] | null {
  return dx_mm && dy_mm ? [Math.abs(dx_mm), Math.abs(dy_mm)] : null;
}

function known(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}

/** An indicator laid out row by row as the grid is seen; NaN where no value has arrived. */
export function cellValues(quality: Quality, metric: Metric, order: ScanOrder, firstImage: number): Float64Array {
  const values = new Float64Array(order.columns * order.rows).fill(NaN);
  const column = quality[metric.key];
  quality.imageNumber.forEach((imageNumber, i) => {
    const index = imageNumber - firstImage;
    const value = column?.[i];
    if (index < 0 || index >= values.length || value === null || value === undefined) return;
    const cell = cellOfImage(index, order);
    values[cell.row * order.columns + cell.column] = value;
  });
  return values;
}

/** The cell with the best value, or null while nothing is known. */
export function bestCell(
  values: Float64Array,
  metric: Metric,
  order: ScanOrder,
): { column: number; row: number } | null {
  let best = -1;
  values.forEach((value, index) => {
    if (Number.isNaN(value)) return;
    const champion = values[best];
    if (champion === undefined || (metric.better === 'high' ? value > champion : value < champion)) best = index;
  });
  return best < 0 ? null : { column: best % order.columns, row: Math.floor(best / order.columns) };
}
