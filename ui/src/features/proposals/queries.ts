import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { Page, Proposal } from '@/api/types';

export function proposalsQuery(search?: string) {
  return infiniteQueryOptions({
    queryKey: ['proposals', 'list', search],
    queryFn: ({ pageParam, signal }) =>
      read<Page<Proposal>>(
        api.GET('/ispyb/api/v1/proposals', {
          params: { query: { search, limit: 50, after: pageParam ?? undefined } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** A few proposals, for menus and the search box. */
export function someProposalsQuery(search: string | undefined, limit: number) {
  return queryOptions({
    queryKey: ['proposals', 'some', search, limit],
    queryFn: ({ signal }) =>
      read<Page<Proposal>>(api.GET('/ispyb/api/v1/proposals', { params: { query: { search, limit } }, signal })),
  });
}

export function proposalQuery(proposal: string) {
  return queryOptions({
    queryKey: ['proposal', proposal],
    queryFn: ({ signal }) =>
      read<Proposal>(api.GET('/ispyb/api/v1/proposals/{proposal}', { params: { path: { proposal } }, signal })),
    staleTime: 60_000,
  });
}
