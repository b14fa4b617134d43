import { useEffect, type RefObject } from 'react';

/** Search fields on screen, the innermost last: `/` goes to that one. */
const fields: RefObject<HTMLInputElement | null>[] = [];

/** Registers a search field for `/` while it is on screen. */
export function useSearchField(ref: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    fields.push(ref);
    return () => {
      fields.splice(fields.indexOf(ref), 1);
    };
  }, [ref]);
}

export function focusSearch(): void {
  const field = fields.at(-1)?.current;
  field?.focus();
  field?.select();
}
