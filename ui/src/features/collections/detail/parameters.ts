import type { CollectionDetail } from '@/api/types';
import {
  count,
  energyOf,
  exposure,
  fixed,
  micrometres,
  powerOfTen,
  significant,
  withUnit,
} from '@/shared/format/numbers';
import { boxSize, gridOf, scanOrder } from '../grid/grid';
import { goniometerAngle, turnOf } from '../grid/turn';
import { shown, type Labelled } from '../keyNumbers';

export interface Parameter extends Labelled {
  /** Written below its label, over the whole width. */
  long?: boolean;
}
export interface ParameterGroup {
  name: string;
  parameters: Parameter[];
}

/** Everything the database knows of how the collection was done; what it does not know is left out. */
export function parameterGroups(collection: CollectionDetail): ParameterGroup[] {
  const groups: { name: string; parameters: (Parameter | null)[] }[] = [
    { name: 'Geometry', parameters: geometry(collection) },
    { name: 'Grid', parameters: gridParameters(collection) },
    { name: 'Beam', parameters: beam(collection) },
    { name: 'Detector', parameters: detector(collection) },
    { name: 'Files', parameters: files(collection) },
  ];
  return groups
    .map(({ name, parameters }) => ({ name, parameters: parameters.filter((parameter) => parameter !== null) }))
    .filter(({ parameters }) => parameters.length > 0);
}

function geometry(c: CollectionDetail): (Parameter | null)[] {
  const degrees = (value: number) => `${fixed(value, 2)}°`;
  // A grid is scanned while the crystal stands still, at the angles told below.
  const still = gridOf(c) !== undefined && !c.axisRange;
  const start = still && isKnown(c.omegaStart) ? null : c.axisStart;
  // The axis that turns begins at "Start", which need not be told twice.
  const angle = (name: string, value: number | null | undefined) =>
    value === start && name.toLowerCase() === c.rotationAxis?.toLowerCase() ? null : shown(name, value, degrees);
  return [
    shown('Images', c.numberOfImages, count),
    shown('Exposure per image', c.exposureTime, exposure),
    text('Rotation axis', c.rotationAxis),
    shown('Start', start, degrees),
    still ? null : shown('End', c.axisEnd, degrees),
    still ? null : shown('Range per image', c.axisRange, (value) => `${significant(value)}°`),
    c.overlap ? shown('Overlap', c.overlap, (value) => `${significant(value)}°`) : null,
    angle('Omega', c.omegaStart),
    angle('Kappa', c.kappaStart),
    angle('Phi', c.phiStart),
    angle('Chi', c.chiStart),
  ];
}

function gridParameters(c: CollectionDetail): (Parameter | null)[] {
  const grid = gridOf(c);
  const order = scanOrder(grid);
  if (!grid || !order) return [];
  const box = boxSize(grid);
  const turn = turnOf(grid, goniometerAngle(c));
  return [
    { label: 'Boxes', value: `${order.columns} × ${order.rows}` },
    box && { label: 'Box', value: micrometres(...box) },
    { label: 'Scanned', value: `${order.vertical ? 'by column' : 'by row'}${order.snaked ? ', snaked' : ''}` },
    turn === 0 ? null : { label: 'Turned over the picture', value: `${significant(turn)}°` },
  ];
}

function beam(c: CollectionDetail): (Parameter | null)[] {
  const energy = c._metadata.energy ?? (c.wavelength ? energyOf(c.wavelength) : null);
  return [
    shown('Energy', energy, (value) => withUnit(fixed(value, 3), 'keV')),
    shown('Wavelength', c.wavelength, (value) => withUnit(fixed(value, 4), 'Å')),
    shown('Transmission', c.transmission, (value) => withUnit(significant(value), '%')),
    shown('Flux', c.flux, (value) => withUnit(powerOfTen(value), 'ph/s')),
    shown('Size at sample', c.beamSizeAtSampleX, (width) => micrometres(width, c.beamSizeAtSampleY)),
    shown('Dose', c.totalAbsorbedDose, (value) => withUnit(significant(value), 'MGy')),
  ];
}

function detector(c: CollectionDetail): (Parameter | null)[] {
  const name = [c.Detector?.detectorManufacturer, c.Detector?.detectorModel].filter(Boolean).join(' ');
  return [
    text('Detector', name || null),
    text('Type', c.Detector?.detectorType),
    shown('Distance', c.detectorDistance, (value) => withUnit(fixed(value, 1), 'mm')),
    shown('Resolution at edge', c.resolution, (value) => withUnit(fixed(value, 2), 'Å')),
    shown('Resolution at corner', c.resolutionAtCorner, (value) => withUnit(fixed(value, 2), 'Å')),
    shown('Beam centre', c.xBeam, (x) => withUnit(`${fixed(x, 1)}, ${fixed(c.yBeam ?? 0, 1)}`, 'mm')),
  ];
}

function files(c: CollectionDetail): (Parameter | null)[] {
  return [
    c.imageDirectory ? { label: 'Directory', value: c.imageDirectory, long: true } : null,
    c.fileTemplate ? { label: 'File template', value: c.fileTemplate, long: true } : null,
    shown('First image', c.startImageNumber, String),
    c.comments ? { label: 'Comment', value: c.comments, long: true } : null,
  ];
}

function isKnown(value: number | null | undefined): value is number {
  return typeof value === 'number';
}

function text(label: string, value: string | null | undefined): Parameter | null {
  return value ? { label, value } : null;
}
