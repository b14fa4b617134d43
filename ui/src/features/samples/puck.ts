/** Centre of one position in a puck drawn in a circle of radius 1. */
export interface Position {
  x: number;
  y: number;
}

/**
 * Where the positions of a puck lie, in their order. A Unipuck (16) has 5 inside and 11 outside, a Spine puck (10) one
 * ring; other sizes are drawn as two rings.
 */
export function puckPositions(capacity: number): Position[] {
  if (capacity === 16) return [...ring(5, 0.36), ...ring(11, 0.76)];
  if (capacity <= 12) return ring(capacity, 0.68);
  const inner = Math.round(capacity / 3);
  return [...ring(inner, 0.36), ...ring(capacity - inner, 0.78)];
}

/** Radius of one position, so that neighbours do not touch. */
export function positionRadius(capacity: number): number {
  if (capacity <= 10) return 0.17;
  return capacity <= 16 ? 0.155 : 0.13;
}

/** Positions on a circle, clockwise from the top. */
function ring(number: number, radius: number): Position[] {
  return Array.from({ length: number }, (_, i) => {
    const angle = (2 * Math.PI * i) / number - Math.PI / 2;
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
}
