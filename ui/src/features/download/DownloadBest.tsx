import { plural } from '@/shared/format/numbers';
import { bestOf } from './addresses';
import { Archives, BestTables, Downloads } from './DownloadChoices';
import classes from './DownloadMenu.module.css';

interface Props {
  sessionId: number;
  pipeline: string | undefined;
  /** The best run of each sample that is shown. */
  runs: number[];
  /** Samples of the session that have a result, shown or not. */
  samples: number;
}

/** The best results of the samples that are shown: their files, and a table of them. */
export function DownloadBest({ sessionId, pipeline, runs, samples }: Props) {
  const { of, isAll } = bestOf(sessionId, pipeline, runs, samples);
  return (
    <Downloads label="Download best">
      {runs.length === 0 ? (
        <p className={classes.note}>
          {samples === 0
            ? 'No results yet. Files and tables are here when a pipeline has merged data.'
            : 'No sample with a result is within what is chosen.'}
        </p>
      ) : (
        <>
          {isAll && runs.length < samples && (
            <p className={classes.note}>
              {plural(runs.length, 'sample')} are too many to be named one by one: these are of all {samples}.
            </p>
          )}
          <p className={classes.title}>
            Files of the best {pipeline ?? 'result'} of {isAll ? 'each sample' : counted(runs, samples)}
          </p>
          <Archives of={of} />
          <hr />
          <p className={classes.title}>Table of these results</p>
          <BestTables of={of} />
        </>
      )}
    </Downloads>
  );
}

function counted(runs: number[], samples: number): string {
  return `${runs.length} of ${plural(samples, 'sample')}`;
}
