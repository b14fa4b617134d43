import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, read } from '@/api/client';
import type { CollectionDetail } from '@/api/types';
import { collectionQuery } from '../queries';
import { showSaid } from './said';

export interface Favourite {
  marked: boolean;
  toggle: () => void;
  /** Why it could not be saved. */
  error: Error | null;
}

interface Marked {
  dataCollectionId: number;
  dataCollectionGroupId: number;
  _metadata: { favourite: boolean };
}

/** Whether a collection is a favourite, for everybody who sees it. The star turns at once, and back when not saved. */
export function useFavourite(collection: Marked): Favourite {
  const { dataCollectionId, dataCollectionGroupId } = collection;
  const marked = collection._metadata.favourite;
  const queryClient = useQueryClient();
  const { queryKey } = collectionQuery(dataCollectionId);

  function show(favourite: boolean) {
    showSaid(queryClient, dataCollectionId, { favourite });
    queryClient.setQueryData<CollectionDetail>(
      queryKey,
      (held) => held && { ...held, _metadata: { ...held._metadata, favourite } },
    );
  }
  const { mutate, error } = useMutation({
    // One after the other: the last click counts.
    scope: { id: `favourite-${dataCollectionId}` },
    mutationFn: (favourite: boolean) =>
      read<CollectionDetail>(
        api.PATCH('/ispyb/api/v1/datacollections/{dataCollectionId}', {
          params: { path: { dataCollectionId } },
          body: { favourite },
        }),
      ),
    onMutate: show,
    onError: (_, favourite) => show(!favourite),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ['events', 'head'] });
      void queryClient.invalidateQueries({ queryKey: ['event-types'] });
      void queryClient.invalidateQueries({ queryKey: ['events', 'group', dataCollectionGroupId] });
    },
  });
  return { marked, toggle: () => mutate(!marked), error };
}
