import { useWindowVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Event, Run, Sample } from '@/api/types';
import { runsOn } from '@/features/results/runs';
import { rowKey } from '@/live/merge';
import { wallNow, weekday } from '@/shared/format/times';
import { EventCard } from '../cards/EventCard';
import { isOpened, type Opened } from '../opened';
import classes from './EventFeed.module.css';

export type FeedVirtualizer = Virtualizer<Window, Element>;

interface Props {
  rows: Event[];
  samples: Map<number, Sample>;
  /** Runs of programs, by group of collections. */
  results: Map<number, Run[]>;
  opened: Opened | undefined;
  fresh: ReadonlySet<string>;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
  /** Receives the virtualizer, for scrolling to a card. */
  feedRef: RefObject<FeedVirtualizer | null>;
  /** Told which rows are on screen. */
  onRange: (first: number, last: number) => void;
}

const HEIGHTS: Record<Event['type'], number> = { dc: 158, robot: 48, es: 272, xrf: 272 };
const GAP = 8;
const AHEAD = 6;

/** The cards, newest first; only those near the screen exist, so that twenty thousand cost as much as twenty. */
export function EventFeed(props: Props) {
  const { rows, samples, results, opened, fresh, hasMore, loadingMore, onMore, feedRef, onRange } = props;
  const place = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => HEIGHTS[rows[index]?.type ?? 'dc'],
    getItemKey: (index) => (rows[index] ? rowKey(rows[index]) : index),
    overscan: 3,
    gap: GAP,
    scrollMargin: margin,
    scrollPaddingStart: 190,
    scrollPaddingEnd: 24,
  });
  useLayoutEffect(() => {
    const top = place.current?.getBoundingClientRect().top;
    if (top !== undefined) setMargin(Math.round(top + window.scrollY));
  }, [rows.length]);
  useEffect(() => {
    feedRef.current = virtualizer;
  }, [feedRef, virtualizer]);

  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    onRange(first, last);
  }, [first, last, onRange]);
  useEffect(() => {
    if (hasMore && !loadingMore && last >= rows.length - AHEAD) onMore();
  }, [hasMore, loadingMore, last, rows.length, onMore]);

  return (
    <div
      ref={place}
      className={classes.feed}
      role="feed"
      aria-label="Collections, newest first"
      aria-busy={loadingMore}
      style={{ height: virtualizer.getTotalSize() }}
    >
      {items.map((item) => {
        const event = rows[item.index];
        if (!event) return null;
        return (
          <div
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className={classes.row}
            style={{ transform: `translateY(${item.start - margin}px)` }}
          >
            <Day iso={dayBegun(rows, item.index)} />
            <EventCard
              event={event}
              sample={event.blSampleId === null ? undefined : samples.get(event.blSampleId)}
              runs={runsOn(event, results)}
              openId={isOpened(event, opened) ? opened?.dataCollectionId : undefined}
              fresh={fresh.has(rowKey(event))}
            />
          </div>
        );
      })}
    </div>
  );
}

/** The time of a row with which another day begins, going down; null for all others, and for the first row of today. */
function dayBegun(rows: Event[], index: number): string | null {
  const time = rows[index]?.startTime ?? null;
  const above = index === 0 ? new Date(wallNow()).toISOString() : rows[index - 1]?.startTime;
  return time && above && time.slice(0, 10) !== above.slice(0, 10) ? time : null;
}

function Day({ iso }: { iso: string | null }) {
  return iso && <p className={classes.day}>{weekday(iso)}</p>;
}
