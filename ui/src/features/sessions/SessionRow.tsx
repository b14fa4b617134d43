import { Link } from '@tanstack/react-router';
import type { Session } from '@/api/types';
import { plural } from '@/shared/format/numbers';
import { ago, left, span, wall } from '@/shared/format/times';
import { useWallNow } from '@/shared/useWallNow';
import classes from './SessionRow.module.css';

/** One session in a list: what, where, when, and how much was collected. */
export function SessionRow({ session }: { session: Session }) {
  const now = useWallNow();
  const [start, end] = [wall(session.startDate), wall(session.endDate)];
  const phase = phaseOf(start, end, now);
  return (
    <Link
      to="/sessions/$sessionId"
      params={{ sessionId: session.sessionId }}
      className={classes.row}
      data-testid="session-card"
      data-session-id={session.sessionId}
      data-phase={phase}
    >
      <span className={classes.beamline}>{session.beamLineName ?? '–'}</span>
      <span className={classes.what}>
        <b>{session.session}</b>
        <span>{session.title}</span>
      </span>
      <span className={classes.when}>
        {span(session.startDate, session.endDate, now)}
        <span>
          {phase === 'now' && end !== null && left(end, now)}
          {phase === 'coming' && start !== null && ago(start, now)}
          {phase === 'past' && end !== null && ago(end, now)}
        </span>
      </span>
      <span className={classes.count}>
        {session._metadata.datacollections > 0 ? plural(session._metadata.datacollections, 'collection') : <i>no collections</i>}
      </span>
    </Link>
  );
}

function phaseOf(start: number | null, end: number | null, now: number): 'now' | 'coming' | 'past' {
  if (start !== null && start > now) return 'coming';
  return end !== null && end < now ? 'past' : 'now';
}
