import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collection, list, page } from '@/testing/events';
import { rowsOf, type EventList } from './merge';
import { COUNTED, GATHER, patcher, RESULTS } from './patcher';

const LIST = ['events', 'list', { sessionId: 1 }];
const HEAD = ['events', 'head', { sessionId: 1 }];
const change = {
  dataCollectionId: 2,
  dataCollectionGroupId: 2,
  change: 'changed',
  state: 'failed',
  endTime: null,
  numberOfImages: null,
} as const;

describe('messages of the live stream', () => {
  let queryClient: QueryClient;
  const isStale = (key: unknown[]) => queryClient.getQueryState(key)?.isInvalidated;

  beforeEach(() => {
    vi.useFakeTimers();
    queryClient = new QueryClient();
    queryClient.setQueryData<EventList>(LIST, list([collection(2), collection(1)]));
    queryClient.setQueryData(HEAD, page([collection(2)]));
    for (const id of [1, 2]) queryClient.setQueryData(['quality', id], {});
    for (const id of [1, 2]) queryClient.setQueryData(['session', id], {});
  });
  afterEach(() => {
    queryClient.clear();
    vi.useRealTimers();
  });

  it('patch a card at once, and ask for the head when the burst is over', () => {
    const patch = patcher(queryClient, 1);
    patch.apply({ event: 'collection', data: change });
    const shown = queryClient.getQueryData<EventList>(LIST);
    expect(shown && rowsOf(shown)[0]).toMatchObject({ Item: { _metadata: { state: 'failed' } } });
    expect(isStale(HEAD)).toBe(false);
    vi.advanceTimersByTime(GATHER);
    expect(isStale(HEAD)).toBe(true);
    expect(isStale(LIST)).toBe(false);
  });

  it('ask at the beginning for what may have happened since the page asked', () => {
    const results = ['results', { sessionId: 1 }];
    queryClient.setQueryData(results, {});
    const patch = patcher(queryClient, 1);
    patch.apply({ event: 'session', data: { sessionId: 1, resync: false } });
    expect([isStale(['session', 1]), isStale(['session', 2])]).toEqual([true, false]);
    vi.advanceTimersByTime(RESULTS);
    expect([isStale(HEAD), isStale(results), isStale(LIST)]).toEqual([true, true, false]);
  });

  it('ask for the indicators of the collections that grew, and of no others', () => {
    const patch = patcher(queryClient, 1);
    patch.apply({ event: 'indicators', data: { dataCollectionId: 2, images: 50 } });
    patch.apply({ event: 'indicators', data: { dataCollectionId: 2, images: 60 } });
    vi.advanceTimersByTime(GATHER);
    expect([isStale(['quality', 2]), isStale(['quality', 1])]).toEqual([true, false]);
  });

  it('ask for the run that got further at once, and for the results it is among when the burst is over', () => {
    const keys = [
      ['results', { sessionId: 1 }],
      ['results', { dataCollectionId: 2 }],
      ['results', 'run', 8],
      ['results', 'run', 9],
    ];
    for (const key of keys) queryClient.setQueryData(key, {});
    const patch = patcher(queryClient, 1);
    const run = { autoProcProgramId: 8, dataCollectionId: 2, state: 'running', change: 'changed' } as const;
    patch.apply({ event: 'processing', data: run });
    expect(keys.map(isStale)).toEqual([false, false, true, false]);
    vi.advanceTimersByTime(RESULTS);
    expect(keys.map(isStale)).toEqual([true, true, true, false]);
  });

  it('ask for counts of what is processed, and for heads and counts that are filtered by it, as runs get further', () => {
    const filtered = ['events', 'head', { sessionId: 1, processing: 'success' }];
    const counts = ['events', 'progress', [1, 2]];
    const kinds = ['event-types', 1, { sessionId: 1, processing: 'success' }];
    const allKinds = ['event-types', 1, { sessionId: 1 }];
    for (const key of [filtered, counts, kinds, allKinds]) queryClient.setQueryData(key, {});
    const patch = patcher(queryClient, 1);
    const run = { autoProcProgramId: 8, dataCollectionId: 2, state: 'success', change: 'changed' } as const;
    patch.apply({ event: 'processing', data: run });
    vi.advanceTimersByTime(COUNTED);
    expect([filtered, counts, kinds, allKinds, HEAD].map(isStale)).toEqual([true, true, true, false, false]);
  });

  it.each([
    { event: 'collection', data: change },
    { event: 'centring', data: { xrayCentringId: 3, dataCollectionId: 2 } },
  ] as const)('ask for counts as there is more to count: $event', (message) => {
    const counts = ['events', 'progress', [1, 2]];
    queryClient.setQueryData(counts, {});
    patcher(queryClient, 1).apply(message);
    vi.advanceTimersByTime(GATHER + COUNTED);
    expect(isStale(counts)).toBe(true);
  });

  it('ask for requests for reprocessing at once, whichever collection they name', () => {
    queryClient.setQueryData(['requests', { dataCollectionId: 1 }], []);
    const data = { processingJobId: 4, dataCollectionId: 2, state: 'waiting', change: 'new' } as const;
    patcher(queryClient, 1).apply({ event: 'reprocessing', data });
    expect(isStale(['requests', { dataCollectionId: 1 }])).toBe(true);
  });

  it('ask for everything of the session when too much was missed, but never load the list anew', () => {
    patcher(queryClient, 1).apply({ event: 'session', data: { sessionId: 1, resync: true } });
    expect([isStale(HEAD), isStale(['session', 1]), isStale(['session', 2]), isStale(LIST)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('do nothing once the page has left', () => {
    const patch = patcher(queryClient, 1);
    patch.apply({ event: 'robot', data: { robotActionId: 5 } });
    patch.stop();
    vi.advanceTimersByTime(60_000);
    expect(isStale(HEAD)).toBe(false);
  });
});
