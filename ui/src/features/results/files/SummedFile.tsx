import { useState, type ComponentProps } from 'react';
import type { RunFile } from '@/api/types';
import { FileRow, Unfold } from '@/shared/opened/FileRow';
import type { SummaryQuery } from '../queries';
import { FileSummaryView } from './FileSummaryView';

interface Props extends Omit<ComponentProps<typeof FileRow>, 'children'> {
  content: RunFile['content'];
  summary: SummaryQuery;
}

/** A file of a program; models and reflections say what is in them. */
export function SummedFile({ content, summary, ...file }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <FileRow {...file}>
        {(content === 'model' || content === 'reflections') && (
          <Unfold label={`What is in ${file.name}`} open={open} onToggle={() => setOpen(!open)} />
        )}
      </FileRow>
      {open && <FileSummaryView query={summary} />}
    </>
  );
}
