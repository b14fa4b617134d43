import { useQuery } from '@tanstack/react-query';
import { API } from '@/api/client';
import type { Run } from '@/api/types';
import { Section } from '@/shared/opened/Opened';
import { SummedFile } from '../files/SummedFile';
import { runFilesQuery, runFileSummaryQuery } from '../queries';

/** The files of a run, the most important ones first. */
export function RunFiles({ run: { autoProcProgramId, state } }: { run: Run }) {
  const { data } = useQuery(runFilesQuery(autoProcProgramId));
  if (!data || data.length === 0) return null;
  return (
    <Section title="Files">
      <ul>
        {data.map(({ autoProcProgramAttachmentId, fileName, fileType, content, url }) => {
          const name = fileName ?? `file ${autoProcProgramAttachmentId}`;
          return (
            <li key={autoProcProgramAttachmentId} data-testid="run-file">
              <SummedFile
                id={`processing-${autoProcProgramAttachmentId}`}
                name={name}
                kind={fileType}
                href={`${API}${url}`}
                running={state === 'running'}
                content={content}
                summary={runFileSummaryQuery(autoProcProgramAttachmentId)}
              />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
