import { IconX } from '@tabler/icons-react';
import type { FilterProps } from './FilterProps';
import classes from './EventFilterBar.module.css';
import { STATUSES } from './statuses';

/** What is filtered besides the kind, in words; each comes off with a click, also when the fields are out of sight. */
export function ChosenFilters({ search, samples, onChange }: FilterProps) {
  const chosen: { key: 'status' | 'sample' | 'search'; words: string }[] = [];
  const status = STATUSES.find(({ value }) => value === search.status);
  if (status) chosen.push({ key: 'status', words: status.label });
  if (search.sample !== undefined)
    chosen.push({ key: 'sample', words: samples.get(search.sample)?.name ?? `Sample ${search.sample}` });
  if (search.search !== undefined) chosen.push({ key: 'search', words: `“${search.search}”` });
  return chosen.map(({ key, words }) => (
    <button
      key={key}
      type="button"
      className={classes.chosen}
      onClick={() => onChange({ ...search, [key]: undefined })}
      aria-label={`Remove the filter ${words}`}
    >
      {words}
      <IconX size={13} aria-hidden="true" />
    </button>
  ));
}
