import { Skeleton } from '@mantine/core';

/** The shape of the list while its first page loads. */
export function FeedSkeleton() {
  return (
    <div style={{ display: 'grid', gap: 8 }} aria-busy="true" aria-label="Loading collections">
      {[158, 48, 158, 158].map((height, index) => (
        <Skeleton key={index} height={height} radius="lg" />
      ))}
    </div>
  );
}
