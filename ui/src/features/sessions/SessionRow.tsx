import { Link } from '@tanstack/react-router';
import type { Session } from '@/api/types';
import { plural } from '@/shared/format/numbers';
import { ago, left, span, wall } from '@/shared/format/times';
import { phaseOf } from './parts';
import classes from './SessionRow.module.css';

/** One session in a list: what, where, when, and how much was collected. */
export function SessionRow({ session, now, detail }: { session: Session; now: number; detail: string | null }) {
  const [start, end] = [wall(session.startDate), wall(session.endDate)];
  const phase = phaseOf(session, now);
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
        <span>{detail}</span>
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
        {session._metadata.datacollections > 0
          ? plural(session._metadata.datacollections, 'collection')
          : // Before it begins, that goes without saying.
            phase !== 'coming' && <i>no collections</i>}
      </span>
    </Link>
  );
}
