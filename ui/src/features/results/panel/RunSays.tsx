import type { Run } from '@/api/types';
import { duration, wall } from '@/shared/format/times';
import { useWallNow } from '@/shared/useWallNow';
import classes from './RunSays.module.css';

/** What there is to say of a run without merged data: that it waits, how long it has run, why it failed. */
export function RunSays({ run }: { run: Run }) {
  const { state, processingMessage: message } = run;
  if (state === 'queued') return <span className={classes.says}>Queued{message && ` · ${message}`}</span>;
  if (state === 'running') return <Running run={run} />;
  if (state === 'failed') {
    return (
      <span className={classes.says} data-state="failed">
        {message ?? 'Failed without a word'}
      </span>
    );
  }
  return <span className={classes.says}>{message ?? 'Ended without merged data'}</span>;
}

function Running({ run: { processingStartTime, processingMessage } }: { run: Run }) {
  const start = wall(processingStartTime);
  const now = useWallNow();
  return (
    <span className={classes.says} data-state="running">
      Running{start !== null && now > start && ` for ${duration(now - start)}`}
      {processingMessage && ` · ${processingMessage}`}
    </span>
  );
}
