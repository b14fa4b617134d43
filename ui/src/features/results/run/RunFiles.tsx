import { useQuery } from '@tanstack/react-query';
import { Section } from '@/shared/opened/Opened';
import { SummedFile } from '../files/SummedFile';
import { runFilesQuery, runFileSummaryQuery } from '../queries';

/** What the service sends to be read: texts, reports, pictures. */
const READABLE = /\.(html?|log|txt|lp|out|csv|table1|stats|json|xml|png|jpe?g|gif)$/i;

/** The files of a run, the most important ones first. */
export function RunFiles({ autoProcProgramId }: { autoProcProgramId: number }) {
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
                name={name}
                kind={fileType}
                url={url}
                content={content}
                readable={READABLE.test(name)}
                summary={runFileSummaryQuery(autoProcProgramAttachmentId)}
              />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
