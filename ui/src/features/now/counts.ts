import type { EventType } from '@/api/types';
import { compareKinds, kindOf, type Lane } from '@/shared/format/kinds';

/** What a night is for comes first, what only leads to it later. */
const FIRST: Record<Lane, number> = { collect: 0, screen: 1, grid: 2, scan: 3, robot: 4 };

/** The kinds of events, what tells most of a session first: data collections before what prepares them. */
export function mostTellingFirst(types: EventType[]): EventType[] {
  const place = ({ eventType }: EventType) => FIRST[kindOf(eventType).lane];
  // Not by how many there are: they would change places while a session runs.
  return types.toSorted((a, b) => place(a) - place(b) || compareKinds(kindOf(a.eventType), kindOf(b.eventType)));
}
