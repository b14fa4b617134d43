/** The order in which a grid was scanned: along rows or along columns, every second line backwards when snaked. */
export interface ScanOrder {
  columns: number;
  rows: number;
  vertical: boolean;
  snaked: boolean;
}

export interface Cell {
  column: number;
  row: number;
}

/** Where the image of this index (from 0, in order of collection) lies. */
export function cellOfImage(index: number, { columns, rows, vertical, snaked }: ScanOrder): Cell {
  const length = vertical ? rows : columns;
  const line = Math.floor(index / length);
  const along = index % length;
  const place = snaked && line % 2 === 1 ? length - 1 - along : along;
  return vertical ? { column: line, row: place } : { column: place, row: line };
}

/** The index (from 0) of the image that was taken in this cell. */
export function imageOfCell({ column, row }: Cell, { columns, rows, vertical, snaked }: ScanOrder): number {
  const length = vertical ? rows : columns;
  const line = vertical ? column : row;
  const place = vertical ? row : column;
  return line * length + (snaked && line % 2 === 1 ? length - 1 - place : place);
}

/** The course of a scan: the cells at which each of its lines begins and ends, in order. */
export function linesOf(order: ScanOrder): [Cell, Cell][] {
  const { columns, rows, vertical } = order;
  const length = vertical ? rows : columns;
  return Array.from({ length: vertical ? columns : rows }, (_, line) => [
    cellOfImage(line * length, order),
    cellOfImage((line + 1) * length - 1, order),
  ]);
}
