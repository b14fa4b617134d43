import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { ErrorState } from '@/shared/states/ErrorState';
import { ThemeToggle } from '@/frame/ThemeToggle';
import { DemoLogins } from './DemoLogins';
import { LoginForm } from './LoginForm';
import classes from './LoginPage.module.css';
import { authConfigQuery, useLogin, type Credentials } from './queries';

const route = getRouteApi('/login');
/** What asks for a log-in and a password; the others are entered by other doors. */
const WITH_PASSWORD = ['local', 'ldap', 'dummy'];

/** The door: who are you, and then back to the page that was asked for. */
export function LoginPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const { data: config, error, refetch } = useQuery(authConfigQuery());
  const login = useLogin();
  const plugin =
    config?.plugins.find(({ name }) => WITH_PASSWORD.includes(name))?.name ?? config?.plugins[0]?.name ?? 'local';
  const enter = (credentials: Omit<Credentials, 'plugin'>) =>
    login.mutate({ plugin, ...credentials }, { onSuccess: () => router.history.replace(next ?? '/') });

  return (
    <main className={classes.page}>
      <title>Log in · ISPyB</title>
      <div className={classes.theme}>
        <ThemeToggle />
      </div>
      <div className={classes.door} data-demo={Boolean(config?.demo)}>
        <header className={classes.head}>
          <img src="/mark.svg" alt="" width={44} height={44} />
          <div>
            <h1>{config?.facility.name ?? <Skeleton height={26} width={220} />}</h1>
            <p>ISPyB: what was measured, and what came of it</p>
          </div>
        </header>
        {error && !config ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <>
            <LoginForm onSubmit={enter} error={login.error} pending={login.isPending || login.isSuccess} />
            {config?.demo && <DemoLogins logins={config.demo.logins} onChoose={enter} pending={login.isPending} />}
          </>
        )}
      </div>
    </main>
  );
}
