import type { Progress, Session } from '@/api/types';
import { useWallNow } from '@/shared/useWallNow';
import { partsOf } from './parts';
import classes from './SessionList.module.css';
import { SessionRow } from './SessionRow';

interface Props {
  sessions: Session[];
  parted?: boolean;
  /** All of one proposal: its title need not be said again. */
  ofProposal?: boolean;
  /** How far they are, by their key. */
  progress?: Map<number, Progress> | undefined;
}

/** Sessions one below the other; with `parted`, under headings of running, coming, and the months gone by. */
export function SessionList({ sessions, parted = false, ofProposal = false, progress }: Props) {
  const now = useWallNow();
  const parts = parted ? partsOf(sessions, now) : [{ name: null, sessions }];
  return parts.map((part) => (
    <section key={part.name ?? 'all'}>
      {part.name && <h2 className={classes.heading}>{part.name}</h2>}
      <ul className={classes.list}>
        {part.sessions.map((session) => (
          <li key={session.sessionId}>
            <SessionRow
              session={session}
              now={now}
              detail={ofProposal ? contactOf(session) : session.title}
              progress={progress?.get(session.sessionId)}
            />
          </li>
        ))}
      </ul>
    </section>
  ));
}

function contactOf({ beamLineOperator }: Session): string | null {
  return beamLineOperator && `Local contact ${beamLineOperator}`;
}
