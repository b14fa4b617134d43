// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import type { EventsSearch } from '@/app/search';
import { draw } from '@/testing/render';
import { EventFilterBar } from './EventFilterBar';

const intoView = vi.fn();
// jsdom has no layout to scroll.
Element.prototype.scrollIntoView = intoView;

beforeEach(() => {
  intoView.mockReset();
  vi.stubGlobal('fetch', (request: Request) => {
    const processed = new URL(request.url).searchParams.get('processing') === 'success';
    const types = [
      { eventType: 'OSC', eventTypeName: 'OSC', count: processed ? 7 : 12 },
      ...(processed ? [] : [{ eventType: 'robot', eventTypeName: 'Robot action', count: 3 }]),
    ];
    return Promise.resolve(Response.json(request.url.includes('/types') ? types : []));
  });
});

function bar(search: EventsSearch) {
  const onChange = vi.fn();
  draw(
    <QueryClientProvider client={new QueryClient()}>
      <EventFilterBar sessionId={24} search={search} samples={new Map()} onChange={onChange} />
    </QueryClientProvider>,
  );
  return onChange;
}

it('shows a kind that the session does not have as chosen, and takes it off', async () => {
  const onChange = bar({ kind: 'es' });
  const chip = await screen.findByRole('button', { name: 'Energy scan 0' });
  expect(chip.getAttribute('aria-pressed')).toBe('true');
  await waitFor(() => expect(intoView).toHaveBeenCalled());
  await userEvent.click(chip);
  expect(onChange).toHaveBeenCalledWith({ kind: undefined });
});

it('finds a kind whatever its capitals', async () => {
  bar({ kind: 'osc' });
  expect((await screen.findByRole('button', { name: 'Rotation 12' })).getAttribute('aria-pressed')).toBe('true');
  expect(screen.getAllByRole('button', { pressed: true })).toHaveLength(1);
});

it('counts what the other filters leave of each kind, and keeps the kinds of which they leave none', async () => {
  bar({ processing: 'success' });
  expect(await screen.findByRole('button', { name: 'All 7' })).toBeTruthy();
  const kinds = within(screen.getByRole('group', { name: 'Kind' })).getAllByRole('button');
  expect(kinds.map(({ textContent }) => textContent)).toEqual(['All7', 'Robot0', 'Rotation7']);
});

it('counts a kind beside the chosen one as it would be seen by choosing it', async () => {
  bar({ kind: 'robot' });
  expect(await screen.findByRole('button', { name: 'All 15' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Rotation 12' })).toBeTruthy();
});
