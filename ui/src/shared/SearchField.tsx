import { Kbd, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useSearchField } from './keys/searchFocus';
import classes from './SearchField.module.css';

interface Props {
  label: string;
  placeholder: string;
  /** What is searched for now, as the address says. */
  value: string | undefined;
  onChange: (text: string | undefined) => void;
  size?: 'xs' | 'sm';
  className?: string;
}

/** Time without a key after which what was typed is searched for [ms]. */
const PAUSE = 250;

/** The search field of a page, which `/` reaches: searches when the typing pauses, and follows the address. */
export function SearchField({ label, placeholder, value = '', onChange, size = 'sm', className }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useSearchField(field);
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  const [known, setKnown] = useState(value);
  // The address may change by itself: a filter taken off, the back button. What was typed meanwhile stays.
  if (known !== value) {
    setKnown(value);
    if (value !== sent) setText(value);
  }
  const settle = useDebouncedCallback((typed: string) => {
    setSent(typed);
    onChange(typed || undefined);
  }, PAUSE);
  useEffect(() => settle.cancel, [settle]);
  return (
    <TextInput
      ref={field}
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={size === 'xs' ? 14 : 15} stroke={1.8} aria-hidden="true" />}
      rightSection={text === '' && <Kbd className={classes.key}>/</Kbd>}
      rightSectionPointerEvents="none"
      rightSectionWidth="auto"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') field.current?.blur();
      }}
      size={size}
      className={className}
    />
  );
}
