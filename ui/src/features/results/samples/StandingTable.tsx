import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconDownload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Fragment, useEffect, useRef } from 'react';
import type { Run, ShellName } from '@/api/types';
import type { MeasureKey } from '@/app/search';
import { plural } from '@/shared/format/numbers';
import { Popup } from '@/shared/Popup';
import { viridis } from '@/shared/plots/viridis';
import { StateShape } from '@/shared/states/StateMark';
import table from '@/shared/Table.module.css';
import { cellParts } from '../crystal';
import { MeasureCell } from '../MeasureCell';
import { MEASURES, type Measure } from '../measures';
import { FileDownloads } from '../run/FileDownloads';
import { statisticsOf } from '../runs';
import { SpaceGroup } from '../SpaceGroup';
import { difference, type Compared } from './compare';
import { goodness, STAGE_WORDS, type Stage } from './standing';
import classes from './StandingTable.module.css';

interface Props {
  standings: Compared[];
  /** The pipeline they are compared with. */
  against: string | undefined;
  measure: Measure;
  shell: ShellName;
  range: [number, number] | null;
  sessionId: number;
  onMeasure: (key: MeasureKey) => void;
  pointed: number | null;
  selected: number | null;
  onPoint: (blSampleId: number | null) => void;
}

/** On a phone a comparison leaves out what it does not compare: both numbers are to be seen on one line. */
const WIDE = '(min-width: 721px)';

/** The samples ranked by the chosen measure; the head of a column chooses it. */
export function StandingTable({ standings, against, measure, onMeasure, selected, ...props }: Props) {
  const listed = standings.filter(({ stage }) => stage !== 'uncollected');
  const missing = standings.length - listed.length;
  const isWide = useMediaQuery(WIDE, true);
  const columns = MEASURES.includes(measure) ? MEASURES : [...MEASURES, measure];
  const measures = against && !isWide ? [measure] : columns;
  const place = useRef<HTMLTableElement>(null);
  useEffect(() => {
    place.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <>
      <div className={`${table.frame} ${classes.frame}`}>
        <table className={table.table} data-stacks="measures" ref={place}>
          <thead>
            <tr>
              <th className={table.number}>#</th>
              <th className={classes.sample}>Sample</th>
              {measures.map((each) => (
                <Fragment key={each.key}>
                  <th
                    className={table.number}
                    aria-sort={
                      each.key === measure.key ? (each.better === 'lower' ? 'ascending' : 'descending') : undefined
                    }
                  >
                    <button
                      type="button"
                      className={table.sort}
                      data-sorted={each.key === measure.key}
                      title={`Rank by ${each.name}`}
                      aria-label={`Rank by ${each.name}`}
                      onClick={() => onMeasure(each.key)}
                    >
                      <span>
                        {each.short ?? each.name} {each.unit && <span className={classes.unit}>({each.unit})</span>}
                      </span>
                      {each.key === measure.key && <IconArrowDown size={13} aria-hidden="true" />}
                    </button>
                  </th>
                  {against && each.key === measure.key && (
                    <>
                      <th className={table.number}>
                        {against}: {measure.short ?? measure.name}{' '}
                        {measure.unit && <span className={classes.unit}>({measure.unit})</span>}
                      </th>
                      <th className={table.number} title={`Difference to ${against}`}>
                        Δ {measure.unit && `(${measure.unit})`}
                      </th>
                    </>
                  )}
                </Fragment>
              ))}
              <th>Crystal</th>
              <th>Pipeline</th>
              <th>Files</th>
            </tr>
          </thead>
          <tbody>
            {listed.map((standing, index) => (
              <Row
                key={standing.sample.blSampleId}
                standing={standing}
                rank={index + 1}
                measure={measure}
                measures={measures}
                against={against}
                selected={selected}
                {...props}
              />
            ))}
          </tbody>
        </table>
      </div>
      {missing > 0 && <p className={classes.missing}>{plural(missing, 'sample')} not collected so far.</p>}
    </>
  );
}

interface RowProps extends Omit<Props, 'standings' | 'onMeasure'> {
  standing: Compared;
  rank: number;
  /** Those that have a column. */
  measures: readonly Measure[];
}

function Row(props: RowProps) {
  const { standing, against, rank, measure, measures, shell, range, sessionId, pointed, selected, onPoint } = props;
  const { sample, run, stage, value } = standing;
  const id = sample.blSampleId;
  return (
    <tr
      className={classes.row}
      data-marked={id === pointed || id === selected}
      aria-current={id === selected ? 'true' : undefined}
      data-testid="standing"
      onPointerEnter={() => onPoint(id)}
      onPointerLeave={() => onPoint(null)}
    >
      <td className={`${table.number} ${classes.rank}`} data-part="rank">
        {run ? rank : ''}
      </td>
      <th scope="row" className={classes.sample}>
        <Link to="/samples/$blSampleId" params={{ blSampleId: id }}>
          {sample.name ?? id}
        </Link>
      </th>
      {run ? (
        <>
          {measures.map((each) => (
            <Fragment key={each.key}>
              <MeasureCell measure={each} statistics={statisticsOf(run, shell)}>
                {each.key === measure.key && value !== null && range && (
                  <i
                    className={classes.swatch}
                    style={{ background: `rgb(${viridis(goodness(value, range, measure)).join(' ')})` }}
                    aria-hidden="true"
                  />
                )}
              </MeasureCell>
              {against && each.key === measure.key && (
                <Beside standing={standing} against={against} measure={measure} />
              )}
            </Fragment>
          ))}
          <Made run={run} sessionId={sessionId} />
        </>
      ) : against ? (
        <>
          <td colSpan={measures.indexOf(measure) + 1} className={table.dim}>
            <Standstill stage={stage} />
          </td>
          <Beside standing={standing} against={against} measure={measure} />
          <td colSpan={measures.length - measures.indexOf(measure) + 2} data-part="none" />
        </>
      ) : (
        <td colSpan={measures.length + 3} className={table.dim}>
          <Standstill stage={stage} />
        </td>
      )}
    </tr>
  );
}

/** The value of the other pipeline, and by how much it differs; an arrow says which is better. */
function Beside({ standing, against, measure }: { standing: Compared; against: string; measure: Measure }) {
  const value = standing.other?.value ?? null;
  const off = difference(standing);
  const better = off !== null && off !== 0 && off < 0 === (measure.better === 'lower');
  return (
    <>
      <td
        className={table.number}
        data-label={against}
        data-unit={value === null ? undefined : (measure.unit ?? undefined)}
        data-part="other"
      >
        {value === null ? '–' : measure.write(value)}
      </td>
      <td
        className={`${table.number} ${classes.off}`}
        data-better={off === null || off === 0 ? undefined : better}
        data-label={measure.unit ? `Δ (${measure.unit})` : 'Δ'}
        data-part="other"
      >
        {off === null ? '–' : `${off > 0 ? '+' : ''}${measure.write(off)} ${off === 0 ? '' : better ? '▲' : '▼'}`}
      </td>
    </>
  );
}

/** What made the numbers: crystal, pipeline, files. */
function Made({ run, sessionId }: { run: Run; sessionId: number }) {
  const cell = cellParts(run.cell);
  const dataCollectionId = run.dataCollectionIds.at(-1) ?? 0;
  return (
    <>
      <td className={classes.crystal}>
        {run.spaceGroup && <SpaceGroup symbol={run.spaceGroup} />}
        {cell.length > 0 && (
          <span className={classes.cell}>
            {cell.map((part) => (
              <span key={part}>{part} </span>
            ))}
          </span>
        )}
      </td>
      <td data-part="left">
        <Link
          to="/sessions/$sessionId/collections/$dataCollectionId"
          params={{ sessionId, dataCollectionId }}
          search={{ run: run.autoProcProgramId }}
          title={run.processingPrograms ?? undefined}
        >
          {run.pipeline}
        </Link>
      </td>
      <td className={classes.files} data-part="act">
        <Popup
          label={`Files of ${run.pipeline} for ${run.sample ?? 'this sample'}`}
          face={<IconDownload size={16} stroke={1.7} aria-hidden="true" />}
          align="end"
        >
          <FileDownloads autoProcProgramId={run.autoProcProgramId} />
        </Popup>
      </td>
    </>
  );
}

const SHAPES = { running: 'running', queued: 'queued', failed: 'failed', uncollected: 'stopped' } as const;

function Standstill({ stage }: { stage: Stage }) {
  return (
    <span className={classes.stage} data-stage={stage}>
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        {stage === 'unprocessed' || stage === 'result' ? (
          <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="3 2.2" />
        ) : (
          <StateShape state={SHAPES[stage]} />
        )}
      </svg>
      {STAGE_WORDS[stage]}
    </span>
  );
}
