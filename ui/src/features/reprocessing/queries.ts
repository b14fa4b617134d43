import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { CollectionEvent, Event, NewRequest, Page, ProcessingRequest, Recipe } from '@/api/types';

/** What people may ask pipelines to do here; configured, so that it does not change while one looks. */
export function recipesQuery() {
  return queryOptions({
    queryKey: ['recipes'],
    queryFn: async ({ signal }): Promise<Recipe[]> =>
      (await read(api.GET('/ispyb/api/v1/processings/recipes', { signal }))).recipes,
    staleTime: Infinity,
  });
}

/** Requests that name a collection, newest first; the live stream says when they are stale. */
export function requestsQuery(dataCollectionId: number) {
  return queryOptions({
    queryKey: ['requests', { dataCollectionId }],
    queryFn: async ({ signal }): Promise<ProcessingRequest[]> => {
      const query = { dataCollectionId, limit: 100 };
      const page: Page<ProcessingRequest> = await read(
        api.GET('/ispyb/api/v1/processings/jobs', { params: { query }, signal }),
      );
      return page.results;
    },
    staleTime: 60_000,
  });
}

/** A request as it is sent, with the key that makes sending it again harmless. */
interface Sent {
  body: NewRequest;
  key: string;
}

function useRequests<What>(act: (what: What) => Promise<ProcessingRequest>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['requests'] }),
  });
}

export function useAsk() {
  return useRequests(({ body, key }: Sent) =>
    read<ProcessingRequest>(
      api.POST('/ispyb/api/v1/processings/jobs', { body, params: { header: { 'Idempotency-Key': key } } }),
    ),
  );
}

export function useCallOff() {
  return useRequests((processingJobId: number) =>
    read<ProcessingRequest>(
      api.POST('/ispyb/api/v1/processings/jobs/{processingJobId}/cancel', { params: { path: { processingJobId } } }),
    ),
  );
}

/** The collections of a sample or of a session, the newest of each group: what may be merged with one of them. */
export function othersQuery(of: { blSampleId: number } | { sessionId: number }) {
  return queryOptions({
    queryKey: ['events', 'others', of],
    queryFn: async ({ signal }): Promise<CollectionEvent[]> => {
      const query = { ...of, eventType: 'dc', limit: 200 };
      const page = await read(api.GET('/ispyb/api/v1/events', { params: { query }, signal }));
      // The description lists the kinds of `Item` without saying which `type` goes with which.
      return (page as Page<Event>).results.filter((event): event is CollectionEvent => event.type === 'dc');
    },
  });
}
