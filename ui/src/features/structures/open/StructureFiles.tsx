import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconDownload, IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { API } from '@/api/client';
import type { StructureDetail, StructureFile } from '@/api/types';
import { FileLink } from '@/shared/FileLink';
import { FileSummaryView } from './FileSummaryView';
import classes from './StructureView.module.css';

/** The files of a structure; models and reflections say what is in them. */
export function StructureFiles({ structure: { structureId, files } }: { structure: StructureDetail }) {
  if (files.length === 0) return null;
  return (
    <div className={classes.section}>
      <h4>Files</h4>
      <ul>
        {files.map((file) => (
          <File key={file.file} structureId={structureId} file={file} />
        ))}
      </ul>
    </div>
  );
}

function File({ structureId, file }: { structureId: string; file: StructureFile }) {
  const [open, setOpen] = useState(false);
  const { fileName: name, fileType, content, url } = file;
  const Chevron = open ? IconChevronUp : IconChevronDown;
  return (
    <li data-testid="structure-file">
      <div className={classes.file}>
        <a href={`${API}${url}`} download={name}>
          <IconDownload size={15} stroke={1.7} aria-hidden="true" />
          {name}
        </a>
        <small>{content === 'other' ? fileType : content}</small>
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
        {(content === 'log' || content === 'picture') && (
          <ActionIcon
            component="a"
            variant="subtle"
            color="gray"
            href={`${API}${url}?inline=true`}
            target="_blank"
            rel="noreferrer"
            title={`Read ${name}`}
            aria-label={`Read ${name} in a new tab`}
          >
            <IconExternalLink size={16} stroke={1.7} />
          </ActionIcon>
        )}
        <FileLink path={`${API}${url}`} name={name} />
      </div>
      {open && <FileSummaryView structureId={structureId} file={file.file} />}
    </li>
  );
}
