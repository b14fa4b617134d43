import type { CollectionEvent, Event, Page } from '@/api/types';

/** Pages read at most to find a collection in its session. */
const SEARCHED = 20;

/** The collections of a session, newest first, page after page. */
type Pages = (after: string | null) => Promise<Page<Event>>;

/**
 * The collection of the next group down (1: older) or up (-1: newer) the list of its session: null at its end, and
 * where the session is so long that the group was not found.
 */
export async function neighbour(pages: Pages, groupId: number, step: 1 | -1): Promise<CollectionEvent | null> {
  let newer: CollectionEvent | null = null;
  let found = false;
  let after: string | null = null;
  for (let page = 0; page < SEARCHED; page++) {
    const { results, next }: Page<Event> = await pages(after);
    for (const row of results) {
      if (row.type !== 'dc') continue;
      if (row.Item.dataCollectionGroupId === groupId) {
        if (step === -1) return newer;
        found = true;
      } else if (found) return row;
      newer = row;
    }
    if (next === null) return null;
    after = next;
  }
  return null;
}
