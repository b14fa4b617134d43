import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { FileLink } from '../FileLink';
import classes from './Opened.module.css';
import { kindOf } from './reader/kinds';
import { Reader } from './reader/Reader';
import { useOpenFile } from './reader/useOpenFile';

interface Props {
  /** What the address calls it while it is read. */
  id: string;
  name: string;
  kind: string | null;
  href: string;
  /** What writes it still runs. */
  running?: boolean;
  /** Before the buttons. */
  children?: ReactNode;
}

/** A file to download, to have a link to, and, where a browser can show it, to read beneath its line. */
export function FileRow({ id, name, kind, href, running, children }: Props) {
  const [openId, toggle] = useOpenFile();
  const readAs = kindOf(name);
  const open = openId === id;
  return (
    <>
      <div className={classes.file}>
        <a href={href} download={name}>
          <IconDownload size={15} stroke={1.7} aria-hidden="true" />
          {name}
        </a>
        <small>{kind}</small>
        {children}
        {readAs && <Unfold label={`Read ${name}`} open={open} onToggle={() => toggle(id)} />}
        <FileLink path={href} name={name} />
      </div>
      {readAs && open && <Reader name={name} kind={readAs} address={`${href}?inline=true`} running={running} />}
    </>
  );
}

/** Shows and hides what is in a file, beneath its line. */
export function Unfold({ label, open, onToggle }: { label: string; open: boolean; onToggle: () => void }) {
  const Chevron = open ? IconChevronUp : IconChevronDown;
  return (
    <ActionIcon variant="subtle" color="gray" aria-expanded={open} title={label} aria-label={label} onClick={onToggle}>
      <Chevron size={16} stroke={1.7} />
    </ActionIcon>
  );
}
