import { Combobox, Kbd, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import { usePageHasSearch, useSearchField } from '@/shared/keys/searchFocus';
import { useKeys } from '@/shared/keys/useKeys';
import type { Found, FoundGroup } from './found';
import classes from './GlobalSearch.module.css';
import { useFound } from './useFound';

/** Shown of each group until all of it is asked for. */
const FEW = 5;
/** Marks the line of a group that shows the rest of it. */
const ALL_OF = 'all-of-';

/** Finds proposals, sessions, samples, proteins and beamlines from any page. Enter opens the first, or the chosen one. */
export function GlobalSearch() {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 200);
  const { groups, loading } = useFound(wanted);
  const [unfolded, setUnfolded] = useState<string | null>(null);
  /** Enter was pressed before anything was found: the first is opened as soon as it is there. */
  const entered = useRef(false);
  const field = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const navigate = useNavigate();
  useSearchField(field, 'header');
  const pageHasSearch = usePageHasSearch();
  useKeys({ 'Mod+k': () => field.current?.focus() });

  const all = groups.flatMap((group) => group.found);
  const settled = wanted.length >= 2 && !loading && wanted === text.trim();
  const first = all[0];
  const onSettled = useEffectEvent(() => {
    if (first && entered.current) void go(first);
    else if (first) combobox.selectFirstOption();
    entered.current = false;
  });
  useEffect(() => {
    if (settled) onSettled();
  }, [settled, wanted, first?.id]);

  async function go(found: Found) {
    change('');
    combobox.closeDropdown();
    field.current?.blur();
    await navigate(found.link);
  }
  function change(next: string) {
    setText(next);
    setUnfolded(null);
    entered.current = false;
    // What was found for less must not be opened by Enter.
    combobox.resetSelectedOption();
  }
  function submit(id: string) {
    const group = groups.find(({ name }) => id === `${ALL_OF}${name}`);
    if (!group) {
      const chosen = all.find((found) => found.id === id);
      if (chosen) void go(chosen);
      return;
    }
    setUnfolded(group.name);
    // Where the line was is the first of the others then.
    const place = placeOfRest(groups, group);
    requestAnimationFrame(() => combobox.selectOption(place));
  }
  function onKey(event: KeyboardEvent) {
    if (event.key === 'Enter' && !settled && text.trim().length >= 2) entered.current = true;
    if (event.key !== 'Escape') return;
    change('');
    field.current?.blur();
  }
  return (
    <Combobox
      store={combobox}
      width={440}
      classNames={{ dropdown: classes.dropdown }}
      position="bottom-end"
      shadow="md"
      onOptionSubmit={submit}
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
            change(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={onKey}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={wanted.length < 2}>
        <Combobox.Options className={classes.options}>
          {groups.map((group) => (
            <Combobox.Group key={group.name} label={group.name}>
              {shownOf(group, unfolded).map((found) => (
                <Combobox.Option key={found.id} value={found.id} className={classes.option}>
                  <strong>{found.title}</strong>
                  <span>{found.detail}</span>
                </Combobox.Option>
              ))}
              <Rest group={group} unfolded={unfolded === group.name} />
            </Combobox.Group>
          ))}
          {all.length === 0 && !loading && <Combobox.Empty>Nothing found for “{wanted}”</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** What there is besides the few that are shown. */
function Rest({ group: { name, found, whole }, unfolded }: { group: FoundGroup; unfolded: boolean }) {
  if (unfolded) return !whole && <p className={classes.rest}>There are more: another letter finds fewer.</p>;
  if (found.length <= FEW) return null;
  return (
    <Combobox.Option value={`${ALL_OF}${name}`} className={classes.all}>
      {whole ? 'All' : 'The first'} {found.length} {name.toLowerCase()} …
    </Combobox.Option>
  );
}

function shownOf({ name, found }: FoundGroup, unfolded: string | null): Found[] {
  return name === unfolded ? found : found.slice(0, FEW);
}

/** The place of the line that unfolds a group, among everything that can be chosen; only that group is unfolded then. */
function placeOfRest(groups: FoundGroup[], of: FoundGroup): number {
  const before = groups.slice(0, groups.indexOf(of));
  return before.reduce((sum, { found }) => sum + Math.min(found.length, FEW + 1), FEW);
}
