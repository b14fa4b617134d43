// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { EventType } from '@/api/types';
import { drawRouted } from '@/testing/routed';
import { KindCounts } from './KindCounts';

const of = (counts: Record<string, number>): EventType[] =>
  Object.entries(counts).map(([eventType, count]) => ({ eventType, eventTypeName: eventType, count }));

it('leads to what failed, and says of which kinds that is', async () => {
  drawRouted(<KindCounts sessionId={26} types={of({ robot: 25, OSC: 22 })} failed={of({ robot: 2, OSC: 1 })} />);
  const link = await screen.findByRole('link', { name: '3 of these failed' });
  expect(link.getAttribute('href')).toBe('/sessions/26?status=failed');
  expect(link.title).toBe('Failed at the beamline: 1 Rotation, 2 Robot');
});

it('says nothing of failures where there are none', async () => {
  drawRouted(<KindCounts sessionId={26} types={of({ OSC: 22 })} failed={[]} />);
  expect((await screen.findByRole('list')).textContent).toBe('22 Rotation');
});
