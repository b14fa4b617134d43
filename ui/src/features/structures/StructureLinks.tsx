import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Structure } from '@/api/types';
import { SpaceGroup } from '@/features/results/SpaceGroup';
import { fixed, withUnit } from '@/shared/format/numbers';
import { ErrorState } from '@/shared/states/ErrorState';
import { StateMark } from '@/shared/states/StateMark';
import classes from './StructureLinks.module.css';
import { structuresQuery, type StructuresOf } from './queries';
import { headline } from './words';

/** Structures of a sample or protein over all sessions, each with the way to its collection. */
export function StructureLinks({ of, none, named = false }: { of: StructuresOf; none: string; named?: boolean }) {
  const { data, error, refetch } = useQuery(structuresQuery(of));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} compact />;
  if (!data) return <Skeleton height={60} />;
  if (data.results.length === 0) return <p className={classes.none}>{none}</p>;
  return (
    <ul className={classes.list}>
      {data.results.map((structure) => (
        <Line key={structure.structureId} structure={structure} named={named} />
      ))}
    </ul>
  );
}

function Line({ structure, named }: { structure: Structure; named: boolean }) {
  const { structureId, state, pipeline, kind, spaceGroup, highRes, dataPipeline, blSampleId, sample } = structure;
  return (
    <li data-testid="structure-link">
      <StateMark state={state} />
      {named && blSampleId !== null && (
        <Link to="/samples/$blSampleId" params={{ blSampleId }}>
          {sample ?? blSampleId}
        </Link>
      )}
      <Link
        to="/collections/$dataCollectionId"
        params={{ dataCollectionId: structure.dataCollectionIds.at(-1) ?? 0 }}
        search={{ structure: structureId }}
        title={structure.processingPrograms ?? undefined}
      >
        {pipeline}
      </Link>
      <b>{state === 'success' ? headline(structure).join(' · ') : structure.processingMessage}</b>
      <span>{kind}</span>
      <span>of {dataPipeline}</span>
      {spaceGroup && <SpaceGroup symbol={spaceGroup} />}
      {highRes !== null && <span>{withUnit(fixed(highRes, 2), 'Å')}</span>}
    </li>
  );
}
