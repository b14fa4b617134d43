import { pictures } from '@/api/pictures';
import type { Event } from '@/api/types';
import { keyNumbers } from '@/features/collections/keyNumbers';
import { stateOf } from '@/features/collections/timeline/layout';
import { kindOfEvent } from '@/shared/format/kinds';
import { ago, wall } from '@/shared/format/times';
import { KindBadge } from '@/shared/states/KindBadge';
import { Picture } from '@/shared/states/Picture';
import { StateMark } from '@/shared/states/StateMark';
import classes from './LastEvent.module.css';

/** What happened last, in one line, with its picture. */
export function LastEvent({ event, now }: { event: Event; now: number }) {
  const start = wall(event.startTime);
  return (
    <div className={classes.last}>
      {event.type === 'dc' && (
        <Picture
          className={classes.picture}
          src={pictures.snapshot(event.Item.dataCollectionId, 1, true)}
          known={event.Item._metadata.snapshots[1]}
          alt="Crystal before the last collection"
          missing="no snapshot"
        />
      )}
      <div className={classes.words}>
        <p className={classes.line}>
          <KindBadge kind={kindOfEvent(event)} />
          <b>{event.blSample ?? (event.type === 'dc' ? event.Item.imagePrefix : null)}</b>
          <StateMark state={stateOf(event)} words />
        </p>
        {event.type === 'dc' && (
          <p className={classes.numbers}>
            {keyNumbers(event.Item)
              .slice(0, 4)
              .map(({ label, value }) => (
                <span key={label} title={label}>
                  {value}
                </span>
              ))}
          </p>
        )}
        {start !== null && <p className={classes.ago}>{ago(start, now)}</p>}
      </div>
    </div>
  );
}
