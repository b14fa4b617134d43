import { IconFolderOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { SearchField } from '@/shared/SearchField';
import { ShowMore } from '@/shared/ShowMore';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import { ProposalTable } from './ProposalTable';
import classes from './ProposalsPage.module.css';
import { proposalsQuery } from './queries';

const route = getRouteApi('/in/proposals');

export function ProposalsPage() {
  const { search } = route.useSearch();
  const navigate = useNavigate({ from: '/proposals' });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    proposalsQuery(search),
  );
  const rows = data?.pages.flatMap((page) => page.results);
  return (
    <div className={classes.page}>
      <title>Proposals · ISPyB</title>
      <h1>Proposals</h1>
      <SearchField
        label="Search proposals"
        placeholder="Proposal or title"
        value={search}
        onChange={(text) => void navigate({ search: { search: text }, replace: true })}
        className={classes.search}
      />
      {error && !rows ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !rows ? (
        <PageSkeleton />
      ) : rows.length === 0 ? (
        <Message
          icon={<IconFolderOff size={22} stroke={1.7} />}
          title={search ? `No proposal matches “${search}”` : 'No proposals yet'}
        >
          Proposals come from the user portal of the facility. You see those you take part in.
        </Message>
      ) : (
        <>
          <ProposalTable proposals={rows} />
          <ShowMore hasMore={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
        </>
      )}
    </div>
  );
}
