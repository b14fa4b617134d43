// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { draw } from '@/testing/render';
import { ProcessingChips } from './ProcessingChips';

const names = () => screen.getAllByRole('button').map(({ textContent }) => textContent);

it('offers nothing while no program has worked on anything', () => {
  draw(
    <ProcessingChips counts={{ success: 0, running: 0, failed: 0, none: 2 }} chosen={undefined} onChoose={vi.fn()} />,
  );
  expect(screen.queryByRole('button')).toBeNull();
});

it('keeps its chips in their places, what comes and goes last', () => {
  const counts = { success: 1234, running: 0, failed: 0, none: 5 };
  draw(<ProcessingChips counts={counts} chosen={undefined} onChoose={vi.fn()} />);
  expect(names()).toEqual(['Processed1\u202f234', 'Processing failed0', 'Not processed5']);
  draw(<ProcessingChips counts={{ ...counts, running: 2 }} chosen={undefined} onChoose={vi.fn()} />);
  expect(names().slice(3)).toEqual(['Processed1\u202f234', 'Processing failed0', 'Not processed5', 'In process2']);
});

it('chooses, and takes back, what it stands for, also before the counts have come', async () => {
  const onChoose = vi.fn();
  draw(<ProcessingChips counts={undefined} chosen="failed" onChoose={onChoose} />);
  const failed = screen.getByRole('button', { name: 'Processing failed' });
  expect(failed.getAttribute('aria-pressed')).toBe('true');
  expect(failed.title).toContain('none ended well');
  await userEvent.click(failed);
  await userEvent.click(screen.getByRole('button', { name: 'Processed' }));
  expect(onChoose.mock.calls).toEqual([[undefined], ['success']]);
});

it('offers what no program has worked on', async () => {
  const onChoose = vi.fn();
  draw(
    <ProcessingChips counts={{ success: 3, running: 0, failed: 0, none: 1 }} chosen={undefined} onChoose={onChoose} />,
  );
  await userEvent.click(screen.getByRole('button', { name: /^Not processed/ }));
  expect(onChoose).toHaveBeenCalledWith('none');
});
