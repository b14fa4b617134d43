import type { Sample } from '@/api/types';
import type { EventsSearch } from '@/app/search';

/** What filters of events are given: what is chosen, and what to do when that changes. */
export interface FilterProps {
  search: EventsSearch;
  samples: Map<number, Sample>;
  onChange: (change: EventsSearch) => void;
}
