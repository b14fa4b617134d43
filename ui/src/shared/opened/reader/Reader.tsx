import { Skeleton } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Message } from '@/shared/states/Message';
import { FileError } from './FileError';
import type { Kind } from './kinds';
import { lengthQuery } from './query';
import classes from './Reader.module.css';
import { TextReader } from './TextReader';

interface Props {
  name: string;
  kind: Kind;
  /** Where the service sends it to be read in a browser. */
  address: string;
  /** What writes it still runs. */
  running?: boolean;
}

/** A file that a program wrote, read within the page. */
export function Reader({ name, kind, address, running = false }: Props) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    section.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section ref={section} className={classes.reader} data-reading={kind} data-testid="reader">
      {kind === 'text' ? (
        <TextReader name={name} address={address} running={running} />
      ) : (
        <Drawn name={name} kind={kind} address={address} />
      )}
      <a className={classes.alone} href={address} target="_blank" rel="noreferrer">
        <IconExternalLink size={14} stroke={1.7} aria-hidden="true" />
        Open in a new tab
      </a>
    </section>
  );
}

/** What the browser draws: it cannot tell why it does not, so whether the file can be had is asked before. */
function Drawn({ name, kind, address }: Omit<Props, 'running'>) {
  const { data: length, error, refetch } = useQuery(lengthQuery(address));
  const [broken, setBroken] = useState(false);
  if (error && length === undefined) return <FileError error={error} onRetry={() => void refetch()} />;
  if (length === undefined) return <Skeleton className={classes.box} radius="sm" />;
  if (length === 0) return <Message title="The file is empty" compact />;
  if (broken) return <Message title="This is no picture that a browser can draw" compact />;
  if (kind === 'picture') {
    return <img className={classes.picture} src={address} alt={name} onError={() => setBroken(true)} />;
  }
  // Of no origin and without scripts, here as by its own headers; where its links lead learns nothing of this page.
  return (
    <iframe
      className={classes.report}
      src={address}
      title={name}
      sandbox="allow-popups"
      referrerPolicy="no-referrer"
      data-testid="read-report"
    />
  );
}
