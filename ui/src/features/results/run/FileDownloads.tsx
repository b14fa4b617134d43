import { Loader } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { API } from '@/api/client';
import { runFilesQuery } from '../queries';
import classes from './FileDownloads.module.css';

/** The files of a run as choices of a menu; they are asked for when it opens. */
export function FileDownloads({ autoProcProgramId }: { autoProcProgramId: number }) {
  const { data, isError } = useQuery(runFilesQuery(autoProcProgramId));
  if (isError) return <p className={classes.note}>The files could not be listed.</p>;
  if (!data) return <Loader size="xs" m="xs" />;
  if (data.length === 0) return <p className={classes.note}>This run left no files.</p>;
  return data.map(({ autoProcProgramAttachmentId, fileName, fileType, url }) => (
    <a key={autoProcProgramAttachmentId} href={`${API}${url}`} download={fileName ?? true} className={classes.file}>
      <IconDownload size={16} stroke={1.7} aria-hidden="true" />
      {fileName}
      <small>{fileType}</small>
    </a>
  ));
}
