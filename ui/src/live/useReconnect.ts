import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { probe } from '@/api/transport';
import { useConnection } from './useConnection';

const EVERY = 4_000;

/** While the server does not answer, knocks now and then; as soon as it does, everything that failed is asked again. */
export function useReconnect(): void {
  const queryClient = useQueryClient();
  const { lost } = useConnection();
  useEffect(() => {
    if (!lost) return;
    const timer = setInterval(() => void probe(), EVERY);
    return () => {
      clearInterval(timer);
      void queryClient.refetchQueries({
        type: 'active',
        predicate: (query) => query.state.status === 'error' || query.state.isInvalidated,
      });
    };
  }, [lost, queryClient]);
}
