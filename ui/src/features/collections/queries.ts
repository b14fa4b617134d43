import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type {
  Attachment,
  CollectionDetail,
  CollectionEvent,
  EnergyScanEvent,
  Event,
  EventType,
  Page,
  Progress,
  Quality,
} from '@/api/types';
import type { EventsSearch, Processing, Status } from '@/app/search';

/** What selects the events of a session. */
export interface EventFilters {
  sessionId: number;
  eventType?: string;
  status?: Status;
  processing?: Processing;
  favourite?: boolean;
  blSampleId?: number;
  search?: string;
}

/** What the address of the list selects. */
export function filtersOf(sessionId: number, wanted: EventsSearch): EventFilters {
  const { kind, status, processing, favourite, sample, search } = wanted;
  return { sessionId, eventType: kind, status, processing, favourite, blSampleId: sample, search };
}

export const HEAD = 25;
const MAP_PAGE = 500;
const WALK_PAGE = 100;

type EventQuery = Partial<EventFilters> & { dataCollectionGroupId?: number; limit: number; after?: string };

async function fetchEvents(query: EventQuery, signal: AbortSignal): Promise<Page<Event>> {
  const page = await read(api.GET('/ispyb/api/v1/events', { params: { query }, signal }));
  // The description lists the kinds of `Item` without saying which `type` goes with which.
  return page as Page<Event>;
}

/** The list of collections: newest first, continued by key. */
export function eventsQuery(filters: EventFilters) {
  return infiniteQueryOptions({
    queryKey: ['events', 'list', filters],
    queryFn: ({ pageParam, signal }) => fetchEvents({ ...filters, limit: HEAD, after: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // The list is kept up to date by its head and by the live stream, never by fetching every page again.
    staleTime: Infinity,
    refetchOnMount: false,
    // What became of collections, and is said of them, changes by the minute: who comes back to such a filter loads the
    // list anew.
    ...((filters.processing ?? filters.favourite) !== undefined && { gcTime: 5_000 }),
  });
}

/** The newest events again, to compare with the list; see `live/merge.ts`. */
export function headQuery(filters: EventFilters) {
  return queryOptions({
    queryKey: ['events', 'head', filters],
    queryFn: ({ signal }) => fetchEvents({ ...filters, limit: HEAD }, signal),
    staleTime: 5_000,
  });
}

/** All events of the same filter in large pages, for the map of the session. */
export function mapQuery(filters: EventFilters) {
  return infiniteQueryOptions({
    queryKey: ['events', 'map', filters] as const,
    queryFn: ({ pageParam, signal }) =>
      fetchEvents({ ...filters, limit: MAP_PAGE, after: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // Kept up to date by the head of the list, as the list itself.
    staleTime: Infinity,
    refetchOnMount: false,
    // While another filter loads, what was there stays, but never that of another session.
    placeholderData: (was, query) => (query?.queryKey[2].sessionId === filters.sessionId ? was : undefined),
  });
}

/** One page of the collections of a session, newest first, to find the neighbours of one. */
export function walkQuery(sessionId: number, after: string | null) {
  return queryOptions({
    queryKey: ['events', 'walk', sessionId, after],
    queryFn: ({ signal }) =>
      fetchEvents({ sessionId, eventType: 'dc', limit: WALK_PAGE, after: after ?? undefined }, signal),
    staleTime: 30_000,
  });
}

/** What happened to a sample in all sessions, newest first. */
export function sampleEventsQuery(blSampleId: number) {
  return infiniteQueryOptions({
    queryKey: ['events', 'sample', blSampleId],
    queryFn: ({ pageParam, signal }) => fetchEvents({ blSampleId, limit: HEAD, after: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 30_000,
  });
}

/** Every collection of one group. */
export function groupQuery(dataCollectionGroupId: number) {
  return queryOptions({
    queryKey: ['events', 'group', dataCollectionGroupId],
    queryFn: async ({ signal }) => {
      const page = await fetchEvents({ dataCollectionGroupId, limit: MAP_PAGE }, signal);
      return page.results.filter((event): event is CollectionEvent => event.type === 'dc');
    },
  });
}

/** The energy scans of a session: what its MAD collections were set by. */
export function energyScansQuery(sessionId: number) {
  return queryOptions({
    queryKey: ['events', 'energy scans', sessionId],
    queryFn: async ({ signal }) => {
      const page = await fetchEvents({ sessionId, eventType: 'es', limit: MAP_PAGE }, signal);
      return page.results.filter((event): event is EnergyScanEvent => event.type === 'es');
    },
    staleTime: 60_000,
  });
}

/** The newest collection of a session, or of a sample in any session. */
export function lastCollectionQuery(of: { sessionId: number } | { blSampleId: number }) {
  return queryOptions({
    queryKey: ['events', 'last', of],
    queryFn: async ({ signal }) => {
      const [event] = (await fetchEvents({ ...of, eventType: 'dc', limit: 1 }, signal)).results;
      return event?.type === 'dc' ? event : null;
    },
  });
}

/** What kinds of events there are in a session, and how many of each, among those that filters leave. */
export function eventTypesQuery(filters: EventFilters) {
  return queryOptions({
    queryKey: ['event-types', filters.sessionId, filters] as const,
    queryFn: ({ signal }) =>
      read<EventType[]>(api.GET('/ispyb/api/v1/events/types', { params: { query: filters }, signal })),
    staleTime: 30_000,
    // While another filter is counted, the numbers stay, but never those of another session.
    placeholderData: (was, query) => (query?.queryKey[1] === filters.sessionId ? was : undefined),
  });
}

/** How far some sessions are, by their key; one request for all of them. */
export function progressQuery(sessionIds: number[]) {
  const sorted = sessionIds.toSorted((a, b) => a - b);
  return queryOptions({
    queryKey: ['events', 'progress', sorted],
    queryFn: async ({ signal }) => {
      const found = await read<Progress[]>(
        api.GET('/ispyb/api/v1/events/progress', { params: { query: { sessionId: sorted } }, signal }),
      );
      return new Map(found.map((progress) => [progress.sessionId, progress]));
    },
    enabled: sorted.length > 0,
    staleTime: 5_000,
    // While one session more is asked about, the numbers of the others stay.
    placeholderData: keepPreviousData,
  });
}

export function collectionQuery(dataCollectionId: number) {
  return queryOptions({
    queryKey: ['collection', dataCollectionId],
    queryFn: ({ signal }): Promise<CollectionDetail> =>
      read(
        api.GET('/ispyb/api/v1/datacollections/{dataCollectionId}', { params: { path: { dataCollectionId } }, signal }),
      ),
    staleTime: 30_000,
  });
}

/** The indicators of every image of a collection. */
export function qualityQuery(dataCollectionId: number) {
  return queryOptions({
    queryKey: ['quality', dataCollectionId],
    queryFn: ({ signal }) =>
      read<Quality>(
        api.GET('/ispyb/api/v1/datacollections/quality', { params: { query: { dataCollectionId } }, signal }),
      ),
    staleTime: 60_000,
  });
}

export function attachmentsQuery(dataCollectionId: number) {
  return queryOptions({
    queryKey: ['attachments', dataCollectionId],
    queryFn: ({ signal }) =>
      read<Page<Attachment>>(
        api.GET('/ispyb/api/v1/datacollections/attachments', { params: { query: { dataCollectionId } }, signal }),
      ),
  });
}
