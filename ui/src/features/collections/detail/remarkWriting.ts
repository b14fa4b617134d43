import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { CollectionDetail } from '@/api/types';

const PATH = '/ispyb/api/v1/datacollections/{dataCollectionId}';

/** What people say of a collection, with the tag by which the service knows that nobody else wrote since. */
interface Told {
  comments: string | null;
  tag: string | null;
}

/** What is said of a collection at the moment it is asked for; asked anew each time somebody begins to write. */
export function remarkQuery(dataCollectionId: number) {
  return queryOptions({
    queryKey: ['remark', dataCollectionId],
    queryFn: async ({ signal }): Promise<Told> => {
      const asked = api.GET(PATH, { params: { path: { dataCollectionId } }, signal });
      const { comments } = await read<CollectionDetail>(asked);
      const { response } = await asked;
      return { comments: comments ?? null, tag: response.headers.get('ETag') };
    },
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** Writes what people say of a collection, null to take it away; refused when it no longer has the tag. */
export function saveRemark(dataCollectionId: number, comments: string | null, tag: string | null) {
  return read<CollectionDetail>(
    api.PATCH(PATH, {
      params: { path: { dataCollectionId }, header: tag === null ? {} : { 'If-Match': tag } },
      body: { comments },
    }),
  );
}
