import { ActionIcon } from '@mantine/core';
import { IconDownload, IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { FileLink } from '../FileLink';
import classes from './Opened.module.css';

interface Props {
  name: string;
  kind: string | null;
  href: string;
  /** The service sends it to be read in the browser. */
  readable?: boolean;
  /** Before the buttons. */
  children?: ReactNode;
}

/** A file to download, to read, and to have a link to. */
export function FileRow({ name, kind, href, readable = false, children }: Props) {
  return (
    <div className={classes.file}>
      <a href={href} download={name}>
        <IconDownload size={15} stroke={1.7} aria-hidden="true" />
        {name}
      </a>
      <small>{kind}</small>
      {children}
      {readable && (
        <ActionIcon
          component="a"
          variant="subtle"
          color="gray"
          href={`${href}?inline=true`}
          target="_blank"
          rel="noreferrer"
          title={`Read ${name}`}
          aria-label={`Read ${name} in a new tab`}
        >
          <IconExternalLink size={16} stroke={1.7} />
        </ActionIcon>
      )}
      <FileLink path={href} name={name} />
    </div>
  );
}
