import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Confirm.module.css';
import { Failure } from './states/Failure';

interface Props {
  title: string;
  /** What will happen, for whom. */
  children: ReactNode;
  /** The word on the button that does it. */
  action: string;
  danger?: boolean;
  pending: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks once more before something that is not easily undone; the way out has the focus. */
export function Confirm({ title, children, action, danger = false, pending, error, onConfirm, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} size="md" centered>
      <div className={classes.text}>{children}</div>
      {error && <Failure error={error} />}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color={danger ? 'red' : undefined} loading={pending} onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
