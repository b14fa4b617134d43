// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import type { CollectionDetail } from '@/api/types';
import { useKept } from '@/shared/kept';
import { draw } from '@/testing/render';
import { Remark, type RemarkDraft } from './Remark';

const collection = { dataCollectionId: 7, comments: 'Twinned' } as unknown as CollectionDetail;
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Comment on the collection' });

function Place() {
  const [open, setOpen] = useState(true);
  const [draft, keep] = useKept<RemarkDraft>(['remark', 7]);
  return open ? (
    <Remark collection={collection} draft={draft} onDraft={keep} onClose={() => setOpen(false)} />
  ) : (
    <button type="button" onClick={() => setOpen(true)}>
      {draft ? 'go on' : 'write'}
    </button>
  );
}

beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ comments: 'Twinned' })));
  draw(
    <QueryClientProvider client={new QueryClient()}>
      <Place />
    </QueryClientProvider>,
  );
});

it('goes on where the comment ends', async () => {
  await userEvent.keyboard(', badly');
  expect(field().value).toBe('Twinned, badly');
});

it('keeps what was typed when Esc puts it away, and lets it go with Cancel', async () => {
  await userEvent.keyboard(', badly{Escape}');
  await userEvent.click(screen.getByText('go on'));
  expect(field().value).toBe('Twinned, badly');
  await userEvent.click(screen.getByText('Cancel'));
  await userEvent.click(screen.getByText('write'));
  expect(field().value).toBe('Twinned');
});
