import { memo, type ReactNode } from 'react';
import type { Event, Run, Sample } from '@/api/types';
import { CollectionCard } from './CollectionCard';
import { EnergyScanCard } from './EnergyScanCard';
import { RobotCard } from './RobotCard';
import { SpectrumCard } from './SpectrumCard';

export interface CardProps<E extends Event = Event> {
  event: E;
  sample: Sample | undefined;
  /** Runs of programs on the collections of the group. */
  runs: Run[] | undefined;
  /** The collection open beside the list. */
  openId: number | undefined;
  /** Shown a moment ago by the live stream. */
  fresh: boolean;
}

/** One event of a session as a card of the kind it is. */
export const EventCard = memo(function EventCard(props: CardProps): ReactNode {
  const { event } = props;
  switch (event.type) {
    case 'dc':
      return <CollectionCard {...props} event={event} />;
    case 'robot':
      return <RobotCard {...props} event={event} />;
    case 'es':
      return <EnergyScanCard {...props} event={event} />;
    case 'xrf':
      return <SpectrumCard {...props} event={event} />;
  }
});
