import { IconDroplet } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { sessionQuery } from '@/features/sessions/queries';
import { sharesQuery } from '@/features/sharing/queries';
import { sharersOf } from '@/features/sharing/sharedWithYou';
import { SearchField } from '@/shared/SearchField';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { sortSamples } from './order';
import { Pucks } from './Pucks';
import { sessionSamplesQuery } from './queries';
import { SampleTable } from './SampleTable';
import classes from './SamplesTab.module.css';

const route = getRouteApi('/in/sessions/$sessionId/samples');

/** The samples of a session: drawn in their pucks, and as a table that the pucks point into. */
export function SamplesTab() {
  const { sessionId } = route.useParams();
  const { search, order = 'place', down = false } = route.useSearch();
  const navigate = useNavigate({ from: '/sessions/$sessionId/samples' });
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(sessionSamplesQuery(sessionId));
  const [pointed, setPointed] = useState<number | null>(null);
  useEffect(() => {
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage, data]);
  const { data: session } = useQuery(sessionQuery(sessionId));
  const shares = useInfiniteQuery({ ...sharesQuery({ proposal: session?.proposal }), enabled: session !== undefined });
  const sharedBy = useMemo(() => sharersOf(shares.data?.pages.flatMap((page) => page.results) ?? []), [shares.data]);
  const samples = useMemo(() => data?.pages.flatMap((page) => page.results), [data]);
  const shown = useMemo(() => samples && sortSamples(samples, order, down, search), [samples, order, down, search]);

  if (error && !samples) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!samples || !shown) return <PageSkeleton />;
  if (samples.length === 0) {
    return (
      <Message icon={<IconDroplet size={22} stroke={1.7} />} title="No samples in this session">
        Samples appear when their container is assigned to the beamline, or when one of them is collected.
      </Message>
    );
  }
  return (
    <div className={classes.tab}>
      <Pucks samples={samples} sessionId={sessionId} pointed={pointed} onPoint={setPointed} className={classes.pucks} />
      <div className={classes.table}>
        <SearchField
          label="Search samples"
          placeholder="Name, protein, puck, barcode"
          value={search}
          onChange={(text) => void navigate({ search: (was) => ({ ...was, search: text }), replace: true })}
          className={classes.search}
        />
        {shown.length === 0 ? (
          <Message title={`No sample matches “${search ?? ''}”`} compact />
        ) : (
          <SampleTable
            sharedBy={sharedBy}
            samples={shown}
            sessionId={sessionId}
            order={order}
            down={down}
            onOrder={(next) =>
              void navigate({
                search: (was) => ({ ...was, order: next, down: next === order && !down ? true : undefined }),
                replace: true,
              })
            }
            pointed={pointed}
            onPoint={setPointed}
          />
        )}
      </div>
    </div>
  );
}
