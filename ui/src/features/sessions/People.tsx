import { Skeleton } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Page, Person } from '@/api/types';
import { day } from '@/shared/format/times';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';
import classes from '@/shared/Table.module.css';
import { nameOf } from '@/shared/format/names';

/** Who takes part: name, role, and whether they are on site. */
export function People({ query: { data, error, refetch } }: { query: UseQueryResult<Page<Person>> }) {
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={220} mt={16} />;
  if (data.results.length === 0) {
    return (
      <Message icon={<IconUsers size={22} stroke={1.7} />} title="Nobody is registered">
        The people of a session come from the user portal of the facility.
      </Message>
    );
  }
  // The people of a proposal have no role: that is said session by session.
  const inSession = data.results.some(({ _metadata: { role, remote } }) => role !== null || remote !== null);
  return (
    <div className={classes.frame}>
      <table className={classes.table} data-stacks>
        <thead>
          <tr>
            <th>Name</th>
            {inSession && <th>Role</th>}
            {inSession && <th>Takes part</th>}
            <th className={classes.number}>Sessions</th>
            <th>Latest session</th>
          </tr>
        </thead>
        <tbody>
          {data.results.map((person) => (
            <tr key={person.personId}>
              <th scope="row">{nameOf(person)}</th>
              {inSession && <td>{person._metadata.role ?? '–'}</td>}
              {inSession && (
                <td>{person._metadata.remote === null ? '–' : person._metadata.remote ? 'remotely' : 'on site'}</td>
              )}
              <td className={classes.number} data-label="Sessions">
                {person._metadata.sessions}
              </td>
              <td data-label="Latest">{person._metadata.lastSession ? day(person._metadata.lastSession) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
