import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { GridInfo } from '@/api/types';
import { viridis } from '@/shared/plots/viridis';
import classes from './GridMap.module.css';
import { aspectOf, placeOnSnapshot, type Rectangle } from './grid';
import type { Cell, ScanOrder } from './order';

interface Props {
  grid: GridInfo;
  order: ScanOrder;
  /** One value a cell, row by row; NaN is left open. */
  values: Float64Array;
  range: [number, number] | null;
  label: string;
  snapshot?: string;
  /** Show the whole snapshot, or only what lies around the grid. */
  whole?: boolean;
  opacity?: number;
  best: Cell | null;
  selected: Cell | null;
  onSelect?: (cell: Cell) => void;
  onHover?: (cell: Cell | null) => void;
}

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A heat map of a grid scan, over the picture of the crystal where the database knows how they fit. */
export function GridMap(props: Props) {
  const { grid, order, snapshot, whole = false, onSelect, onHover, selected, best, label, opacity = 0.78 } = props;
  const [natural, setNatural] = useState<{ width: number; height: number } | null>(null);
  const place = snapshot ? placeOnSnapshot(grid) : null;
  const view = place && natural ? viewOf(place, natural, whole) : null;
  const aspect = view ? view.width / view.height : aspectOf(grid, order);

  function cellAt(event: PointerEvent): Cell {
    const box = event.currentTarget.getBoundingClientRect();
    const at = (position: number, size: number, cells: number) =>
      Math.min(cells - 1, Math.max(0, Math.floor((position / size) * cells)));
    return {
      column: at(event.clientX - box.left, box.width, order.columns),
      row: at(event.clientY - box.top, box.height, order.rows),
    };
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = STEPS[event.key];
    if (!step || !onSelect) return;
    event.preventDefault();
    const from = selected ?? best ?? { column: 0, row: 0 };
    onSelect({ column: clamp(from.column + step[0], order.columns), row: clamp(from.row + step[1], order.rows) });
  }
  return (
    <div
      className={classes.map}
      style={{ aspectRatio: aspect, '--aspect': aspect } as React.CSSProperties}
      tabIndex={onSelect ? 0 : undefined}
      role={onSelect ? 'application' : 'img'}
      aria-label={label}
      data-own-keys={onSelect ? true : undefined}
      onKeyDown={onKeyDown}
    >
      {place && snapshot && (
        <img
          src={snapshot}
          alt=""
          className={classes.snapshot}
          style={view && natural ? boxStyle({ x: 0, y: 0, ...natural }, view) : { opacity: 0 }}
          onLoad={({ currentTarget: image }) => setNatural({ width: image.naturalWidth, height: image.naturalHeight })}
        />
      )}
      <div
        className={classes.cells}
        style={view && place ? boxStyle(place, view) : { inset: 0 }}
        onPointerMove={(event) => onHover?.(cellAt(event))}
        onPointerLeave={() => onHover?.(null)}
        onClick={(event) => onSelect?.(cellAt(event as unknown as PointerEvent))}
      >
        <Cells {...props} opacity={view ? opacity : 1} />
        <Marks order={order} best={best} selected={selected} />
      </div>
    </div>
  );
}

/** One canvas pixel a cell; the browser enlarges it without smoothing. */
function Cells({ order, values, range, opacity }: Pick<Props, 'order' | 'values' | 'range'> & { opacity: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(order.columns, order.rows);
    const [low, high] = range ?? [0, 1];
    values.forEach((value, index) => {
      if (Number.isNaN(value)) return;
      image.data.set([...viridis(high > low ? (value - low) / (high - low) : 1), 255], index * 4);
    });
    context.putImageData(image, 0, 0);
  }, [order, values, range]);
  return (
    <canvas ref={canvas} width={order.columns} height={order.rows} className={classes.canvas} style={{ opacity }} />
  );
}

function Marks({ order, best, selected }: Pick<Props, 'order' | 'best' | 'selected'>) {
  return (
    <svg
      className={classes.marks}
      viewBox={`0 0 ${order.columns} ${order.rows}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {best && <rect x={best.column} y={best.row} width="1" height="1" className={classes.best} />}
      {selected && (
        <>
          <path
            d={`M0 ${selected.row + 0.5}H${order.columns}M${selected.column + 0.5} 0V${order.rows}`}
            className={classes.cross}
          />
          <rect x={selected.column} y={selected.row} width="1" height="1" className={classes.selected} />
        </>
      )}
    </svg>
  );
}

/** What part of the snapshot is shown: all of it, or the grid with some surroundings. */
function viewOf(place: Rectangle, natural: { width: number; height: number }, whole: boolean): Rectangle {
  if (whole) return { x: 0, y: 0, ...natural };
  const margin = Math.max(place.width, place.height) * 0.22;
  return {
    x: place.x - margin,
    y: place.y - margin,
    width: place.width + 2 * margin,
    height: place.height + 2 * margin,
  };
}

function boxStyle(inner: Rectangle, view: Rectangle): React.CSSProperties {
  const percent = (part: number, total: number) => `${(part / total) * 100}%`;
  return {
    left: percent(inner.x - view.x, view.width),
    top: percent(inner.y - view.y, view.height),
    width: percent(inner.width, view.width),
    height: percent(inner.height, view.height),
  };
}

function clamp(position: number, size: number): number {
  return Math.min(size - 1, Math.max(0, position));
}
