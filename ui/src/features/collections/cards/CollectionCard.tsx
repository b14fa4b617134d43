import { UnstyledButton } from '@mantine/core';
import { leaveCollection } from '@/app/search';
import { IconChevronDown, IconChevronUp, IconPaperclip } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CollectionEvent } from '@/api/types';
import { pictures } from '@/api/pictures';
import { ResultLine } from '@/features/results/ResultLine';
import { ScreeningLine } from '@/features/strategy/ScreeningLine';
import { kindOfEvent } from '@/shared/format/kinds';
import { StructureLine } from '@/features/structures/StructureLine';
import { Picture } from '@/shared/states/Picture';
import { FavouriteButton } from '../favourite/FavouriteButton';
import { useFavourite } from '../favourite/useFavourite';
import { useLargestView } from '../grid/largest';
import { keyNumbers } from '../keyNumbers';
import { Card } from './Card';
import { CardData } from './CardData';
import { CentringLine } from './CentringLine';
import classes from './CollectionCard.module.css';
import type { CardProps } from './CardProps';
import { GroupMembers } from './GroupMembers';

/** One collection, or the newest of a group of them, in one glance; of the views of a crystal the largest. */
export function CollectionCard({ event, sample, runs, openId, fresh }: CardProps<CollectionEvent>) {
  const [expanded, setExpanded] = useState(false);
  const { Item: newest } = event;
  // The views that it draws are asked for below, once it has stood a while.
  const collection = useLargestView(event, false);
  const id = collection.dataCollectionId;
  const kind = kindOfEvent(event);
  const favourite = useFavourite(collection);
  const comments = collection.comments ?? newest.comments;
  const hasGrid = collection.GridInfo.length > 0;
  return (
    <Card
      event={event}
      sample={sample}
      state={newest._metadata.state}
      open={openId !== undefined}
      fresh={fresh}
      testId="collection-card"
      collectionId={newest.dataCollectionId}
      title={
        <Link
          to="/sessions/$sessionId/collections/$dataCollectionId"
          params={{ sessionId: event.sessionId, dataCollectionId: id }}
          search={leaveCollection}
          tabIndex={-1}
        >
          {event.blSample ?? collection.imagePrefix ?? `Collection ${id}`}
        </Link>
      }
      aside={
        <>
          <FavouriteButton favourite={favourite} />
          {event.attachments > 0 && (
            <span className={classes.attachments} title={`${event.attachments} files attached`}>
              <IconPaperclip size={14} stroke={1.7} aria-hidden="true" />
              {event.attachments}
            </span>
          )}
          {event.count > 1 && (
            <GroupButton count={event.count} expanded={expanded} onClick={() => setExpanded(!expanded)} />
          )}
        </>
      }
    >
      <div className={classes.body} data-grid={hasGrid}>
        {!hasGrid && (
          <Picture
            className={classes.snapshot}
            src={pictures.snapshot(id, 1, true)}
            alt="Crystal before the collection"
            known={collection._metadata.snapshots[1]}
            missing="no snapshot"
          />
        )}
        <CardData event={event} />
        <dl className={classes.numbers}>
          {keyNumbers(collection).map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {hasGrid && <CentringLine dataCollectionGroupId={collection.dataCollectionGroupId} />}
      {kind.id === 'Characterization' ? (
        <ScreeningLine dataCollectionId={id} otherwise={runs && <ResultLine runs={runs} />} />
      ) : (
        runs && <ResultLine runs={runs} />
      )}
      <StructureLine sessionId={event.sessionId} dataCollectionGroupId={collection.dataCollectionGroupId} />
      {comments && <p className={classes.comment}>{comments}</p>}
      {expanded && (
        <GroupMembers groupId={collection.dataCollectionGroupId} sessionId={event.sessionId} openId={openId} />
      )}
    </Card>
  );
}

function GroupButton({ count, expanded, onClick }: { count: number; expanded: boolean; onClick: () => void }) {
  const Chevron = expanded ? IconChevronUp : IconChevronDown;
  return (
    <UnstyledButton className={classes.group} onClick={onClick} aria-expanded={expanded}>
      {count} in group
      <Chevron size={14} aria-hidden="true" />
    </UnstyledButton>
  );
}
