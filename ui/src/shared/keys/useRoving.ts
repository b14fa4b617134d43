import { useState, type KeyboardEvent } from 'react';

/** The one that a key leads to from another, round the end; undefined for a key that leads nowhere. */
export function neighbour<T>(all: readonly T[], from: T, key: string): T | undefined {
  const at = all.indexOf(from);
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  if (key === 'ArrowRight' || key === 'ArrowDown') return all[(at + 1) % all.length];
  return key === 'ArrowLeft' || key === 'ArrowUp' ? all.at(at - 1) : undefined;
}

/**
 * Buttons drawn in one SVG: Tab reaches one of them, the last that had the focus or else the first, and arrows lead on
 * from it. Enter and the space bar press it.
 */
export function useRoving(ids: readonly number[], onPress: (id: number) => void) {
  const [last, setLast] = useState<number>();
  const reached = last !== undefined && ids.includes(last) ? last : ids[0];
  return (id: number) => ({
    role: 'button',
    tabIndex: id === reached ? 0 : -1,
    'data-key': id,
    onFocus: () => setLast(id),
    onKeyDown: (event: KeyboardEvent<SVGElement>) => {
      const next = neighbour(ids, id, event.key);
      const isPress = event.key === 'Enter' || event.key === ' ';
      if (next === undefined && !isPress) return;
      event.preventDefault();
      if (isPress) onPress(id);
      else event.currentTarget.ownerSVGElement?.querySelector<SVGElement>(`[data-key="${next}"]`)?.focus();
    },
  });
}
