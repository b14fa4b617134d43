import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Run } from '@/api/types';
import { resultsQuery } from './queries';
import { byCollection } from './runs';

/** The runs on each collection of a session; empty until they are read. */
export function useResultsByCollection(sessionId: number): Map<number, Run[]> {
  const { data } = useQuery(resultsQuery({ sessionId }));
  return useMemo(() => byCollection(data?.results ?? []), [data]);
}
