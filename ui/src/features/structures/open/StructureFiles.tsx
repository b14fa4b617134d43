import { API } from '@/api/client';
import type { StructureDetail } from '@/api/types';
import { Section } from '@/shared/opened/Opened';
import { SummedFile } from '../../results/files/SummedFile';
import { summaryQuery } from '../queries';

/** The files of a structure. */
export function StructureFiles({ structure: { structureId, state, files } }: { structure: StructureDetail }) {
  if (files.length === 0) return null;
  return (
    <Section title="Files">
      <ul>
        {files.map(({ file, fileName, fileType, content, url }) => (
          <li key={file} data-testid="structure-file">
            <SummedFile
              id={`structure-${file}`}
              name={fileName}
              kind={content === 'other' ? fileType : content}
              href={`${API}${url}`}
              running={state === 'running'}
              content={content}
              summary={summaryQuery(structureId, file)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
