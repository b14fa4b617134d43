import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { Page, Workflow } from '@/api/types';

/** Workflows that a group of collections was measured in; there is one at most. */
export function workflowsQuery(dataCollectionGroupId: number) {
  return queryOptions({
    queryKey: ['workflows', dataCollectionGroupId],
    queryFn: async ({ signal }): Promise<Workflow[]> => {
      const query = { dataCollectionGroupId };
      const found = await read<Page<Workflow>>(
        api.GET('/ispyb/api/v1/datacollections/workflows', { params: { query }, signal }),
      );
      return found.results;
    },
    staleTime: 60_000,
  });
}
