import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { ErrorState } from '@/shared/states/ErrorState';
import { structuresQuery } from './queries';
import { StructureView } from './open/StructureView';
import classes from './StructurePanel.module.css';
import { StructureTable } from './StructureTable';

/** Phases, models and fits made of the data of a collection, the best first; nothing where nobody tried. */
export function StructurePanel({ dataCollectionId }: { dataCollectionId: number }) {
  const { structure: openId } = useSearch({ strict: false });
  const { data, error, refetch } = useQuery(structuresQuery({ dataCollectionId }));
  const open = data?.results.find(({ structureId }) => structureId === openId);
  if (data?.results.length === 0) return null;
  return (
    <section className={classes.panel} aria-labelledby="structures" data-testid="structures">
      <h2 id="structures">Structure</h2>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} compact />
      ) : !data ? (
        <Skeleton height={80} radius="sm" />
      ) : (
        <StructureTable structures={data.results} openId={open?.structureId} />
      )}
      {open && <StructureView key={open.structureId} structure={open} />}
    </section>
  );
}
