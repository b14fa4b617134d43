import { Button } from '@mantine/core';
import { IconPlus, IconShieldCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Permission } from '@/api/types';
import { userQuery } from '@/features/auth/queries';
import { count } from '@/shared/format/numbers';
import { SearchField } from '@/shared/SearchField';
import { Message } from '@/shared/states/Message';
import table from '@/shared/Table.module.css';
import { AdminList } from '../AdminList';
import classes from '../AdminPage.module.css';
import { NewByName } from '../NewByName';
import { holds } from '../places';
import { meaningOf } from './meaning';
import { change, permissionsQuery, useAdminChange } from '../queries';

const route = getRouteApi('/in/admin/permissions');

/** The words that groups give to their members, and what each of them means. */
export function PermissionsPage() {
  const { search } = route.useSearch();
  const navigate = useNavigate({ from: '/admin/permissions' });
  const { data: user } = useQuery(userQuery());
  const [making, setMaking] = useState(false);
  const create = useAdminChange(change.createPermission);
  return (
    <>
      <title>Permissions · ISPyB</title>
      <div className={classes.bar}>
        <SearchField
          label="Search permissions"
          placeholder="Name of a permission"
          value={search}
          onChange={(text) => void navigate({ search: { search: text }, replace: true })}
          className={classes.search}
        />
        {holds(user, 'manage_perms') && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)} className={classes.end}>
            New permission
          </Button>
        )}
      </div>
      <AdminList
        query={useInfiniteQuery(permissionsQuery(search))}
        empty={
          <Message
            icon={<IconShieldCheck size={22} stroke={1.7} />}
            title={search ? `No permission matches “${search}”` : 'No permissions yet'}
          >
            A permission is a word that groups give to their members, such as one that makes staff of a beamline.
          </Message>
        }
      >
        {(permissions) => <PermissionTable permissions={permissions} />}
      </AdminList>
      {making && (
        <NewByName
          title="New permission"
          label="Word"
          description="Letters, digits, - _ and . as programs and the settings of beamlines write it. It gives nothing until a group has it."
          maxLength={15}
          action="Make permission"
          pending={create.isPending}
          error={create.error}
          onClose={() => setMaking(false)}
          onSubmit={(type) =>
            create.mutate(
              { type, description: null },
              {
                onSuccess: ({ permissionId }) =>
                  void navigate({ to: '/admin/permissions/$permissionId', params: { permissionId } }),
              },
            )
          }
        />
      )}
    </>
  );
}

function PermissionTable({ permissions }: { permissions: Permission[] }) {
  return (
    <div className={table.frame}>
      <table className={table.table} data-stacks>
        <thead>
          <tr>
            <th>Permission</th>
            <th>What it gives</th>
            <th className={table.number}>Groups</th>
          </tr>
        </thead>
        <tbody>
          {permissions.map((permission) => (
            <tr key={permission.permissionId}>
              <th scope="row">
                <Link to="/admin/permissions/$permissionId" params={{ permissionId: permission.permissionId }}>
                  {permission.type}
                </Link>
              </th>
              <td className={table.wide}>{meaningOf(permission)}</td>
              <td className={table.number} data-label="Groups">
                {count(permission._metadata.groups)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
