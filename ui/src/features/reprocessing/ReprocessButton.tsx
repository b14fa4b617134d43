import { Button } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { CollectionDetail } from '@/api/types';
import { collectionQuery } from '@/features/collections/queries';
import { gridOf } from '@/features/collections/grid/grid';
import { keptKey } from '@/shared/kept';
import { recipesQuery } from './queries';
import type { Written } from './ReprocessDialog';
import { useMayAsk } from './useMayAsk';

const ReprocessDialog = lazy(async () => ({ default: (await import('./ReprocessDialog')).ReprocessDialog }));

/** Opens the form that asks for reprocessing, where that is offered and the viewer may; it stands in the address. */
export function ReprocessButton({ dataCollectionId }: { dataCollectionId: number }) {
  const { reprocess } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data: collection } = useQuery(collectionQuery(dataCollectionId));
  const { data: recipes } = useQuery(recipesQuery());
  const mayAsk = useMayAsk(dataCollectionId);
  const client = useQueryClient();
  const go = (recipe: string | undefined) =>
    void navigate({
      to: '.',
      search: (was: object) => ({ ...was, reprocess: recipe }),
      replace: true,
      resetScroll: false,
    });
  const [first] = recipes ?? [];
  if (!collection || !recipes || !first || !mayAsk || !canBeProcessed(collection)) return null;
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconRepeat size={15} stroke={1.8} />}
        onClick={() =>
          go(client.getQueryData<Written>(keptKey(['reprocess', dataCollectionId]))?.recipe ?? first.recipe)
        }
      >
        Reprocess…
      </Button>
      {reprocess !== undefined && (
        <Suspense>
          <ReprocessDialog
            key={dataCollectionId}
            collection={collection}
            recipes={recipes}
            chosen={reprocess}
            onChoose={go}
            onClose={() => go(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}

/** Images of a sweep that are all there. */
function canBeProcessed(collection: CollectionDetail): boolean {
  return !gridOf(collection) && collection._metadata.state !== 'running';
}
