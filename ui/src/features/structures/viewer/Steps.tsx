import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFocusCentered } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { step, type Place } from '../places';
import classes from './Viewer.module.css';

interface Props {
  places: Place[];
  /** What they are, where none is chosen. */
  label: string;
  at: Place | undefined;
  onGo: (place: Place | undefined) => void;
  onWhole: () => void;
  children?: ReactNode;
}

/** The whole model, and from place to place. */
export function Steps({ places, label, at, onGo, onWhole, children }: Props) {
  return (
    <div className={classes.moves}>
      <ActionIcon
        variant="default"
        aria-label="Look at the whole model"
        title="Look at the whole model"
        onClick={onWhole}
      >
        <IconFocusCentered size={16} />
      </ActionIcon>
      {places.length > 0 && (
        <>
          <ActionIcon variant="default" aria-label="Previous place" onClick={() => onGo(step(places, at, -1))}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          <Button variant="default" size="compact-sm" onClick={() => onGo(step(places, at, 1))}>
            {at?.name ?? label}
          </Button>
          <ActionIcon variant="default" aria-label="Next place" onClick={() => onGo(step(places, at, 1))}>
            <IconChevronRight size={16} />
          </ActionIcon>
        </>
      )}
      {children}
    </div>
  );
}
