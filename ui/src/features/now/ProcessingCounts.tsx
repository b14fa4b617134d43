import { Link } from '@tanstack/react-router';
import type { Progress } from '@/api/types';
import { STANDINGS } from '@/features/collections/standings';
import { count, plural } from '@/shared/format/numbers';
import { StateMark, StateShape } from '@/shared/states/StateMark';
import classes from './Counts.module.css';

/** How much was collected in a session and what became of it; each number leads to the collections it counts. */
export function ProcessingCounts({ progress }: { progress: Progress }) {
  const { sessionId, collections, processing, searched, withCrystal } = progress;
  const some = STANDINGS.some(({ value }) => processing[value] > 0);
  // What is in process comes and goes by the minute: its place stays, or everything below would move.
  const told = some ? STANDINGS.filter(({ value }) => processing[value] > 0 || value === 'running') : [];
  return (
    <ul className={classes.counts} aria-label="Collected and processed so far">
      <li>
        <b>{count(collections)}</b> {collections === 1 ? 'collection' : 'collections'}
      </li>
      {told.map(({ value, word, meaning }) => (
        <li key={value} data-standing={value}>
          {processing[value] > 0 ? (
            <Link
              to="/sessions/$sessionId"
              params={{ sessionId }}
              search={{ processing: value }}
              className={classes.link}
              title={meaning}
            >
              <StateMark state={value} size={12} mute />
              <b>{count(processing[value])}</b> {word}
            </Link>
          ) : (
            <span className={classes.none} title={meaning}>
              <svg width={12} height={12} viewBox="0 0 16 16" aria-hidden="true">
                <StateShape state={value} />
              </svg>
              <b>0</b> {word}
            </span>
          )}
        </li>
      ))}
      {!some && collections > 0 && <li>none processed yet</li>}
      {searched > 0 && (
        <li>
          <Link
            to="/sessions/$sessionId"
            params={{ sessionId }}
            className={classes.link}
            title="Of the grid scans that a program searched; both views of a crystal are one"
          >
            crystal in <b>{count(withCrystal)}</b> of {plural(searched, 'grid scan')}
          </Link>
        </li>
      )}
    </ul>
  );
}
