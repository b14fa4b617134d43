import { useEffect, type RefObject } from 'react';

type Field = RefObject<HTMLInputElement | null>;

/** The search field of the page on screen, and the one in the header: `/` goes to the first there is. */
const fields: { page: Field[]; header: Field[] } = { page: [], header: [] };

/** Registers a search field for `/` while it is on screen. */
export function useSearchField(ref: Field, where: 'page' | 'header' = 'page'): void {
  useEffect(() => {
    const same = fields[where];
    same.push(ref);
    return () => {
      same.splice(same.indexOf(ref), 1);
    };
  }, [ref, where]);
}

export function focusSearch(): void {
  const field = [...fields.header, ...fields.page].findLast(({ current }) => current !== null)?.current;
  field?.focus();
  field?.select();
}
