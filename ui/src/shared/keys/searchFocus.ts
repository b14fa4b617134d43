import { useEffect, useSyncExternalStore, type RefObject } from 'react';

type Field = RefObject<HTMLInputElement | null>;

/** The search field of the page on screen, and the one in the header: `/` goes to the first there is. */
const fields: { page: Field[]; header: Field[] } = { page: [], header: [] };
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Registers a search field for `/` while it is on screen. */
export function useSearchField(ref: Field, where: 'page' | 'header' = 'page'): void {
  useEffect(() => {
    const same = fields[where];
    same.push(ref);
    changed();
    return () => {
      same.splice(same.indexOf(ref), 1);
      changed();
    };
  }, [ref, where]);
}

/** Whether `/` goes to a field of the page itself, not to the one in the header. */
export function usePageHasSearch(): boolean {
  return useSyncExternalStore(subscribe, () => fields.page.length > 0);
}

export function focusSearch(): void {
  const field = [...fields.header, ...fields.page].findLast(({ current }) => current !== null)?.current;
  field?.focus();
  field?.select();
}
