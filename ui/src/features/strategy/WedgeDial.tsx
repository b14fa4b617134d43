import { significant } from '@/shared/format/numbers';
import type { Series } from '@/features/results/runs';
import { arc, energyKey, turnsOf, type Orientation } from './strategy';
import classes from './WedgeDial.module.css';

interface Props {
  orientation: Orientation;
  colours: Map<string, Series>;
}

const OUTER = 40;
const STEP = 8;

/** What part of a turn is measured at one orientation: an arc for each wedge, one ring for each energy. */
export function WedgeDial({ orientation, colours }: Props) {
  const { kappa, phi, wedges } = orientation;
  const rings = [...colours.keys()];
  const turns = wedges.flatMap((wedge) => turnsOf(wedge).map(([from, to]) => ({ wedge, from, to })));
  const name = `κ ${significant(kappa)}°, φ ${significant(phi)}°`;
  const said = turns.map(({ from, to }) => `${significant(from)}° to ${significant(to)}°`).join(', ');
  return (
    <figure className={classes.dial}>
      <svg viewBox="-56 -54 112 108" role="img" aria-label={`${name}: ${said || 'no turns told'}`}>
        <circle r={OUTER} className={classes.circle} />
        {[0, 90, 180, 270].map((angle) => (
          <line key={angle} y1={-OUTER - 3} y2={-OUTER + 3} className={classes.tick} transform={`rotate(${angle})`} />
        ))}
        <text y={-OUTER - 6} className={classes.zero}>
          0°
        </text>
        {turns.map(({ wedge, from, to }, index) => {
          const energy = energyKey(wedge);
          const radius = OUTER - 6 - STEP * Math.max(rings.indexOf(energy), 0);
          return (
            <path
              key={index}
              d={arc(from, to, radius)}
              className={classes.arc}
              style={{ stroke: `var(${colours.get(energy) ?? '--series-1'})` }}
            >
              <title>
                {significant(from, 4)}° → {significant(to, 4)}°{energy && ` at ${energy} keV`}
              </title>
            </path>
          );
        })}
      </svg>
      <figcaption>{name}</figcaption>
    </figure>
  );
}
