import type { SpectrumEvent } from '@/api/types';
import { pictures } from '@/api/pictures';
import { SpectrumPlot } from '@/features/spectra/SpectrumPlot';
import { exposure, fixed, significant, withUnit } from '@/shared/format/numbers';
import { FavouriteMark } from '../favourite/FavouriteButton';
import { Card } from './Card';
import { DrawnPlot } from './DrawnPlot';
import classes from './SmallCards.module.css';
import type { CardProps } from './CardProps';

/** A fluorescence spectrum: at what energy, how long, and what it looked like. */
export function SpectrumCard({ event, sample, fresh }: CardProps<SpectrumEvent>) {
  const { Item: spectrum } = event;
  const src = pictures.spectrum(spectrum.xfeFluorescenceSpectrumId);
  const known = Object.values(spectrum._metadata.snapshots).some(Boolean);
  const facts = [
    spectrum.energy !== null && { label: 'Energy', value: withUnit(fixed(spectrum.energy, 2), 'keV') },
    spectrum.exposureTime !== null && { label: 'Exposure', value: exposure(spectrum.exposureTime) },
    spectrum.beamTransmission !== null && {
      label: 'Transmission',
      value: withUnit(significant(spectrum.beamTransmission), '%'),
    },
  ].filter((fact) => fact !== false);
  return (
    <Card
      event={event}
      sample={sample}
      state="done"
      fresh={fresh}
      testId="spectrum-card"
      aside={spectrum._metadata.favourite && <FavouriteMark />}
      title={event.blSample ?? 'Fluorescence spectrum'}
    >
      <div className={classes.body}>
        <SpectrumPlot
          spectrumId={spectrum.xfeFluorescenceSpectrumId}
          otherwise={<DrawnPlot src={src} known={known} alt="Counts against energy" title="Fluorescence spectrum" />}
        />
        <dl className={classes.facts}>
          {facts.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {spectrum.comments && <p className={classes.note}>{spectrum.comments}</p>}
    </Card>
  );
}
