import { useLayoutEffect, useState, type RefObject } from 'react';
import type { Size } from './view';

/** Size of an element on the screen [CSS pixel], followed while it changes; null before it is there. */
export function useScreen(element: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const observer = new ResizeObserver(() => setSize({ width: watched.clientWidth, height: watched.clientHeight }));
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
