import { useState } from 'react';
import type { SpectrumEvent } from '@/api/types';
import { pictures } from '@/api/pictures';
import { SpectrumPlot } from '@/features/spectra/SpectrumPlot';
import { exposure, fixed, significant, withUnit } from '@/shared/format/numbers';
import { Lightbox } from '@/shared/states/Lightbox';
import { Picture } from '@/shared/states/Picture';
import { Card } from './Card';
import classes from './SmallCards.module.css';
import type { CardProps } from './EventCard';

/** A fluorescence spectrum: at what energy, how long, and what it looked like. */
export function SpectrumCard({ event, sample, fresh }: CardProps<SpectrumEvent>) {
  const [picture, setPicture] = useState<number | null>(null);
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
      title={event.blSample ?? 'Fluorescence spectrum'}
    >
      <div className={classes.body}>
        <SpectrumPlot
          spectrumId={spectrum.xfeFluorescenceSpectrumId}
          otherwise={
            <button
              type="button"
              className={classes.plot}
              onClick={() => setPicture(0)}
              disabled={!known}
              aria-label="Enlarge the spectrum"
            >
              <Picture
                src={src}
                alt="Counts against energy"
                known={known}
                missing="no plot"
                fit="contain"
                className={classes.picture}
              />
            </button>
          }
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
      <Lightbox
        pictures={[{ src, alt: 'Counts against energy' }]}
        at={picture}
        onMove={setPicture}
        title="Fluorescence spectrum"
      />
    </Card>
  );
}
