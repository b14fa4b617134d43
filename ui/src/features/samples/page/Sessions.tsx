import { Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Event, Run, Sample } from '@/api/types';
import { EventCard } from '@/features/collections/cards/EventCard';
import { sampleEventsQuery } from '@/features/collections/queries';
import { byGroup, runsOn } from '@/features/results/runs';
import { rowKey } from '@/live/merge';
import { plural } from '@/shared/format/numbers';
import { day } from '@/shared/format/times';
import { ShowMore } from '@/shared/ShowMore';
import { ErrorState } from '@/shared/states/ErrorState';
import { inSessions } from './inSessions';
import classes from './SamplePage.module.css';

/** What happened to a sample, session by session, the newest first. */
export function Sessions({ sample, runs }: { sample: Sample; runs: Run[] }) {
  const list = useInfiniteQuery(sampleEventsQuery(sample.blSampleId));
  const events = list.data?.pages.flatMap((page) => page.results);
  const results = useMemo(() => byGroup(runs), [runs]);
  return (
    <section>
      <h2>Measured</h2>
      {list.error && !events ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} compact />
      ) : !events ? (
        <Skeleton height={160} />
      ) : events.length === 0 ? (
        <p className={classes.none}>Not measured so far. What a beamline does with it appears here.</p>
      ) : (
        inSessions(events).map((session) => (
          <div key={`${session.sessionId}-${rowKey(session.events[0])}`} data-testid="sample-session">
            <Heading {...session} blSampleId={sample.blSampleId} />
            <div className={classes.cards}>
              {session.events.map((event) => (
                <EventCard
                  key={rowKey(event)}
                  event={event}
                  sample={undefined}
                  runs={runsOn(event, results)}
                  openId={undefined}
                  fresh={false}
                />
              ))}
            </div>
          </div>
        ))
      )}
      <ShowMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
    </section>
  );
}

interface HeadingProps {
  sessionId: number;
  events: [Event, ...Event[]];
  blSampleId: number;
}

function Heading({ sessionId, events, blSampleId }: HeadingProps) {
  const [first] = events;
  return (
    <h3>
      {first.session === null ? (
        'A session that you do not see'
      ) : (
        <Link to="/sessions/$sessionId" params={{ sessionId }} search={{ sample: blSampleId }}>
          {first.session}
        </Link>
      )}
      <span>
        {first.startTime && `${day(first.startTime)} · `}
        {plural(events.length, 'event')}
      </span>
    </h3>
  );
}
