import { ActionIcon } from '@mantine/core';
import { leaveCollection } from '@/app/search';
import { IconArrowDown, IconArrowLeft, IconArrowUp, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useLiveSession } from '@/live/useLiveSession';
import { useKeys } from '@/shared/keys/useKeys';
import { collectionQuery } from '../queries';
import classes from './CollectionPage.module.css';
import { CollectionView } from './CollectionView';
import { useWalk } from './useWalk';

const route = getRouteApi('/in/collections/$dataCollectionId');

/**
 * One collection on a page of its own: `j` and `k` walk through the session as in its list, the arrow keys through its
 * group first, and on from the ends of that.
 */
export function CollectionPage() {
  const { dataCollectionId } = route.useParams();
  const navigate = useNavigate();
  const { data } = useQuery(collectionQuery(dataCollectionId));
  const siblings = data?._metadata.siblings ?? [];
  const at = siblings.indexOf(dataCollectionId);
  // Somebody else may have it processed while one looks.
  useLiveSession(data?.sessionId ?? 0, data !== undefined);

  function step(by: 1 | -1) {
    const next = siblings[at + by];
    if (next !== undefined)
      void navigate({
        to: '.',
        params: { dataCollectionId: next },
        search: leaveCollection,
        replace: true,
      });
  }
  const walk = useWalk(data);
  const on = (by: 1 | -1) => {
    if (siblings[at + by] === undefined) walk.go(by);
    else step(by);
  };
  useKeys({ ArrowLeft: () => on(-1), ArrowRight: () => on(1) }, data !== undefined);
  useKeys({ k: () => walk.go(-1), j: () => walk.go(1) }, walk.enabled);
  return (
    <div className={classes.page}>
      <div className={classes.bar}>
        {data && (
          <Link
            to="/sessions/$sessionId/collections/$dataCollectionId"
            params={{ sessionId: data.sessionId, dataCollectionId }}
            className={classes.back}
          >
            <IconArrowLeft size={16} aria-hidden="true" /> In the list of {data.session}
          </Link>
        )}
        <div className={classes.steps}>
          {walk.enabled && (
            <span className={classes.pair}>
              <span role="status">{walk.end}</span>
              <ActionIcon
                variant="default"
                title="Next newer in the session (k)"
                aria-label="Next newer collection"
                onClick={() => walk.go(-1)}
              >
                <IconArrowUp size={16} />
              </ActionIcon>
              <ActionIcon
                variant="default"
                title="Next older in the session (j)"
                aria-label="Next older collection"
                onClick={() => walk.go(1)}
              >
                <IconArrowDown size={16} />
              </ActionIcon>
            </span>
          )}
          {siblings.length > 1 && (
            <span className={classes.pair}>
              <ActionIcon
                variant="default"
                disabled={at <= 0}
                onClick={() => step(-1)}
                aria-label="Previous collection of the group"
              >
                <IconChevronLeft size={16} />
              </ActionIcon>
              {at + 1} of {siblings.length} in the group
              <ActionIcon
                variant="default"
                disabled={at >= siblings.length - 1}
                onClick={() => step(1)}
                aria-label="Next collection of the group"
              >
                <IconChevronRight size={16} />
              </ActionIcon>
            </span>
          )}
        </div>
      </div>
      <div className={classes.sheet}>
        <CollectionView dataCollectionId={dataCollectionId} />
      </div>
    </div>
  );
}
