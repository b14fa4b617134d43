import { Skeleton } from '@mantine/core';
import { IconAffiliate } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { ReprocessButton } from '@/features/reprocessing/ReprocessButton';
import { Requests } from '@/features/reprocessing/Requests';
import { useAskedRuns } from '@/features/reprocessing/useAskedRuns';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';
import { MINUTE } from '@/shared/format/times';
import { useWallNow } from '@/shared/useWallNow';
import { RunView } from '../run/RunView';
import { listed } from '../runs';
import { useRanked } from '../useResults';
import { HowRanked } from './HowRanked';
import { RunTable } from './RunTable';
import classes from './WhatCameOfIt.module.css';

interface Props {
  dataCollectionId: number;
  /** Images still arrive. */
  collecting: boolean;
  /** When the last one came [ms of the wall clock]. */
  ended: number | null;
}

/** Programs begin within so long after the last image [ms]. */
const SOON = 10 * MINUTE;

/** What programs made of a collection: their runs, the best first, and the opened one in full. */
export function WhatCameOfIt({ dataCollectionId, collecting, ended }: Props) {
  const { run: openId } = useSearch({ strict: false });
  const { data, error, refetch } = useRanked({ dataCollectionId });
  const asked = useAskedRuns(dataCollectionId);
  const now = useWallNow();
  const soon = collecting || (ended !== null && now - ended < SOON);
  const runs = data && listed(data.results);
  const open = runs?.find(({ autoProcProgramId }) => autoProcProgramId === openId);
  return (
    <section className={classes.panel} aria-labelledby="what-came-of-it" data-testid="results">
      <div className={classes.head}>
        <h2 id="what-came-of-it">What came of it</h2>
        <div className={classes.tools}>
          {data && data.results.some(({ rank }) => rank === 2) && <HowRanked rules={data.ranking} />}
          <ReprocessButton dataCollectionId={dataCollectionId} />
        </div>
      </div>
      <Requests dataCollectionId={dataCollectionId} />
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} compact />
      ) : !runs ? (
        <Skeleton height={120} radius="sm" />
      ) : runs.length === 0 ? (
        <Message
          icon={<IconAffiliate size={22} stroke={1.7} />}
          title={soon ? 'Not processed yet' : 'Not processed'}
          compact
        >
          {collecting ? 'The images still arrive. ' : `No program has worked on these images${soon ? ' yet' : ''}. `}
          Results appear here as pipelines write them.
        </Message>
      ) : (
        <RunTable runs={runs} openId={open?.autoProcProgramId} asked={asked} />
      )}
      {runs && open && <RunView key={open.autoProcProgramId} run={open} runs={runs} />}
    </section>
  );
}
