import { useMemo } from 'react';
import type { Quality } from '@/api/types';
import { availableMetrics, chosenMetric, type Metric } from '@/shared/plots/metrics';
import { bestCell, cellValues } from './grid';
import type { Cell, ScanOrder } from './order';
import type { CommonScale } from './useCommonScale';

export interface GridValues {
  available: Metric[];
  metric: Metric | undefined;
  /** One value a cell, row by row; NaN where nothing has arrived. */
  values: Float64Array;
  /** What the colours reach from and to. */
  range: [number, number] | null;
  best: Cell | null;
}

/** The chosen indicator of a grid scan, laid out as the grid is seen, in the colours that all views share. */
export function useGridValues(
  quality: Quality,
  order: ScanOrder,
  firstImage: number,
  { rangeOf }: CommonScale,
  key?: string,
): GridValues {
  return useMemo(() => {
    const available = availableMetrics(quality);
    const metric = chosenMetric(available, key);
    if (!metric)
      return {
        available,
        metric,
        values: new Float64Array(order.columns * order.rows).fill(NaN),
        range: null,
        best: null,
      };
    const values = cellValues(quality, metric, order, firstImage);
    return { available, metric, values, range: rangeOf(metric), best: bestCell(values, metric, order) };
  }, [quality, order, firstImage, rangeOf, key]);
}
