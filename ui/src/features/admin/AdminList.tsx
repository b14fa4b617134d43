import type { UseInfiniteQueryResult, InfiniteData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Page } from '@/api/types';
import { ShowMore } from '@/shared/ShowMore';
import { ErrorState } from '@/shared/states/ErrorState';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import classes from './AdminPage.module.css';

interface Props<Row> {
  query: UseInfiniteQueryResult<InfiniteData<Page<Row>>>;
  /** Shown in place of a list without rows. */
  empty: ReactNode;
  children: (rows: Row[]) => ReactNode;
}

/** A list that goes on, in all its states; while another filter loads, what was there stays, paler. */
export function AdminList<Row>({ query, empty, children }: Props<Row>) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isPlaceholderData } = query;
  const rows = data?.pages.flatMap((page) => page.results);
  if (error && !rows) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!rows) return <PageSkeleton />;
  if (rows.length === 0) return empty;
  return (
    <div className={classes.rows} data-old={isPlaceholderData}>
      {children(rows)}
      <ShowMore hasMore={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
    </div>
  );
}
