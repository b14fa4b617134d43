import { Button } from '@mantine/core';
import classes from './Undo.module.css';

export interface Undoable {
  text: string;
  undo: () => void;
}

/** What was just done, and the way back; its place is kept, so that nothing jumps. */
export function Undo({ done, pending }: { done: Undoable | null; pending: boolean }) {
  return (
    <div className={classes.undo} role="status">
      {done && (
        <>
          <span>{done.text}</span>
          <Button variant="subtle" size="compact-sm" onClick={done.undo} loading={pending}>
            Undo
          </Button>
        </>
      )}
    </div>
  );
}
