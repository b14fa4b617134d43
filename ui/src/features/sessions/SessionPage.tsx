import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet, useLocation } from '@tanstack/react-router';
import type { Session } from '@/api/types';
import { DownloadMenu } from '@/features/download/DownloadMenu';
import { useLiveSession } from '@/live/useLiveSession';
import { count } from '@/shared/format/numbers';
import { left, span, wall } from '@/shared/format/times';
import tabs from '@/shared/Tabs.module.css';
import { ErrorState } from '@/shared/states/ErrorState';
import { useWallNow } from '@/shared/useWallNow';
import { sessionQuery } from './queries';
import classes from './SessionPage.module.css';

const route = getRouteApi('/in/sessions/$sessionId');

/** One session: its line, its tabs, and the live stream that keeps everything below up to date. */
export function SessionPage() {
  const { sessionId } = route.useParams();
  const { data: session, error, refetch } = useQuery(sessionQuery(sessionId));
  useLiveSession(sessionId, session !== undefined);
  const here = useLocation({ select: ({ pathname }) => pathname.split('/')[3] ?? 'collections' });
  if (error && !session) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <div className={classes.top}>
        <div className={classes.head}>
          {session ? <SessionLine session={session} /> : <Skeleton height={26} width={460} my={6} />}
          <DownloadMenu of={{ sessionId }} label="Download" />
        </div>
        <nav className={tabs.tabs} aria-label="Session">
          <Link
            to="/sessions/$sessionId"
            params={{ sessionId }}
            className={tabs.tab}
            activeOptions={{ exact: true, includeSearch: false }}
            aria-current={here === 'collections' ? 'page' : undefined}
          >
            Collections {session && <span>{count(session._metadata.datacollections)}</span>}
          </Link>
          <Link to="/sessions/$sessionId/by-sample" params={{ sessionId }} className={tabs.tab}>
            By sample
          </Link>
          <Link to="/sessions/$sessionId/samples" params={{ sessionId }} className={tabs.tab}>
            Samples
          </Link>
          <Link to="/sessions/$sessionId/people" params={{ sessionId }} className={tabs.tab}>
            People &amp; access {session && <span>{count(session._metadata.persons)}</span>}
          </Link>
        </nav>
      </div>
      <Outlet />
    </>
  );
}

function SessionLine({ session }: { session: Session }) {
  const now = useWallNow();
  const [start, end] = [wall(session.startDate), wall(session.endDate)];
  const running = start !== null && end !== null && start <= now && now < end;
  return (
    <header className={classes.line}>
      <title>{`${session.session} · ${session.beamLineName ?? ''} · ISPyB`}</title>
      <h1>{session.session}</h1>
      <span className={classes.beamline}>{session.beamLineName}</span>
      <span>{span(session.startDate, session.endDate, now)}</span>
      {running && (
        <span className={classes.left}>
          <meter min={start} max={end} value={now} aria-label="How much of the session has passed" />
          {left(end, now)}
        </span>
      )}
      {session.beamLineOperator && <span>Local contact {session.beamLineOperator}</span>}
      <span className={classes.title}>{session.title}</span>
    </header>
  );
}
