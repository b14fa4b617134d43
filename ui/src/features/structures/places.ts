import type { Blob, FileSummary } from '@/api/types';
import { fixed } from '@/shared/format/numbers';

/** x, y and z in the frame of the model [Å]. */
export type Point = [number, number, number];

/** What a structure may be looked at. */
export interface Place {
  name: string;
  at: Point;
  /** How the address of the page names it. */
  blob?: number;
  ligand?: string;
}

/** What the model does not explain, where somebody said where it is. */
export function blobPlaces(blobs: Blob[], noun: string): Place[] {
  return blobs.flatMap(({ number, height, x, y, z }) => {
    const name = `${noun} ${number}${height === null ? '' : ` · ${fixed(height, 1)} σ`}`;
    return placed({ name, blob: number }, x, y, z);
  });
}

/** The ligands of a model. */
export function ligandPlaces(summary: FileSummary | undefined): Place[] {
  if (summary?.content !== 'model') return [];
  return summary.chains.flatMap(({ name: chain, ligands }) =>
    ligands.flatMap(({ name, number, x, y, z }) => {
      const ligand = `${name} ${chain} ${number}`;
      return placed({ name: ligand, ligand }, x, y, z);
    }),
  );
}

function placed(place: Omit<Place, 'at'>, x: number | null, y: number | null, z: number | null): Place[] {
  return x === null || y === null || z === null ? [] : [{ ...place, at: [x, y, z] }];
}

/** The one that the address of the page names. */
export function chosen(places: Place[], { blob, ligand }: Pick<Place, 'blob' | 'ligand'>): Place | undefined {
  return places.find((place) => place.blob === blob && place.ligand === ligand);
}

/** The next or previous one, round and round; the first or last from nowhere. */
export function step(places: Place[], from: Place | undefined, by: 1 | -1): Place | undefined {
  const index = from ? places.indexOf(from) : by > 0 ? -1 : 0;
  return places.at((index + by) % places.length);
}
