import { Skeleton } from '@mantine/core';

/** Keeps the shape of a page while it loads. */
export function PageSkeleton() {
  return (
    <div aria-busy="true" aria-label="Loading" style={{ display: 'grid', gap: 16, padding: '24px 0' }}>
      <Skeleton height={28} width={260} />
      <Skeleton height={120} />
      <Skeleton height={120} />
      <Skeleton height={120} />
    </div>
  );
}
