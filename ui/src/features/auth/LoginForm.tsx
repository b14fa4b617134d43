import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState, type SubmitEvent } from 'react';
import { ApiError } from '@/api/problem';
import classes from './LoginForm.module.css';

interface Props {
  onSubmit: (credentials: { login: string; password: string }) => void;
  error: Error | null;
  pending: boolean;
}

export function LoginForm({ onSubmit, error, pending }: Props) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  function submit(event: SubmitEvent) {
    event.preventDefault();
    onSubmit({ login: login.trim(), password });
  }
  return (
    <form className={classes.form} onSubmit={submit} data-testid="login-form" aria-label="Log in">
      <TextInput
        label="Log-in"
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        autoFocus
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
        size="md"
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        size="md"
      />
      {error && <LoginError error={error} />}
      <Button type="submit" size="md" loading={pending} fullWidth>
        Log in
      </Button>
    </form>
  );
}

function LoginError({ error }: { error: Error }) {
  const problem = error instanceof ApiError ? error.problem : null;
  return (
    <div className={classes.error} role="alert">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden="true" />
      <div>
        <b>{problem?.title ?? 'Log-in failed'}</b>
        <p>{problem?.status === 0 ? 'Check the network, then try again.' : (problem?.detail ?? error.message)}</p>
      </div>
    </div>
  );
}
