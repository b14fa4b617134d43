import type { Centring, FoundCrystal } from '@/api/types';
import { fixed, withUnit } from '@/shared/format/numbers';
import { boxSize, gridOf } from './grid';
import { bandIn, viewOf, type Scanned } from './linked';

/** Where the crystal is on one grid, in boxes from its upper left corner, and what of the grid it takes. */
export interface Centre {
  x: number;
  y: number;
  box: { left: number; right: number; top: number; bottom: number } | null;
}

/** The newest centring that is over, and the best crystal that it found; null while nobody has tried. */
export function latest(centrings: Centring[]): { centring: Centring; crystal: FoundCrystal | undefined } | null {
  const centring = centrings.find(({ status }) => status !== 'pending');
  if (!centring) return null;
  return { centring, crystal: centring.XrayCentringResult.find(({ status }) => status !== 'failure') };
}

/** The crystal that a centring ended well with. */
export function foundBy({ centring, crystal }: NonNullable<ReturnType<typeof latest>>): FoundCrystal | undefined {
  return centring.status === 'success' ? crystal : undefined;
}

/**
 * Where a crystal lies on the grid of one of the views. On the view it was told for that is x and y; on the other view
 * of a 3-D centring z counts down, and the column is the one that both views share.
 */
export function centreOn(collection: Scanned, views: Scanned[], crystal: FoundCrystal): Centre | null {
  const view = viewOf(collection);
  if (!view) return null;
  const { centreOfMassX: x, centreOfMassY: y, centreOfMassZ: z } = crystal;
  const told = views.find((each) => viewOf(each)?.grid.gridInfoId === crystal.gridInfoId) ?? views[0];
  if (!isNumber(x) || !isNumber(y) || !told) return null;
  if (told.dataCollectionId === collection.dataCollectionId) return { x, y, box: boxOf(crystal, 'Y') };
  const first = viewOf(told);
  const band = first && bandIn(view, first, { column: Math.floor(x), row: Math.floor(y) });
  if (!isNumber(z) || !band || band.beside || !('column' in band)) return null;
  return { x: band.column + 0.5, y: z, box: null };
}

/** Where a crystal is, for reading. */
export interface CentreWords {
  /** Counted as boxes are, from 1, where a whole number is the middle of a box. */
  boxes: string;
  /** From the upper left corner of the grid; null where the size of a box is not known. */
  distance: string | null;
}

/** "column 8.9, row 4.2, depth 5.9" and "168, 74, 108 µm"; null where nobody told a place. */
export function centreWords(crystal: FoundCrystal, views: Scanned[]): CentreWords | null {
  const told = views.find((view) => gridOf(view)?.gridInfoId === crystal.gridInfoId) ?? views[0];
  const other = views.find((view) => view !== told);
  const [across, down] = sizesOf(told);
  const places = [
    { name: 'column', value: crystal.centreOfMassX, size: across },
    { name: 'row', value: crystal.centreOfMassY, size: down },
    { name: 'depth', value: crystal.centreOfMassZ, size: sizesOf(other)[1] ?? down },
  ].flatMap(({ name, value, size }) => (isNumber(value) ? [{ name, value, size }] : []));
  if (places.length === 0) return null;
  const sized = places.every(({ size }) => size !== undefined);
  return {
    boxes: places.map(({ name, value }) => `${name} ${fixed(value + 0.5, 1)}`).join(', '),
    distance: sized
      ? withUnit(places.map(({ value, size = 0 }) => fixed(value * size * 1000, 0)).join(', '), 'µm')
      : null,
  };
}

/** Width and height of a box [mm]. */
function sizesOf(view: Scanned | undefined): [number, number] | [undefined, undefined] {
  const grid = view && gridOf(view);
  return (grid && boxSize(grid)) ?? [undefined, undefined];
}

function boxOf(crystal: FoundCrystal, down: 'Y' | 'Z'): Centre['box'] {
  const [left, right] = [crystal.boundingBoxMinX, crystal.boundingBoxMaxX];
  const [top, bottom] = [crystal[`boundingBoxMin${down}`], crystal[`boundingBoxMax${down}`]];
  return isNumber(left) && isNumber(right) && isNumber(top) && isNumber(bottom) ? { left, right, top, bottom } : null;
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number';
}
