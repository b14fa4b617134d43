// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Progress } from '@/api/types';
import { drawRouted } from '@/testing/routed';
import { ProcessingCounts } from './ProcessingCounts';

async function told(processing: Progress['processing']): Promise<string[]> {
  const progress: Progress = { sessionId: 1, collections: 3, processing, searched: 0, withCrystal: 0 };
  drawRouted(<ProcessingCounts progress={progress} />);
  const items = await screen.findAllByRole('listitem');
  return items.map(({ textContent }) => textContent);
}

it('keeps the place of what is in process while nothing is', async () => {
  expect(await told({ success: 2, running: 0, failed: 0, none: 1 })).toEqual([
    '3 collections',
    '2 processed',
    '0 in process',
  ]);
  expect(screen.queryByRole('link', { name: '0 in process' })).toBeNull();
});

it('says that nothing is processed yet instead of three noughts', async () => {
  expect(await told({ success: 0, running: 0, failed: 0, none: 3 })).toEqual(['3 collections', 'none processed yet']);
});
