import { describe, expect, it } from 'vitest';
import { angleBetween, around, cellAt, goniometerAngle, turnOf } from './turn';

const order = { columns: 4, rows: 2, vertical: false, snaked: false };
const size = { width: 80, height: 40 };

describe('a grid turned over its snapshot', () => {
  it('is turned by its mesh angle', () => {
    expect(turnOf({ meshAngle: 12.5 }, 90)).toBe(12.5);
    expect(turnOf({ meshAngle: -8 }, null)).toBe(-8);
    expect(turnOf({ meshAngle: null }, 90)).toBe(0);
    expect(turnOf({}, 90)).toBe(0);
  });

  it('is not turned when the mesh angle repeats that of the goniometer', () => {
    expect(turnOf({ meshAngle: 37 }, 37)).toBe(0);
    expect(turnOf({ meshAngle: -30 }, 330)).toBe(0);
    expect(turnOf({ meshAngle: 270 }, null)).toBe(0);
  });

  it('needs more room the further it is turned', () => {
    const upright = { x: 10, y: 20, width: 80, height: 40 };
    expect(around(upright, 0)).toEqual(upright);
    const turned = around(upright, 30);
    expect(turned.width).toBeCloseTo(80 * Math.cos(Math.PI / 6) + 20, 10);
    expect(turned.height).toBeCloseTo(40 + 40 * Math.cos(Math.PI / 6), 10);
    expect(turned.x + turned.width / 2).toBeCloseTo(50, 10);
    expect(turned.y + turned.height / 2).toBeCloseTo(40, 10);
    expect(around(upright, -30)).toEqual(turned);
  });

  it('tells the cell under the pointer', () => {
    expect(cellAt({ x: -35, y: -15 }, size, 0, order)).toEqual({ column: 0, row: 0 });
    expect(cellAt({ x: 35, y: 15 }, size, 0, order)).toEqual({ column: 3, row: 1 });
    // Turned clockwise by 30°, its right end lies lower.
    const rightEnd = { x: 35 * Math.cos(Math.PI / 6) + 5, y: 35 * 0.5 - 10 * Math.cos(Math.PI / 6) };
    expect(cellAt(rightEnd, size, 30, order)).toEqual({ column: 3, row: 0 });
    expect(cellAt({ x: 0, y: 35 }, size, 90, order)).toMatchObject({ column: 3 });
  });

  it('keeps to its cells beside the grid', () => {
    expect(cellAt({ x: -99, y: 99 }, size, 0, order)).toEqual({ column: 0, row: 1 });
  });
});

it('measures angles around the circle', () => {
  expect(angleBetween(350, 10)).toBe(20);
  expect(angleBetween(-90, 180)).toBe(90);
});

it('takes the rotation axis for the goniometer, else omega', () => {
  expect(goniometerAngle({ axisStart: 0, omegaStart: 90 })).toBe(0);
  expect(goniometerAngle({ axisStart: null, omegaStart: 90 })).toBe(90);
  expect(goniometerAngle({})).toBeNull();
});
