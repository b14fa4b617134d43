import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { Page, Sample } from '@/api/types';

/** The samples of a session, page by page. */
export function sessionSamplesQuery(sessionId: number, search?: string) {
  return infiniteQueryOptions({
    queryKey: ['samples', { sessionId, search }],
    queryFn: ({ pageParam, signal }) =>
      read<Page<Sample>>(
        api.GET('/ispyb/api/v1/samples', {
          params: { query: { sessionId, search, limit: 500, after: pageParam ?? undefined } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** A few samples: of a search everywhere, or one page of a proposal to count them. */
export function someSamplesQuery(filters: { search?: string; proposal?: string }, limit: number) {
  return queryOptions({
    queryKey: ['samples', 'some', filters, limit],
    queryFn: ({ signal }) =>
      read<Page<Sample>>(
        api.GET('/ispyb/api/v1/samples', { params: { query: { ...filters, limit, total: 'exact' } }, signal }),
      ),
  });
}

/** One sample. */
export function sampleQuery(blSampleId: number) {
  return queryOptions({
    queryKey: ['sample', blSampleId],
    queryFn: ({ signal }): Promise<Sample> =>
      read(api.GET('/ispyb/api/v1/samples/{blSampleId}', { params: { path: { blSampleId } }, signal })),
    staleTime: 60_000,
  });
}

/** The samples of a protein, page by page. */
export function proteinSamplesQuery(proteinId: number) {
  return infiniteQueryOptions({
    queryKey: ['samples', { proteinId }],
    queryFn: ({ pageParam, signal }) =>
      read<Page<Sample>>(
        api.GET('/ispyb/api/v1/samples', {
          params: { query: { proteinId, limit: 500, after: pageParam ?? undefined } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}
