import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { API } from '@/api/client';
import type { RunFile } from '@/api/types';
import { FileRow } from '@/shared/opened/FileRow';
import type { SummaryQuery } from '../queries';
import { FileSummaryView } from './FileSummaryView';

interface Props {
  name: string;
  kind: string | null;
  /** Below the base of the API. */
  url: string;
  content: RunFile['content'];
  /** The service sends it to be read in the browser. */
  readable: boolean;
  summary: SummaryQuery;
}

/** A file of a program; models and reflections say what is in them. */
export function SummedFile({ name, kind, url, content, readable, summary }: Props) {
  const [open, setOpen] = useState(false);
  const Chevron = open ? IconChevronUp : IconChevronDown;
  return (
    <>
      <FileRow name={name} kind={kind} href={`${API}${url}`} readable={readable}>
        {(content === 'model' || content === 'reflections') && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-expanded={open}
            title={`What is in ${name}`}
            aria-label={`What is in ${name}`}
            onClick={() => setOpen(!open)}
          >
            <Chevron size={16} stroke={1.7} />
          </ActionIcon>
        )}
      </FileRow>
      {open && <FileSummaryView query={summary} />}
    </>
  );
}
