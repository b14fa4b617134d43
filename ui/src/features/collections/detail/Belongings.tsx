import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { leaveCollection } from '@/app/search';
import { pictures } from '@/api/pictures';
import type { CollectionDetail, CollectionEvent } from '@/api/types';
import { useGroupNames } from '@/features/results/useApart';
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
      {collection._metadata.attachments > 0 && <Attachments collection={collection} />}
    </>
  );
}

/** The collections of the group in the order in which one walks through them, each with what tells it from the others. */
function Group({ collection }: { collection: CollectionDetail }) {
  const { dataCollectionGroupId, _metadata } = collection;
  const { data } = useQuery(groupQuery(dataCollectionGroupId));
  const names = useGroupNames([dataCollectionGroupId]);
  const place = ({ Item }: CollectionEvent) => _metadata.siblings.indexOf(Item.dataCollectionId);
  return (
    <section className={classes.section}>
      <h2>The group · {_metadata.siblings.length} collections</h2>
      <ul>
        {data
          ?.toSorted((a, b) => place(a) - place(b))
          .map(({ Item: member, startTime }) => (
            <li key={member.dataCollectionId}>
              <Link
                to="."
                params={(was) => ({ ...was, dataCollectionId: member.dataCollectionId })}
                search={leaveCollection}
                aria-current={member.dataCollectionId === collection.dataCollectionId ? 'true' : undefined}
                className={classes.member}
              >
                <StateMark state={member._metadata.state} />
                <span>{startTime ? clockSeconds(startTime) : '–'}</span>
                <b>{names.get(member.dataCollectionId)}</b>
                <span>{keyNumbers(member)[0]?.value}</span>
              </Link>
            </li>
          ))}
      </ul>
    </section>
  );
}

function Attachments({ collection: { dataCollectionId, _metadata } }: { collection: CollectionDetail }) {
  const { data } = useQuery(attachmentsQuery(dataCollectionId));
  return (
    <section className={classes.section}>
      <h2>Files of the collection</h2>
      <ul>
        {data?.results.map((file) => (
          <li key={file.dataCollectionFileAttachmentId}>
            <FileRow
              id={`collection-${file.dataCollectionFileAttachmentId}`}
              name={file.fileName}
              kind={file.fileType}
              href={pictures.attachment(file.dataCollectionFileAttachmentId)}
              running={_metadata.state === 'running'}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
