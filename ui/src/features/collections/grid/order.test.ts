import { describe, expect, it } from 'vitest';
import { cellOfImage, imageOfCell, linesOf, type ScanOrder } from './order';

function drawn(order: ScanOrder): number[][] {
  const grid = Array.from({ length: order.rows }, () => Array<number>(order.columns).fill(-1));
  for (let index = 0; index < order.columns * order.rows; index += 1) {
    const { column, row } = cellOfImage(index, order);
    const line = grid[row];
    if (line) line[column] = index;
  }
  return grid;
}

describe('the order of a grid scan', () => {
  it('runs along rows', () => {
    expect(drawn({ columns: 3, rows: 2, vertical: false, snaked: false })).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  it('turns back on every second row when snaked', () => {
    expect(drawn({ columns: 3, rows: 3, vertical: false, snaked: true })).toEqual([
      [0, 1, 2],
      [5, 4, 3],
      [6, 7, 8],
    ]);
  });

  it('runs along columns', () => {
    expect(drawn({ columns: 3, rows: 2, vertical: true, snaked: false })).toEqual([
      [0, 2, 4],
      [1, 3, 5],
    ]);
  });

  it('turns back on every second column when snaked', () => {
    expect(drawn({ columns: 3, rows: 2, vertical: true, snaked: true })).toEqual([
      [0, 3, 4],
      [1, 2, 5],
    ]);
  });

  it.each([
    { columns: 7, rows: 5, vertical: false, snaked: true },
    { columns: 7, rows: 5, vertical: true, snaked: true },
    { columns: 1, rows: 9, vertical: true, snaked: false },
    { columns: 9, rows: 1, vertical: false, snaked: true },
  ])('finds every image again in its cell: %o', (order) => {
    for (let index = 0; index < order.columns * order.rows; index += 1) {
      expect(imageOfCell(cellOfImage(index, order), order)).toBe(index);
    }
  });

  it('tells where lines begin and end', () => {
    const at = (column: number, row: number) => ({ column, row });
    expect(linesOf({ columns: 3, rows: 2, vertical: false, snaked: true })).toEqual([
      [at(0, 0), at(2, 0)],
      [at(2, 1), at(0, 1)],
    ]);
    expect(linesOf({ columns: 2, rows: 3, vertical: true, snaked: false })).toEqual([
      [at(0, 0), at(0, 2)],
      [at(1, 0), at(1, 2)],
    ]);
  });
});
