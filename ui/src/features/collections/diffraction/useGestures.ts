import { useEffect, useRef, type PointerEvent, type RefObject } from 'react';
import type { Point } from './view';

interface Actions {
  onZoom: (factor: number, around: Point) => void;
  onMove: (by: Point) => void;
  /** Where a mouse or pen points; null when it left. */
  onPoint: (at: Point | null) => void;
}

const WHEEL = 0.0016;

/** Wheel, drag and pinch on an element, as a map has them. */
export function useGestures(element: RefObject<HTMLElement | null>, actions: Actions) {
  const latest = useRef(actions);
  const fingers = useRef(new Map<number, Point>());
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    // React's own wheel events cannot keep the page from scrolling.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const delta = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
      latest.current.onZoom(Math.exp(-delta * WHEEL), placeOf(event, watched));
    };
    watched.addEventListener('wheel', onWheel, { passive: false });
    return () => watched.removeEventListener('wheel', onWheel);
  }, [element]);

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    event.currentTarget.setPointerCapture(event.pointerId);
    fingers.current.set(event.pointerId, placeOf(event, event.currentTarget));
  }
  function onPointerMove(event: PointerEvent<HTMLElement>) {
    const at = placeOf(event, event.currentTarget);
    const was = fingers.current.get(event.pointerId);
    latest.current.onPoint(at);
    if (!was) return;
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    fingers.current.set(event.pointerId, at);
    if (!other) {
      latest.current.onMove({ x: at.x - was.x, y: at.y - was.y });
      return;
    }
    const apart = Math.hypot(was.x - other.x, was.y - other.y);
    latest.current.onMove({ x: (at.x - was.x) / 2, y: (at.y - was.y) / 2 });
    if (apart > 0)
      latest.current.onZoom(Math.hypot(at.x - other.x, at.y - other.y) / apart, {
        x: (at.x + other.x) / 2,
        y: (at.y + other.y) / 2,
      });
  }
  function onPointerUp(event: PointerEvent<HTMLElement>) {
    fingers.current.delete(event.pointerId);
  }
  return {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel: onPointerUp,
    onPointerLeave: () => latest.current.onPoint(null),
  };
}

function placeOf(event: { clientX: number; clientY: number }, element: Element): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}
