import type { Statistics } from '@/api/types';
import { withUnit } from '@/shared/format/numbers';
import { inSphere, measured, oneDecimal, type Measure } from './measures';
import classes from './Measured.module.css';

interface Props {
  measure: Measure;
  statistics: Statistics | undefined;
}

/** A value as it stands in a column; a dotted line tells a completeness in the ellipsoid from one in the sphere. */
export function Measured({ measure, statistics }: Props) {
  const spherical = inSphere(measure, statistics);
  const value = measured(measure, statistics);
  if (spherical === null) return value;
  return (
    <span
      className={classes.ellipsoidal}
      title={`In the ellipsoid of anisotropic diffraction; ${withUnit(oneDecimal(spherical), '%')} in the whole sphere`}
      data-testid="in-ellipsoid"
    >
      {value}
      <span className="visually-hidden"> in the ellipsoid</span>
    </span>
  );
}

/** What such a number looks like, in words that explain it. */
export function Dotted({ children }: { children: string }) {
  return <span className={classes.ellipsoidal}>{children}</span>;
}
