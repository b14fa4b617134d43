import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { GroupWhole } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { plural } from '@/shared/format/numbers';
import { ErrorState } from '@/shared/states/ErrorState';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { NewByName } from '../NewByName';
import { change, groupQuery, useAdminChange } from '../queries';
import classes from './GroupPage.module.css';
import { GroupPermissions } from './GroupPermissions';
import { Members } from './Members';

const route = getRouteApi('/in/admin/groups/$userGroupId');

/** One group: who is in it, and what that gives them. */
export function GroupPage() {
  const { userGroupId } = route.useParams();
  const { data: group, error, refetch } = useQuery(groupQuery(userGroupId));
  if (error && !group) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!group) return <PageSkeleton />;
  return (
    <div className={classes.page}>
      <title>{`${group.name} · ISPyB`}</title>
      <Link to="/admin/groups" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden="true" /> All groups
      </Link>
      <Heading group={group} />
      {group._metadata.because && <p className={classes.because}>{group._metadata.because}</p>}
      <div className={classes.columns}>
        <Members group={group} />
        <GroupPermissions group={group} />
      </div>
    </div>
  );
}

function Heading({ group: { userGroupId, name, _metadata: state } }: { group: GroupWhole }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'name' | 'delete' | null>(null);
  const rename = useAdminChange(change.renameGroup);
  const remove = useAdminChange(change.deleteGroup);
  return (
    <header className={classes.head}>
      <h2>{name}</h2>
      {state.mayChangePersons && (
        <>
          <Button variant="default" size="xs" onClick={() => setAsking('name')}>
            Rename
          </Button>
          <Button variant="default" size="xs" onClick={() => setAsking('delete')}>
            Delete
          </Button>
        </>
      )}
      {asking === 'name' && (
        <NewByName
          title={`Rename ${name}`}
          label="Name"
          value={name}
          maxLength={31}
          action="Rename"
          pending={rename.isPending}
          error={rename.error}
          onClose={() => setAsking(null)}
          onSubmit={(text) => rename.mutate({ userGroupId, name: text }, { onSuccess: () => setAsking(null) })}
        />
      )}
      {asking === 'delete' && (
        <Confirm
          title={`Delete ${name}?`}
          action="Delete group"
          danger
          pending={remove.isPending}
          error={remove.error}
          onClose={() => setAsking(null)}
          onConfirm={() => remove.mutate(userGroupId, { onSuccess: () => void navigate({ to: '/admin/groups' }) })}
        >
          <p>
            {state.persons === 0
              ? 'Nobody is in it.'
              : `${plural(state.persons, 'member')} ${state.persons === 1 ? 'loses' : 'lose'} what it gives at once`}
            {state.persons > 0 && ', unless another group gives it too.'}
          </p>
        </Confirm>
      )}
    </header>
  );
}
