import type { Event, Run, Sample } from '@/api/types';

/** What the card of any event is given. */
export interface CardProps<E extends Event = Event> {
  event: E;
  sample: Sample | undefined;
  /** Runs of programs on the collections of the group. */
  runs: Run[] | undefined;
  /** The collection open beside the list, where it is one of the card's. */
  openId: number | undefined;
  /** Shown a moment ago by the live stream. */
  fresh: boolean;
}
