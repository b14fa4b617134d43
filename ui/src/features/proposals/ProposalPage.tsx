import { Skeleton } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { someSamplesQuery } from '@/features/samples/queries';
import { People } from '@/features/sessions/People';
import { peopleQuery, sessionsQuery } from '@/features/sessions/queries';
import { SessionList } from '@/features/sessions/SessionList';
import { AccessButton } from '@/features/access/AccessButton';
import { accessQuery } from '@/features/access/queries';
import { ProposalSharing } from '@/features/sharing/ProposalSharing';
import { count, plural } from '@/shared/format/numbers';
import { ShowMore } from '@/shared/ShowMore';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import classes from './ProposalPage.module.css';
import { proposalQuery } from './queries';

const route = getRouteApi('/in/proposals/$proposal');

/** One proposal: its sessions, its people, how many samples it has. */
export function ProposalPage() {
  const { proposal: name } = route.useParams();
  const { data: proposal, error, refetch } = useQuery(proposalQuery(name));
  const people = useQuery(peopleQuery({ proposal: name }));
  const { data: access } = useQuery(accessQuery({ kind: 'proposal', proposal: name }));
  // Whoever is only shown a sample of it is told neither its sessions nor its people.
  const fromOutside = access !== undefined && access.people.length + access.groups.length === 0;
  const { data: samples } = useQuery(someSamplesQuery({ proposal: name }, 1));
  if (error && !proposal) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!proposal) return <PageSkeleton />;
  return (
    <div className={classes.page}>
      <title>{`${proposal.proposal} · ISPyB`}</title>
      <header className={classes.head}>
        <h1>{proposal.proposal}</h1>
        {proposal._metadata.bag && (
          <span className={classes.state} title="Its laboratories do not see each other’s samples">
            BAG
          </span>
        )}
        {proposal.state && <span className={classes.state}>{proposal.state}</span>}
        <span className={classes.access}>
          <AccessButton of={{ kind: 'proposal', proposal: proposal.proposal }} name={proposal.proposal} words />
        </span>
        <p>{proposal.title}</p>
        <ul className={classes.facts}>
          {!fromOutside && <li>{plural(proposal._metadata.sessions, 'session')}</li>}
          <li>{samples?.total !== null && samples?.total !== undefined ? plural(samples.total, 'sample') : '–'}</li>
          {!fromOutside && <li>{count(proposal._metadata.persons)} people</li>}
          {proposal._metadata.beamLines.length > 0 && <li>{proposal._metadata.beamLines.join(', ')}</li>}
        </ul>
      </header>
      <div className={classes.columns}>
        {!fromOutside && (
          <>
            <section>
              <h2>Sessions</h2>
              <Sessions proposal={name} />
            </section>
            <section>
              <h2>People</h2>
              <People query={people} />
            </section>
          </>
        )}
        <section>
          <h2>Sharing</h2>
          <ProposalSharing proposal={proposal} />
        </section>
      </div>
    </div>
  );
}

function Sessions({ proposal }: { proposal: string }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    sessionsQuery({ proposal }),
  );
  const rows = data?.pages.flatMap((page) => page.results);
  if (error && !rows) return <ErrorState error={error} onRetry={() => void refetch()} compact />;
  if (!rows) return <Skeleton height={160} />;
  if (rows.length === 0) {
    return (
      <Message icon={<IconCalendarOff size={22} stroke={1.7} />} title="No sessions yet" compact>
        They appear as soon as the user office schedules beam time.
      </Message>
    );
  }
  return (
    <>
      <SessionList sessions={rows} ofProposal />
      <ShowMore hasMore={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
    </>
  );
}
