import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Run } from '@/api/types';
import { resultsQuery, type ResultsOf } from './queries';
import { byGroup } from './runs';

/** The runs on each group of a session; empty until they are read. */
export function useResultsByGroup(sessionId: number): Map<number, Run[]> {
  const { data } = useQuery(resultsQuery({ sessionId }));
  return useMemo(() => byGroup(data?.results ?? []), [data]);
}

/** Results ranked as the address says. Those ranked otherwise stay until they are there. */
export function useRanked(of: ResultsOf, enabled = true) {
  const { rank } = useSearch({ strict: false });
  return useQuery({
    ...resultsQuery(of, rank),
    enabled,
    placeholderData: (before, query) =>
      JSON.stringify(query?.queryKey[1]) === JSON.stringify(of) ? before : undefined,
  });
}
