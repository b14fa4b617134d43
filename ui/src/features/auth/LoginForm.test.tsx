// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { ApiError } from '@/api/problem';
import { draw } from '@/testing/render';
import { LoginForm } from './LoginForm';

it('sends what was typed, without the blanks around the log-in', async () => {
  const onSubmit = vi.fn();
  draw(<LoginForm onSubmit={onSubmit} error={null} pending={false} />);
  await userEvent.type(screen.getByLabelText('Log-in'), ' ada ');
  await userEvent.type(screen.getByLabelText('Password'), 's ecret{Enter}');
  expect(onSubmit).toHaveBeenCalledWith({ login: 'ada', password: 's ecret' });
});

it('says what was wrong in the words of the service', () => {
  const error = new ApiError({ type: 'x', title: 'Wrong password', status: 401, detail: 'Mind the capitals.' });
  draw(<LoginForm onSubmit={vi.fn()} error={error} pending={false} />);
  expect(screen.getByRole('alert').textContent).toContain('Wrong password');
  expect(screen.getByRole('alert').textContent).toContain('Mind the capitals.');
});

it('speaks of the network when the service cannot be reached', () => {
  const error = new ApiError({ type: 'x', title: 'The server cannot be reached', status: 0 });
  draw(<LoginForm onSubmit={vi.fn()} error={error} pending={false} />);
  expect(screen.getByRole('alert').textContent).toContain('Check the network');
});
