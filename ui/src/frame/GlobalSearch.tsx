import { Combobox, Kbd, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { usePageHasSearch, useSearchField } from '@/shared/keys/searchFocus';
import { useKeys } from '@/shared/keys/useKeys';
import classes from './GlobalSearch.module.css';
import { useFound, type Found } from './useFound';
import { useNavigate } from '@tanstack/react-router';

/** Finds proposals, sessions, samples and proteins from any page. */
export function GlobalSearch() {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 200);
  const { groups, loading } = useFound(wanted);
  const field = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const navigate = useNavigate();
  useSearchField(field, 'header');
  const pageHasSearch = usePageHasSearch();
  useKeys({ 'Mod+k': () => field.current?.focus() });

  async function go(found: Found) {
    setText('');
    combobox.closeDropdown();
    field.current?.blur();
    await navigate(found.link);
  }
  const all = groups.flatMap((group) => group.found);
  return (
    <Combobox
      store={combobox}
      width={440}
      classNames={{ dropdown: classes.dropdown }}
      position="bottom-end"
      shadow="md"
      onOptionSubmit={(id) => {
        const chosen = all.find((found) => found.id === id);
        if (chosen) void go(chosen);
      }}
    >
      <Combobox.Target>
        <TextInput
          ref={field}
          rightSectionPointerEvents="none"
          className={classes.field}
          aria-label="Search proposals, sessions, samples"
          placeholder="Search proposals, sessions, samples"
          leftSection={<IconSearch size={16} stroke={1.7} />}
          rightSection={
            loading ? (
              <Loader size={14} />
            ) : (
              text === '' && <Kbd className={classes.key}>{pageHasSearch ? 'Ctrl K' : '/'}</Kbd>
            )
          }
          rightSectionWidth="auto"

          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            setText('');
            field.current?.blur();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={wanted.length < 2}>
        <Combobox.Options className={classes.options}>
          {groups.map((group) => (
            <Combobox.Group key={group.name} label={group.name}>
              {group.found.map((found) => (
                <Combobox.Option key={found.id} value={found.id} className={classes.option}>
                  <strong>{found.title}</strong>
                  <span>{found.detail}</span>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {all.length === 0 && !loading && <Combobox.Empty>Nothing found for “{wanted}”</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
