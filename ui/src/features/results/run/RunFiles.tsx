import { ActionIcon } from '@mantine/core';
import { IconDownload, IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { API } from '@/api/client';
import { FileLink } from '@/shared/FileLink';
import { runFilesQuery } from '../queries';
import classes from './RunView.module.css';

/** What the service sends to be read: texts, reports, pictures. */
const READABLE = /\.(html?|log|txt|lp|out|csv|table1|stats|json|xml|png|jpe?g|gif)$/i;

/** The files of a run, the most important ones first. */
export function RunFiles({ autoProcProgramId }: { autoProcProgramId: number }) {
  const { data } = useQuery(runFilesQuery(autoProcProgramId));
  if (!data || data.length === 0) return null;
  return (
    <div className={classes.section}>
      <h4>Files</h4>
      <ul>
        {data.map(({ autoProcProgramAttachmentId, fileName, fileType, url }) => {
          const name = fileName ?? `file ${autoProcProgramAttachmentId}`;
          return (
            <li key={autoProcProgramAttachmentId} className={classes.file} data-testid="run-file">
              <a href={`${API}${url}`} download={name}>
                <IconDownload size={15} stroke={1.7} aria-hidden="true" />
                {name}
              </a>
              <small>{fileType}</small>
              {READABLE.test(name) && (
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
            </li>
          );
        })}
      </ul>
    </div>
  );
}
