import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { CollectionEvent, DataCollection } from '@/api/types';
import { groupQuery } from '../queries';
import { gridOf } from './grid';
import { gridsOf } from './GridViews';

/**
 * Of the views of a crystal, the one with most boxes: the newest is often a single line of them, seen edge-on. What
 * went wrong or was marked as a favourite stands for itself.
 */
export function largestView(event: CollectionEvent, group: CollectionEvent[] | undefined): DataCollection {
  const { Item: newest } = event;
  const { state, favourite } = newest._metadata;
  if (!hasViews(event) || favourite || state === 'failed' || state === 'stopped') return newest;
  return gridsOf(group?.map((member) => member.Item) ?? [])[0] ?? newest;
}

/** The same, as soon as the group is known; with `ask` it is asked for. */
export function useLargestView(event: CollectionEvent, ask: boolean): DataCollection {
  const query = groupQuery(event.Item.dataCollectionGroupId);
  const { data } = useQuery({ ...query, enabled: ask && hasViews(event) });
  return largestView(event, data);
}

/** The same, wherever the group is held or can be had; the newest where it cannot. */
export async function findLargestView(queryClient: QueryClient, event: CollectionEvent): Promise<DataCollection> {
  if (!hasViews(event)) return event.Item;
  const query = { ...groupQuery(event.Item.dataCollectionGroupId), staleTime: 'static' as const };
  return largestView(event, await queryClient.query(query).catch(() => undefined));
}

function hasViews({ count, Item }: CollectionEvent): boolean {
  return count > 1 && gridOf(Item) !== undefined;
}
