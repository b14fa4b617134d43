import { Skeleton } from '@mantine/core';
import { IconMoonStars } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { uiOptionsQuery } from '@/features/auth/queries';
import { progressQuery } from '@/features/collections/queries';
import { EVERY, someSessionsQuery } from '@/features/sessions/queries';
import { byBeamline } from '@/features/sessions/parts';
import { SessionList } from '@/features/sessions/SessionList';
import type { Session } from '@/api/types';
import type { When } from '@/app/search';
import { Motd } from '@/shared/Motd';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';
import classes from './NowPage.module.css';
import { STREAMS, UNSTREAMED } from './refresh';
import { RunningCard } from './RunningCard';

/** The first page: what runs, what comes, what was. */
export function NowPage() {
  const { data: options } = useQuery(uiOptionsQuery());
  const { data, error, refetch } = useQuery({ ...someSessionsQuery({ when: 'now' }, 24), refetchInterval: EVERY });
  return (
    <div className={classes.page}>
      <title>Now · ISPyB</title>
      {options?.motd && (
        <div className={classes.motd}>
          <Motd text={options.motd} />
        </div>
      )}
      <h1>Running now</h1>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton height={190} radius="lg" />
      ) : data.results.length === 0 ? (
        <Quiet />
      ) : (
        <Running sessions={byBeamline(data.results)} />
      )}
      <Some
        when="coming"
        title="Coming"
        none="No session is planned yet. The user office schedules them in the user portal."
      />
      <Some when="past" title="Recent" none="No session has ended yet." />
    </div>
  );
}

function Running({ sessions }: { sessions: Session[] }) {
  const { data: progress } = useQuery({
    ...progressQuery(sessions.map(({ sessionId }) => sessionId)),
    refetchInterval: sessions.length > STREAMS ? UNSTREAMED : false,
  });
  return (
    <div className={classes.running}>
      {sessions.map((session, index) => (
        <RunningCard
          key={session.sessionId}
          session={session}
          progress={progress?.get(session.sessionId)}
          streamed={index < STREAMS}
        />
      ))}
    </div>
  );
}

function Quiet() {
  return (
    <div className={classes.quiet}>
      <Message icon={<IconMoonStars size={22} stroke={1.7} />} title="No session is running" compact>
        A session appears here at its start, with its last collection.
      </Message>
    </div>
  );
}

function Some({ when, title, none }: { when: When; title: string; none: string }) {
  const { data, error, refetch } = useQuery({ ...someSessionsQuery({ when }, 6), refetchInterval: 4 * EVERY });
  const past = when === 'past' && data ? data.results.map(({ sessionId }) => sessionId) : [];
  const { data: progress } = useQuery(progressQuery(past));
  return (
    <section className={classes.some}>
      <div className={classes.heading}>
        <h2>{title}</h2>
        {data && data.results.length > 0 && (
          <Link to="/sessions" search={{ when }}>
            See all
          </Link>
        )}
      </div>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} compact />
      ) : !data ? (
        <Skeleton height={120} radius="lg" />
      ) : data.results.length === 0 ? (
        <p className={classes.none}>{none}</p>
      ) : (
        <SessionList sessions={data.results} progress={progress} />
      )}
    </section>
  );
}
