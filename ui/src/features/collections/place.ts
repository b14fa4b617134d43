import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Sample } from '@/api/types';
import { sessionSamplesQuery } from '@/features/samples/queries';

/** Where a sample was in the sample changer: "UNI-07 · 5". */
export function placeOf(sample: Sample | undefined): string | null {
  if (!sample) return null;
  const parts = [sample.Container.code, sample.location].filter((part): part is string => Boolean(part));
  return parts.length > 0 ? parts.join(' · ') : null;
}

/** The samples of a session by their id. */
export function useSamplesById(sessionId: number): Map<number, Sample> {
  const { data } = useInfiniteQuery({ ...sessionSamplesQuery(sessionId), staleTime: 60_000 });
  return useMemo(
    () => new Map(data?.pages.flatMap((page) => page.results).map((sample) => [sample.blSampleId, sample])),
    [data],
  );
}
