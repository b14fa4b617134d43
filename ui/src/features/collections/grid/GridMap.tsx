import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent } from 'react';
import type { GridInfo } from '@/api/types';
import { viridis } from '@/shared/plots/viridis';
import classes from './GridMap.module.css';
import { aspectOf, placeOnSnapshot, type Rectangle } from './grid';
import type { Centre } from './centre';
import type { Band } from './linked';
import { linesOf, type Cell, type ScanOrder } from './order';
import { around, cellAt, within } from './turn';

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
  /** How far the grid lies turned over its snapshot, clockwise [degrees]. */
  turn?: number;
  best: Cell | null;
  /** Where X-ray centring found the crystal. */
  centre?: Centre | null;
  /** What is pointed at in another view of the crystal. */
  band?: Band | null;
  selected: Cell | null;
  /** Draw the course of the scan. */
  course?: boolean;
  /** Where the crosshair stands; on the selected cell when left out. */
  pointed?: Cell | null;
  /** With the click that chose it, unless a key did. */
  onSelect?: (cell: Cell, click?: MouseEvent<HTMLElement>) => void;
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
  const turn = place ? (props.turn ?? 0) : 0;
  const view = place && natural ? shownPart(around(place, turn), natural, whole) : null;
  const aspect = view ? view.width / view.height : aspectOf(grid, order);

  function cellUnder(event: MouseEvent<HTMLElement>): Cell {
    // The middle stays where it is when the grid is turned; its own width and height are those before turning.
    const { currentTarget: cells, clientX, clientY } = event;
    const { left, top, width, height } = cells.getBoundingClientRect();
    const point = { x: clientX - left - width / 2, y: clientY - top - height / 2 };
    return cellAt(point, { width: cells.offsetWidth, height: cells.offsetHeight }, turn, order);
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = STEPS[event.key];
    if (!step || !onSelect) return;
    event.preventDefault();
    const from = selected ?? best ?? { column: 0, row: 0 };
    onSelect({ column: within(from.column + step[0], order.columns), row: within(from.row + step[1], order.rows) });
  }
  return (
    <div
      className={classes.map}
      style={{ aspectRatio: aspect, '--aspect': aspect }}
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
        style={view && place ? { ...boxStyle(place, view), rotate: `${turn}deg` } : { inset: 0 }}
        onPointerMove={(event) => onHover?.(cellUnder(event))}
        onPointerLeave={() => onHover?.(null)}
        onClick={(event) => onSelect?.(cellUnder(event), event)}
      >
        <Cells {...props} opacity={view ? opacity : 1} />
        <Marks {...props} />
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

type Marked = Omit<Props, 'grid' | 'values' | 'range' | 'label'>;

function Marks({ order, best, centre, band, course = false, selected, pointed }: Marked) {
  const cross = pointed ?? selected;
  return (
    <svg
      className={classes.marks}
      viewBox={`0 0 ${order.columns} ${order.rows}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {band && <Line order={order} band={band} />}
      {course && <Course order={order} />}
      {best && <rect x={best.column} y={best.row} width="1" height="1" className={classes.best} />}
      {centre && <CentreMark centre={centre} />}
      {cross && (
        <path
          d={`M0 ${cross.row + 0.5}H${order.columns}M${cross.column + 0.5} 0V${order.rows}`}
          className={classes.cross}
        />
      )}
      {selected && <rect x={selected.column} y={selected.row} width="1" height="1" className={classes.selected} />}
    </svg>
  );
}

/** The course of the scan through the middles of boxes. A dot is where it begins, and sets out anew. */
function Course({ order }: { order: ScanOrder }) {
  const lines = linesOf(order);
  const along = lines
    .map(([from, to], place) => `${order.snaked && place > 0 ? 'L' : 'M'}${at(from)}L${at(to)}`)
    .join('');
  const begins = order.snaked ? lines.slice(0, 1) : lines;
  return (
    <g data-testid="course">
      <path d={along} className={classes.courseRim} />
      <path d={along} className={classes.course} />
      {begins.map(([{ column, row }]) => (
        <ellipse
          key={`${column} ${row}`}
          cx={column + 0.5}
          cy={row + 0.5}
          rx="0.16"
          ry="0.16"
          className={classes.begin}
        />
      ))}
    </g>
  );
}

function at({ column, row }: Cell): string {
  return `${column + 0.5} ${row + 0.5}`;
}

/** A ring with a dark rim, which shows on every colour of the map. */
function CentreMark({ centre: { x, y, box } }: { centre: Centre }) {
  return (
    <g data-testid="centre">
      {box && (
        <rect
          x={box.left}
          y={box.top}
          width={box.right - box.left}
          height={box.bottom - box.top}
          className={classes.extent}
        />
      )}
      <ellipse cx={x} cy={y} rx="0.45" ry="0.45" className={classes.rim} />
      <ellipse cx={x} cy={y} rx="0.45" ry="0.45" className={classes.centre} />
    </g>
  );
}

function Line({ order, band }: { order: ScanOrder; band: Band }) {
  const place =
    'column' in band
      ? { x: band.column, y: 0, width: 1, height: order.rows }
      : { x: 0, y: band.row, width: order.columns, height: 1 };
  return <rect {...place} className={classes.band} data-beside={band.beside} data-testid="linked-band" />;
}

/** What part of the snapshot is shown: all of it, or the grid with some surroundings as far as the picture reaches. */
function shownPart(place: Rectangle, natural: { width: number; height: number }, whole: boolean): Rectangle {
  if (whole) return { x: 0, y: 0, ...natural };
  const margin = Math.max(place.width, place.height) * 0.22;
  const [left, right] = widened(place.x, place.x + place.width, margin, natural.width);
  const [top, bottom] = widened(place.y, place.y + place.height, margin, natural.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** A stretch with a margin, which ends at the edge of the picture unless the stretch itself goes on. */
function widened(from: number, to: number, margin: number, edge: number): [number, number] {
  return [Math.max(from - margin, Math.min(from, 0)), Math.min(to + margin, Math.max(to, edge))];
}

function boxStyle(inner: Rectangle, view: Rectangle): CSSProperties {
  const percent = (part: number, total: number) => `${(part / total) * 100}%`;
  return {
    left: percent(inner.x - view.x, view.width),
    top: percent(inner.y - view.y, view.height),
    width: percent(inner.width, view.width),
    height: percent(inner.height, view.height),
  };
}
