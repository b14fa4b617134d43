import { Link } from '@tanstack/react-router';
import type { Progress, Session } from '@/api/types';
import { STANDINGS } from '@/features/collections/standings';
import { count, plural } from '@/shared/format/numbers';
import { ago, left, span, wall } from '@/shared/format/times';
import { StateMark } from '@/shared/states/StateMark';
import { phaseOf } from './parts';
import classes from './SessionRow.module.css';

interface Props {
  session: Session;
  now: number;
  detail: string | null;
  /** How far it is, where that is told. */
  progress?: Progress | undefined;
}

/** One session in a list: what, where, when, how much was collected, and what became of it. */
export function SessionRow({ session, now, detail, progress }: Props) {
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
        {progress && <Processed counts={progress.processing} />}
      </span>
    </Link>
  );
}

function Processed({ counts }: { counts: Progress['processing'] }) {
  return (
    <span className={classes.processed}>
      {STANDINGS.filter(({ value }) => counts[value] > 0).map(({ value, word, meaning }) => (
        <span key={value} title={meaning}>
          <StateMark state={value} size={11} mute />
          {count(counts[value])} <span className="visually-hidden">{word}</span>
        </span>
      ))}
    </span>
  );
}
