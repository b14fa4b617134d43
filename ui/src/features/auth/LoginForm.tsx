import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import '@mantine/core/styles/PasswordInput.css';
import { useState, type SubmitEvent } from 'react';
import { statusOf } from '@/api/problem';
import type { LoginWay } from '@/api/types';
import { Failure } from '@/shared/states/Failure';
import classes from './LoginForm.module.css';
import { waitWords } from './loginErrors';
import type { Credentials } from './queries';
import { useSecondsLeft } from './useSecondsLeft';

interface Props {
  /** The ways that ask for a password; one of them is chosen where there are several. */
  ways: LoginWay[];
  onSubmit: (credentials: Credentials) => void;
  error: Error | null;
  pending: boolean;
}

export function LoginForm({ ways, onSubmit, error, pending }: Props) {
  const [plugin, setPlugin] = useState(ways[0]?.name ?? '');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const wait = useSecondsLeft(error);
  function submit(event: SubmitEvent) {
    event.preventDefault();
    onSubmit({ plugin, login: login.trim(), password });
  }
  return (
    <form className={classes.form} onSubmit={submit} data-testid="login-form" aria-label="Log in">
      {ways.length > 1 && (
        <SegmentedControl
          aria-label="With which account"
          data={ways.map(({ name, label }) => ({ value: name, label }))}
          value={plugin}
          onChange={setPlugin}
          fullWidth
        />
      )}
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
      {error && <Failure error={error}>{advice(error)}</Failure>}
      <Button type="submit" size="md" loading={pending} disabled={wait > 0} fullWidth>
        {wait > 0 ? `Try again in ${waitWords(wait)}` : 'Log in'}
      </Button>
    </form>
  );
}

/** What the service's own words leave open. */
function advice(error: Error): string | undefined {
  return statusOf(error) === 503 ? 'Who is logged in already is not affected.' : undefined;
}
