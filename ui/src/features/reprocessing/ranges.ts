/** Images of a collection, the first and the last included. */
export interface Range {
  first: number;
  last: number;
}

/** Images of one collection that are asked for, as far as they are typed. */
export interface Sweep {
  /** Tells it from the others while it is edited. */
  id: number;
  dataCollectionId: number;
  first: number | '';
  last: number | '';
}

export type End = 'first' | 'last';

/** The images that a collection has; null where nobody said how many. */
export function imagesOf(collection: {
  startImageNumber?: number | null;
  numberOfImages?: number | null;
}): Range | null {
  const { startImageNumber, numberOfImages } = collection;
  if (!numberOfImages || numberOfImages < 1) return null;
  const first = startImageNumber ?? 1;
  return { first, last: first + numberOfImages - 1 };
}

/** The sweep with one end moved to an image, within what there is; the other end is never passed. */
export function moved(sweep: Sweep, end: End, image: number, whole: Range): Sweep {
  const wanted = clamp(Math.round(image), whole.first, whole.last);
  if (end === 'first') return { ...sweep, first: Math.min(wanted, sweep.last === '' ? whole.last : sweep.last) };
  return { ...sweep, last: Math.max(wanted, sweep.first === '' ? whole.first : sweep.first) };
}

/** The sweep over the images between two, whichever comes first. */
export function spanned(sweep: Sweep, from: number, to: number, whole: Range): Sweep {
  const [a, b] = [from, to].map((image) => clamp(Math.round(image), whole.first, whole.last)).sort((x, y) => x - y);
  return { ...sweep, first: a ?? whole.first, last: b ?? whole.last };
}

/** How far along the images one of them lies, 0 … 1. */
export function along(image: number, { first, last }: Range): number {
  return last > first ? clamp((image - first) / (last - first), 0, 1) : 0.5;
}

/** The image at a place along them, 0 … 1. */
export function imageAt(share: number, { first, last }: Range): number {
  return Math.round(first + clamp(share, 0, 1) * (last - first));
}

/** Where a key moves an end to; null for keys that move nothing. */
export function steppedBy(key: string, image: number, { first, last }: Range): number | null {
  const page = Math.max(1, Math.round((last - first) / 20));
  const steps: Record<string, number> = {
    ArrowLeft: image - 1,
    ArrowDown: image - 1,
    ArrowRight: image + 1,
    ArrowUp: image + 1,
    PageDown: image - page,
    PageUp: image + page,
    Home: first,
    End: last,
  };
  return steps[key] ?? null;
}

/** Why these images cannot be asked for; null when they can. */
export function refusalOf({ first, last }: Sweep, whole: Range | null): string | null {
  if (first === '' || last === '') return 'Needs a first and a last image';
  if (last < first) return 'The last image lies before the first';
  if (whole && (first < whole.first || last > whole.last)) return `There are images ${whole.first} to ${whole.last}`;
  return null;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
