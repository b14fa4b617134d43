// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { DataCollection } from '@/api/types';
import { collection } from '@/testing/events';
import { draw } from '@/testing/render';
import { run, scaling } from '@/testing/runs';
import { LastVerdict } from './LastVerdict';

function verdict(change: Partial<DataCollection>, answer: unknown) {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(answer)));
  draw(
    <QueryClientProvider client={new QueryClient()}>
      <LastVerdict collection={collection(1, change).Item} every={false} />
    </QueryClientProvider>,
  );
}

it('tells how far the best data go and in which space group', async () => {
  const failed = run(1, { pipeline: 'fast_dp', state: 'failed' });
  const best = run(2, { spaceGroup: 'P212121', scalings: [scaling(1, 1.5)], rank: 1 });
  verdict({}, { results: [failed, best], ranking: [] });
  expect(await screen.findByText('autoPROC')).toBeTruthy();
  expect(screen.getByText(/^1\.50\sÅ$/)).toBeTruthy();
  expect(screen.getByText('P 21 21 21')).toBeTruthy();
  expect(screen.queryByText('fast_dp')).toBeNull();
});

it('says that nothing is processed yet', async () => {
  verdict({}, { results: [], ranking: [] });
  expect(await screen.findByText('not processed yet')).toBeTruthy();
});

it('tells of a grid scan whether there is a crystal', async () => {
  const GridInfo = [{ gridInfoId: 1, dataCollectionId: 1, steps_x: 18, steps_y: 12 }];
  const centring = { status: 'success', XrayCentringResult: [{ status: 'success' }] };
  verdict({ GridInfo }, { results: [centring] });
  expect(await screen.findByText('crystal found')).toBeTruthy();
});
