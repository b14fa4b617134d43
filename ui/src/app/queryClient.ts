import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/problem';

/** What the service refused stays refused; only an unreachable or busy one is asked again. */
function worthRetrying(failures: number, error: unknown): boolean {
  const status = error instanceof ApiError ? error.status : 0;
  return (status === 0 || status >= 502) && failures < 2;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, gcTime: 10 * 60_000, retry: worthRetrying, refetchOnWindowFocus: true },
    },
  });
}
