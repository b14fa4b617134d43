import { Button } from '@mantine/core';
import { IconFilterOff, IconRotateClockwise2 } from '@tabler/icons-react';
import type { Session } from '@/api/types';
import { Message } from '@/shared/states/Message';

/** A list without rows: nothing matches, or nothing was collected yet. */
export function EmptyFeed({
  filtered,
  session,
  onClear,
}: {
  filtered: boolean;
  session: Session | undefined;
  onClear: () => void;
}) {
  if (filtered) {
    return (
      <Message
        icon={<IconFilterOff size={22} stroke={1.7} />}
        title="Nothing matches these filters"
        actions={
          <Button variant="default" onClick={onClear}>
            Show everything
          </Button>
        }
      >
        The session may hold collections of other kinds, samples or states.
      </Message>
    );
  }
  return (
    <Message icon={<IconRotateClockwise2 size={22} stroke={1.7} />} title="No collections yet">
      {session?._metadata.active
        ? 'They appear here as the beamline writes them; leave the page open.'
        : 'What the beamline collects during this session appears here.'}
    </Message>
  );
}
