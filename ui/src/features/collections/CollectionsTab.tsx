import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { ALL_EVENTS, eventsSearch, type EventsSearch } from '@/app/search';
import { useResultsByGroup } from '@/features/results/useResults';
import { sessionQuery } from '@/features/sessions/queries';
import { groupKey, rowKey } from '@/live/merge';
import { wall } from '@/shared/format/times';
import { ErrorState } from '@/shared/states/ErrorState';
import { Beside } from './Beside';
import classes from './CollectionsTab.module.css';
import { EmptyFeed } from './list/EmptyFeed';
import { EventFeed, type FeedVirtualizer } from './list/EventFeed';
import { EventFilterBar } from './list/EventFilterBar';
import { FilterFields } from './list/FilterFields';
import { FeedSkeleton } from './list/FeedSkeleton';
import { NewRows } from './list/NewRows';
import { useAtTop } from './list/useAtTop';
import { useEventList } from './list/useEventList';
import { useFeedKeys } from './list/useFeedKeys';
import { useSeek } from './list/useSeek';
import { useOpened } from './opened';
import { useSamplesById } from './place';
import { filtersOf } from './queries';
import { Timeline } from './timeline/Timeline';
import { useSessionMap } from './timeline/useSessionMap';

/** Pages loaded at most to find the open collection in the list: it may be from the beginning of a session. */
const SEARCHED = 20;

const route = getRouteApi('/in/sessions/$sessionId/list');

/** The heart of a session: what was collected, live, with the open collection beside it. */
export function CollectionsTab() {
  const { sessionId } = route.useParams();
  const chosen = route.useSearch({ select: (search) => eventsSearch({ ...search }), structuralSharing: true });
  const { dataCollectionId: openId } = useParams({ strict: false });
  const opened = useOpened(openId);
  const openGroup = opened?.dataCollectionGroupId;
  const navigate = useNavigate();
  const filters = useMemo(() => filtersOf(sessionId, chosen), [sessionId, chosen]);
  const filtered = Object.keys(chosen).length > 0;
  const samples = useSamplesById(sessionId);
  const results = useResultsByGroup(sessionId);
  const { data: session } = useQuery(sessionQuery(sessionId));
  const { list, rows, waiting, show, fresh } = useEventList(filters, useAtTop());
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const map = useSessionMap(filters, list.isSuccess);
  const feed = useRef<FeedVirtualizer | null>(null);
  const [range, setRange] = useState<[number, number]>([0, 0]);

  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const onRange = useCallback((first: number, last: number) => setRange([first, last]), []);
  const change = (next: EventsSearch) =>
    void navigate({
      to: '.',
      search: (was: object) => ({ ...was, ...ALL_EVENTS, ...next }),
      replace: true,
    });
  const filter = { search: chosen, samples, onChange: change };
  const showNew = () => {
    window.scrollTo({ top: 0 });
    show();
  };
  const { open, close, scrollTo, jumpTo } = useFeedKeys({
    rows,
    feed,
    sessionId,
    opened,
    waiting: waiting.length > 0,
    onShowNew: showNew,
  });

  const seek = useSeek({ rows, hasMore: hasNextPage, loading: isFetchingNextPage, onMore: more });
  const jump = (key: string) => seek({ matches: (row) => rowKey(row) === key, pages: Infinity, found: jumpTo });
  const seekGroup = useEffectEvent((id: number) =>
    seek({ matches: (row) => rowKey(row) === groupKey(id), pages: SEARCHED, found: scrollTo }),
  );
  // The list grows narrow as a collection opens and wide as it closes: its card stays in view.
  const last = useRef<number>(undefined);
  useEffect(() => {
    if (openId !== undefined && openGroup === undefined) return;
    const id = openGroup ?? last.current;
    last.current = openGroup;
    if (id !== undefined) seekGroup(id);
  }, [openId, openGroup]);

  const reading = useMemo<[number, number] | null>(() => {
    const newest = wall(rows[range[0]]?.startTime);
    const oldest = wall(rows[Math.min(range[1], rows.length - 1)]?.startTime);
    return newest !== null && oldest !== null ? [newest, oldest] : null;
  }, [rows, range]);

  return (
    <div className={classes.tab} data-open={openId !== undefined}>
      <FilterFields {...filter} />
      <div className={classes.list}>
        <div className={classes.filters}>
          <EventFilterBar sessionId={sessionId} {...filter} />
        </div>
        <NewRows waiting={waiting} onShow={showNew} />
        {list.error ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : !list.data ? (
          <FeedSkeleton />
        ) : rows.length === 0 ? (
          <EmptyFeed filtered={filtered} session={session} onClear={() => change({})} />
        ) : (
          <EventFeed
            rows={rows}
            samples={samples}
            results={results}
            opened={opened}
            fresh={fresh}
            hasMore={hasNextPage}
            loadingMore={isFetchingNextPage}
            onMore={more}
            feedRef={feed}
            onRange={onRange}
          />
        )}
        {list.data && rows.length > 0 && <p className={classes.end}>{endOfList(hasNextPage, filtered)}</p>}
      </div>
      {openId === undefined && session && map && rows.length > 0 && (
        <div className={classes.map}>
          <Timeline {...map} results={results} session={session} reading={reading} onJump={jump} />
        </div>
      )}
      {openId !== undefined && <Beside dataCollectionId={openId} onClose={close} onStep={open} />}
    </div>
  );
}

function endOfList(hasMore: boolean, filtered: boolean): string {
  if (hasMore) return 'Loading earlier collections…';
  return filtered ? 'Nothing earlier matches.' : 'This is where the session began.';
}
