import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { Page, Screening } from '@/api/types';

/** Characterisations of a collection or of its group as a whole, newest first. */
export function screeningsQuery(dataCollectionId: number) {
  return queryOptions({
    queryKey: ['screenings', dataCollectionId],
    queryFn: async ({ signal }): Promise<Screening[]> => {
      const query = { dataCollectionId, limit: 20 };
      const found = await read<Page<Screening>>(
        api.GET('/ispyb/api/v1/processings/screenings', { params: { query }, signal }),
      );
      return found.results;
    },
    staleTime: 60_000,
  });
}

/** Characterisations of a sample in all sessions, newest first. */
export function sampleScreeningsQuery(blSampleId: number) {
  return queryOptions({
    queryKey: ['screenings', 'sample', blSampleId],
    queryFn: async ({ signal }): Promise<Screening[]> => {
      const query = { blSampleId, limit: 50 };
      const found = await read<Page<Screening>>(
        api.GET('/ispyb/api/v1/processings/screenings', { params: { query }, signal }),
      );
      return found.results;
    },
    staleTime: 60_000,
  });
}
