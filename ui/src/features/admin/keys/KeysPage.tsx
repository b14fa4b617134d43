import { Button, SegmentedControl } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ApiKey } from '@/api/types';
import type { KeyState, KeysSearch } from '@/app/search';
import { userQuery } from '@/features/auth/queries';
import { Confirm } from '@/shared/Confirm';
import { SearchField } from '@/shared/SearchField';
import { Message } from '@/shared/states/Message';
import { AdminList } from '../AdminList';
import classes from '../AdminPage.module.css';
import { holds } from '../places';
import { change, keysQuery, useAdminChange } from '../queries';
import { KeyTable } from './KeyTable';
import { NewKey } from './NewKey';

const route = getRouteApi('/in/admin/keys');
const STATES: { value: KeyState | 'all'; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'good', label: 'Working' },
  { value: 'expired', label: 'Expired' },
  { value: 'revoked', label: 'Revoked' },
];

/** Keys of beamlines and pipelines: made, watched, revoked. */
export function KeysPage() {
  const { state, search } = route.useSearch();
  const navigate = useNavigate({ from: '/admin/keys' });
  const go = (next: KeysSearch) => void navigate({ search: (was) => ({ ...was, ...next }), replace: true });
  const { data: user } = useQuery(userQuery());
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const managesAll = holds(user, 'manage_perms');
  return (
    <>
      <title>Keys · ISPyB</title>
      <p className={classes.intro}>
        A key lets a program in: control software, a pipeline, a screen in the hall. It acts for no person and reaches
        nothing but its beamlines.{' '}
        {user && !managesAll && `You look after the keys that cover nothing but ${user.beamLines.join(', ')}.`}
      </p>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label="State"
          data={STATES}
          value={state ?? 'all'}
          onChange={(value) => go({ state: value === 'all' ? undefined : value })}
        />
        <SearchField
          label="Search keys"
          placeholder="Part of the name"
          value={search}
          onChange={(text) => go({ search: text })}
          className={classes.search}
        />
        <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)} className={classes.end}>
          New key
        </Button>
      </div>
      <AdminList
        query={useInfiniteQuery(keysQuery({ state, search }))}
        empty={
          <Message
            icon={<IconKey size={22} stroke={1.7} />}
            title={search || state ? 'No key fits these filters' : 'No keys yet'}
          >
            One key for one program at one beamline: a key that leaks is then replaced without stopping anybody else.
          </Message>
        }
      >
        {(keys) => <KeyTable keys={keys} onRevoke={setRevoking} />}
      </AdminList>
      {making && user && (
        <NewKey
          beamlines={managesAll ? null : user.beamLines}
          managesAll={managesAll}
          onClose={() => setMaking(false)}
        />
      )}
      {revoking && <Revoke apiKey={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function Revoke({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const revoke = useAdminChange(change.revokeKey);
  return (
    <Confirm
      title={`Revoke ${apiKey.name}?`}
      action="Revoke key"
      danger
      pending={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() => revoke.mutate(apiKey.apiKeyId, { onSuccess: onClose })}
    >
      <p>
        The key, everything that logged in with it and every link it signed stop <b>at once</b>, and for good. A program
        that still uses it is refused from the next request on.
      </p>
    </Confirm>
  );
}
