import type { EnergyScanEvent } from '@/api/types';
import { pictures } from '@/api/pictures';
import { EnergyScanPlot } from '@/features/spectra/EnergyScanPlot';
import { exposure, fixed, significant, withUnit } from '@/shared/format/numbers';
import { FavouriteMark } from '../favourite/FavouriteButton';
import { Card } from './Card';
import { DrawnPlot } from './DrawnPlot';
import classes from './SmallCards.module.css';
import type { CardProps } from './CardProps';

/** An energy scan: the edge, and f′ and f″ at its peak and inflection. */
export function EnergyScanCard({ event, sample, fresh }: CardProps<EnergyScanEvent>) {
  const { Item: scan } = event;
  const src = pictures.energyScan(scan.energyScanId);
  const known = Object.values(scan._metadata.snapshots).some(Boolean);
  const points = [
    { name: 'Peak', energy: scan.peakEnergy, prime: scan.peakFPrime, double: scan.peakFDoublePrime },
    {
      name: 'Inflection',
      energy: scan.inflectionEnergy,
      prime: scan.inflectionFPrime,
      double: scan.inflectionFDoublePrime,
    },
  ];
  return (
    <Card
      event={event}
      sample={sample}
      state="done"
      fresh={fresh}
      testId="energyscan-card"
      aside={scan._metadata.favourite && <FavouriteMark />}
      title={`${scan.element ?? '?'} ${scan.edgeEnergy ?? ''} edge${event.blSample ? ` · ${event.blSample}` : ''}`}
    >
      <div className={classes.body}>
        <EnergyScanPlot
          energyScanId={scan.energyScanId}
          otherwise={<DrawnPlot src={src} known={known} alt="f′ and f″ against energy" title="Energy scan" />}
        />
        <table className={classes.table}>
          <thead>
            <tr>
              <th />
              <th>Energy</th>
              <th>f′</th>
              <th>f″</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ name, energy, prime, double }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{energy === null ? '–' : withUnit(fixed(energy, 4), 'keV')}</td>
                <td>{prime === null ? '–' : withUnit(fixed(prime, 2), 'e⁻')}</td>
                <td>{double === null ? '–' : withUnit(fixed(double, 2), 'e⁻')}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <dl className={classes.facts}>
          {scan.startEnergy !== null && scan.endEnergy !== null && (
            <div>
              <dt>Scanned</dt>
              <dd>
                {significant(scan.startEnergy, 5)} – {withUnit(significant(scan.endEnergy, 5), 'keV')}
              </dd>
            </div>
          )}
          {scan.exposureTime !== null && (
            <div>
              <dt>Exposure</dt>
              <dd>{exposure(scan.exposureTime)}</dd>
            </div>
          )}
        </dl>
      </div>
      {scan.comments && <p className={classes.note}>{scan.comments}</p>}
    </Card>
  );
}
