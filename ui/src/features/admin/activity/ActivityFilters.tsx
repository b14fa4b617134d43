import { Button, Select, TextInput } from '@mantine/core';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { API } from '@/api/client';
import { probe } from '@/api/transport';
import type { ActivitySearch } from '@/app/search';
import { SearchField } from '@/shared/SearchField';
import admin from '../AdminPage.module.css';
import classes from './Activity.module.css';
import { ACTIONS, objectWords, subjectWords } from './words';

/** What narrows the record; all of it is in the address. */
export function ActivityFilters({ search }: { search: ActivitySearch }) {
  const navigate = useNavigate({ from: '/admin/activity' });
  const go = (next: ActivitySearch) => void navigate({ search: (was) => ({ ...was, ...next }), replace: true });
  const known = Object.entries(ACTIONS).map(([value, label]) => ({ value, label }));
  const other = search.action !== undefined && !(search.action in ACTIONS);
  return (
    <div className={admin.bar} role="search" aria-label="Filter the record">
      <Select
        aria-label="What was done"
        placeholder="Anything done"
        data={other ? [...known, search.action ?? ''] : known}
        value={search.action ?? null}
        onChange={(action) => go({ action: action ?? undefined })}
        searchable
        clearable
        className={classes.action}
      />
      <SearchField
        label="By whom"
        placeholder="Whole log-in"
        value={search.login}
        onChange={(login) => go({ login })}
        className={classes.login}
      />
      <span className={admin.dim}>from</span>
      <TextInput
        type="datetime-local"
        aria-label="Since"
        title="Since (facility time)"
        value={search.since ?? ''}
        onChange={(event) => go({ since: event.currentTarget.value || undefined })}
      />
      <span className={admin.dim}>to</span>
      <TextInput
        type="datetime-local"
        aria-label="Until"
        title="Until (facility time)"
        value={search.until ?? ''}
        onChange={(event) => go({ until: event.currentTarget.value || undefined })}
      />
      {search.subject !== undefined && (
        <Chosen label={`By ${subjectWords(search.subject)}`} onDrop={() => go({ subject: undefined })} />
      )}
      {search.objectKind !== undefined && (
        <Chosen
          label={[objectWords(search.objectKind), search.objectId].filter(Boolean).join(' ')}
          onDrop={() => go({ objectKind: undefined, objectId: undefined })}
        />
      )}
      <Export search={search} />
    </div>
  );
}

function Chosen({ label, onDrop }: { label: string; onDrop: () => void }) {
  return (
    <Button
      variant="default"
      rightSection={<IconX size={15} aria-hidden="true" />}
      onClick={onDrop}
      aria-label={`Drop the filter ${label}`}
    >
      {label}
    </Button>
  );
}

/** A file with a line of JSON for each entry; a download cannot renew the log-in by itself. */
function Export({ search }: { search: ActivitySearch }) {
  const query = new URLSearchParams(Object.entries(search) as [string, string][]).toString();
  const address = `${API}/admin/activity/export${query ? `?${query}` : ''}`;
  async function download(event: MouseEvent) {
    event.preventDefault();
    await probe();
    globalThis.location.assign(address);
  }
  return (
    <Button
      component="a"
      href={address}
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden="true" />}
      onClick={(event) => void download(event)}
      title="As lines of JSON, oldest first; that it was exported is recorded"
      className={admin.end}
    >
      Export
    </Button>
  );
}
