import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonWhole } from '@/api/types';
import { nameOf } from '@/shared/format/names';
import { somePeopleQuery } from './queries';

interface Props {
  label: string;
  /** People who need not be offered. */
  without: ReadonlySet<number>;
  onPick: (person: PersonWhole) => void;
  disabled?: boolean;
}

/** Finds one of everybody the facility knows, by the begin of name or log-in. */
export function PersonPicker({ label, without, onPick, disabled }: Props) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text.trim(), 200);
  const { data, isFetching } = useQuery({ ...somePeopleQuery(settled), enabled: settled !== '' });
  const found = settled === '' ? [] : (data?.results ?? []).filter(({ personId }) => !without.has(personId));
  return (
    <Select
      aria-label={label}
      placeholder={`${label}: name or log-in`}
      leftSection={<IconUserPlus size={16} stroke={1.8} aria-hidden="true" />}
      data={found.map((person) => ({ value: String(person.personId), label: described(person) }))}
      value={null}
      searchable
      searchValue={text}
      onSearchChange={setText}
      // The service has found them already.
      filter={({ options }) => options}
      nothingFoundMessage={
        settled === '' ? 'Type the begin of a name or log-in' : isFetching ? 'Looking…' : 'Nobody else is called so'
      }
      onChange={(value) => {
        const person = found.find(({ personId }) => String(personId) === value);
        if (person) onPick(person);
        setText('');
      }}
      disabled={disabled}
    />
  );
}

function described(person: PersonWhole): string {
  return [nameOf(person), person.login, person.Laboratory?.name].filter(Boolean).join(' · ');
}
