import type { ImageHeader } from '@/api/types';
import { exposure, fixed, withUnit } from '@/shared/format/numbers';

/** Part of a value by which two may differ before they count as two: what is rounded or calibrated anew differs less. */
const TOLERATED = 0.03;
/** Angles that differ by less are one [degrees]. */
const SAME_ANGLE = 0.1;
/** Places that are nearer are one [pixel]. */
const SAME_PLACE = 10;

/** What image file and database say of one thing. */
interface Told<T> {
  value: T | null;
  source: 'image' | 'database' | 'computed' | null;
  database: T | null;
}

/** Whether the file says something else than the database; nobody disagrees with what was not said. */
export function disagrees({ value, source, database }: Told<number>): boolean {
  if (value === null || database === null || source === 'database') return false;
  return Math.abs(value - database) > TOLERATED * Math.max(Math.abs(value), Math.abs(database));
}

/** The same of an angle, where a part of it says nothing. */
export function angleDisagrees(told: Told<number>): boolean {
  return differs(told, SAME_ANGLE);
}

/** The same of a place on the detector: a part of how far it is from a corner says nothing either. */
export function placeDisagrees(...along: Told<number>[]): boolean {
  return along.some((told) => differs(told, SAME_PLACE));
}

function differs({ value, source, database }: Told<number>, by: number): boolean {
  return value !== null && database !== null && source !== 'database' && Math.abs(value - database) > by;
}

/** Whether two names of a detector are of different ones; spaces, dashes and capitals are nobody's opinion. */
export function nameDisagrees({ value, source, database }: Told<string>): boolean {
  if (!value || !database || source === 'database') return false;
  const [one, other] = [value, database].map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
  return !one?.includes(other ?? '') && !other?.includes(one ?? '');
}

/** What rings, resolution and dose hang on. */
const WARNED = [
  { field: 'detectorDistance', name: 'distance', text: (value: number) => withUnit(fixed(value, 1), 'mm') },
  { field: 'wavelength', name: 'wavelength', text: (value: number) => withUnit(fixed(value, 4), 'Å') },
  { field: 'exposureTime', name: 'exposure', text: exposure },
] as const;

/** What matters most and is not the same: "distance 217.1 mm, in the database 1000.0 mm". */
export function warnings(header: ImageHeader): string[] {
  return WARNED.flatMap(({ field, name, text }) => {
    const { value, database } = header[field];
    if (!disagrees(header[field]) || value === null || database === null) return [];
    return `${name} ${text(value)}, in the database ${text(database)}`;
  });
}
