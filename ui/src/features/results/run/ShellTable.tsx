import type { Ellipsoid, Scaling } from '@/api/types';
import { fixed, withUnit } from '@/shared/format/numbers';
import { shellRows } from './shellRows';
import classes from './ShellTable.module.css';

interface Props {
  scaling: Scaling;
  ellipsoid: Ellipsoid | undefined;
}

/** The statistics overall, in the inner and in the outer shell. */
export function ShellTable({ scaling, ellipsoid }: Props) {
  return (
    <table className={classes.table} data-testid="shell-table">
      <thead>
        <tr>
          <td />
          <th>Overall</th>
          <th>Inner</th>
          <th>Outer</th>
        </tr>
      </thead>
      <tbody>
        {shellRows(scaling).map(({ name, unit, values }) => (
          <tr key={name}>
            <th scope="row">
              {name} {unit && <span>{unit}</span>}
            </th>
            {values.map((value, index) => (
              <td key={index}>{value ?? '–'}</td>
            ))}
          </tr>
        ))}
        {ellipsoid && (
          <tr>
            <th scope="row">Limits of the ellipsoid</th>
            <td colSpan={3}>{withUnit(ellipsoid.limits.map((limit) => fixed(limit, 2)).join(' · '), 'Å')}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
