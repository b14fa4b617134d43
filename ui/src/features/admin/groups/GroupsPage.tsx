import { Button } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Group } from '@/api/types';
import { userQuery } from '@/features/auth/queries';
import { count } from '@/shared/format/numbers';
import { SearchField } from '@/shared/SearchField';
import { Message } from '@/shared/states/Message';
import table from '@/shared/Table.module.css';
import { AdminList } from '../AdminList';
import classes from '../AdminPage.module.css';
import { NewByName } from '../NewByName';
import { holds } from '../places';
import { change, groupsQuery, useAdminChange } from '../queries';

const route = getRouteApi('/in/admin/groups');

/** Groups of people: whoever is in one holds what it gives. */
export function GroupsPage() {
  const { search } = route.useSearch();
  const navigate = useNavigate({ from: '/admin/groups' });
  const { data: user } = useQuery(userQuery());
  const [making, setMaking] = useState(false);
  const create = useAdminChange(change.createGroup);
  return (
    <>
      <title>Groups · ISPyB</title>
      <div className={classes.bar}>
        <SearchField
          label="Search groups"
          placeholder="Name of a group"
          value={search}
          onChange={(text) => void navigate({ search: { search: text }, replace: true })}
          className={classes.search}
        />
        {holds(user, 'manage_groups') && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)} className={classes.end}>
            New group
          </Button>
        )}
      </div>
      <AdminList
        query={useInfiniteQuery(groupsQuery({ search }))}
        empty={
          <Message
            icon={<IconUsersGroup size={22} stroke={1.7} />}
            title={search ? `No group matches “${search}”` : 'No groups yet'}
          >
            A group gives its members permissions, such as to be staff of a beamline.
          </Message>
        }
      >
        {(groups) => <GroupTable groups={groups} />}
      </AdminList>
      {making && (
        <NewByName
          title="New group"
          label="Name"
          description="Without members and permissions at first. A directory may fill a group of the same name."
          maxLength={31}
          action="Make group"
          pending={create.isPending}
          error={create.error}
          onClose={() => setMaking(false)}
          onSubmit={(name) =>
            create.mutate(name, {
              onSuccess: ({ userGroupId }) =>
                void navigate({ to: '/admin/groups/$userGroupId', params: { userGroupId } }),
            })
          }
        />
      )}
    </>
  );
}

function GroupTable({ groups }: { groups: Group[] }) {
  return (
    <div className={table.frame}>
      <table className={table.table}>
        <thead>
          <tr>
            <th>Group</th>
            <th className={table.number}>Members</th>
            <th className={table.number}>Permissions</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ userGroupId, name, _metadata: counts }) => (
            <tr key={userGroupId}>
              <th scope="row">
                <Link to="/admin/groups/$userGroupId" params={{ userGroupId }}>
                  {name}
                </Link>
              </th>
              <td className={table.number}>{count(counts.persons)}</td>
              <td className={table.number}>{count(counts.permissions)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
