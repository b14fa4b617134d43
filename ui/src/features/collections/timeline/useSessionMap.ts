import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Event } from '@/api/types';
import { rowsOf } from '@/live/merge';
import { mapQuery, type EventFilters } from '../queries';

/** Pages of events loaded at most: twenty thousand marks could not be told apart. */
const MOST_PAGES = 8;

/** The events for the map of a session, page after page; `whole` once every one of them is there. */
export function useSessionMap(filters: EventFilters, enabled: boolean): { events: Event[]; whole: boolean } | null {
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({ ...mapQuery(filters), enabled });
  const more = hasNextPage && !isFetching && (data?.pages.length ?? 0) < MOST_PAGES;
  useEffect(() => {
    if (more) void fetchNextPage();
  }, [more, fetchNextPage]);
  const events = useMemo(() => (data ? rowsOf(data) : null), [data]);
  return events && { events, whole: !hasNextPage };
}
