import { useEffect, type RefObject } from 'react';
import type { Span } from './find';

/** Parts of a text that the style sheet colours, by `::highlight()`; what comes later covers what comes before. */
const MARKS = ['read-warning', 'read-error', 'read-found', 'read-here'] as const;
type Mark = (typeof MARKS)[number];

/**
 * Marks parts of the one text node in an element: without a node for each, which a text of a megabyte would not bear.
 * A browser that knows no highlights leaves them out.
 */
export function useMarks(box: RefObject<HTMLElement | null>, mark: Mark, text: string, spans: Span[]): void {
  useEffect(() => {
    const node = box.current?.firstChild;
    if (!node || !('highlights' in CSS) || node.nodeValue !== text) return;
    const ranges = spans.map(({ from, to }) => {
      return new StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: to });
    });
    const marked = highlight(mark);
    for (const range of ranges) marked.add(range);
    return () => {
      for (const range of ranges) marked.delete(range);
    };
  }, [box, mark, text, spans]);
}

/** The one that all texts on the page share. */
function highlight(mark: Mark): Highlight {
  const known = CSS.highlights.get(mark);
  if (known) return known;
  const made = new Highlight();
  made.priority = MARKS.indexOf(mark);
  CSS.highlights.set(mark, made);
  return made;
}

/** Scrolls a part of the text into the box; where it cannot be marked, it is selected. */
export function bringIntoView(box: HTMLElement, { from, to }: Span): void {
  const node = box.firstChild;
  if (!node) return;
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  const [at, frame] = [range.getBoundingClientRect(), box.getBoundingClientRect()];
  if (at.top < frame.top || at.bottom > frame.top + box.clientHeight) {
    box.scrollTop += at.top - frame.top - box.clientHeight / 2;
  }
  if (at.left < frame.left || at.right > frame.left + box.clientWidth) {
    box.scrollLeft += at.left - frame.left - box.clientWidth / 2;
  }
  if (!('highlights' in CSS)) globalThis.getSelection()?.setBaseAndExtent(node, from, node, to);
}
