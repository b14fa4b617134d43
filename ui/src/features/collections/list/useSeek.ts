import { useEffect, useRef } from 'react';
import type { Event } from '@/api/types';

interface Wanted {
  matches: (event: Event) => boolean;
  /** Pages that may be loaded to find it. */
  pages: number;
  found: (index: number) => void;
}

interface List {
  rows: Event[];
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

/** Finds a row that may lie further down than what is loaded, loading page after page until it is there. */
export function useSeek({ rows, hasMore, loading, onMore }: List): (wanted: Wanted) => void {
  const wanted = useRef<Wanted | null>(null);

  function step() {
    const now = wanted.current;
    if (!now || rows.length === 0) return;
    const index = rows.findIndex(now.matches);
    if (index >= 0) {
      wanted.current = null;
      now.found(index);
    } else if (!hasMore || now.pages <= 0) {
      wanted.current = null;
    } else if (!loading) {
      now.pages -= 1;
      onMore();
    }
  }
  useEffect(step);
  return (next) => {
    wanted.current = next;
    step();
  };
}
