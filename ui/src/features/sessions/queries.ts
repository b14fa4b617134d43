import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { Page, Person, Session } from '@/api/types';
import type { When } from '@/app/search';

export interface SessionFilters {
  when?: When;
  proposal?: string;
  search?: string;
  beamLineName?: string;
  year?: number;
}

const PAGE = 30;
/** How often lists of what runs are asked for again [ms]: no stream tells that a session begins or ends. */
export const EVERY = 30_000;

/** The query parameters of a filter; sessions to come are listed soonest first, all others latest first. */
function parameters({ when, ...filters }: SessionFilters) {
  return {
    ...filters,
    active: when === 'now' ? true : undefined,
    upcoming: when === 'coming' ? true : undefined,
    previous: when === 'past' ? true : undefined,
    order: when === 'coming' ? ('asc' as const) : ('desc' as const),
  };
}

export function sessionsQuery(filters: SessionFilters) {
  return infiniteQueryOptions({
    queryKey: ['sessions', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      read<Page<Session>>(
        api.GET('/ispyb/api/v1/sessions', {
          params: { query: { ...parameters(filters), limit: PAGE, after: pageParam ?? undefined } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

/** A few sessions, for the first page and for menus. */
export function someSessionsQuery(filters: SessionFilters, limit: number) {
  return queryOptions({
    queryKey: ['sessions', 'some', filters, limit],
    queryFn: ({ signal }) =>
      read<Page<Session>>(
        api.GET('/ispyb/api/v1/sessions', { params: { query: { ...parameters(filters), limit } }, signal }),
      ),
  });
}

export function sessionQuery(sessionId: number) {
  return queryOptions({
    queryKey: ['session', sessionId],
    queryFn: ({ signal }) =>
      read<Session>(api.GET('/ispyb/api/v1/sessions/{sessionId}', { params: { path: { sessionId } }, signal })),
    staleTime: 60_000,
  });
}

export function peopleQuery(of: { sessionId: number } | { proposal: string }) {
  return queryOptions({
    queryKey: ['people', of],
    queryFn: ({ signal }) => read<Page<Person>>(api.GET('/ispyb/api/v1/persons', { params: { query: of }, signal })),
    staleTime: 5 * 60_000,
  });
}
