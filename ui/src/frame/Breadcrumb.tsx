import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { collectionQuery } from '@/features/collections/queries';
import { sessionQuery } from '@/features/sessions/queries';
import classes from './Breadcrumb.module.css';
import { ProposalSwitcher } from './ProposalSwitcher';
import { SessionSwitcher } from './SessionSwitcher';

/** Where the page is: proposal › session › collection; the first two switch in place. */
export function Breadcrumb() {
  const params = useParams({ strict: false });
  const { dataCollectionId } = params;
  const { data: collection } = useQuery({
    ...collectionQuery(dataCollectionId ?? 0),
    enabled: Number.isInteger(dataCollectionId),
  });
  const sessionId = params.sessionId ?? collection?.sessionId;
  const { data: session } = useQuery({ ...sessionQuery(sessionId ?? 0), enabled: Number.isInteger(sessionId) });
  const proposal = params.proposal ?? session?.proposal;
  if (!proposal) return null;
  return (
    <nav aria-label="You are here" className={classes.trail}>
      <ProposalSwitcher proposal={proposal} />
      {session && (
        <>
          <IconChevronRight size={14} className={classes.arrow} aria-hidden="true" />
          <SessionSwitcher session={session} />
        </>
      )}
      {session && dataCollectionId !== undefined && (
        <>
          <IconChevronRight size={14} className={classes.arrow} aria-hidden="true" />
          <Link
            to="/collections/$dataCollectionId"
            params={{ dataCollectionId }}
            className={classes.leaf}
            aria-current="page"
            title={`Collection ${dataCollectionId}`}
          >
            {collection?.BLSample?.name ?? collection?.imagePrefix ?? `Collection ${dataCollectionId}`}
          </Link>
        </>
      )}
    </nav>
  );
}
