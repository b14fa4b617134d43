// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { GridInfo } from '@/api/types';
import { draw } from '@/testing/render';
import { GridMap } from './GridMap';

const grid: GridInfo = { gridInfoId: 1, steps_x: 3, steps_y: 2, dx_mm: 0.02, dy_mm: 0.02 };
const order = { columns: 3, rows: 2, vertical: false, snaked: false };

function map(selected: { column: number; row: number } | null) {
  const onSelect = vi.fn();
  draw(
    <GridMap
      grid={grid}
      order={order}
      values={new Float64Array(6)}
      range={[0, 1]}
      label="the grid"
      best={{ column: 1, row: 1 }}
      selected={selected}
      onSelect={onSelect}
    />,
  );
  return onSelect;
}

it('moves the crosshair with the arrow keys and stops at the edge', () => {
  const onSelect = map({ column: 2, row: 0 });
  const drawn = screen.getByLabelText('the grid');
  fireEvent.keyDown(drawn, { key: 'ArrowLeft' });
  expect(onSelect).toHaveBeenLastCalledWith({ column: 1, row: 0 });
  fireEvent.keyDown(drawn, { key: 'ArrowRight' });
  expect(onSelect).toHaveBeenLastCalledWith({ column: 2, row: 0 });
  fireEvent.keyDown(drawn, { key: 'ArrowDown' });
  expect(onSelect).toHaveBeenLastCalledWith({ column: 2, row: 1 });
});

it('starts from the best box', () => {
  const onSelect = map(null);
  fireEvent.keyDown(screen.getByLabelText('the grid'), { key: 'ArrowUp' });
  expect(onSelect).toHaveBeenLastCalledWith({ column: 1, row: 0 });
});

it('leaves other keys to the page', () => {
  const onSelect = map(null);
  fireEvent.keyDown(screen.getByLabelText('the grid'), { key: 'Escape' });
  expect(onSelect).not.toHaveBeenCalled();
});

it('draws the course of a scan: as one where it turned back, else line by line', () => {
  const along = (snaked: boolean) => {
    const { unmount } = draw(
      <GridMap
        grid={grid}
        order={{ ...order, snaked }}
        values={new Float64Array(6)}
        range={null}
        label="the grid"
        best={null}
        selected={null}
        course
      />,
    );
    const drawn = screen.getByTestId('course');
    const found = [drawn.querySelector('path')?.getAttribute('d'), drawn.querySelectorAll('ellipse').length];
    unmount();
    return found;
  };
  expect(along(true)).toEqual(['M0.5 0.5L2.5 0.5L2.5 1.5L0.5 1.5', 1]);
  expect(along(false)).toEqual(['M0.5 0.5L2.5 0.5M0.5 1.5L2.5 1.5', 2]);
});
