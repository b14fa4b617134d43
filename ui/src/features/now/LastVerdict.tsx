import { useQuery } from '@tanstack/react-query';
import type { DataCollection, Run } from '@/api/types';
import { foundBy, latest } from '@/features/collections/grid/centre';
import { centringsQuery } from '@/features/collections/grid/centrings';
import { gridOf } from '@/features/collections/grid/grid';
import { measureOf, measureText } from '@/features/results/measures';
import { resultsQuery } from '@/features/results/queries';
import { listed, statisticsOf } from '@/features/results/runs';
import { SpaceGroup } from '@/features/results/SpaceGroup';
import { StateMark } from '@/shared/states/StateMark';
import classes from './LastVerdict.module.css';

interface Props {
  collection: DataCollection;
  /** How often is asked where no stream tells [ms]. */
  every: number | false;
}

/** What came of a collection, in so few words that its line is there before they are. */
export function LastVerdict({ collection, every }: Props) {
  return (
    <p className={classes.verdict} data-testid="last-verdict">
      {gridOf(collection) ? (
        <Centred dataCollectionGroupId={collection.dataCollectionGroupId} every={every} />
      ) : (
        <Processed dataCollectionId={collection.dataCollectionId} every={every} />
      )}
    </p>
  );
}

function Centred({ dataCollectionGroupId, every }: { dataCollectionGroupId: number; every: number | false }) {
  const { data } = useQuery({ ...centringsQuery(dataCollectionGroupId), refetchInterval: every });
  const last = latest(data ?? []);
  if (!last) return null;
  const found = foundBy(last);
  return (
    <>
      <StateMark state={found ? 'success' : 'failed'} size={12} mute />
      <b>{found ? 'crystal found' : 'no crystal found'}</b>
    </>
  );
}

function Processed({ dataCollectionId, every }: { dataCollectionId: number; every: number | false }) {
  const { data } = useQuery({ ...resultsQuery({ dataCollectionId }), refetchInterval: every });
  if (!data) return null;
  const [best] = listed(data.results);
  if (!best) return <span>not processed yet</span>;
  return (
    <>
      <StateMark state={best.state} size={12} />
      <span>{best.pipeline}</span>
      <Numbers run={best} />
    </>
  );
}

/** How far the data go and in which space group; of a run without data, what it says. */
function Numbers({ run }: { run: Run }) {
  const overall = statisticsOf(run, 'overall');
  if (!overall) return <span className={classes.says}>{run.processingMessage}</span>;
  const resolution = measureOf('resolution');
  return (
    <>
      <b>{measureText(resolution, resolution.of(overall))}</b>
      {run.spaceGroup && <SpaceGroup symbol={run.spaceGroup} />}
    </>
  );
}
