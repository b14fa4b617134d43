import { useQuery } from '@tanstack/react-query';
import type { Event } from '@/api/types';
import { isCollection } from '@/live/merge';
import { collectionQuery } from './queries';

/** The collection open beside the list. */
export interface Opened {
  dataCollectionId: number;
  /** Once it is known: the card of the group shows another of its collections as a rule. */
  dataCollectionGroupId: number | undefined;
}

export function useOpened(dataCollectionId: number | undefined): Opened | undefined {
  const { data } = useQuery({ ...collectionQuery(dataCollectionId ?? 0), enabled: dataCollectionId !== undefined });
  if (dataCollectionId === undefined) return undefined;
  return { dataCollectionId, dataCollectionGroupId: data?.dataCollectionGroupId };
}

/** Whether a row is the card of what is open. */
export function isOpened(row: Event, opened: Opened | undefined): boolean {
  if (row.type !== 'dc' || !opened) return false;
  return row.Item.dataCollectionGroupId === opened.dataCollectionGroupId || isCollection(row, opened.dataCollectionId);
}
