import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { bytes } from '@/shared/format/numbers';
import { Message } from '@/shared/states/Message';
import { FileError } from './FileError';
import type { End, Piece } from './piece';
import { pieceQuery } from './query';
import classes from './Reader.module.css';
import { TextView } from './TextView';

interface Props {
  name: string;
  address: string;
  /** What writes it still runs. */
  running: boolean;
}

/** A log or another text. Of a long one the end, where errors stand, or its beginning. */
export function TextReader({ name, address, running }: Props) {
  const [end, setEnd] = useState<End>('end');
  const { data, error, refetch } = useQuery(pieceQuery(address, end, running));
  if (error && !data) return <FileError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className={classes.box} radius="sm" />;
  if (data.size === 0) {
    return (
      <Message title="The file is empty" compact>
        {running && 'What the program writes appears here.'}
      </Message>
    );
  }
  return (
    <>
      {(data.from > 0 || data.to < data.size) && <Part piece={data} onOther={setEnd} />}
      <TextView
        // Another end of the file is another text; more of the same is not.
        key={data.from > 0 ? 'end' : 'beginning'}
        name={name}
        text={data.text}
        fromEnd={data.from > 0}
        running={running}
      />
    </>
  );
}

function Part({ piece: { from, to, size }, onOther }: { piece: Piece; onOther: (end: End) => void }) {
  const [words, other]: [string, End] = from > 0 ? ['last', 'beginning'] : ['first', 'end'];
  return (
    <p className={classes.part}>
      The {words} {bytes(to - from)} of {bytes(size)}.
      <Button variant="subtle" size="compact-xs" onClick={() => onOther(other)}>
        Show the {other}
      </Button>
    </p>
  );
}
