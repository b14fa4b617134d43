// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { draw } from '@/testing/render';
import { FavouriteButton } from './FavouriteButton';

it('tells whether it is one, and turns it', async () => {
  const toggle = vi.fn();
  draw(<FavouriteButton favourite={{ marked: true, toggle, error: null }} />);
  const star = screen.getByRole('button', { name: 'Favourite' });
  expect(star.getAttribute('aria-pressed')).toBe('true');
  await userEvent.click(star);
  expect(toggle).toHaveBeenCalledOnce();
  expect(screen.queryByRole('alert')).toBeNull();
});

it('says why it could not be saved', () => {
  draw(<FavouriteButton favourite={{ marked: false, toggle: vi.fn(), error: new Error('You may only read it.') }} />);
  expect(screen.getByRole('alert').textContent).toBe('Not marked: You may only read it.');
});
