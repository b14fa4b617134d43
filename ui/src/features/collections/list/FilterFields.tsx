import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useSearchField } from '@/shared/keys/searchFocus';
import { placeOf } from '../place';
import type { FilterProps } from './EventFilterBar';
import classes from './EventFilterBar.module.css';
import { STATUSES } from './statuses';

/** Status, sample and text. */
export function FilterFields({ search, samples, onChange }: FilterProps) {
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
    <div className={classes.fields}>
      <Select
        aria-label="Status"
        placeholder="Any status"
        data={STATUSES}
        value={search.status ?? null}
        onChange={(status) => onChange({ ...search, status: status ?? undefined })}
        clearable
        size="xs"
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
        size="xs"
        className={classes.sample}
      />
      <TextFilter value={search.search ?? ''} onChange={(text) => onChange({ ...search, search: text || undefined })} />
    </div>
  );
}

function TextFilter({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const settle = useDebouncedCallback(onChange, 250);
  useSearchField(field);
  // The address may change by itself: a filter taken off, the back button.
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  useEffect(() => settle.cancel, [settle]);
  return (
    <TextInput
      ref={field}
      aria-label="Search these collections"
      placeholder="Prefix, sample, comment"
      leftSection={<IconSearch size={14} stroke={1.8} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') field.current?.blur();
      }}
      size="xs"
      className={classes.text}
    />
  );
}
