// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { DataCollection } from '@/api/types';
import { collection } from '@/testing/events';
import { draw } from '@/testing/render';
import { LastCollection } from './LastCollection';

vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ results: [], ranking: [] })));

function last(change: Partial<DataCollection>, state: DataCollection['_metadata']['state']) {
  const event = collection(1, { runStatus: 'Data collection failed', exposureTime: 0.1, ...change });
  const shown = { ...event, Item: { ...event.Item, _metadata: { ...event.Item._metadata, state } } };
  draw(
    <QueryClientProvider client={new QueryClient()}>
      <LastCollection event={shown} now={0} every={false} />
    </QueryClientProvider>,
  );
}

it('says why the last collection failed, as far as anybody said it', () => {
  last({ comments: 'Detector did not arm' }, 'failed');
  expect(screen.getByText('Detector did not arm')).toBeTruthy();
  last({ comments: null }, 'failed');
  expect(screen.getByText('Data collection failed')).toBeTruthy();
});

it('keeps to the numbers of what went well', () => {
  last({ comments: 'A fine crystal' }, 'done');
  expect(screen.getByText('Exposure')).toBeTruthy();
  expect(screen.queryByText('A fine crystal')).toBeNull();
});
