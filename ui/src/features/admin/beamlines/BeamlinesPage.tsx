import { IconAtom2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BeamlineGroup } from '@/api/types';
import { nameOf } from '@/shared/format/names';
import { count } from '@/shared/format/numbers';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import admin from '../AdminPage.module.css';
import { beamlineGroupsQuery } from '../queries';
import classes from './BeamlinesPage.module.css';

/** The groups of beamlines as they are configured, and who is their staff. */
export function BeamlinesPage() {
  const { data: groups, error, refetch } = useQuery(beamlineGroupsQuery());
  if (error && !groups) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!groups) return <PageSkeleton />;
  return (
    <>
      <title>Beamlines · ISPyB</title>
      {groups.length === 0 ? (
        <Message icon={<IconAtom2 size={22} stroke={1.7} />} title="No beamlines are configured">
          The settings of this ISPyB name its beamlines, and the permission that makes staff of them.
        </Message>
      ) : (
        <>
          <p className={admin.intro}>
            Which beamlines belong together, and which permission makes staff of them, is said in the settings of this
            ISPyB. Who is staff is said by the groups that give the permission.
          </p>
          <ul className={classes.groups}>
            {groups.map((group) => (
              <BeamlineCard key={group.groupName} group={group} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function BeamlineCard({ group }: { group: BeamlineGroup }) {
  const { UserGroups: givers, Persons: staff, _metadata: counts } = group;
  return (
    <li className={classes.card}>
      <h2>{group.groupName}</h2>
      <dl>
        <dt>Beamlines</dt>
        <dd>
          {group.beamLines.map(({ beamLineName, archived }, index) => (
            <span key={beamLineName}>
              {index > 0 && ', '}
              {beamLineName}
              {archived && <small> (archived)</small>}
            </span>
          ))}
        </dd>
        <dt>Permission</dt>
        <dd>
          {group.permissionId === null ? (
            <>
              {group.permission} <small>(not in the database: nobody can hold it)</small>
            </>
          ) : (
            <Link to="/admin/permissions/$permissionId" params={{ permissionId: group.permissionId }}>
              {group.permission}
            </Link>
          )}
        </dd>
        <dt>Given by</dt>
        <dd>
          {givers.length === 0
            ? 'no group'
            : givers.map(({ userGroupId, name }, index) => (
                <span key={userGroupId}>
                  {index > 0 && ', '}
                  <Link to="/admin/groups/$userGroupId" params={{ userGroupId }}>
                    {name}
                  </Link>
                </span>
              ))}
        </dd>
        <dt>Staff · {count(counts.staff)}</dt>
        <dd>{staff.length === 0 ? 'nobody' : staff.map(nameOf).join(', ')}</dd>
      </dl>
    </li>
  );
}
