import { useQueries } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconDownload } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import type { Run, RunDetail, Statistics } from '@/api/types';
import { fixed, withUnit } from '@/shared/format/numbers';
import { Chart, type Paint } from '@/shared/plots/Chart';
import { saveCsv, savePng } from '@/shared/plots/export';
import { Popup } from '@/shared/Popup';
import { measureLabel, MEASURES, measureText, type Measure } from '../measures';
import { runQuery } from '../queries';
import { seriesOf, type Series } from '../runs';
import { shellPlotOptions } from './shellPlotOptions';
import { shellsTable } from './shellsTable';
import { onOneAxis, shellAt } from './shells';
import classes from './ShellPlots.module.css';

interface Props {
  run: RunDetail;
  scalingId: number;
  /** All runs on the collection that made merged data. */
  runs: Run[];
}

export interface Drawn {
  id: number;
  pipeline: string;
  series: Series;
  shells: Statistics[];
  opened: boolean;
}

const PLOTTED = MEASURES.filter(({ key }) => key !== 'resolution');
const HEIGHT = 140;
const NONE: number[] = [];
const NO_DETAILS: RunDetail[] = [];

/** Quality against resolution: the opened run, and the others beside it. */
export function ShellPlots({ run, scalingId, runs }: Props) {
  const { without = NONE } = useSearch({ strict: false });
  const [pointed, setPointed] = useState<number | null>(null);
  const charts = useRef(new Map<string, uPlot>());
  const keepChart = useCallback((key: string, made: uPlot | null) => {
    if (made) charts.current.set(key, made);
    else charts.current.delete(key);
  }, []);
  const drawn = useDrawn(run, scalingId, runs);
  const shown = useMemo(() => drawn.filter(({ id, opened }) => opened || !without.includes(id)), [drawn, without]);
  const own = drawn[0]?.shells ?? [];
  const measures = PLOTTED.filter((measure) => own.some((shell) => measure.of(shell) !== null));
  if (measures.length === 0) return <p className={classes.none}>This run told nothing of its quality by resolution.</p>;
  const name = `${run.sample ?? 'run'}_${run.autoProcProgramId}_shells`;
  return (
    <div className={classes.shells}>
      <div className={classes.tools}>
        <Legend drawn={drawn} without={without} />
        <Popup label="Save the values or a plot" face={<IconDownload size={15} aria-hidden="true" />} align="end">
          <button type="button" onClick={() => saveCsv(`${name}.csv`, shellsTable(shown))}>
            Values by resolution (CSV)
          </button>
          {measures.map((measure) => (
            <button
              key={measure.key}
              type="button"
              onClick={() => {
                const canvas = charts.current.get(measure.key)?.ctx.canvas;
                if (canvas) savePng(`${name}_${measure.key}.png`, canvas);
              }}
            >
              Plot of {measure.name} (PNG)
            </button>
          ))}
        </Popup>
      </div>
      <div className={classes.plots}>
        {measures.map((measure) => (
          <Plot key={measure.key} measure={measure} drawn={shown} onChart={keepChart} onPoint={setPointed} />
        ))}
      </div>
      <Readout measures={measures} shell={pointed === null ? undefined : shellAt(own, pointed)} />
    </div>
  );
}

/** The curves to draw, that of the opened run first; the others come together, so that no button moves under a finger. */
function useDrawn(run: RunDetail, scalingId: number, runs: Run[]): Drawn[] {
  const others = useMemo(
    () => runs.filter(({ autoProcProgramId }) => autoProcProgramId !== run.autoProcProgramId),
    [runs, run.autoProcProgramId],
  );
  const details = useQueries({
    queries: others.map(({ autoProcProgramId }) => runQuery(autoProcProgramId)),
    combine: dataOf,
  });
  return useMemo(() => {
    const series = seriesOf(runs);
    const curve = ({ autoProcProgramId: id, pipeline, shells }: RunDetail, scaling: number | undefined): Drawn => ({
      id,
      pipeline,
      series: series.get(id) ?? '--series-1',
      shells: shells[scaling ?? 0] ?? [],
      opened: id === run.autoProcProgramId,
    });
    const rest = details.map((each) => curve(each, each.scalings[0]?.autoProcScalingId));
    return [curve(run, scalingId), ...rest.filter(({ shells }) => shells.length > 0)];
  }, [run, scalingId, runs, details]);
}

function dataOf(queries: { data?: RunDetail; isPending: boolean }[]): RunDetail[] {
  if (queries.some(({ isPending }) => isPending)) return NO_DETAILS;
  return queries.map(({ data }) => data).filter((data) => data !== undefined);
}

interface PlotProps {
  measure: Measure;
  drawn: Drawn[];
  onChart: (key: string, chart: uPlot | null) => void;
  onPoint: (at: number | null) => void;
}

function Plot({ measure, drawn, onChart, onPoint }: PlotProps) {
  // The opened run is drawn last, over the others.
  const curves = useMemo(() => drawn.toReversed(), [drawn]);
  const data = useMemo(() => onOneAxis(curves, measure) as uPlot.AlignedData, [curves, measure]);
  const options = useCallback(
    (paint: Paint) => shellPlotOptions({ paint, measure, curves, shared: 'shells', onPoint }),
    [measure, curves, onPoint],
  );
  const keep = useCallback((made: uPlot | null) => onChart(measure.key, made), [onChart, measure.key]);
  return (
    <figure className={classes.plot}>
      <figcaption>{measureLabel(measure)}</figcaption>
      <Chart
        options={options}
        data={data}
        height={HEIGHT}
        label={`${measure.name} against resolution in Å`}
        onChart={keep}
      />
    </figure>
  );
}

function Legend({ drawn, without }: { drawn: Drawn[]; without: number[] }) {
  const navigate = useNavigate();
  const toggle = (id: number) => {
    const next = without.includes(id) ? without.filter((each) => each !== id) : [...without, id];
    void navigate({
      to: '.',
      search: (was: object) => ({ ...was, without: next.length > 0 ? next : undefined }),
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <ul className={classes.legend} aria-label="Runs drawn">
      {drawn.map(({ id, pipeline, series, opened }) => (
        <li key={id}>
          <button
            type="button"
            aria-pressed={opened || !without.includes(id)}
            disabled={opened}
            onClick={() => toggle(id)}
          >
            <i style={{ background: `var(${series})` }} data-opened={opened} aria-hidden="true" />
            {pipeline}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Readout({ measures, shell }: { measures: Measure[]; shell: Statistics | undefined }) {
  if (!shell) return <p className={classes.readout}>Against resolution (Å). Point at a shell to read it.</p>;
  const { resolutionLimitLow: low, resolutionLimitHigh: high } = shell;
  return (
    <p className={classes.readout}>
      {typeof low === 'number' && typeof high === 'number' && (
        <b>{withUnit(`${fixed(low, 2)}–${fixed(high, 2)}`, 'Å')}</b>
      )}
      {measures.map((measure) => (
        <span key={measure.key}>
          {measure.name} <b>{measureText(measure, measure.of(shell))}</b>
        </span>
      ))}
    </p>
  );
}
