import type { ImageHeader } from '@/api/types';

/** What is needed to say which resolution a pixel has. */
export interface Geometry {
  /** [Å] */
  wavelength: number;
  /** [mm] */
  distance: number;
  /** [mm] */
  pixel: { x: number; y: number };
  /** [pixel] */
  centre: { x: number; y: number };
}

/** Spacings of hexagonal ice [Å] (powder pattern of ice Ih). */
export const ICE_RINGS = [3.9, 3.67, 3.44, 2.67, 2.25, 2.07, 1.95, 1.92, 1.88, 1.72] as const;

const RINGS = [20, 10, 8, 6, 5, 4, 3.5, 3, 2.5, 2.2, 2, 1.8, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1, 0.9, 0.8] as const;

/** The geometry of images; null where something of it is not known. */
export function geometryOf(header: ImageHeader): Geometry | null {
  const { wavelength, detectorDistance, pixelSizeX, pixelSizeY, beamCentreX, beamCentreY } = header;
  const values = [wavelength, detectorDistance, pixelSizeX, pixelSizeY, beamCentreX, beamCentreY].map(
    ({ value }) => value,
  );
  const [lambda, distance, x, y, centreX, centreY] = values;
  if (!lambda || !distance || !x || !y || centreX == null || centreY == null) return null;
  return { wavelength: lambda, distance, pixel: { x, y }, centre: { x: centreX, y: centreY } };
}

/** Resolution at a place of the image [Å]: Bragg's law, with tan 2θ = radius / distance. Infinite in the beam. */
export function resolutionAt(geometry: Geometry, x: number, y: number): number {
  const radius = Math.hypot((x - geometry.centre.x) * geometry.pixel.x, (y - geometry.centre.y) * geometry.pixel.y);
  return geometry.wavelength / (2 * Math.sin(Math.atan2(radius, geometry.distance) / 2));
}

/** Radius of the ring of a resolution [mm]; null where light of this wavelength is not scattered forward so far. */
export function radiusOf(geometry: Geometry, resolution: number): number | null {
  const theta = Math.asin(geometry.wavelength / (2 * resolution));
  return theta < Math.PI / 4 ? geometry.distance * Math.tan(2 * theta) : null;
}

/** Resolutions worth a ring in an image of this size: round numbers, not closer to each other than `gap` pixels. */
export function ringsFor(geometry: Geometry, size: { width: number; height: number }, gap: number): number[] {
  const { centre, pixel } = geometry;
  const corner = Math.hypot(
    Math.max(centre.x, size.width - centre.x) * pixel.x,
    Math.max(centre.y, size.height - centre.y) * pixel.y,
  );
  const rings: number[] = [];
  let last = 0;
  for (const resolution of RINGS) {
    const radius = radiusOf(geometry, resolution);
    if (radius === null || radius > corner * 0.95 || (radius - last) / pixel.x < gap) continue;
    rings.push(resolution);
    last = radius;
  }
  return rings;
}
