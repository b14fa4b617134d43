import { Button } from '@mantine/core';
import { IconFileAlert } from '@tabler/icons-react';
import { messageOf, statusOf } from '@/api/problem';
import { ErrorState } from '@/shared/states/ErrorState';
import { Message } from '@/shared/states/Message';

/** Why a file cannot be read. Who sees its name may see it: where it is missing, it is missing on the disk. */
export function FileError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (statusOf(error) !== 404) return <ErrorState error={error} onRetry={onRetry} compact />;
  return (
    <Message
      tone="error"
      icon={<IconFileAlert size={22} stroke={1.7} />}
      title="This file cannot be read"
      actions={
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      }
      compact
    >
      {messageOf(error)}
    </Message>
  );
}
