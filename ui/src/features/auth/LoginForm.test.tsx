// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { ApiError } from '@/api/problem';
import { draw } from '@/testing/render';
import { LoginForm } from './LoginForm';

const local = { name: 'local', label: 'ISPyB account', kind: 'password', config: {} };
const directory = { name: 'ldap', label: 'Facility account', kind: 'password', config: {} };

it('sends what was typed, without the blanks around the log-in', async () => {
  const onSubmit = vi.fn();
  draw(<LoginForm ways={[local]} onSubmit={onSubmit} error={null} pending={false} />);
  await userEvent.type(screen.getByLabelText('Log-in'), ' ada ');
  await userEvent.type(screen.getByLabelText('Password'), 's ecret{Enter}');
  expect(onSubmit).toHaveBeenCalledWith({ plugin: 'local', login: 'ada', password: 's ecret' });
});

it('says what was wrong in the words of the service', () => {
  const error = new ApiError({ type: 'x', title: 'Wrong password', status: 401, detail: 'Mind the capitals.' });
  draw(<LoginForm ways={[local]} onSubmit={vi.fn()} error={error} pending={false} />);
  expect(screen.getByRole('alert').textContent).toContain('Wrong password');
  expect(screen.getByRole('alert').textContent).toContain('Mind the capitals.');
});

it('speaks of the network when the service cannot be reached', () => {
  const error = new ApiError({ type: 'x', title: 'The server cannot be reached', status: 0 });
  draw(<LoginForm ways={[local]} onSubmit={vi.fn()} error={error} pending={false} />);
  expect(screen.getByRole('alert').textContent).toContain('Check the network');
});

it('asks which account it is where there are several', async () => {
  const onSubmit = vi.fn();
  draw(<LoginForm ways={[local, directory]} onSubmit={onSubmit} error={null} pending={false} />);
  await userEvent.click(screen.getByRole('radio', { name: 'Facility account' }));
  await userEvent.type(screen.getByLabelText('Log-in'), 'ada');
  await userEvent.type(screen.getByLabelText('Password'), 'x{Enter}');
  expect(onSubmit).toHaveBeenCalledWith({ plugin: 'ldap', login: 'ada', password: 'x' });
});

it('counts down to the next try after too many', () => {
  const error = new ApiError({ type: 'x', title: 'Too many log-ins were refused', status: 429 }, 125);
  draw(<LoginForm ways={[local]} onSubmit={vi.fn()} error={error} pending={false} />);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Try again in 2 min 5 s' }).disabled).toBe(true);
});
