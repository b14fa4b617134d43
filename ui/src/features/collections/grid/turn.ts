import type { DataCollection, GridInfo } from '@/api/types';
import type { Rectangle } from './grid';
import type { Cell, ScanOrder } from './order';

/** The angle of the goniometer during a scan [degrees]; null when unknown. */
export function goniometerAngle({
  axisStart,
  omegaStart,
}: Pick<DataCollection, 'axisStart' | 'omegaStart'>): number | null {
  return axisStart ?? omegaStart ?? null;
}

/**
 * How far the grid lies turned over its snapshot, about its middle and clockwise [degrees]. Some control software
 * repeats the angle of the goniometer in `meshAngle`, and nobody draws a grid turned by a quarter: both are no turn.
 */
export function turnOf({ meshAngle }: Pick<GridInfo, 'meshAngle'>, goniometer: number | null): number {
  if (!meshAngle || meshAngle % 90 === 0) return 0;
  return goniometer !== null && angleBetween(meshAngle, goniometer) < 0.1 ? 0 : meshAngle;
}

/** The smaller angle between two directions [degrees, 0–180]. */
export function angleBetween(a: number, b: number): number {
  const difference = Math.abs(a - b) % 360;
  return Math.min(difference, 360 - difference);
}

/** The upright rectangle around one that is turned about its middle [degrees]. */
export function around({ x, y, width, height }: Rectangle, turn: number): Rectangle {
  const [cos, sin] = [Math.abs(Math.cos(radians(turn))), Math.abs(Math.sin(radians(turn)))];
  const [wide, high] = [width * cos + height * sin, width * sin + height * cos];
  return { x: x + (width - wide) / 2, y: y + (height - high) / 2, width: wide, height: high };
}

/** The cell at a point, given from the middle of the grid as it is drawn, in the unit of its size; else the nearest. */
export function cellAt(
  point: { x: number; y: number },
  size: { width: number; height: number },
  turn: number,
  order: ScanOrder,
): Cell {
  const [cos, sin] = [Math.cos(radians(turn)), Math.sin(radians(turn))];
  const along = point.x * cos + point.y * sin;
  const down = point.y * cos - point.x * sin;
  return {
    column: within(Math.floor((along / size.width + 0.5) * order.columns), order.columns),
    row: within(Math.floor((down / size.height + 0.5) * order.rows), order.rows),
  };
}

/** The nearest of so many places, counted from 0. */
export function within(place: number, places: number): number {
  return Math.min(places - 1, Math.max(0, place));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
