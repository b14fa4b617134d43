import { useQueries } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { DataCollection, Quality } from '@/api/types';
import { scaleOf, type Metric } from '@/shared/plots/metrics';
import { qualityQuery } from '../queries';

/** What the colours of an indicator reach from and to in all views of a crystal, so that they can be compared. */
export interface CommonScale {
  views: number;
  rangeOf: (metric: Metric) => [number, number] | null;
}

export function useCommonScale(views: Pick<DataCollection, 'dataCollectionId'>[]): CommonScale {
  const qualities = useQueries({
    queries: views.map(({ dataCollectionId }) => qualityQuery(dataCollectionId)),
    combine: dataOf,
  });
  const rangeOf = useCallback(
    (metric: Metric) =>
      scaleOf(
        qualities.flatMap((quality) => quality[metric.key] ?? []),
        metric,
      ),
    [qualities],
  );
  return { views: views.length, rangeOf };
}

function dataOf(queries: { data?: Quality }[]): Quality[] {
  return queries.map(({ data }) => data).filter((data) => data !== undefined);
}
