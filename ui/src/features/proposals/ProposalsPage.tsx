import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFolderOff, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useSearchField } from '@/shared/keys/searchFocus';
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
  const field = useRef<HTMLInputElement>(null);
  useSearchField(field);
  const settle = useDebouncedCallback(
    (text: string) => void navigate({ search: { search: text || undefined }, replace: true }),
    250,
  );
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    proposalsQuery(search),
  );
  const rows = data?.pages.flatMap((page) => page.results);
  return (
    <div className={classes.page}>
      <title>Proposals · ISPyB</title>
      <h1>Proposals</h1>
      <TextInput
        ref={field}
        aria-label="Search proposals"
        placeholder="Proposal or title"
        leftSection={<IconSearch size={15} stroke={1.7} />}
        defaultValue={search ?? ''}
        onChange={(event) => settle(event.currentTarget.value)}
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
          {hasNextPage && (
            <Button
              variant="default"
              mx="auto"
              display="block"
              mt="md"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              Show more
            </Button>
          )}
        </>
      )}
    </div>
  );
}
