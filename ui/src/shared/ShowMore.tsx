import { Button } from '@mantine/core';

interface Props {
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

/** The button below a list that goes on; nothing where it does not. */
export function ShowMore({ hasMore, loading, onMore }: Props) {
  if (!hasMore) return null;
  return (
    <Button variant="default" mx="auto" display="block" mt="md" loading={loading} onClick={onMore}>
      Show more
    </Button>
  );
}
