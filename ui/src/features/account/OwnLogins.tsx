import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OwnLogin } from '@/api/types';
import { authConfigQuery } from '@/features/auth/queries';
import { dayClock } from '@/shared/format/times';
import { ErrorState } from '@/shared/states/ErrorState';
import { Failure } from '@/shared/states/Failure';
import table from '@/shared/Table.module.css';
import classes from './AccountPage.module.css';
import { ownLoginsQuery, useEndLogin } from './queries';

/** Every log-in that goes on; each but this one can be ended here. */
export function OwnLogins() {
  const { data, error, refetch } = useQuery(ownLoginsQuery());
  const { data: config } = useQuery(authConfigQuery());
  const end = useEndLogin();
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} compact />;
  if (!data) return <Skeleton height={140} mt={16} />;
  const wayOf = (plugin: string) => config?.plugins.find(({ name }) => name === plugin)?.label ?? plugin;
  return (
    <>
      {end.error && <Failure error={end.error} />}
      <div className={table.frame}>
        <table className={table.table} data-stacks>
          <thead>
            <tr>
              <th>Since</th>
              <th>From</th>
              <th>With</th>
              <th>Ends if not used until</th>
              <th>
                <span className="visually-hidden">End it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.results.map((login) => (
              <tr key={login.loginId} data-testid="own-login">
                <td data-label="Since">
                  <time dateTime={login.createdAt}>{dayClock(login.createdAt)}</time>
                </td>
                <td data-label="From">{login.address ?? '–'}</td>
                <td data-label="With">{wayOf(login.plugin)}</td>
                <td data-label="Ends if not used until">
                  <time dateTime={login.expiresAt}>{dayClock(login.expiresAt)}</time>
                </td>
                <td className={table.number}>
                  <End login={login} pending={end.isPending} onEnd={() => end.mutate(login.loginId)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function End({ login, pending, onEnd }: { login: OwnLogin; pending: boolean; onEnd: () => void }) {
  if (login.current) return <span className={classes.here}>this one</span>;
  return (
    <Button
      variant="default"
      size="xs"
      disabled={pending}
      onClick={onEnd}
      aria-label={`End the log-in of ${dayClock(login.createdAt)}`}
    >
      End
    </Button>
  );
}
