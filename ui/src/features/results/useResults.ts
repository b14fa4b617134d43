import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Run } from '@/api/types';
import { resultsQuery } from './queries';
import { byGroup } from './runs';

/** The runs on each group of a session; empty until they are read. */
export function useResultsByGroup(sessionId: number): Map<number, Run[]> {
  const { data } = useQuery(resultsQuery({ sessionId }));
  return useMemo(() => byGroup(data?.results ?? []), [data]);
}
