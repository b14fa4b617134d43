import type { DataCollection, GridInfo } from '@/api/types';
import { boxSize, gridOf, placeOnSnapshot, scanOrder } from './grid';
import type { Cell, ScanOrder } from './order';
import { angleBetween, goniometerAngle, turnOf } from './turn';

/** One grid scan of a crystal: the grid, and how the crystal was held. */
export interface View {
  grid: GridInfo;
  order: ScanOrder;
  /** Of the goniometer, or of the grid where that is unknown [degrees]. */
  angle: number;
  turned: boolean;
}

/** Where something pointed at in one view lies in another: all cells of one column, or of one row. */
export type Band = ({ column: number } | { row: number }) & {
  /** It lies beside the grid, on the picture only. */
  beside?: true;
};

/** How far from a quarter turn two views of one 3-D scan may be [degrees]. */
const NEARLY = 10;

/** What a view is read from. */
export type Scanned = Pick<
  DataCollection,
  'dataCollectionId' | 'numberOfImages' | 'GridInfo' | 'axisStart' | 'omegaStart'
>;

/** The view that a collection is; null when it is no grid scan, or nothing tells how the crystal was held. */
export function viewOf(collection: Scanned): View | null {
  const grid = gridOf(collection);
  const order = scanOrder(grid);
  const goniometer = goniometerAngle(collection);
  const angle = goniometer ?? grid?.meshAngle;
  if (!grid || !order || angle === null || angle === undefined) return null;
  return { grid, order, angle, turned: turnOf(grid, goniometer) !== 0 };
}

/**
 * What a cell of one view is in another: two views a quarter turn apart share the direction of the spindle, so that a
 * column of one is a column of the other (a row, where the spindle stands upright). Null when they are not such a pair.
 */
export function bandIn(other: View, view: View, cell: Cell): Band | null {
  const apart = angleBetween(view.angle, other.angle);
  if (Math.abs(apart - 90) > NEARLY || view.turned || other.turned) return null;
  if (spindleIsUpright(view, other)) {
    const row = lineIn(alongDown(other), alongDown(view), cell.row);
    return row === null ? null : { row, ...besides(row, other.order.rows) };
  }
  const column = lineIn(alongAcross(other), alongAcross(view), cell.column);
  return column === null ? null : { column, ...besides(column, other.order.columns) };
}

function besides(line: number, lines: number): { beside?: true } {
  return line < 0 || line >= lines ? { beside: true } : {};
}

/** The lines of a grid across its shared direction. */
interface Lines {
  number: number;
  /** Width of one [mm]. */
  width: number | null;
  /** Where the first begins [µm on the snapshot], and the scale of that [µm/pixel]. */
  begin: number | null;
  scale: number | null | undefined;
}

function alongAcross({ grid, order }: View): Lines {
  const [scale, place] = [grid.micronsPerPixelX, placeOnSnapshot(grid)];
  const begin = place && scale ? place.x * scale : null;
  return { number: order.columns, width: boxSize(grid)?.[0] ?? null, begin, scale };
}

function alongDown({ grid, order }: View): Lines {
  const [scale, place] = [grid.micronsPerPixelY, placeOnSnapshot(grid)];
  const begin = place && scale ? place.y * scale : null;
  return { number: order.rows, width: boxSize(grid)?.[1] ?? null, begin, scale };
}

/** The spindle lies across the picture at most beamlines; where one view is a single row, or only rows agree, upright. */
function spindleIsUpright(a: View, b: View): boolean {
  if (isLine(alongAcross(a), alongDown(a)) || isLine(alongAcross(b), alongDown(b))) return false;
  if (isLine(alongDown(a), alongAcross(a)) || isLine(alongDown(b), alongAcross(b))) return true;
  return agree(alongDown(a), alongDown(b)) && !agree(alongAcross(a), alongAcross(b));
}

function isLine(short: Lines, long: Lines): boolean {
  return short.number === 1 && long.number > 1;
}

function agree(a: Lines, b: Lines): boolean {
  return a.number === b.number && Math.abs((a.width ?? 1) - (b.width ?? 1)) < 1e-6;
}

/** The line of the other grid at the middle of a line of this one, if it went on: by the snapshots, else by its number. */
function lineIn(other: Lines, own: Lines, line: number): number | null {
  if (own.begin === null || other.begin === null || !own.width || !other.width || !isSameScale(own, other))
    return own.number === other.number ? line : null;
  const at = own.begin + (line + 0.5) * own.width * 1000;
  return Math.floor((at - other.begin) / (other.width * 1000));
}

/** Pictures of another zoom share no edge to measure from. */
function isSameScale(a: Lines, b: Lines): boolean {
  return Boolean(a.scale && b.scale && Math.abs(a.scale / b.scale - 1) < 0.01);
}
