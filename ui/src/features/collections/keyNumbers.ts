import type { DataCollection } from '@/api/types';
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
import { boxSize, gridOf, scanOrder } from './grid/grid';

export interface Labelled {
  label: string;
  value: string;
}

/** A labelled number, or null when the database does not know it. */
export function shown(
  label: string,
  value: number | null | undefined,
  write: (value: number) => string,
): Labelled | null {
  return value === null || value === undefined ? null : { label, value: write(value) };
}

/** The numbers of one glance: how much, how long, how far, with what beam. What is unknown is left out. */
export function keyNumbers(collection: DataCollection): Labelled[] {
  const grid = gridNumbers(collection);
  return [
    grid ? grid.boxes : images(collection),
    shown('Exposure', collection.exposureTime, exposure),
    grid ? grid.box : shown('Resolution', collection.resolution, (value) => withUnit(fixed(value, 2), 'Å')),
    shown('Transmission', collection.transmission, (value) => withUnit(significant(value), '%')),
    shown('Energy', energy(collection), (value) => withUnit(fixed(value, 2), 'keV')),
    shown('Wavelength', collection.wavelength, (value) => withUnit(fixed(value, 4), 'Å')),
    shown('Flux', collection.flux, (value) => withUnit(powerOfTen(value), 'ph/s')),
    shown('Beam', collection.beamSizeAtSampleX, (width) => micrometres(width, collection.beamSizeAtSampleY)),
  ].filter((number) => number !== null);
}

/** How many boxes a grid has, and their size. */
function gridNumbers(collection: DataCollection): { boxes: Labelled; box: Labelled | null } | null {
  const grid = gridOf(collection);
  const order = scanOrder(grid);
  if (!grid || !order) return null;
  const size = boxSize(grid);
  return {
    boxes: { label: 'Boxes', value: `${order.columns} × ${order.rows}` },
    box: size && { label: 'Box', value: micrometres(...size) },
  };
}

/** "3600 × 0.1°" */
function images({ numberOfImages, axisRange }: DataCollection): Labelled | null {
  return shown('Images', numberOfImages, (number) =>
    axisRange ? `${count(number)} × ${significant(axisRange)}°` : count(number),
  );
}

function energy({ wavelength }: DataCollection): number | null {
  return wavelength ? energyOf(wavelength) : null;
}
