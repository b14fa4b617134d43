import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { requestsQuery } from './queries';

/** Keys of the runs on a collection that somebody asked for. */
export function useAskedRuns(dataCollectionId: number): ReadonlySet<number> {
  const { data } = useQuery(requestsQuery(dataCollectionId));
  return useMemo(() => new Set(data?.flatMap(({ runs }) => runs.map((run) => run.autoProcProgramId))), [data]);
}
