import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Event } from '@/api/types';
import { patchInPlace, rowKey, rowsOf, showNew, unseen, type EventList } from '@/live/merge';
import { eventsQuery, headQuery, mapQuery, type EventFilters } from '../queries';

const NONE: Event[] = [];

/**
 * The collections of a session as a reader needs them: rows keep their place, changes are patched where they are, and
 * what is new waits in `waiting` until `show` (done by itself while the reader is at the top).
 */
export function useEventList(filters: EventFilters, atTop: boolean) {
  const queryClient = useQueryClient();
  const list = useInfiniteQuery(eventsQuery(filters));
  const first = list.data?.pages[0];
  const { data: head } = useQuery({
    ...headQuery(filters),
    enabled: first !== undefined,
    initialData: first,
    initialDataUpdatedAt: list.dataUpdatedAt,
  });
  const waiting = useMemo(() => (list.data && head ? unseen(list.data, head.results) : NONE), [list.data, head]);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const listKey = useMemo(() => eventsQuery(filters).queryKey, [filters]);
  const mapKey = useMemo(() => mapQuery(filters).queryKey, [filters]);

  const show = useCallback(() => {
    if (!head) return;
    queryClient.setQueryData<EventList>(listKey, (was) => {
      if (!was) return was;
      setFresh(new Set(unseen(was, head.results).map(rowKey)));
      return showNew(was, head);
    });
  }, [queryClient, listKey, head]);

  useEffect(() => {
    if (!head) return;
    queryClient.setQueryData<EventList>(listKey, (was) => was && patchInPlace(was, head.results));
    queryClient.setQueryData<EventList>(mapKey, (was) => was && showNew(was, head));
  }, [queryClient, listKey, mapKey, head]);

  useEffect(() => {
    if (atTop && waiting.length > 0) show();
  }, [atTop, waiting, show]);

  const rows = useMemo(() => (list.data ? rowsOf(list.data) : NONE), [list.data]);
  return { list, rows, waiting: atTop ? NONE : waiting, show, fresh };
}
