import type { ReactNode } from 'react';
import type { Statistics } from '@/api/types';
import table from '@/shared/Table.module.css';
import { Measured } from './Measured';
import type { Measure } from './measures';

interface Props {
  measure: Measure;
  statistics: Statistics | undefined;
  /** What stands before the value. */
  children?: ReactNode;
}

/** A value in its column; on a phone, where columns have no heads, with its name above it and its unit behind it. */
export function MeasureCell({ measure, statistics, children }: Props) {
  const known = statistics !== undefined && measure.of(statistics) !== null;
  return (
    <td
      className={table.number}
      data-label={measure.short ?? measure.name}
      data-unit={known ? (measure.unit ?? undefined) : undefined}
      data-part="measure"
    >
      {children}
      <Measured measure={measure} statistics={statistics} />
    </td>
  );
}
