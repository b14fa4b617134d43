// @vitest-environment jsdom
import { QueryClient } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import type { CollectionEvent, DataCollection } from '@/api/types';
import { collection } from '@/testing/events';
import { groupQuery } from '../queries';
import { findLargestView, largestView } from './largest';

function scan(id: number, columns: number, rows: number, metadata: Partial<DataCollection['_metadata']> = {}) {
  const GridInfo = [{ gridInfoId: id, dataCollectionId: id, steps_x: columns, steps_y: rows }];
  const event = collection(id, { dataCollectionGroupId: 90, GridInfo });
  const { Item } = event;
  return { ...event, count: 2, Item: { ...Item, _metadata: { ...Item._metadata, ...metadata } } };
}
const flat = scan(1, 22, 15);
const id = (event: CollectionEvent, group: CollectionEvent[] | undefined) => largestView(event, group).dataCollectionId;

it('takes the view with most boxes, once the others are known', () => {
  const line = scan(2, 1, 10);
  expect(id(line, [line, flat])).toBe(1);
  expect(id(line, undefined)).toBe(2);
});

it('keeps to what failed, was stopped or is a favourite', () => {
  for (const metadata of [{ state: 'failed' }, { state: 'stopped' }, { favourite: true }] as const) {
    const line = scan(2, 1, 10, metadata);
    expect(id(line, [line, flat])).toBe(2);
  }
});

it('is the newest of what is no grid scan', () => {
  const [first, second] = [collection(1, { dataCollectionGroupId: 90 }), collection(2, { dataCollectionGroupId: 90 })];
  expect(id({ ...second, count: 2 }, [second, first])).toBe(2);
});

it('finds it in the group that is held, and makes do with the newest where none can be had', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('the network is away')));
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const line = scan(2, 1, 10);
  expect((await findLargestView(queryClient, line)).dataCollectionId).toBe(2);
  queryClient.setQueryData(groupQuery(90).queryKey, [line, flat]);
  expect((await findLargestView(queryClient, line)).dataCollectionId).toBe(1);
});
