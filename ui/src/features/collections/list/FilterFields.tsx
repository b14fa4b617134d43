import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { SearchField } from '@/shared/SearchField';
import { placeOf } from '../place';
import type { FilterProps } from './FilterProps';
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
      <SearchField
        label="Search these collections"
        placeholder="Prefix, sample, comment"
        value={search.search}
        onChange={(text) => onChange({ ...search, search: text })}
        size="xs"
        className={classes.text}
      />
    </div>
  );
}
