import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { StructureDetail, StructureFile } from '@/api/types';
import { FileRow } from '@/shared/opened/FileRow';
import { Section } from '@/shared/opened/Opened';
import { FileSummaryView } from './FileSummaryView';

/** The files of a structure; models and reflections say what is in them. */
export function StructureFiles({ structure: { structureId, files } }: { structure: StructureDetail }) {
  if (files.length === 0) return null;
  return (
    <Section title="Files">
      <ul>
        {files.map((file) => (
          <File key={file.file} structureId={structureId} file={file} />
        ))}
      </ul>
    </Section>
  );
}

function File({ structureId, file }: { structureId: string; file: StructureFile }) {
  const [open, setOpen] = useState(false);
  const { fileName: name, fileType, content, url } = file;
  const Chevron = open ? IconChevronUp : IconChevronDown;
  return (
    <li data-testid="structure-file">
      <FileRow
        name={name}
        kind={content === 'other' ? fileType : content}
        url={url}
        readable={content === 'log' || content === 'picture'}
      >
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
      {open && <FileSummaryView structureId={structureId} file={file.file} />}
    </li>
  );
}
