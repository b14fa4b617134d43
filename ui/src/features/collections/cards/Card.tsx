import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Event, Sample, State } from '@/api/types';
import { ProteinLink } from '@/features/proteins/ProteinLink';
import { clockSeconds, day } from '@/shared/format/times';
import { kindOfEvent } from '@/shared/format/kinds';
import { KindBadge } from '@/shared/states/KindBadge';
import { StateMark } from '@/shared/states/StateMark';
import { placeOf } from '../place';
import classes from './Card.module.css';

interface Props {
  event: Event;
  sample: Sample | undefined;
  state: State;
  title: ReactNode;
  /** Beside the title: numbers of one line, buttons. */
  aside?: ReactNode;
  children?: ReactNode;
  open?: boolean;
  fresh: boolean;
  testId: string;
  collectionId?: number;
}

/** The frame of every card: when, what kind, which sample, where it was, how it ended. */
export function Card({
  event,
  sample,
  state,
  title,
  aside,
  children,
  open = false,
  fresh,
  testId,
  collectionId,
}: Props) {
  const place = placeOf(sample);
  return (
    <article
      className={classes.card}
      data-open={open}
      data-fresh={fresh}
      data-testid={testId}
      data-collection-id={collectionId}
      data-card
      tabIndex={0}
      aria-labelledby={`title-${event.type}-${event.id}`}
    >
      <header className={classes.head}>
        <time
          className={classes.time}
          dateTime={event.startTime ?? undefined}
          title={event.startTime ? day(event.startTime) : undefined}
        >
          {event.startTime ? clockSeconds(event.startTime) : '–'}
        </time>
        <KindBadge kind={kindOfEvent(event)} />
        <h3 className={classes.title} id={`title-${event.type}-${event.id}`}>
          {title}
        </h3>
        {sample && (
          <span className={classes.place}>
            <ProteinLink protein={sample.Crystal.Protein} className={classes.way} />
            <Link
              to="/samples/$blSampleId"
              params={{ blSampleId: sample.blSampleId }}
              className={classes.way}
              title="This sample in all sessions; puck and position"
            >
              {place ?? 'sample'}
            </Link>
          </span>
        )}
        <span className={classes.aside}>{aside}</span>
        <StateMark state={state} />
      </header>
      {children}
    </article>
  );
}
