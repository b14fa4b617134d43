import type { Session } from '@/api/types';
import { SessionRow } from './SessionRow';
import classes from './SessionList.module.css';

/** Sessions one below the other. */
export function SessionList({ sessions }: { sessions: Session[] }) {
  return (
    <ul className={classes.list}>
      {sessions.map((session) => (
        <li key={session.sessionId}>
          <SessionRow session={session} />
        </li>
      ))}
    </ul>
  );
}
