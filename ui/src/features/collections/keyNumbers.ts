import type { DataCollection } from '@/api/types';
import { count, energyOf, exposure, fixed, micrometres, powerOfTen, significant, withUnit } from '@/shared/format/numbers';
import { boxSize, scanOrder } from './grid/grid';

export interface KeyNumber {
  label: string;
  value: string;
}

/** The numbers of one glance: how much, how long, how far, with what beam. What is unknown is left out. */
export function keyNumbers(collection: DataCollection): KeyNumber[] {
  const { exposureTime, resolution, wavelength, transmission, flux, beamSizeAtSampleX, beamSizeAtSampleY } = collection;
  return [
    howMuch(collection),
    exposureTime !== null && { label: 'Exposure', value: exposure(exposureTime) },
    resolution !== null && { label: 'Resolution', value: withUnit(fixed(resolution, 2), 'Å') },
    transmission !== null && { label: 'Transmission', value: withUnit(significant(transmission), '%') },
    wavelength !== null && wavelength > 0 && { label: 'Energy', value: withUnit(fixed(energyOf(wavelength), 2), 'keV') },
    wavelength !== null && { label: 'Wavelength', value: withUnit(fixed(wavelength, 4), 'Å') },
    flux !== null && { label: 'Flux', value: withUnit(powerOfTen(flux), 'ph/s') },
    beamSizeAtSampleX !== null && { label: 'Beam', value: micrometres(beamSizeAtSampleX, beamSizeAtSampleY) },
  ].filter((number): number is KeyNumber => typeof number === 'object' && number !== null);
}

/** "3600 × 0.1°", or "18 × 12 · 20 × 20 µm" of a grid. */
function howMuch(collection: DataCollection): KeyNumber | null {
  const grid = collection.GridInfo[0];
  const order = scanOrder(grid);
  if (grid && order) {
    const box = boxSize(grid, order);
    return { label: box ? `Grid of ${micrometres(...box)}` : 'Grid', value: `${order.columns} × ${order.rows}` };
  }
  const { numberOfImages, axisRange } = collection;
  if (numberOfImages === null) return null;
  const images = count(numberOfImages);
  return { label: 'Images', value: axisRange ? `${images} × ${significant(axisRange)}°` : images };
}
