import { Fragment, type ReactNode } from 'react';
import type { Sample } from '@/api/types';
import type { PuckOf } from './inPucks';
import { positionRadius, puckPositions } from './puck';
import classes from './PuckDrawing.module.css';

/** One filled position of a puck: where it is drawn, in a circle of radius 1. */
export interface FilledPosition {
  sample: Sample;
  /** From 1. */
  position: number;
  x: number;
  y: number;
  radius: number;
}

interface Props {
  puck: PuckOf;
  label: string;
  /** A group where its positions can be pressed; else a picture. */
  role?: 'img' | 'group';
  children: (at: FilledPosition) => ReactNode;
}

/**
 * A puck from above: a dot for each position of which this session has no sample, whether empty or full; the others as
 * they are drawn by who uses it.
 */
export function PuckDrawing({ puck, label, role = 'img', children }: Props) {
  const radius = positionRadius(puck.capacity);
  return (
    <svg viewBox="-1.06 -1.06 2.12 2.12" className={classes.puck} role={role} aria-label={label}>
      <circle r="1.02" className={classes.plate} />
      {puckPositions(puck.capacity).map(({ x, y }, index) => {
        const sample = puck.samples.get(index + 1);
        if (!sample) {
          return (
            <g key={index} className={classes.other}>
              <title>{`${index + 1}: not of this session`}</title>
              <circle cx={x} cy={y} r={radius} />
              <circle cx={x} cy={y} r={0.04} />
            </g>
          );
        }
        return <Fragment key={index}>{children({ sample, position: index + 1, x, y, radius })}</Fragment>;
      })}
    </svg>
  );
}
