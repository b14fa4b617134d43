import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { count, fixed } from '@/shared/format/numbers';
import { savePng } from '@/shared/plots/export';
import { countAt, type Counts } from './counts';
import { resolutionAt, type Geometry } from './geometry';
import { Painter, type Painting } from './painter';
import { labelPlace, Rings, ringsOf } from './Rings';
import { useGestures } from './useGestures';
import classes from './Viewer.module.css';
import { imagePoint, type Point, type Size } from './view';

export interface StageHandle {
  save: (name: string) => void;
}

interface Props extends Omit<Painting, 'counts'> {
  handle: Ref<StageHandle>;
  counts: Counts;
  /** Of the detector [pixel]. */
  image: Size;
  screen: Size | null;
  /** Only a part of the image is seen. */
  zoomed: boolean;
  geometry: Geometry | null;
  resolution: boolean;
  ice: boolean;
  label: string;
  onZoom: (factor: number, around?: Point) => void;
  onMove: (by: Point) => void;
  onFit: () => void;
  /** To the next or the previous image. */
  onStep: (by: 1 | -1) => void;
  onPlay: () => void;
  /** The largest side that can be painted. */
  onLargest: (pixels: number) => void;
  /** This browser cannot, or does not go on to. */
  onFailed: () => void;
}

const STEP = 60;

/** The image itself: painted by the graphics card, with rings over it, and read where it is pointed at. */
export function Stage(props: Props) {
  const { handle, counts, image, geometry, view, resolution, ice, screen } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<Point | null>(null);
  const paint = usePainter(canvas, props);
  const gestures = useGestures(stage, { onZoom: props.onZoom, onMove: props.onMove, onPoint: setPointed });
  const rings = geometry && { geometry, image, view, resolution, ice };

  useImperativeHandle(handle, () => ({
    save: (name) => {
      if (!canvas.current) return;
      paint();
      savePng(name, flattened(canvas.current, rings ? ringsOf(rings) : []));
    },
  }));

  function onKeyDown(event: KeyboardEvent) {
    const act = keys(event.shiftKey)[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }
  const keys = (shift: boolean): Record<string, () => void> => ({
    '+': () => props.onZoom(1.4),
    '=': () => props.onZoom(1.4),
    '-': () => props.onZoom(1 / 1.4),
    '0': props.onFit,
    ' ': props.onPlay,
    ArrowLeft: () => (shift ? props.onMove({ x: STEP, y: 0 }) : props.onStep(-1)),
    ArrowRight: () => (shift ? props.onMove({ x: -STEP, y: 0 }) : props.onStep(1)),
    ArrowUp: () => props.onMove({ x: 0, y: STEP }),
    ArrowDown: () => props.onMove({ x: 0, y: -STEP }),
  });
  return (
    <>
      <div
        ref={stage}
        className={classes.canvas}
        tabIndex={0}
        role="application"
        aria-label={props.label}
        data-own-keys
        data-zoomed={props.zoomed ? true : undefined}
        data-testid="diffraction-stage"
        onKeyDown={onKeyDown}
        onDoubleClick={() => props.onFit()}
        {...gestures}
      >
        <canvas
          ref={canvas}
          width={screen ? Math.round(screen.width * devicePixelRatio) : 1}
          height={screen ? Math.round(screen.height * devicePixelRatio) : 1}
        />
        {rings && <Rings {...rings} />}
      </div>
      <Reading at={pointed && imagePoint(view, pointed)} counts={counts} geometry={geometry} />
    </>
  );
}

/** Paints after every change; answers a function that paints at once. */
function usePainter(canvas: React.RefObject<HTMLCanvasElement | null>, props: Props): () => void {
  const painter = useRef<Painter | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const lost = (event: Event) => {
      event.preventDefault();
      latest.current.onFailed();
    };
    element.addEventListener('webglcontextlost', lost);
    try {
      painter.current = new Painter(element);
      latest.current.onLargest(painter.current.largest);
    } catch {
      latest.current.onFailed();
    }
    return () => element.removeEventListener('webglcontextlost', lost);
  }, [canvas]);
  const { counts, view, limits, map, saturation, screen } = props;
  useEffect(() => {
    const frame = requestAnimationFrame(() => painter.current?.paint({ counts, view, limits, map, saturation }));
    return () => cancelAnimationFrame(frame);
  }, [counts, view, limits, map, saturation, screen]);
  return () => painter.current?.paint(latest.current);
}

function Reading({ at, counts, geometry }: { at: Point | null; counts: Counts; geometry: Geometry | null }) {
  const value = at && countAt(counts, at.x, at.y);
  if (!at || value === null)
    return <p className={classes.reading}>Point at the image to read it. Wheel or pinch to zoom, drag to move.</p>;
  return (
    <p className={classes.reading} data-testid="image-reading">
      <b>{value === 'masked' ? 'masked' : `${count(value)} counts`}</b>
      {geometry && <span>{fixed(resolutionAt(geometry, at.x, at.y), 2)} Å</span>}
      <span>
        x {Math.floor(at.x)}, y {Math.floor(at.y)}
      </span>
      {counts.binning > 1 && value !== 'masked' && (
        <span>
          largest of {counts.binning} × {counts.binning}
        </span>
      )}
    </p>
  );
}

/** What is seen, as one picture. */
function flattened(canvas: HTMLCanvasElement, rings: ReturnType<typeof ringsOf>): HTMLCanvasElement {
  const sheet = document.createElement('canvas');
  sheet.width = canvas.width;
  sheet.height = canvas.height;
  const context = sheet.getContext('2d');
  if (!context) return canvas;
  context.drawImage(canvas, 0, 0);
  const ratio = canvas.width / Math.max(canvas.clientWidth, 1);
  context.scale(ratio, ratio);
  context.font = '12px sans-serif';
  for (const ring of rings) {
    context.strokeStyle = context.fillStyle = ring.kind === 'ice' ? '#2f6fd0' : '#c2410c';
    context.beginPath();
    context.ellipse(ring.x, ring.y, ring.rx, ring.ry, 0, 0, 2 * Math.PI);
    context.stroke();
    const { x, y } = labelPlace(ring);
    if (ring.kind === 'resolution') context.fillText(ring.name, x + 3, y);
  }
  return sheet;
}
