import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Progress, Session } from '@/api/types';
import { eventTypesQuery, lastCollectionQuery } from '@/features/collections/queries';
import { nameOf } from '@/shared/format/names';
import { peopleQuery } from '@/features/sessions/queries';
import { useLiveSession } from '@/live/useLiveSession';
import { left, span, wall } from '@/shared/format/times';
import { useWallNow } from '@/shared/useWallNow';
import { KindCounts } from './KindCounts';
import { LastCollection } from './LastCollection';
import { ProcessingCounts } from './ProcessingCounts';
import { UNSTREAMED } from './refresh';
import classes from './RunningCard.module.css';

interface Props {
  session: Session;
  /** How far it is, once that is known. */
  progress: Progress | undefined;
  streamed: boolean;
}

/** A running session: where, how long still, what was just collected, how much in all, what failed or came of it, and by whom. */
export function RunningCard({ session, progress, streamed }: Props) {
  const now = useWallNow();
  const { sessionId } = session;
  useLiveSession(sessionId, streamed);
  const every = streamed ? false : UNSTREAMED;
  const { data: last, isPending } = useQuery({ ...lastCollectionQuery({ sessionId }), refetchInterval: every });
  const { data: types } = useQuery({ ...eventTypesQuery({ sessionId }), refetchInterval: every });
  const { data: failed } = useQuery({ ...eventTypesQuery({ sessionId, status: 'failed' }), refetchInterval: every });
  const { data: people } = useQuery(peopleQuery({ sessionId }));
  const [start, end] = [wall(session.startDate), wall(session.endDate)];
  return (
    <article className={classes.card} data-testid="session-card" data-session-id={sessionId}>
      <header className={classes.head}>
        <span className={classes.beamline}>{session.beamLineName}</span>
        <h2>
          <Link to="/sessions/$sessionId" params={{ sessionId }}>
            {session.session}
          </Link>
        </h2>
        {end !== null && <span className={classes.left}>{left(end, now)}</span>}
        <p className={classes.title}>{session.title}</p>
      </header>
      {start !== null && end !== null && (
        <meter
          className={classes.passed}
          min={start}
          max={end}
          value={now}
          aria-label={span(session.startDate, session.endDate, now)}
        />
      )}
      <div className={classes.last}>
        {isPending ? (
          <Skeleton height={102} radius="sm" />
        ) : last ? (
          <LastCollection event={last} now={now} every={every} />
        ) : (
          <p className={classes.none}>Nothing collected yet. The first collection appears here by itself.</p>
        )}
      </div>
      <footer className={classes.foot}>
        {progress && <ProcessingCounts progress={progress} />}
        {types && <KindCounts sessionId={sessionId} types={types} failed={failed ?? []} />}
        <p className={classes.people} title={people?.results.map(nameOf).join(', ')}>
          {people?.results.slice(0, 2).map(nameOf).join(', ')}
          {people && people.results.length > 2 && ` and ${people.results.length - 2} more`}
        </p>
      </footer>
    </article>
  );
}
