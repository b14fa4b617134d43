import { IconRepeat } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Run, Scaling } from '@/api/types';
import { plural } from '@/shared/format/numbers';
import { duration } from '@/shared/format/times';
import { StateMark } from '@/shared/states/StateMark';
import { cellText } from '../crystal';
import { Measured } from '../Measured';
import { measured, MEASURES } from '../measures';
import { SpaceGroup } from '../SpaceGroup';
import { RunSays } from './RunSays';
import classes from './RunTable.module.css';

interface Props {
  runs: Run[];
  openId: number | undefined;
  /** Keys of the runs that somebody asked for. */
  asked: ReadonlySet<number>;
}

/**
 * The runs on a collection, one below the other: the best first, the numbers overall and of the outer shell. Where no run
 * merged data, as on a characterisation, there is no column to head.
 */
export function RunTable({ runs, openId, asked }: Props) {
  const several = runs.filter(({ rank }) => rank !== null).length > 1;
  return (
    <table className={classes.table}>
      <thead className={runs.some(({ scalings }) => scalings.length > 0) ? undefined : 'visually-hidden'}>
        <tr>
          <th>Pipeline</th>
          {MEASURES.map(({ key, name, short, unit }) => (
            <th key={key} title={`${name}, overall and in the outer shell`}>
              {short ?? name} {unit && <span>{unit}</span>}
            </th>
          ))}
        </tr>
      </thead>
      {runs.map((run) => (
        <RunRows
          key={run.autoProcProgramId}
          run={run}
          best={several && run.rank === 1}
          asked={asked.has(run.autoProcProgramId)}
          openId={openId}
        />
      ))}
    </table>
  );
}

interface RowsProps {
  run: Run;
  best: boolean;
  asked: boolean;
  openId: number | undefined;
}

function RunRows({ run, best, asked, openId }: RowsProps) {
  const { autoProcProgramId: id, scalings, state } = run;
  const [first, ...others] = scalings;
  const isOpen = id === openId;
  return (
    <tbody className={classes.run} data-open={isOpen} data-testid="run" data-state={state}>
      <tr>
        <th scope="row">
          <span className={classes.name}>
            <StateMark state={state} />
            <Link
              to="."
              search={(was) => ({ ...was, run: isOpen ? undefined : id, scaling: undefined, file: undefined })}
              aria-expanded={isOpen}
              title={run.processingPrograms ?? undefined}
              resetScroll={false}
              replace
            >
              {run.pipeline}
            </Link>
            {best && <span className={classes.best}>best</span>}
            {asked && (
              <span className={classes.asked} title="Somebody asked for it">
                <IconRepeat size={13} stroke={2} aria-hidden="true" />
                <span className="visually-hidden">asked for</span>
              </span>
            )}
          </span>
        </th>
        {first ? (
          <Numbers scaling={first} />
        ) : (
          <td colSpan={MEASURES.length} className={classes.says}>
            <RunSays run={run} />
          </td>
        )}
      </tr>
      {others.map((scaling) => (
        <tr key={scaling.autoProcScalingId} className={classes.other}>
          <th scope="row">{scaling.kind ?? 'another way'}</th>
          <Numbers scaling={scaling} />
        </tr>
      ))}
      {first && (
        <tr className={classes.about}>
          <td colSpan={MEASURES.length + 1}>
            <About run={run} first={first} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Numbers({ scaling: { statistics } }: { scaling: Scaling }) {
  return MEASURES.map((measure) => (
    <td key={measure.key} className={classes.number}>
      <Measured measure={measure} statistics={statistics.overall} />
      {measure.key !== 'resolution' && statistics.outerShell && (
        <span className={classes.outer}> ({measured(measure, statistics.outerShell)})</span>
      )}
    </td>
  ));
}

/** What the numbers do not say: symmetry, cell, and how it came about. */
function About({ run, first }: { run: Run; first: Scaling }) {
  const cell = cellText(run.cell);
  const sweeps = run.dataCollectionIds.length;
  return (
    <span className={classes.facts}>
      {run.spaceGroup && <SpaceGroup symbol={run.spaceGroup} />}
      {cell && <span>{cell}</span>}
      {run.scalings.length > 1 && first.kind && <span>{first.kind}</span>}
      {sweeps > 1 && <span>{plural(sweeps, 'collection')}</span>}
      {run.duration !== null && <span>{duration(run.duration * 1000)}</span>}
    </span>
  );
}
