import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

/** What a text is of: "remark", and the key of the collection. */
type Of = readonly [string, number];

/** Where it lies beside what is loaded, which goes when somebody else logs in. */
export function keptKey(of: Of) {
  return ['kept', ...of] as const;
}

/**
 * What somebody writes: kept while it is put away, until it is forgotten with null, the person logs out, or the page is
 * left.
 */
export function useKept<T>(of: Of): [T | null, (next: T | null) => void] {
  const client = useQueryClient();
  const queryKey = keptKey(of);
  const [kept, setKept] = useState<T | null>(() => client.getQueryData<T>(queryKey) ?? null);
  function keep(next: T | null) {
    client.setQueryDefaults(queryKey, { gcTime: Infinity });
    if (next === null) client.removeQueries({ queryKey });
    else client.setQueryData(queryKey, next);
    setKept(next);
  }
  return [kept, keep];
}
