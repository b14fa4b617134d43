let known: boolean | undefined;

/** Whether this browser can paint images itself. */
export function canPaint(): boolean {
  known ??= document.createElement('canvas').getContext('webgl2') !== null;
  return known;
}
