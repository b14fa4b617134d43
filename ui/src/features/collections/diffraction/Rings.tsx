import { ICE_RINGS, radiusOf, ringsFor, type Geometry } from './geometry';
import classes from './Viewer.module.css';
import type { Size, View } from './view';

interface Props {
  geometry: Geometry;
  image: Size;
  view: View;
  resolution: boolean;
  ice: boolean;
}

const GAP = 52;
/** Where the label stands on its ring, from the right, upwards. */
const ANGLE = -Math.PI / 3.2;

export interface Ring {
  name: string;
  kind: 'resolution' | 'ice';
  /** Centre and radii on the screen. */
  x: number;
  y: number;
  rx: number;
  ry: number;
}

/** The rings to draw over an image. */
export function ringsOf({ geometry, image, view, resolution, ice }: Props): Ring[] {
  const ring = (kind: Ring['kind']) => (d: number) => {
    const radius = radiusOf(geometry, d) ?? 0;
    return {
      name: kind === 'ice' ? 'ice' : `${d} Å`,
      kind,
      x: view.x + geometry.centre.x * view.scale,
      y: view.y + geometry.centre.y * view.scale,
      rx: (radius / geometry.pixel.x) * view.scale,
      ry: (radius / geometry.pixel.y) * view.scale,
    };
  };
  return [
    ...(ice ? ICE_RINGS.map(ring('ice')) : []),
    ...(resolution ? ringsFor(geometry, image, GAP / view.scale).map(ring('resolution')) : []),
  ];
}

export function labelPlace(ring: Ring): { x: number; y: number } {
  return { x: ring.x + ring.rx * Math.cos(ANGLE), y: ring.y + ring.ry * Math.sin(ANGLE) };
}

/** Rings of resolution and of ice over an image. */
export function Rings(props: Props) {
  return (
    <svg className={classes.rings} aria-hidden="true" data-testid="rings">
      {ringsOf(props).map((ring, number) => (
        <g key={`${ring.kind}${number}`} data-kind={ring.kind}>
          <ellipse cx={ring.x} cy={ring.y} rx={ring.rx} ry={ring.ry} />
          {ring.kind === 'resolution' && <text {...labelPlace(ring)}>{ring.name}</text>}
        </g>
      ))}
    </svg>
  );
}
