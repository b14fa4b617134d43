import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useState } from 'react';

/** What a text is of: "remark", and the key of the collection. */
type Of = readonly [string, number];

/** What somebody began to write of something and has put away; null when there is nothing. */
export function keptOf<T>(client: QueryClient, of: Of): T | null {
  return client.getQueryData<T>(['kept', ...of]) ?? null;
}

/**
 * What somebody writes: kept while it is put away, until it is forgotten with null, the person logs out, or the page is
 * left. It lies beside what is loaded, which goes when somebody else logs in.
 */
export function useKept<T>(of: Of): [T | null, (next: T | null) => void] {
  const client = useQueryClient();
  const [kept, setKept] = useState(() => keptOf<T>(client, of));
  function keep(next: T | null) {
    const queryKey = ['kept', ...of];
    client.setQueryDefaults(queryKey, { gcTime: Infinity });
    if (next === null) client.removeQueries({ queryKey });
    else client.setQueryData(queryKey, next);
    setKept(next);
  }
  return [kept, keep];
}
