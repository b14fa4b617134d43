import { IconCube } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Run } from '@/api/types';
import { searchLike } from '@/features/cells/cell';
import { dayClock } from '@/shared/format/times';
import table from '@/shared/Table.module.css';
import { cellText } from './crystal';
import { MeasureCell } from './MeasureCell';
import { MEASURES } from './measures';
import { statisticsOf } from './runs';
import classes from './ResultTable.module.css';
import { SpaceGroup } from './SpaceGroup';
import { useApart } from './useApart';

interface Props<T extends Run> {
  runs: T[];
  /** Whether the first column names the sample, or the rank among its results. */
  first: 'sample' | 'rank';
  /** Columns behind the crystal. */
  more?: { head: string; cell: (run: T) => ReactNode }[];
}

/** Results of any sessions, one below the other: their numbers overall, the crystal, and where they were measured. */
export function ResultTable<T extends Run>({ runs, first, more = [] }: Props<T>) {
  const apart = useApart(runs);
  const isBest = (run: T) =>
    first === 'sample' && run.rank === 1 && runs.filter(({ blSampleId }) => blSampleId === run.blSampleId).length > 1;
  return (
    <div className={`${table.frame} ${classes.frame}`}>
      <table className={table.table} data-stacks="measures">
        <thead>
          <tr>
            <th className={first === 'rank' ? table.number : undefined}>{first === 'rank' ? '#' : 'Sample'}</th>
            <th>Pipeline</th>
            {MEASURES.map(({ key, name, short, unit }) => (
              <th key={key} className={table.number} title={`${name}, overall`}>
                {short ?? name} {unit && `(${unit})`}
              </th>
            ))}
            <th>Crystal</th>
            {more.map(({ head }) => (
              <th key={head}>{head}</th>
            ))}
            <th>Processed</th>
            <th>
              <span className="visually-hidden">Crystals like it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.autoProcProgramId} data-testid="result-row">
              {first === 'rank' ? (
                <td className={`${table.number} ${classes.rank}`} data-part="rank">
                  {run.rank}
                </td>
              ) : (
                <th scope="row">
                  <SampleLink run={run} />
                </th>
              )}
              <RunCell run={run} header={first === 'rank'} best={isBest(run)} on={apart(run)} />
              {MEASURES.map((measure) => (
                <MeasureCell key={measure.key} measure={measure} statistics={statisticsOf(run, 'overall')} />
              ))}
              <td className={classes.crystal}>
                <Crystal run={run} />
              </td>
              {more.map(({ head, cell }) => (
                <td key={head} data-label={head}>
                  {cell(run)}
                </td>
              ))}
              <td data-part="right">
                {run.sessionId !== null && run.processingEndTime && (
                  <Link to="/sessions/$sessionId" params={{ sessionId: run.sessionId }} title="The session">
                    {dayClock(run.processingEndTime)}
                  </Link>
                )}
              </td>
              <td data-part="act">
                <FindLike run={run} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SampleLink({ run: { blSampleId, sample } }: { run: Run }) {
  if (blSampleId === null) return <span className={table.dim}>several samples</span>;
  return (
    <Link to="/samples/$blSampleId" params={{ blSampleId }}>
      {sample ?? blSampleId}
    </Link>
  );
}

interface RunCellProps {
  run: Run;
  header: boolean;
  /** Of several of its sample. */
  best: boolean;
  on: string | null;
}

/** The pipeline, and which of several collections it was on. */
function RunCell({ run, header, best, on }: RunCellProps) {
  const Cell = header ? 'th' : 'td';
  const dataCollectionId = run.dataCollectionIds.at(-1) ?? 0;
  return (
    <Cell scope={header ? 'row' : undefined} data-part="left">
      <Link
        to="/collections/$dataCollectionId"
        params={{ dataCollectionId }}
        search={{ run: run.autoProcProgramId }}
        title={run.processingPrograms ?? undefined}
      >
        {run.pipeline}
      </Link>
      {best && <span className={classes.best}>best</span>}
      {on && <span className={classes.on}>{on}</span>}
    </Cell>
  );
}

/** Space group and cell of a result, one below the other. */
export function Crystal({ run }: { run: Pick<Run, 'spaceGroup' | 'cell'> }) {
  const cell = cellText(run.cell);
  return (
    <>
      {run.spaceGroup && <SpaceGroup symbol={run.spaceGroup} />}
      {cell && <span className={classes.cell}>{cell}</span>}
    </>
  );
}

/** The way to everything that has such a crystal; nothing where the cell is not known. */
export function FindLike({ run, words = false }: { run: Run; words?: boolean }) {
  const search = searchLike(run);
  if (!search) return null;
  return (
    <Link
      to="/cells"
      search={search}
      className={classes.like}
      aria-label="Find crystals like it"
      title="Find crystals like it"
    >
      <IconCube size={16} stroke={1.7} aria-hidden="true" />
      {words && 'Find crystals like it'}
    </Link>
  );
}
