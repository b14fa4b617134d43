import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { Access } from '@/api/types';

/** Something that one can ask of who sees it. */
export type Seen =
  | { kind: 'proposal'; proposal: string }
  | { kind: 'session'; sessionId: number }
  | { kind: 'sample'; blSampleId: number }
  | { kind: 'collection'; dataCollectionId: number };

export function accessQuery(of: Seen) {
  return queryOptions({
    queryKey: ['access', of],
    queryFn: ({ signal }): Promise<Access> => read(asked(of, signal)),
  });
}

function asked(of: Seen, signal: AbortSignal) {
  switch (of.kind) {
    case 'proposal':
      return api.GET('/ispyb/api/v1/proposals/{proposal}/access', {
        params: { path: { proposal: of.proposal } },
        signal,
      });
    case 'session':
      return api.GET('/ispyb/api/v1/sessions/{sessionId}/access', {
        params: { path: { sessionId: of.sessionId } },
        signal,
      });
    case 'sample':
      return api.GET('/ispyb/api/v1/samples/{blSampleId}/access', {
        params: { path: { blSampleId: of.blSampleId } },
        signal,
      });
    case 'collection':
      return api.GET('/ispyb/api/v1/datacollections/{dataCollectionId}/access', {
        params: { path: { dataCollectionId: of.dataCollectionId } },
        signal,
      });
  }
}
