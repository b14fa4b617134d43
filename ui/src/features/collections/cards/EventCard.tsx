import { memo, type ReactNode } from 'react';
import type { CardProps } from './CardProps';
import { CollectionCard } from './CollectionCard';
import { EnergyScanCard } from './EnergyScanCard';
import { RobotCard } from './RobotCard';
import { SpectrumCard } from './SpectrumCard';

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
