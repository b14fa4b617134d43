import { Link } from '@tanstack/react-router';
import type { EventType } from '@/api/types';
import { kindOf } from '@/shared/format/kinds';
import { count } from '@/shared/format/numbers';
import { StateMark } from '@/shared/states/StateMark';
import { mostTellingFirst } from './counts';
import classes from './Counts.module.css';

interface Props {
  sessionId: number;
  types: EventType[];
  /** The same of what failed. */
  failed: EventType[];
}

/** What was done in a session, kind by kind, and how much of it failed: that leads to what did. */
export function KindCounts({ sessionId, types, failed }: Props) {
  const failures = failed.reduce((sum, type) => sum + type.count, 0);
  return (
    <ul className={classes.counts} aria-label="Collected so far">
      {mostTellingFirst(types).map(({ eventType, count: number }) => (
        <li key={eventType} className={classes.kind}>
          <i style={{ background: kindOf(eventType).colour }} aria-hidden="true" />
          <b>{count(number)}</b> {kindOf(eventType).name}
        </li>
      ))}
      {failures > 0 && (
        <li>
          <Link
            to="/sessions/$sessionId"
            params={{ sessionId }}
            search={{ status: 'failed' }}
            className={classes.link}
            title={`Failed at the beamline: ${inWords(failed)}`}
          >
            <StateMark state="failed" size={12} mute />
            <b>{count(failures)}</b> of these failed
          </Link>
        </li>
      )}
    </ul>
  );
}

/** "1 Rotation, 2 Robot" */
function inWords(types: EventType[]): string {
  return mostTellingFirst(types)
    .map(({ eventType, count: number }) => `${count(number)} ${kindOf(eventType).name}`)
    .join(', ');
}
