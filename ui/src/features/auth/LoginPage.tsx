import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconLogin2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ErrorState } from '@/shared/states/ErrorState';
import failure from '@/shared/states/Failure.module.css';
import { Message } from '@/shared/states/Message';
import { ThemeToggle } from '@/frame/ThemeToggle';
import { DemoLogins } from './DemoLogins';
import { loginError } from './loginErrors';
import { LoginForm } from './LoginForm';
import classes from './LoginPage.module.css';
import { authConfigQuery, useLogin, type Credentials } from './queries';
import { waysOf, type Ways } from './ways';

const route = getRouteApi('/login');
/** The way of the simulated facility's accounts. */
const LOCAL = 'local';

/** The door: who are you, and then back to the page that was asked for. */
export function LoginPage() {
  const { next, error: word } = route.useSearch();
  const router = useRouter();
  const { data: config, error, refetch } = useQuery(authConfigQuery());
  const login = useLogin();
  const enter = (credentials: Credentials) =>
    login.mutate(credentials, { onSuccess: () => router.history.replace(next ?? '/') });
  const ways = config && waysOf(config.plugins, next);
  const demo = config?.demo && ways?.passwords.some(({ name }) => name === LOCAL) ? config.demo : null;

  return (
    <main className={classes.page}>
      <title>Log in · ISPyB</title>
      <div className={classes.theme}>
        <ThemeToggle />
      </div>
      <div className={classes.door} data-demo={demo !== null}>
        <header className={classes.head}>
          <img src="/mark.svg" alt="" width={44} height={44} />
          <div>
            <h1>{config?.facility.name ?? <Skeleton height={26} width={220} />}</h1>
            <p>ISPyB: what was measured, and what came of it</p>
          </div>
        </header>
        {error && !config ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !ways ? (
          <Skeleton height={250} radius="lg" />
        ) : (
          <>
            <Doors ways={ways} word={login.error ? undefined : word}>
              <LoginForm
                ways={ways.passwords}
                onSubmit={enter}
                error={login.error}
                pending={login.isPending || login.isSuccess}
              />
            </Doors>
            {demo && (
              <DemoLogins
                logins={demo.logins}
                onChoose={(credentials) => enter({ plugin: LOCAL, ...credentials })}
                pending={login.isPending}
              />
            )}
          </>
        )}
      </div>
    </main>
  );
}

/** Providers first: where there is one, it is how most people come in. */
function Doors({ ways, word, children }: { ways: Ways; word: string | undefined; children: ReactNode }) {
  const { passwords, providers } = ways;
  if (passwords.length === 0 && providers.length === 0) {
    return (
      <Message title="No way in for people">
        This ISPyB takes tokens and keys of programs only. Its settings say which ways of logging in there are.
      </Message>
    );
  }
  return (
    <div className={classes.ways}>
      {word !== undefined && <Refused word={word} />}
      {providers.map(({ name, label, href }) => (
        <Button
          key={name}
          component="a"
          href={href}
          size="md"
          fullWidth
          leftSection={<IconLogin2 size={18} stroke={1.8} aria-hidden="true" />}
        >
          Log in with {label}
        </Button>
      ))}
      {providers.length > 0 && passwords.length > 0 && <p className={classes.or}>or with a password</p>}
      {passwords.length > 0 && children}
    </div>
  );
}

function Refused({ word }: { word: string }) {
  const { title, text } = loginError(word);
  return (
    <div className={failure.failure} role="alert">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden="true" />
      <div>
        <b>{title}</b>
        <p>{text}</p>
      </div>
    </div>
  );
}
