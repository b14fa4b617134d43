import { ActionIcon, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import { useMemo, useState, type RefObject } from 'react';
import { count } from '@/shared/format/numbers';
import { found, MOST } from './find';
import { bringIntoView, useMarks } from './marks';
import classes from './Reader.module.css';

interface Props {
  name: string;
  text: string;
  /** The element whose only text it is. */
  box: RefObject<HTMLElement | null>;
}

/** Finds words in a text: how often they are there, and one after the other. */
export function FindField({ name, text, box }: Props) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const places = useMemo(() => found(text, words), [text, words]);
  const here = useMemo(() => places.slice(at, at + 1), [places, at]);
  useMarks(box, 'read-found', text, places);
  useMarks(box, 'read-here', text, here);
  const many = places.length === MOST ? `${count(MOST)} or more` : count(places.length);
  return (
    <div className={classes.find} role="search" aria-label={`Find in ${name}`}>
      <TextInput
        size="xs"
        className={classes.words}
        placeholder="Find"
        aria-label={`Find in ${name}`}
        leftSection={<IconSearch size={14} stroke={1.8} aria-hidden="true" />}
        value={words}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          setWords(typed);
          go(found(text, typed), 0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
        }}
      />
      <span className={classes.count} role="status">
        {words !== '' && (places.length === 0 ? 'not found' : `${count(at + 1)} of ${many}`)}
      </span>
      {words !== '' && (
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            title="Previous (Shift Enter)"
            aria-label="Previous place"
            disabled={places.length === 0}
            onClick={() => step(-1)}
          >
            <IconChevronUp size={16} stroke={1.7} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            title="Next (Enter)"
            aria-label="Next place"
            disabled={places.length === 0}
            onClick={() => step(1)}
          >
            <IconChevronDown size={16} stroke={1.7} />
          </ActionIcon>
        </>
      )}
    </div>
  );

  function step(by: number) {
    if (places.length > 0) go(places, (at + by + places.length) % places.length);
  }

  function go(to: typeof places, index: number) {
    setAt(index);
    const place = to[index];
    if (place && box.current) bringIntoView(box.current, place);
  }
}
