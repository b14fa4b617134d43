// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CollectionDetail, Recipe } from '@/api/types';
import { draw } from '@/testing/render';
import { ReprocessDialog } from './ReprocessDialog';

const recipe: Recipe = {
  recipe: 'xia2',
  title: 'xia2',
  description: 'For most crystals.',
  severalCollections: false,
  parameters: [{ parameterKey: 'd_min', title: 'High resolution limit', kind: 'number', unit: 'Å', minimum: 0.3 }],
};
const collection = {
  dataCollectionId: 7,
  sessionId: 3,
  imagePrefix: 'x1',
  startImageNumber: 1,
  numberOfImages: 100,
  axisRange: 0.1,
  BLSample: null,
} as unknown as CollectionDetail;

let answers: (() => Response | Promise<Response>)[] = [];
const sent: { body: unknown; key: string | null }[] = [];
const onClose = vi.fn();

let client: QueryClient;

function open() {
  return draw(
    <QueryClientProvider client={client}>
      <ReprocessDialog collection={collection} recipes={[recipe]} chosen="xia2" onChoose={vi.fn()} onClose={onClose} />
    </QueryClientProvider>,
  );
}

const json = (status: number, body: unknown) => () =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
const first = () => screen.getByRole('textbox', { name: 'First image' });
const limit = () => screen.getByLabelText('High resolution limit');
const send = () => userEvent.click(screen.getByRole('button', { name: 'Ask for it' }));

beforeEach(() => {
  sent.length = 0;
  onClose.mockReset();
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'GET') return json(404, { title: 'Not found' })();
    sent.push({ body: await request.json(), key: request.headers.get('Idempotency-Key') });
    const answer = answers.shift();
    if (!answer) throw new TypeError('the network is away');
    return answer();
  });
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  open();
});
afterEach(() => {
  answers = [];
});

it('sends nothing while a field cannot be right, and says why there', async () => {
  await userEvent.type(limit(), '0.1');
  await send();
  expect(screen.getByText('Needs at least 0.3 Å')).toBeTruthy();
  expect(sent).toEqual([]);
  await userEvent.type(limit(), '{Backspace}9');
  answers = [json(201, {})];
  await send();
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent[0]?.body).toMatchObject({ parameters: [{ parameterKey: 'd_min', parameterValue: '0.9' }] });
});

it('keeps what was typed when sending fails, and sends the same request with the same key', async () => {
  await userEvent.type(limit(), '2.1');
  await userEvent.type(screen.getByLabelText('Comment'), 'Dark images');
  await send();
  await screen.findByText('The server cannot be reached');
  expect(limit()).toHaveProperty('value', '2.1');
  expect(onClose).not.toHaveBeenCalled();
  answers = [json(201, {})];
  await send();
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
  expect(sent[0]?.key).toMatch(/^[0-9a-f]{32}$/);
});

it('keeps what was typed when it is put away, and lets it go with Cancel', async () => {
  await userEvent.type(limit(), '2.1');
  await userEvent.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalled();
  cleanup();
  open();
  expect(limit()).toHaveProperty('value', '2.1');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  cleanup();
  open();
  expect(limit()).toHaveProperty('value', '');
});

it('takes another key for another request', async () => {
  await send();
  await screen.findByText('The server cannot be reached');
  await userEvent.type(screen.getByLabelText('Comment'), 'again');
  await send();
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.key).not.toBe(sent[0]?.key);
});

it('shows what the service refused at its field, until that is typed anew', async () => {
  const errors = [{ path: 'parameters[0].parameterValue', message: 'is finer than the detector' }];
  answers = [json(422, { title: 'Invalid', errors })];
  await userEvent.type(limit(), '0.4');
  await send();
  await screen.findByText('Is finer than the detector');
  await userEvent.type(limit(), '5');
  expect(screen.queryByText('Is finer than the detector')).toBeNull();
});

it('says to whom to turn when it is not theirs to ask', async () => {
  answers = [json(403, { title: 'You may not do this', detail: 'Only people of the session may.' })];
  await send();
  expect(await screen.findByText('Only people of the session may.')).toBeTruthy();
});

it('keeps numbers and handles in step', async () => {
  const handle = screen.getByRole('slider', { name: 'First image' });
  fireEvent.keyDown(handle, { key: 'PageUp' });
  fireEvent.keyDown(handle, { key: 'ArrowRight' });
  expect(first()).toHaveProperty('value', '7');
  await userEvent.clear(first());
  await userEvent.type(first(), '41');
  expect(handle.getAttribute('aria-valuenow')).toBe('41');
});
