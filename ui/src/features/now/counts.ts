import type { EventType } from '@/api/types';
import { kindOf, type Lane } from '@/shared/format/kinds';

/** What a night is for comes first, what only leads to it later. */
const FIRST: Record<Lane, number> = { collect: 0, screen: 1, grid: 2, scan: 3, robot: 4 };

/** The kinds of events that tell most of a session: data collections before what prepares them, the most frequent first. */
export function mostTelling(types: EventType[], most: number): EventType[] {
  const place = ({ eventType }: EventType) => FIRST[kindOf(eventType).lane];
  return types.toSorted((a, b) => place(a) - place(b) || b.count - a.count).slice(0, most);
}
