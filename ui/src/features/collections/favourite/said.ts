import type { QueryClient } from '@tanstack/react-query';
import type { CollectionEvent } from '@/api/types';
import { rowWithSaid, withSaid, type EventList, type Said } from '@/live/merge';

/** Lists that show collections as rows of events. */
const LISTS = [
  ['events', 'list'],
  ['events', 'sample'],
];

/** Shows what somebody here says of a collection in every list and group that has it. */
export function showSaid(queryClient: QueryClient, dataCollectionId: number, said: Said) {
  for (const queryKey of LISTS)
    queryClient.setQueriesData<EventList>({ queryKey }, (list) => list && withSaid(list, dataCollectionId, said));
  queryClient.setQueriesData<CollectionEvent[]>({ queryKey: ['events', 'group'] }, (group) =>
    group?.map((member) => rowWithSaid(member, dataCollectionId, said)),
  );
}
