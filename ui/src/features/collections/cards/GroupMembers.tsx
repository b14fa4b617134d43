import { Skeleton } from '@mantine/core';
import { leaveCollection } from '@/app/search';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useGroupNames } from '@/features/results/useApart';
import { clockSeconds } from '@/shared/format/times';
import { ErrorState } from '@/shared/states/ErrorState';
import { StateMark } from '@/shared/states/StateMark';
import { keyNumbers } from '../keyNumbers';
import { groupQuery } from '../queries';
import classes from './GroupMembers.module.css';

/** Every collection of a group, one line each. */
export function GroupMembers({
  groupId,
  sessionId,
  openId,
}: {
  groupId: number;
  sessionId: number;
  openId: number | undefined;
}) {
  const { data, error, refetch } = useQuery(groupQuery(groupId));
  const names = useGroupNames([groupId]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} compact />;
  if (!data) return <Skeleton height={64} radius="sm" />;
  return (
    <ul className={classes.members} aria-label="Collections of this group">
      {data.map(({ Item: collection, startTime }) => (
        <li
          key={collection.dataCollectionId}
          data-testid="group-member"
          data-open={collection.dataCollectionId === openId}
        >
          <Link
            to="/sessions/$sessionId/collections/$dataCollectionId"
            params={{ sessionId, dataCollectionId: collection.dataCollectionId }}
            search={leaveCollection}
            className={classes.member}
          >
            <StateMark state={collection._metadata.state} />
            <time>{startTime ? clockSeconds(startTime) : '–'}</time>
            <span className={classes.name}>
              {collection.imagePrefix} #{collection.dataCollectionNumber}
            </span>
            <Energy name={names.get(collection.dataCollectionId)} />
            {keyNumbers(collection)
              .slice(0, 4)
              .map(({ label, value }) => (
                <span key={label} title={label}>
                  {value}
                </span>
              ))}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** At which energy, where the collections of the group differ in it; their numbers are told anyway. */
function Energy({ name }: { name: string | undefined }) {
  return name && !name.startsWith('#') && <b className={classes.energy}>{name}</b>;
}
