import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Permission } from '@/api/types';
import { userQuery } from '@/features/auth/queries';
import { nameOf } from '@/shared/format/names';
import { count, plural } from '@/shared/format/numbers';
import { ErrorState } from '@/shared/states/ErrorState';
import { NoSuchPage } from '@/shared/states/NoSuchPage';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { AdminList } from '../AdminList';
import group from '../groups/GroupPage.module.css';
import { NewByName } from '../NewByName';
import { holds } from '../places';
import { allPermissionsQuery, change, groupsQuery, peopleQuery, useAdminChange } from '../queries';
import { meaningOf } from './meaning';

const route = getRouteApi('/in/admin/permissions/$permissionId');

/** One permission: what it means, which groups give it, and who holds it. */
export function PermissionPage() {
  const { permissionId } = route.useParams();
  const { data: user } = useQuery(userQuery());
  const { data, error, refetch } = useQuery(allPermissionsQuery());
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const permission = data.results.find((each) => each.permissionId === permissionId);
  if (!permission) return <NoSuchPage />;
  return (
    <div className={group.page}>
      <title>{`${permission.type} · ISPyB`}</title>
      <Link to="/admin/permissions" className={group.back}>
        <IconArrowLeft size={16} aria-hidden="true" /> All permissions
      </Link>
      <Heading permission={permission} mayDescribe={holds(user, 'manage_perms')} />
      <div className={group.columns}>
        <Groups permissionId={permissionId} />
        {holds(user, 'manage_groups', 'manage_persons') && <Holders permissionId={permissionId} />}
      </div>
    </div>
  );
}

function Heading({ permission, mayDescribe }: { permission: Permission; mayDescribe: boolean }) {
  const { permissionId, type, description } = permission;
  const [asking, setAsking] = useState(false);
  const describe = useAdminChange(change.describePermission);
  return (
    <>
      <header className={group.head}>
        <h2>{type}</h2>
        {mayDescribe && (
          <Button variant="default" size="xs" onClick={() => setAsking(true)}>
            Describe
          </Button>
        )}
      </header>
      <p className={group.because}>
        {meaningOf(permission)}.{permission._metadata.known && description && ` ${description}.`}
      </p>
      {asking && (
        <NewByName
          title={`Describe ${type}`}
          label="What it is for"
          value={description ?? ''}
          maxLength={100}
          action="Save"
          pending={describe.isPending}
          error={describe.error}
          onClose={() => setAsking(false)}
          onSubmit={(text) =>
            describe.mutate({ permissionId, description: text }, { onSuccess: () => setAsking(false) })
          }
        />
      )}
    </>
  );
}

function Groups({ permissionId }: { permissionId: number }) {
  const query = useInfiniteQuery(groupsQuery({ permissionId }));
  const total = query.data?.pages[0]?.total;
  return (
    <section aria-label="Groups that give it">
      <h3>Groups that give it{typeof total === 'number' && ` · ${count(total)}`}</h3>
      <AdminList query={query} empty={<p className={group.none}>No group gives it.</p>}>
        {(groups) => (
          <ul className={group.list}>
            {groups.map(({ userGroupId, name, _metadata: counts }) => (
              <li key={userGroupId}>
                <span className={group.what}>
                  <Link to="/admin/groups/$userGroupId" params={{ userGroupId }}>
                    {name}
                  </Link>
                </span>
                <small className={group.number}>{plural(counts.persons, 'member')}</small>
              </li>
            ))}
          </ul>
        )}
      </AdminList>
    </section>
  );
}

function Holders({ permissionId }: { permissionId: number }) {
  const query = useInfiniteQuery(peopleQuery({ permissionId }));
  const total = query.data?.pages[0]?.total;
  return (
    <section aria-label="People who hold it">
      <h3>People who hold it{typeof total === 'number' && ` · ${count(total)}`}</h3>
      <AdminList query={query} empty={<p className={group.none}>Nobody holds it.</p>}>
        {(people) => (
          <ul className={group.list}>
            {people.map((person) => (
              <li key={person.personId}>
                <span className={group.what}>
                  <b>{nameOf(person)}</b>
                  <small>{[person.login, person.Laboratory?.name].filter(Boolean).join(' · ')}</small>
                </span>
              </li>
            ))}
          </ul>
        )}
      </AdminList>
    </section>
  );
}
