import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { Page, Protein } from '@/api/types';

/** A protein with every column its database has; those the page shows are named. */
export type ProteinDetail = Protein & {
  molecularMass?: number | null;
  sequence?: string | null;
  description?: string | null;
  safetyLevel?: string | null;
};

/** One protein with its sequence. */
export function proteinQuery(proteinId: number) {
  return queryOptions({
    queryKey: ['protein', proteinId],
    queryFn: ({ signal }): Promise<ProteinDetail> =>
      read(api.GET('/ispyb/api/v1/proteins/{proteinId}', { params: { path: { proteinId } }, signal })),
    staleTime: 60_000,
  });
}

/** A few proteins of a search everywhere. */
export function someProteinsQuery(search: string, limit: number) {
  return queryOptions({
    queryKey: ['proteins', 'some', search, limit],
    queryFn: ({ signal }) =>
      read<Page<Protein>>(api.GET('/ispyb/api/v1/proteins', { params: { query: { search, limit } }, signal })),
  });
}
