import { queryOptions } from '@tanstack/react-query';
import { api, API, read } from '@/api/client';
import { ApiError, asProblem } from '@/api/problem';
import { transport } from '@/api/transport';
import type { FileSummary, Structure, StructureDetail } from '@/api/types';

/**
 * What structures are of: everything of a session in one answer, which all its cards share; one collection; a sample or
 * protein over all sessions.
 */
export type StructuresOf =
  { sessionId: number } | { dataCollectionId: number } | { blSampleId: number } | { proteinId: number };

/** Phases, models and fits, the best of each sample first; the live stream says when they are stale. */
export function structuresQuery(of: StructuresOf) {
  return queryOptions({
    queryKey: ['structures', of],
    queryFn: ({ signal }): Promise<{ results: Structure[]; truncated: boolean }> =>
      read(api.GET('/ispyb/api/v1/structures', { params: { query: of }, signal })),
    staleTime: 60_000,
  });
}

/** One structure with its blobs and files. */
export function structureQuery(structureId: string) {
  return queryOptions({
    queryKey: ['structures', 'one', structureId],
    queryFn: ({ signal }): Promise<StructureDetail> =>
      read(api.GET('/ispyb/api/v1/structures/{structureId}', { params: { path: { structureId } }, signal })),
    staleTime: 60_000,
  });
}

/** What a model or a file of reflections says of itself. */
export function summaryQuery(structureId: string, file: string) {
  return queryOptions({
    queryKey: ['structures', 'summary', structureId, file],
    queryFn: ({ signal }): Promise<FileSummary> =>
      read(
        api.GET('/ispyb/api/v1/structures/{structureId}/files/{file}/summary', {
          params: { path: { structureId, file } },
          signal,
        }),
      ),
    staleTime: Infinity,
    retry: false,
  });
}

/** A file as it is, for a viewer. */
export async function contentOf(address: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const answer = await transport(new Request(`${globalThis.location.origin}${API}${address}`, { signal }));
  if (!answer.ok) throw new ApiError(asProblem(answer.status, await answer.json().catch(() => null)));
  return answer.arrayBuffer();
}
