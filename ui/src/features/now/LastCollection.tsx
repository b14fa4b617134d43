import { pictures } from '@/api/pictures';
import type { CollectionEvent } from '@/api/types';
import { useLargestView } from '@/features/collections/grid/largest';
import { keyNumbers } from '@/features/collections/keyNumbers';
import { kindOfEvent } from '@/shared/format/kinds';
import { ago, wall } from '@/shared/format/times';
import { KindBadge } from '@/shared/states/KindBadge';
import { Picture } from '@/shared/states/Picture';
import { StateMark } from '@/shared/states/StateMark';
import classes from './LastCollection.module.css';
import { LastVerdict } from './LastVerdict';

interface Props {
  event: CollectionEvent;
  now: number;
  /** How often is asked where no stream tells [ms]. */
  every: number | false;
}

/** What was collected last, with its picture and the numbers that matter; of what failed, what is said of it. And what came of it. */
export function LastCollection({ event, now, every }: Props) {
  const { Item: newest } = event;
  const collection = useLargestView(event, true);
  const start = wall(event.startTime);
  const why = newest._metadata.state === 'failed' && (newest.comments ?? newest.runStatus);
  return (
    <div className={classes.last}>
      <Picture
        className={classes.picture}
        src={pictures.snapshot(collection.dataCollectionId, 1, true)}
        known={collection._metadata.snapshots[1]}
        alt="Crystal before the last collection"
        missing="no snapshot"
      />
      <div className={classes.words}>
        <p className={classes.line}>
          <KindBadge kind={kindOfEvent(event)} />
          <b>{event.blSample ?? collection.imagePrefix}</b>
          <StateMark state={newest._metadata.state} words />
          {/* The clock of the page ticks seldom, and the beamline's may be ahead: nothing begins in the future. */}
          {start !== null && <span className={classes.ago}>{ago(start, Math.max(now, start))}</span>}
        </p>
        {why ? (
          <p className={classes.why} title={why}>
            {why}
          </p>
        ) : (
          <dl className={classes.numbers}>
            {keyNumbers(collection)
              .slice(0, 4)
              .map(({ label, value }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
          </dl>
        )}
        <LastVerdict collection={collection} every={every} />
      </div>
    </div>
  );
}
