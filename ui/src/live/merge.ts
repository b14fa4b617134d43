import type { InfiniteData } from '@tanstack/react-query';
import type { CollectionEvent, Event, Page, State } from '@/api/types';

/** The list as the query cache holds it. */
export type EventList = InfiniteData<Page<Event>, string | null>;

type Rows = Pick<EventList, 'pages'>;

/** What stays the same while a row changes: the group of a collection, or the event itself. */
export function rowKey(event: Event): string {
  return event.type === 'dc' ? groupKey(event.Item.dataCollectionGroupId) : `${event.type}-${event.id}`;
}

export function groupKey(dataCollectionGroupId: number): string {
  return `group-${dataCollectionGroupId}`;
}

/** Whether a row shows this collection. */
export function isCollection(event: Event, dataCollectionId: number | undefined): boolean {
  return event.type === 'dc' && event.Item.dataCollectionId === dataCollectionId;
}

/** Rows of a fresh head that the list does not show yet: new events, and groups that got a newer member. */
export function unseen(list: Rows, head: Event[]): Event[] {
  const shown = new Map(rowsOf(list).map((event) => [rowKey(event), event.id]));
  return head.filter((event) => shown.get(rowKey(event)) !== event.id);
}

/** The list with the rows of a fresh head patched in place; nothing moves and nothing is added. */
export function patchInPlace(list: EventList, head: Event[]): EventList {
  const fresh = new Map(head.map((event) => [`${rowKey(event)}/${event.id}`, event]));
  return mapRows(list, (event) => fresh.get(`${rowKey(event)}/${event.id}`) ?? event);
}

/**
 * The list with the new rows of a fresh head where the head has them: on top as a rule, and below newer ones where a
 * filter leaves an older row only now. A group with a newer member moves. When the head does not reach down to what the
 * list shows, the list starts again from the head: a gap must not be hidden.
 */
export function showNew(list: EventList, head: Page<Event>): EventList {
  const added = unseen(list, head.results);
  if (added.length === 0) return patchInPlace(list, head.results);
  if (added.length === head.results.length && head.next !== null) return { pages: [head], pageParams: [null] };
  const moved = new Set(added.map(rowKey));
  const patched = patchInPlace(list, head.results);
  const pages = patched.pages.map((page) => page.results.filter((event) => !moved.has(rowKey(event))));
  const { top, below } = placed(pages.flat(), head.results, moved);
  return {
    ...patched,
    pages: patched.pages.map((page, index) => {
      const kept = pages[index]?.flatMap((event) => [event, ...(below.get(rowKey(event)) ?? [])]) ?? [];
      return { ...page, results: index === 0 ? [...top, ...kept] : kept };
    }),
  };
}

/** The rows of a head that are added, by the kept row that they follow there; `top` are those that follow none. */
function placed(kept: Event[], head: Event[], added: ReadonlySet<string>) {
  const known = new Set(kept.map(rowKey));
  const top: Event[] = [];
  const below = new Map<string, Event[]>();
  let into = top;
  for (const event of head) {
    const key = rowKey(event);
    if (added.has(key)) into.push(event);
    else if (known.has(key)) below.set(key, (into = []));
  }
  return { top, below };
}

/** What the live stream says of one collection. */
export interface CollectionChange {
  dataCollectionId: number;
  state: State;
  endTime: string | null;
  numberOfImages: number | null;
}

/** The list with one collection's state, end and number of images as the live stream said. */
export function applyChange(list: EventList, change: CollectionChange): EventList {
  return mapRows(list, (event) => {
    if (event.type !== 'dc' || !isCollection(event, change.dataCollectionId)) return event;
    return {
      ...event,
      endTime: change.endTime ?? event.endTime,
      Item: {
        ...event.Item,
        numberOfImages: change.numberOfImages ?? event.Item.numberOfImages,
        _metadata: { ...event.Item._metadata, state: change.state },
      },
    };
  });
}

/** What people say of a collection. */
export interface Said {
  comments?: string | null;
  favourite?: boolean;
}

/** The list with what somebody here has just said of a collection. */
export function withSaid(list: EventList, dataCollectionId: number, said: Said): EventList {
  return mapRows(list, (event) => (event.type === 'dc' ? rowWithSaid(event, dataCollectionId, said) : event));
}

/** The same of one row, which may be of another collection. */
export function rowWithSaid(event: CollectionEvent, dataCollectionId: number, said: Said): CollectionEvent {
  if (!isCollection(event, dataCollectionId)) return event;
  const { comments = event.Item.comments, favourite = event.Item._metadata.favourite } = said;
  return { ...event, Item: { ...event.Item, comments, _metadata: { ...event.Item._metadata, favourite } } };
}

/** The rows in order, each once: a group that moved up while the list was being continued may be in two pages. */
export function rowsOf(list: Rows): Event[] {
  const rows = new Map<string, Event>();
  for (const event of list.pages.flatMap((page) => page.results)) {
    const key = rowKey(event);
    if (!rows.has(key)) rows.set(key, event);
  }
  return [...rows.values()];
}

/** Maps every row; pages and rows that stay equal stay identical, so that their cards do not draw again. */
function mapRows(list: EventList, change: (event: Event) => Event): EventList {
  const pages = list.pages.map((page) => {
    const results = page.results.map(change);
    return results.every((event, index) => event === page.results[index]) ? page : { ...page, results };
  });
  return pages.every((page, index) => page === list.pages[index]) ? list : { ...list, pages };
}
