import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import type { Sample } from '@/api/types';
import type { EventsSearch, Status } from '@/app/search';
import { useSearchField } from '@/shared/keys/searchFocus';
import { placeOf } from '../place';
import { eventTypesQuery } from '../queries';
import classes from './EventFilterBar.module.css';
import { KindChips } from './KindChips';

interface Props {
  sessionId: number;
  search: EventsSearch;
  samples: Map<number, Sample>;
  onChange: (change: EventsSearch) => void;
}

const STATUSES: { value: Status; label: string }[] = [
  { value: 'running', label: 'Running' },
  { value: 'success', label: 'Done' },
  { value: 'failed', label: 'Failed' },
];

/** Everything that narrows the list; all of it lives in the address. */
export function EventFilterBar({ sessionId, search, samples, onChange }: Props) {
  const { data: types } = useQuery(eventTypesQuery(sessionId));
  const sampleOptions = useMemo(
    () =>
      [...samples.values()]
        .filter((sample) => sample._metadata.datacollections > 0 || sample.blSampleId === search.sample)
        .map((sample) => ({
          value: String(sample.blSampleId),
          label: [sample.name, placeOf(sample)].filter(Boolean).join('  '),
        })),
    [samples, search.sample],
  );
  return (
    <div className={classes.bar} role="search" aria-label="Filter collections">
      <KindChips types={types} chosen={search.kind} onChoose={(kind) => onChange({ ...search, kind })} />
      <div className={classes.fields}>
        <Select
          aria-label="Status"
          placeholder="Any status"
          data={STATUSES}
          value={search.status ?? null}
          onChange={(status) => onChange({ ...search, status: status ?? undefined })}
          clearable
          className={classes.status}
        />
        <Select
          aria-label="Sample"
          placeholder="Any sample"
          data={sampleOptions}
          value={search.sample === undefined ? null : String(search.sample)}
          onChange={(sample) => onChange({ ...search, sample: sample === null ? undefined : Number(sample) })}
          searchable
          clearable
          nothingFoundMessage="No such sample"
          className={classes.sample}
        />
        <TextFilter key={search.search === undefined ? 'empty' : 'set'} value={search.search ?? ''} onChange={(text) => onChange({ ...search, search: text || undefined })} />
      </div>
    </div>
  );
}

function TextFilter({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const settle = useDebouncedCallback(onChange, 250);
  useSearchField(field);
  return (
    <TextInput
      ref={field}
      aria-label="Search these collections"
      placeholder="Prefix, sample, comment"
      leftSection={<IconSearch size={15} stroke={1.7} />}
      rightSection={
        text && (
          <button
            type="button"
            className={classes.clear}
            aria-label="Clear the search"
            onClick={() => {
              setText('');
              onChange('');
            }}
          >
            <IconX size={14} />
          </button>
        )
      }
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') field.current?.blur();
      }}
      className={classes.text}
    />
  );
}
