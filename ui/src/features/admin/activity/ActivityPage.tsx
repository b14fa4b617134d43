import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Activity } from '@/api/types';
import { clockSeconds, day } from '@/shared/format/times';
import { Message } from '@/shared/states/Message';
import table from '@/shared/Table.module.css';
import { AdminList } from '../AdminList';
import { activityQuery } from '../queries';
import classes from './Activity.module.css';
import { ActivityFilters } from './ActivityFilters';
import { actionWords, changesOf, nameWords, objectWords, subjectWords, type Change } from './words';

const route = getRouteApi('/in/admin/activity');

/** Who did what, newest first; nothing here can be changed. */
export function ActivityPage() {
  const search = route.useSearch();
  return (
    <>
      <title>Activity · ISPyB</title>
      <ActivityFilters search={search} />
      <AdminList
        query={useInfiniteQuery(activityQuery(search))}
        empty={
          <Message icon={<IconHistory size={22} stroke={1.7} />} title="Nothing fits these filters">
            Log-ins, changes of groups, keys, shares and options, deletions and exports are recorded here.
          </Message>
        }
      >
        {(entries) => <ActivityTable entries={entries} />}
      </AdminList>
    </>
  );
}

function ActivityTable({ entries }: { entries: Activity[] }) {
  return (
    <div className={table.frame}>
      <table className={table.table} data-stacks>
        <thead>
          <tr>
            <th>When</th>
            <th>Who</th>
            <th>What</th>
            <th>On what</th>
            <th>Details</th>
            <th>From</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.auditId} className={classes.entry} data-testid="activity-row">
              <td title={entry.doneAtUtc}>
                <time dateTime={entry.doneAt}>
                  {day(entry.doneAt)} {clockSeconds(entry.doneAt)}
                </time>
              </td>
              <td>
                <Who entry={entry} />
              </td>
              <td>
                <Link to="/admin/activity" search={(was) => ({ ...was, action: entry.action })} title={entry.action}>
                  {actionWords(entry.action)}
                </Link>
              </td>
              <td>
                <What entry={entry} />
              </td>
              <td className={classes.details}>
                <Details changes={changesOf(entry.detail)} />
              </td>
              <td data-label="From" title={entry.request ? `Request ${entry.request}` : undefined}>
                {entry.address ?? '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Who({ entry: { subject, login } }: { entry: Activity }) {
  // A name that was refused belongs to nobody: what is looked for is then the name.
  const chosen = subject === 'nobody' && login ? { login } : { subject };
  return (
    <>
      <Link to="/admin/activity" search={(was) => ({ ...was, ...chosen })} title={subject}>
        {login ?? subjectWords(subject)}
      </Link>
      {login && !subject.startsWith('person:') && <small> {subjectWords(subject)}</small>}
    </>
  );
}

function What({ entry: { objectKind, objectId } }: { entry: Activity }) {
  if (!objectKind) return '–';
  return (
    <Link to="/admin/activity" search={(was) => ({ ...was, objectKind, objectId: objectId ?? undefined })}>
      {objectWords(objectKind)} {objectId}
    </Link>
  );
}

function Details({ changes }: { changes: Change[] }) {
  return changes.map(({ name, value, old, new: now }) => (
    <span key={name} className={classes.change}>
      {name && <span className={classes.name}>{nameWords(name)} </span>}
      {value ?? (
        <>
          <del>{old}</del> <span aria-label="became">→</span> <ins>{now}</ins>
        </>
      )}
    </span>
  ));
}
