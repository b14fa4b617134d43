import type { ImageHeader } from '@/api/types';
import { exposure, fixed, significant, withUnit } from '@/shared/format/numbers';
import { angleDisagrees, disagrees, nameDisagrees, placeDisagrees } from './disagree';
import classes from './Viewer.module.css';

type Field =
  | 'detectorDistance'
  | 'wavelength'
  | 'resolution'
  | 'exposureTime'
  | 'oscillation'
  | 'startAngle'
  | 'pixelSizeX'
  | 'saturation'
  | 'dose';

const FIELDS: { field: Field; label: string; text: (value: number) => string }[] = [
  { field: 'detectorDistance', label: 'Distance', text: (value) => withUnit(fixed(value, 1), 'mm') },
  { field: 'wavelength', label: 'Wavelength', text: (value) => withUnit(fixed(value, 4), 'Å') },
  { field: 'resolution', label: 'Largest whole ring', text: (value) => withUnit(fixed(value, 2), 'Å') },
  { field: 'exposureTime', label: 'Exposure', text: exposure },
  { field: 'oscillation', label: 'Turn an image', text: (value) => `${significant(value)}°` },
  { field: 'startAngle', label: 'Start', text: (value) => `${fixed(value, 2)}°` },
  { field: 'pixelSizeX', label: 'Pixel', text: (value) => withUnit(significant(value * 1000), 'µm') },
  { field: 'saturation', label: 'Trusted up to', text: (value) => `${significant(value)} counts` },
  { field: 'dose', label: 'Dose', text: (value) => withUnit(significant(value), 'MGy') },
];
const ANGLES = new Set<Field>(['startAngle']);
const WORDS = { image: 'image file', database: 'database', computed: 'computed' } as const;

/** How the images were measured, and who says so. */
export function Sources({ header }: { header: ImageHeader }) {
  const { beamCentreX: x, beamCentreY: y } = header;
  return (
    <details className={classes.sources}>
      <summary>Where these numbers come from</summary>
      <div className={classes.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">Value</th>
              <th scope="col">Used here</th>
              <th scope="col">From</th>
              <th scope="col">Database</th>
            </tr>
          </thead>
          <tbody>
            <tr data-disagrees={nameDisagrees(header.detector)}>
              <th scope="row">Detector</th>
              <td>{header.detector.value ?? '–'}</td>
              <td>{header.detector.source ? WORDS[header.detector.source] : '–'}</td>
              <td>{header.detector.database ?? '–'}</td>
            </tr>
            <tr>
              <th scope="row">Size</th>
              <td>
                {header.width} × {header.height} pixels, {header.bits} bits
              </td>
              <td>image file</td>
              <td>–</td>
            </tr>
            <tr data-disagrees={placeDisagrees(x, y)}>
              <th scope="row">Beam centre</th>
              <td>{pair(x.value, y.value)}</td>
              <td>{x.source ? WORDS[x.source] : '–'}</td>
              <td>{pair(x.database, y.database)}</td>
            </tr>
            {FIELDS.map(({ field, label, text }) => {
              const { value, source, database } = header[field];
              return (
                <tr
                  key={field}
                  data-disagrees={ANGLES.has(field) ? angleDisagrees(header[field]) : disagrees(header[field])}
                >
                  <th scope="row">{label}</th>
                  <td>{value === null ? '–' : text(value)}</td>
                  <td>{source ? WORDS[source] : '–'}</td>
                  <td>{database === null ? '–' : text(database)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function pair(x: number | null, y: number | null): string {
  return x === null || y === null ? '–' : `${fixed(x, 1)}, ${fixed(y, 1)} pixels`;
}
