import { ActionIcon } from '@mantine/core';
import { leaveCollection } from '@/app/search';
import { IconArrowLeft, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useLiveSession } from '@/live/useLiveSession';
import { useKeys } from '@/shared/keys/useKeys';
import { collectionQuery } from '../queries';
import classes from './CollectionPage.module.css';
import { CollectionView } from './CollectionView';

const route = getRouteApi('/in/collections/$dataCollectionId');

/** One collection on a page of its own; the arrow keys walk through its group. */
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
  useKeys({ ArrowLeft: () => step(-1), ArrowRight: () => step(1) }, siblings.length > 1);
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
        {siblings.length > 1 && (
          <div className={classes.steps}>
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
          </div>
        )}
      </div>
      <div className={classes.sheet}>
        <CollectionView dataCollectionId={dataCollectionId} />
      </div>
    </div>
  );
}
