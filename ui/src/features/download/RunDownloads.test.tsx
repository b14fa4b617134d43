// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { drawRouted } from '@/testing/routed';
import { run, scaling } from '@/testing/runs';
import { RunDownloads } from './RunDownloads';

function drawRun(state: 'success' | 'failed' | 'running') {
  return drawRouted(
    <QueryClientProvider client={new QueryClient()}>
      <RunDownloads run={run(7, { state, scalings: [scaling(1, 1.5)] })} />
    </QueryClientProvider>,
  );
}

it('offers what a deposition needs of a run that ended well', async () => {
  drawRun('success');
  expect(await screen.findByRole('link', { name: /For deposition/ })).toBeDefined();
});

it('offers the files alone of one that failed or goes on', async () => {
  for (const state of ['failed', 'running'] as const) {
    const { unmount } = drawRun(state);
    expect(await screen.findByRole('link', { name: /All files/ })).toBeDefined();
    expect(screen.queryByRole('link', { name: /For deposition/ })).toBeNull();
    unmount();
  }
});
