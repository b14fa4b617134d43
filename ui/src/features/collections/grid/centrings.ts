import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { Centring, Page } from '@/api/types';

/** X-ray centring on the grid scans of a group, newest first. */
export function centringsQuery(dataCollectionGroupId: number) {
  return queryOptions({
    queryKey: ['centrings', dataCollectionGroupId],
    queryFn: async ({ signal }): Promise<Centring[]> => {
      const query = { dataCollectionGroupId, limit: 20 };
      const found = await read<Page<Centring>>(
        api.GET('/ispyb/api/v1/processings/xray-centrings', { params: { query }, signal }),
      );
      return found.results;
    },
    staleTime: 60_000,
  });
}
