import type { Strategy, SubWedge, Wedge } from '@/api/types';
import { count, exposure, fixed, significant, withUnit } from '@/shared/format/numbers';
import type { Series } from '@/features/results/runs';
import { energyKey } from './strategy';
import classes from './WedgeTable.module.css';

interface Props {
  strategy: Strategy;
  colours: Map<string, Series>;
}

/** The parts of a strategy in the order of measuring, with everything that has to be set. */
export function WedgeTable({ strategy, colours }: Props) {
  const wedges = strategy.ScreeningStrategyWedge;
  const turned = wedges.some(({ kappa, phi }) => Boolean(kappa) || Boolean(phi));
  return (
    <div className={classes.frame} tabIndex={0} role="region" aria-label="Wedges of the strategy">
      <table className={classes.table}>
        <thead>
          <tr>
            <th>Wedge</th>
            <th>Energy</th>
            {turned && <th title="Orientation of the crystal: kappa and phi">κ, φ</th>}
            <th>From → to</th>
            <th>Images</th>
            <th>Exposure</th>
            <th title="Transmission of the attenuators">Transm.</th>
            <th>Dose</th>
          </tr>
        </thead>
        <tbody>{wedges.map((wedge) => rows(wedge, turned, colours))}</tbody>
      </table>
    </div>
  );
}

function rows(wedge: Wedge, turned: boolean, colours: Map<string, Series>) {
  const parts: (SubWedge | null)[] =
    wedge.ScreeningStrategySubWedge.length > 0 ? wedge.ScreeningStrategySubWedge : [null];
  return parts.map((part, index) => (
    <tr key={`${wedge.screeningStrategyWedgeId}-${index}`} data-first={index === 0}>
      {index === 0 && (
        <>
          <th scope="rowgroup" rowSpan={parts.length} title={wedge.comments ?? undefined} data-label="Wedge">
            {wedge.wedgeNumber ?? '–'}
          </th>
          <td rowSpan={parts.length} data-label="Energy">
            <Energy wedge={wedge} colours={colours} />
          </td>
          {turned && (
            <td rowSpan={parts.length} data-label="κ, φ">
              {significant(wedge.kappa ?? 0)}°, {significant(wedge.phi ?? 0)}°
            </td>
          )}
        </>
      )}
      <td data-label="From → to">{turnText(part)}</td>
      <td data-label="Images">{imagesText(part, wedge)}</td>
      <td data-label="Exposure">{typeof part?.exposureTime === 'number' ? exposure(part.exposureTime) : '–'}</td>
      <td data-label="Transm.">
        {typeof part?.transmission === 'number' ? withUnit(significant(part.transmission), '%') : '–'}
      </td>
      <td data-label="Dose">{doseText(part?.doseTotal ?? (parts.length === 1 ? wedge.doseTotal : null))}</td>
    </tr>
  ));
}

function Energy({ wedge, colours }: { wedge: Wedge; colours: Map<string, Series> }) {
  const energy = energyKey(wedge);
  if (!energy) return '–';
  return (
    <span className={classes.energy}>
      {colours.size > 1 && <i style={{ background: `var(${colours.get(energy)})` }} aria-hidden="true" />}
      {withUnit(energy, 'keV')}
    </span>
  );
}

function turnText(part: SubWedge | null): string {
  if (typeof part?.axisStart !== 'number' || typeof part.axisEnd !== 'number') return '–';
  return `${significant(part.axisStart, 4)}° → ${significant(part.axisEnd, 4)}°`;
}

/** "900 × 0.1°" */
function imagesText(part: SubWedge | null, wedge: Wedge): string {
  const images = part?.numberOfImages ?? wedge.numberOfImages;
  const width = part?.oscillationRange;
  if (typeof images !== 'number') return typeof width === 'number' ? `${significant(width)}° each` : '–';
  return typeof width === 'number' ? `${count(images)} × ${significant(width)}°` : count(images);
}

function doseText(dose: number | null | undefined): string {
  return typeof dose === 'number' ? withUnit(fixed(dose, 2), 'MGy') : '–';
}
