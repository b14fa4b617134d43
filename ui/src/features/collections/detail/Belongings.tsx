import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { leaveCollection } from '@/app/search';
import { pictures } from '@/api/pictures';
import type { CollectionDetail } from '@/api/types';
import { clockSeconds } from '@/shared/format/times';
import { FileRow } from '@/shared/opened/FileRow';
import { StateMark } from '@/shared/states/StateMark';
import { attachmentsQuery, groupQuery } from '../queries';
import { keyNumbers } from '../keyNumbers';
import classes from './Belongings.module.css';

/** Whether there is anything to show beside the data. */
export function hasBelongings({ _metadata: { siblings, attachments } }: CollectionDetail): boolean {
  return siblings.length > 1 || attachments > 0;
}

/** What belongs to a collection: the other members of its group, and the files attached to it. */
export function Belongings({ collection }: { collection: CollectionDetail }) {
  return (
    <>
      {collection._metadata.siblings.length > 1 && <Group collection={collection} />}
      {collection._metadata.attachments > 0 && <Attachments dataCollectionId={collection.dataCollectionId} />}
    </>
  );
}

function Group({ collection }: { collection: CollectionDetail }) {
  const { data } = useQuery(groupQuery(collection.dataCollectionGroupId));
  return (
    <section className={classes.section}>
      <h2>The group · {collection._metadata.siblings.length} collections</h2>
      <ul>
        {data?.map(({ Item: member, startTime }) => (
          <li key={member.dataCollectionId}>
            <Link
              to="."
              params={(was) => ({ ...was, dataCollectionId: member.dataCollectionId })}
              search={leaveCollection}
              aria-current={member.dataCollectionId === collection.dataCollectionId ? 'true' : undefined}
              className={classes.member}
            >
              <StateMark state={member._metadata.state} />
              <span>{startTime ? clockSeconds(startTime) : `#${member.dataCollectionNumber}`}</span>
              <span>{keyNumbers(member)[0]?.value}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Attachments({ dataCollectionId }: { dataCollectionId: number }) {
  const { data } = useQuery(attachmentsQuery(dataCollectionId));
  return (
    <section className={classes.section}>
      <h2>Files of the collection</h2>
      <ul>
        {data?.results.map((file) => (
          <li key={file.dataCollectionFileAttachmentId}>
            <FileRow
              name={file.fileName}
              kind={file.fileType}
              href={pictures.attachment(file.dataCollectionFileAttachmentId)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
