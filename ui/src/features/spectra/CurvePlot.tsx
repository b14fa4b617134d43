import { IconDownload } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import { fixed, significant, withUnit } from '@/shared/format/numbers';
import { Chart, type Paint } from '@/shared/plots/Chart';
import { saveCsv, savePng } from '@/shared/plots/export';
import { Popup } from '@/shared/Popup';
import classes from './CurvePlot.module.css';
import { curvesTable, type Curve, type Curves, type Mark } from './curves';
import { plotOptions } from './plotOptions';

interface Props {
  curves: Curves;
  marks: Mark[];
  /** Of the files that the plot and its values are saved to. */
  name: string;
  label: string;
}

const HEIGHT = 184;

/** Curves against energy with marks, the values under the pointer, and both to be saved. */
export function CurvePlot({ curves, marks, name, label }: Props) {
  const chart = useRef<uPlot | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const data = useMemo(
    () => [curves.energy, ...curves.curves.map(({ values }) => values)] as uPlot.AlignedData,
    [curves],
  );
  const options = useCallback(
    (paint: Paint) => plotOptions({ paint, curves: curves.curves, marks, onPoint: setPointed }),
    [curves, marks],
  );
  const keep = useCallback((made: uPlot | null) => {
    chart.current = made;
  }, []);
  const energy = pointed === null ? undefined : curves.energy[pointed];
  return (
    <div className={classes.plot}>
      <div className={classes.head}>
        <ul>
          {curves.curves.map((curve) => (
            <li key={curve.name}>
              <i style={{ background: `var(${curve.colour})` }} aria-hidden="true" />
              {curve.name}
              {curve.scale === 'factor' && ' [e⁻]'}
              {pointed !== null && <b>{valueText(curve, pointed)}</b>}
            </li>
          ))}
          <li className={classes.energy}>{energy === undefined ? 'against keV' : withUnit(fixed(energy, 4), 'keV')}</li>
        </ul>
        <Popup label="Save the values or the plot" face={<IconDownload size={15} aria-hidden="true" />} align="end">
          <button type="button" onClick={() => saveCsv(`${name}.csv`, curvesTable(curves))}>
            Values by energy (CSV)
          </button>
          <button type="button" onClick={() => chart.current && savePng(`${name}.png`, chart.current.ctx.canvas)}>
            Plot (PNG)
          </button>
        </Popup>
      </div>
      <Chart options={options} data={data} height={HEIGHT} label={label} onChart={keep} />
    </div>
  );
}

function valueText({ values, scale }: Curve, at: number): string {
  const value = values[at];
  if (typeof value !== 'number') return ' –';
  return ` ${scale === 'factor' ? fixed(value, 2) : significant(value, 4)}`;
}
