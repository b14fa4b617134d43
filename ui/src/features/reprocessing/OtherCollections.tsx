import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconCheck, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CollectionDetail, CollectionEvent } from '@/api/types';
import { groupQuery } from '@/features/collections/queries';
import { gridOf } from '@/features/collections/grid/grid';
import { kindOf } from '@/shared/format/kinds';
import { plural } from '@/shared/format/numbers';
import { dayClock } from '@/shared/format/times';
import { ErrorState } from '@/shared/states/ErrorState';
import { othersQuery } from './queries';
import classes from './Reprocess.module.css';

interface Props {
  collection: CollectionDetail;
  /** Keys of those that are asked for already. */
  chosen: ReadonlySet<number>;
  onAdd: (collections: CollectionEvent[]) => void;
}

/** Other data sets to merge with this one: of the same sample, or of the whole session. */
export function OtherCollections({ collection, chosen, onAdd }: Props) {
  const sample = collection.BLSample?.blSampleId;
  const [whole, setWhole] = useState(sample === undefined);
  const of = whole || sample === undefined ? { sessionId: collection.sessionId } : { blSampleId: sample };
  const { data, error, refetch } = useQuery(othersQuery(of));
  const queryClient = useQueryClient();
  const others = data?.filter(({ Item }) => isSweep(Item));
  async function add(event: CollectionEvent) {
    const members = event.count > 1 ? await queryClient.query(groupQuery(event.Item.dataCollectionGroupId)) : [event];
    onAdd(members.filter(({ Item }) => isSweep(Item)));
  }
  return (
    <div className={classes.others}>
      {sample !== undefined && (
        <SegmentedControl
          aria-label="Data sets to choose from"
          size="xs"
          data={[
            { value: 'sample', label: `Of ${collection.BLSample?.name ?? 'this sample'}` },
            { value: 'session', label: 'Of the session' },
          ]}
          value={whole ? 'session' : 'sample'}
          onChange={(value) => setWhole(value === 'session')}
        />
      )}
      {error && !others ? (
        <ErrorState error={error} onRetry={() => void refetch()} compact />
      ) : !others ? (
        <Skeleton height={60} />
      ) : (
        <ul>
          {others.map((event) => {
            const { Item: item } = event;
            const isChosen = chosen.has(item.dataCollectionId) && event.count === 1;
            return (
              <li key={item.dataCollectionId}>
                <span>
                  <b>{event.blSample ?? item.imagePrefix ?? item.dataCollectionId}</b>{' '}
                  {event.startTime && dayClock(event.startTime)}
                  {event.count > 1
                    ? `, ${event.count} collections`
                    : item.numberOfImages && `, ${plural(item.numberOfImages, 'image')}`}
                </span>
                <Button
                  variant="default"
                  size="compact-xs"
                  disabled={isChosen}
                  leftSection={isChosen ? <IconCheck size={13} /> : <IconPlus size={13} />}
                  onClick={() => void add(event)}
                  aria-label={`Add the images of ${event.blSample ?? item.imagePrefix ?? item.dataCollectionId}`}
                >
                  {isChosen ? 'Added' : 'Add'}
                </Button>
              </li>
            );
          })}
          {others.length === 0 && <li className={classes.quiet}>Nothing else was measured that can be merged.</li>}
        </ul>
      )}
    </div>
  );
}

/** Grid scans, the few images of a characterisation and images that still arrive are merged with nothing. */
function isSweep(item: CollectionEvent['Item']): boolean {
  const kind = kindOf(item.DataCollectionGroup.experimentType ?? null);
  return (
    !gridOf(item) &&
    kind.id !== 'Characterization' &&
    (item.numberOfImages ?? 0) > 1 &&
    item._metadata.state !== 'running'
  );
}
