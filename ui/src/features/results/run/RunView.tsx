import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Run, RunDetail } from '@/api/types';
import { RunDownloads } from '@/features/download/RunDownloads';
import { dayClock, duration } from '@/shared/format/times';
import { HowItRan, Opened } from '@/shared/opened/Opened';
import { ErrorState } from '@/shared/states/ErrorState';
import { cellText } from '../crystal';
import { RunSays } from '../panel/RunSays';
import { runQuery } from '../queries';
import { FindLike } from '../ResultTable';
import { ranked } from '../runs';
import { SpaceGroup } from '../SpaceGroup';
import { RunFiles } from './RunFiles';
import { RunMessages } from './RunMessages';
import classes from './RunView.module.css';
import { ShellPlots } from './ShellPlots';
import { ShellTable } from './ShellTable';

/** One run in full: its numbers by shell, its quality by resolution beside that of the others, its files and words. */
export function RunView({ run, runs }: { run: Run; runs: Run[] }) {
  const { data, error, refetch } = useQuery(runQuery(run.autoProcProgramId));
  return (
    <Opened
      what={`Run of ${run.pipeline}`}
      title={run.processingPrograms ?? run.pipeline}
      state={run.state}
      facts={<Facts run={run} />}
      closed={(was) => ({ ...was, run: undefined, scaling: undefined, without: undefined, file: undefined })}
      testId="run-view"
    >
      {run.scalings.length === 0 && (
        <p>
          <RunSays run={run} />
        </p>
      )}
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} compact />
      ) : !data ? (
        <Skeleton height={260} radius="sm" />
      ) : (
        <>
          <Quality run={data} runs={ranked(runs)} />
          <RunDownloads run={run} />
          <RunFiles run={run} />
          <RunMessages autoProcProgramId={run.autoProcProgramId} />
          <HowItRan run={data} />
        </>
      )}
    </Opened>
  );
}

function Facts({ run }: { run: Run }) {
  const cell = cellText(run.cell);
  return (
    <>
      {run.spaceGroup && <SpaceGroup symbol={run.spaceGroup} />}
      {cell && <span>{cell}</span>}
      {run.processingStartTime && <span>{dayClock(run.processingStartTime)}</span>}
      {run.duration !== null && <span>took {duration(run.duration * 1000)}</span>}
      <FindLike run={run} words />
    </>
  );
}

/** The numbers of one way of scaling; of several, one is chosen. */
function Quality({ run, runs }: { run: RunDetail; runs: Run[] }) {
  const { scaling: chosen } = useSearch({ strict: false });
  const navigate = useNavigate();
  const scaling = run.scalings.find(({ autoProcScalingId }) => autoProcScalingId === chosen) ?? run.scalings[0];
  if (!scaling) return null;
  return (
    <>
      {run.scalings.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="Way of scaling"
          className={classes.scalings}
          value={String(scaling.autoProcScalingId)}
          data={run.scalings.map(({ autoProcScalingId, kind }, index) => ({
            value: String(autoProcScalingId),
            label: kind ?? `scaled, ${index + 1}`,
          }))}
          onChange={(id) =>
            void navigate({
              to: '.',
              search: (was: object) => ({ ...was, scaling: Number(id) }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      )}
      <div className={classes.quality}>
        <ShellTable scaling={scaling} ellipsoid={run.ellipsoids[scaling.autoProcScalingId]} />
        <ShellPlots run={run} scalingId={scaling.autoProcScalingId} runs={runs} />
      </div>
    </>
  );
}
