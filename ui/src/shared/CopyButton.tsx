import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** Puts a text into the clipboard and says so; a browser allows that over HTTPS only. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { copy, copied, error } = useClipboard({ timeout: 3000 });
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={16} stroke={1.8} aria-hidden="true" />}
      onClick={() => copy(text)}
      aria-live="polite"
    >
      {copied ? 'Copied' : error ? 'Select and copy it by hand' : label}
    </Button>
  );
}
