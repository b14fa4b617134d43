import { ActionIcon } from '@mantine/core';
import { IconArrowBarToDown, IconArrowBarToUp, IconTextWrap } from '@tabler/icons-react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { FindField } from './FindField';
import { remarks } from './find';
import { useMarks } from './marks';
import classes from './Reader.module.css';

interface Props {
  name: string;
  text: string;
  /** It is shown from its end. */
  fromEnd: boolean;
  /** It grows: who is at its end stays there, and elsewhere nothing moves. */
  running: boolean;
}

/** Lines longer than this are wrapped until somebody says otherwise: nobody scrolls so far [letters]. */
const LONG = 2000;

/** A text in a box that scrolls: to be read, found in, and marked where something went wrong. */
export function TextView({ name, text, fromEnd, running }: Props) {
  const box = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(fromEnd);
  const [wrapped, setWrapped] = useState(() => text.split('\n', 5000).some((line) => line.length > LONG));
  const { errors, warnings } = useMemo(() => remarks(text), [text]);
  useMarks(box, 'read-error', text, errors);
  useMarks(box, 'read-warning', text, warnings);
  useLayoutEffect(() => {
    if (!box.current) return;
    if (isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
    isAtEnd.current = endsAt(box.current); // also where all of it is seen
  }, [text]);
  return (
    <>
      <div className={classes.tools}>
        <FindField name={name} text={text} box={box} />
        <div className={classes.moves}>
          <ActionIcon
            variant={wrapped ? 'light' : 'subtle'}
            color={wrapped ? undefined : 'gray'}
            aria-pressed={wrapped}
            title="Wrap long lines"
            aria-label="Wrap long lines"
            onClick={() => setWrapped(!wrapped)}
          >
            <IconTextWrap size={16} stroke={1.7} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" title="To the beginning" aria-label="To the beginning" onClick={up}>
            <IconArrowBarToUp size={16} stroke={1.7} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" title="To the end" aria-label="To the end" onClick={down}>
            <IconArrowBarToDown size={16} stroke={1.7} />
          </ActionIcon>
        </div>
        {running && <span className={classes.grows}>Still written: read again every 5 s</span>}
      </div>
      <pre
        ref={box}
        className={classes.text}
        data-wrapped={wrapped}
        data-own-keys
        tabIndex={0}
        role="region"
        aria-label={name}
        data-testid="read-text"
        onScroll={({ currentTarget }) => {
          isAtEnd.current = endsAt(currentTarget);
        }}
      >
        {text}
      </pre>
    </>
  );

  function up() {
    box.current?.scrollTo({ top: 0, left: 0 });
  }
  function down() {
    box.current?.scrollTo({ top: box.current.scrollHeight, left: 0 });
  }
}

/** Whether the end of what scrolls is seen. */
function endsAt({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean {
  return scrollTop + clientHeight > scrollHeight - 4;
}
