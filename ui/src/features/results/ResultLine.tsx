import type { Run } from '@/api/types';
import { StateMark } from '@/shared/states/StateMark';
import { measureOf, measureText } from './measures';
import { listed, statisticsOf } from './runs';
import classes from './ResultLine.module.css';
import { SpaceGroup } from './SpaceGroup';
import { useApart } from './useApart';

/** What came of a collection, in one line: the best result with its numbers, the other runs as small marks. */
export function ResultLine({ runs }: { runs: Run[] }) {
  const apart = useApart(runs, true);
  const [first, ...others] = listed(runs);
  if (!first) return null;
  return (
    <div className={classes.line} data-testid="result-line">
      <span className={classes.first}>
        <StateMark state={first.state} size={12} />
        <b>{first.pipeline}</b>
        <On what={apart(first)} />
        <Verdict run={first} />
      </span>
      {others.length > 0 && (
        <ul className={classes.others} aria-label="Other runs">
          {others.map((run) => (
            <li key={run.autoProcProgramId} data-state={run.state} title={run.processingMessage ?? undefined}>
              <StateMark state={run.state} size={12} /> {run.pipeline}
              <On what={apart(run)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Which collection of the group a run was on. */
function On({ what }: { what: string | null }) {
  return what && <span className={classes.on}>{what}</span>;
}

/** The numbers of a result; of a run without one, what it says. */
function Verdict({ run }: { run: Run }) {
  const overall = statisticsOf(run, 'overall');
  if (!overall) return <span className={classes.says}>{run.processingMessage}</span>;
  const [resolution, ccHalf] = [measureOf('resolution'), measureOf('ccHalf')];
  return (
    <>
      <b>{measureText(resolution, resolution.of(overall))}</b>
      {run.spaceGroup && <SpaceGroup symbol={run.spaceGroup} />}
      <span>CC½ {measureText(ccHalf, ccHalf.of(overall))}</span>
    </>
  );
}
