import type { CollectionEvent, DataCollection, Event, Page, RobotEvent } from '@/api/types';
import type { EventList } from '@/live/merge';

/** Rows for tests, in the shape the service sends; what a test does not speak of is left unknown. */
export function collection(id: number, change: Partial<DataCollection> = {}): CollectionEvent {
  const group = change.dataCollectionGroupId ?? id;
  return {
    ...common(id),
    type: 'dc',
    Item: {
      dataCollectionId: id,
      dataCollectionGroupId: group,
      experimentType: 'OSC',
      numberOfImages: 100,
      DataCollectionGroup: { dataCollectionGroupId: group, experimentType: 'OSC', comments: null, Workflow: null },
      GridInfo: [],
      _metadata: {
        state: 'done',
        favourite: false,
        snapshots: { 1: false, 2: false, 3: false, 4: false, analysis: false },
      },
      ...change,
    },
  };
}

export function robot(id: number, status = 'SUCCESS'): RobotEvent {
  return {
    ...common(id),
    type: 'robot',
    Item: {
      robotActionId: id,
      actionType: 'LOAD',
      status,
      message: null,
      containerLocation: null,
      dewarLocation: null,
      sampleBarcode: null,
      _metadata: { snapshots: { before: false, after: false } },
    },
  };
}

export function page(results: Event[], next: string | null = null): Page<Event> {
  return { results, next, total: null, skip: 0, limit: 25 };
}

export function list(...pages: Event[][]): EventList {
  return {
    pages: pages.map((rows, index) => page(rows, index < pages.length - 1 ? `after-${index}` : null)),
    pageParams: pages.map((_, index) => (index === 0 ? null : `after-${index - 1}`)),
  };
}

function common(id: number) {
  const minute = String(id % 60).padStart(2, '0');
  return {
    id,
    startTime: `2026-11-22T14:${minute}:00`,
    endTime: `2026-11-22T14:${minute}:30`,
    duration: 0.5,
    count: 1,
    session: 'mx1-1',
    sessionId: 1,
    proposal: 'mx1',
    blSample: `sample-${id}`,
    blSampleId: id,
    attachments: 0,
  };
}
