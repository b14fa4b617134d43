import { ActionIcon, Button, Drawer } from '@mantine/core';
import '@mantine/core/styles/Drawer.css';
import { IconEye } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { PageSkeleton } from '@/shared/states/PageSkeleton';
import classes from './AccessButton.module.css';
import type { Seen } from './queries';

const AccessPanel = lazy(async () => ({ default: (await import('./AccessPanel')).AccessPanel }));

interface Props {
  of: Seen;
  /** What it is, as in "Who sees lyso-x7". */
  name: string;
  /** A word on the button, or only its mark. */
  words?: boolean;
  /** What may be done about it, below. */
  children?: ReactNode;
}

/** A quiet button that opens who sees something, and why. */
export function AccessButton({ of, name, words = false, children }: Props) {
  const [open, setOpen] = useState(false);
  const title = `Who sees ${name}`;
  return (
    <>
      {words ? (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconEye size={15} stroke={1.8} aria-hidden="true" />}
          onClick={() => setOpen(true)}
        >
          Who sees this
        </Button>
      ) : (
        <ActionIcon variant="subtle" color="gray" onClick={() => setOpen(true)} aria-label={title} title={title}>
          <IconEye size={17} stroke={1.7} />
        </ActionIcon>
      )}
      <Drawer opened={open} onClose={() => setOpen(false)} title={title} position="right" size="md">
        <Suspense fallback={<PageSkeleton />}>
          {open && (
            <div className={classes.content}>
              <AccessPanel of={of} />
              {children}
            </div>
          )}
        </Suspense>
      </Drawer>
    </>
  );
}
