import { Button, SegmentedControl, Select } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { SessionsSearch, When } from '@/app/search';
import { uiOptionsQuery } from '@/features/auth/queries';
import { wallNow } from '@/shared/format/times';
import { SearchField } from '@/shared/SearchField';
import { ShowMore } from '@/shared/ShowMore';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { EVERY, sessionsQuery, someSessionsQuery } from './queries';
import { SessionList } from './SessionList';
import classes from './SessionsPage.module.css';

const route = getRouteApi('/in/sessions');
const WHEN: { value: When | 'all'; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'now', label: 'Now' },
  { value: 'coming', label: 'Coming' },
  { value: 'past', label: 'Past' },
];
const YEARS = 12;
const AHEAD = 24;

/** Every session the viewer may see, narrowed by time, beamline, year and text. */
export function SessionsPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/sessions' });
  const change = (next: SessionsSearch) => void navigate({ search: (was) => ({ ...was, ...next }), replace: true });
  const filters = { search: search.search, beamLineName: search.beamline, year: search.year };
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isPlaceholderData } = useInfiniteQuery({
    ...sessionsQuery({ when: search.when, ...filters }),
    refetchInterval: search.when === 'now' ? EVERY : false,
  });
  // What runs stands first, then what comes next, however many sessions are still to come.
  const ahead = { enabled: search.when === undefined, placeholderData: keepPreviousData, refetchInterval: EVERY };
  const running = useQuery({ ...someSessionsQuery({ when: 'now', ...filters }, AHEAD), ...ahead });
  const coming = useQuery({ ...someSessionsQuery({ when: 'coming', ...filters }, AHEAD), ...ahead });
  const first = search.when === undefined ? [running, coming].flatMap(({ data }) => data?.results ?? []) : [];
  const known = new Set(first.map(({ sessionId }) => sessionId));
  const rest = data?.pages.flatMap((page) => page.results).filter(({ sessionId }) => !known.has(sessionId));
  const rows = running.isLoading || coming.isLoading ? undefined : rest && [...first, ...rest];
  const filtered = Object.keys(search).length > 0;
  return (
    <div className={classes.page}>
      <title>Sessions · ISPyB</title>
      <h1>Sessions</h1>
      <SessionFilters search={search} onChange={change} />
      {error && !rows ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !rows ? (
        <PageSkeleton />
      ) : rows.length === 0 ? (
        <Message
          icon={<IconCalendarOff size={22} stroke={1.7} />}
          title={filtered ? 'No session matches' : 'No sessions yet'}
          actions={
            filtered && (
              <Button variant="default" onClick={() => void navigate({ search: {}, replace: true })}>
                Show all sessions
              </Button>
            )
          }
        >
          Sessions come from the user portal of the facility.{' '}
          {filtered ? 'Try another time, beamline or word.' : 'You see those you take part in.'}
        </Message>
      ) : (
        <div className={classes.results} data-old={isPlaceholderData}>
          <SessionList sessions={rows} parted />
          <ShowMore hasMore={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
        </div>
      )}
    </div>
  );
}

function SessionFilters({ search, onChange }: { search: SessionsSearch; onChange: (next: SessionsSearch) => void }) {
  const { data: options } = useQuery(uiOptionsQuery());
  const beamlines = options?.beamLineGroups.flatMap((group) => group.beamLines.map((line) => line.beamLineName)) ?? [];
  const thisYear = new Date(wallNow()).getUTCFullYear();
  const years = Array.from({ length: YEARS }, (_, i) => String(thisYear + 1 - i));
  return (
    <div className={classes.filters} role="search" aria-label="Filter sessions">
      <SegmentedControl
        aria-label="When"
        className={classes.when}
        data={WHEN}
        value={search.when ?? 'all'}
        onChange={(when) => onChange({ when: when === 'all' ? undefined : when })}
      />
      <Select
        aria-label="Beamline"
        placeholder="Any beamline"
        data={[...new Set(beamlines)]}
        value={search.beamline ?? null}
        onChange={(beamline) => onChange({ beamline: beamline ?? undefined })}
        searchable
        clearable
        className={classes.narrow}
      />
      <Select
        aria-label="Year"
        placeholder="Any year"
        data={years}
        value={search.year === undefined ? null : String(search.year)}
        onChange={(year) => onChange({ year: year === null ? undefined : Number(year) })}
        clearable
        className={classes.narrow}
      />
      <SearchField
        label="Search sessions"
        placeholder="Session, title, beamline"
        value={search.search}
        onChange={(text) => onChange({ search: text })}
        className={classes.text}
      />
    </div>
  );
}
