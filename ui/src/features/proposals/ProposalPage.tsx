import { Button, Skeleton } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { someSamplesQuery } from '@/features/samples/queries';
import { People } from '@/features/sessions/People';
import { peopleQuery, sessionsQuery } from '@/features/sessions/queries';
import { SessionList } from '@/features/sessions/SessionList';
import { count, plural } from '@/shared/format/numbers';
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
  const { data: samples } = useQuery(someSamplesQuery({ proposal: name }, 1));
  if (error && !proposal) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!proposal) return <PageSkeleton />;
  return (
    <div className={classes.page}>
      <title>{`${proposal.proposal} · ISPyB`}</title>
      <header className={classes.head}>
        <h1>{proposal.proposal}</h1>
        {proposal.state && <span className={classes.state}>{proposal.state}</span>}
        <p>{proposal.title}</p>
        <ul className={classes.facts}>
          <li>{plural(proposal._metadata.sessions, 'session')}</li>
          <li>{samples?.total !== null && samples?.total !== undefined ? plural(samples.total, 'sample') : '–'}</li>
          <li>{count(proposal._metadata.persons)} people</li>
          {proposal._metadata.beamLines.length > 0 && <li>{proposal._metadata.beamLines.join(', ')}</li>}
        </ul>
      </header>
      <div className={classes.columns}>
        <section>
          <h2>Sessions</h2>
          <Sessions proposal={name} />
        </section>
        <section>
          <h2>People</h2>
          <People query={people} />
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
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}
