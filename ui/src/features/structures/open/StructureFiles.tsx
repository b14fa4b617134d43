import type { StructureDetail } from '@/api/types';
import { Section } from '@/shared/opened/Opened';
import { SummedFile } from '../../results/files/SummedFile';
import { summaryQuery } from '../queries';

/** The files of a structure. */
export function StructureFiles({ structure: { structureId, files } }: { structure: StructureDetail }) {
  if (files.length === 0) return null;
  return (
    <Section title="Files">
      <ul>
        {files.map(({ file, fileName, fileType, content, url }) => (
          <li key={file} data-testid="structure-file">
            <SummedFile
              name={fileName}
              kind={content === 'other' ? fileType : content}
              url={url}
              content={content}
              readable={content === 'log' || content === 'picture'}
              summary={summaryQuery(structureId, file)}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
