/** At least so many images. */
const LEAST = 10;

/** The image that PageUp or PageDown goes to, a twentieth of all further; null for other keys. */
export function pagedTo(key: string, image: number, first: number, last: number): number | null {
  const by = Math.max(LEAST, Math.round((last - first + 1) / 20));
  if (key === 'PageUp') return Math.min(image + by, last);
  if (key === 'PageDown') return Math.max(image - by, first);
  return null;
}
