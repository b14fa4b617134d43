import { ActionIcon, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { GroupWhole, Permission } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { count, plural } from '@/shared/format/numbers';
import { meaningOf } from '../permissions/meaning';
import { allPermissionsQuery, change, useAdminChange } from '../queries';
import classes from './GroupPage.module.css';

type Asking = { what: 'add' | 'remove'; permission: { permissionId: number; type: string } } | null;

/** What the members of a group hold; every change is asked about once more, since it reaches all of them. */
export function GroupPermissions({ group }: { group: GroupWhole }) {
  const { userGroupId, name, Permissions: held, _metadata: state } = group;
  const { data } = useQuery(allPermissionsQuery());
  const [asking, setAsking] = useState<Asking>(null);
  const add = useAdminChange(change.addPermission);
  const remove = useAdminChange(change.removePermission);
  const act = asking?.what === 'add' ? add : remove;
  const others = new Map(data?.results.map((each) => [each.permissionId, each]));
  return (
    <section aria-label="Permissions">
      <h3>Permissions · {count(state.permissions)}</h3>
      {state.mayChangePermissions && (
        <AddPermission
          offered={data?.results.filter(({ permissionId }) => !held.some((one) => one.permissionId === permissionId))}
          onPick={(permission) => setAsking({ what: 'add', permission })}
        />
      )}
      {held.length === 0 ? (
        <p className={classes.none}>This group gives its members nothing.</p>
      ) : (
        <ul className={classes.list}>
          {held.map((permission) => (
            <li key={permission.permissionId}>
              <span className={classes.what}>
                <b>{permission.type}</b>
                <small>{meaningIn(others, permission)}</small>
                <Others of={others.get(permission.permissionId)} />
              </span>
              {state.mayChangePermissions && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  onClick={() => setAsking({ what: 'remove', permission })}
                  aria-label={`Take ${permission.type} away`}
                  title="Take away"
                >
                  <IconX size={17} stroke={1.8} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {!state.mayChangePermissions && (
        <p className={classes.note}>Who holds manage_perms can change what a group gives.</p>
      )}
      {asking && (
        <Confirm
          title={asking.what === 'add' ? `Give ${asking.permission.type}?` : `Take ${asking.permission.type} away?`}
          action={asking.what === 'add' ? 'Give it' : 'Take it away'}
          danger={asking.what === 'remove'}
          pending={act.isPending}
          error={act.error}
          onClose={() => {
            act.reset();
            setAsking(null);
          }}
          onConfirm={() =>
            act.mutate(
              { userGroupId, permissionId: asking.permission.permissionId },
              { onSuccess: () => setAsking(null) },
            )
          }
        >
          <p>
            {plural(state.persons, 'member')} of <b>{name}</b>{' '}
            {asking.what === 'add' ? 'may then, at once' : 'may then no longer, unless another group gives it'}:{' '}
            {meaningIn(others, asking.permission)}
          </p>
        </Confirm>
      )}
    </section>
  );
}

function Others({ of }: { of: Permission | undefined }) {
  if (!of || of._metadata.groups < 2) return null;
  return (
    <small>
      <Link to="/admin/permissions/$permissionId" params={{ permissionId: of.permissionId }}>
        also given by {plural(of._metadata.groups - 1, 'other group')}
      </Link>
    </small>
  );
}

interface AddProps {
  offered: Permission[] | undefined;
  onPick: (permission: Permission) => void;
}

function AddPermission({ offered = [], onPick }: AddProps) {
  return (
    <Select
      aria-label="Add a permission"
      placeholder="Add a permission"
      leftSection={<IconPlus size={16} stroke={1.8} aria-hidden="true" />}
      data={offered.map((permission) => ({
        value: String(permission.permissionId),
        label: `${permission.type} · ${meaningOf(permission)}`,
      }))}
      value={null}
      searchable
      nothingFoundMessage="No other permission is called so"
      onChange={(value) => {
        const permission = offered.find(({ permissionId }) => String(permissionId) === value);
        if (permission) onPick(permission);
      }}
    />
  );
}

function meaningIn(known: Map<number, Permission>, { permissionId }: { permissionId: number }): string {
  const permission = known.get(permissionId);
  return permission ? meaningOf(permission) : '';
}
