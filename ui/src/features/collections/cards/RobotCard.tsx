import type { RobotEvent } from '@/api/types';
import { pictures } from '@/api/pictures';
import { Lightbox, LightboxButton } from '@/shared/states/Lightbox';
import { useState } from 'react';
import { Card } from './Card';
import classes from './SmallCards.module.css';
import type { CardProps } from './CardProps';

const VERBS: Record<string, string> = {
  LOAD: 'Load',
  UNLOAD: 'Unload',
  DISPOSE: 'Dispose',
  WASH: 'Wash',
  ANNEAL: 'Anneal',
  STORE: 'Store',
};

/** What the sample changer did: one line, with its message when it failed. */
export function RobotCard({ event, sample, fresh }: CardProps<RobotEvent>) {
  const [picture, setPicture] = useState<number | null>(null);
  const { Item: action } = event;
  const ok = (action.status ?? 'SUCCESS') === 'SUCCESS';
  const verb = VERBS[action.actionType ?? ''] ?? action.actionType ?? 'Robot action';
  const shown = (['before', 'after'] as const)
    .filter((which) => action._metadata.snapshots[which])
    .map((which) => ({
      src: pictures.robot(action.robotActionId, which),
      alt: `${which === 'before' ? 'Before' : 'After'} the robot moved`,
    }));
  return (
    <Card
      event={event}
      sample={sample}
      state={ok ? 'done' : 'failed'}
      fresh={fresh}
      testId="robot-card"
      title={[verb, event.blSample ?? action.sampleBarcode].filter(Boolean).join(' ')}
      aside={
        <>
          {!ok && (
            <span className={classes.failure} title={action.message ?? undefined}>
              {action.message ?? action.status}
            </span>
          )}
          {shown.length > 0 && <LightboxButton count={shown.length} onClick={() => setPicture(0)} />}
        </>
      }
    >
      <Lightbox
        pictures={shown}
        at={picture}
        onMove={setPicture}
        title={[verb, event.blSample].filter(Boolean).join(' ')}
      />
    </Card>
  );
}
