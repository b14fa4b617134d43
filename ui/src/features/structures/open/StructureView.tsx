import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Structure } from '@/api/types';
import { leaveStructure } from '@/app/search';
import { dayClock, duration } from '@/shared/format/times';
import { HowItRan, Opened } from '@/shared/opened/Opened';
import { ErrorState } from '@/shared/states/ErrorState';
import { SpaceGroup } from '../../results/SpaceGroup';
import { structureQuery } from '../queries';
import { facts } from '../words';
import { Blobs } from './Blobs';
import { Inside } from './Inside';
import { PhaseShells } from './PhaseShells';
import { StructureFiles } from './StructureFiles';
import classes from './StructureView.module.css';

/** One structure in full: its numbers, the model in its density, blobs, phases by resolution and files. */
export function StructureView({ structure }: { structure: Structure }) {
  const { data, error, refetch } = useQuery(structureQuery(structure.structureId));
  return (
    <Opened
      what={`Structure of ${structure.pipeline}`}
      title={structure.processingPrograms ?? structure.pipeline}
      state={structure.state}
      facts={<Facts structure={structure} />}
      closed={leaveStructure}
      testId="structure-view"
    >
      {structure.processingMessage && <p>{structure.processingMessage}</p>}
      <dl className={classes.numbers}>
        {facts(structure).map(({ label, value }) => (
          <div key={label} data-wide={value.includes('→')}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} compact />
      ) : !data ? (
        <Skeleton height={360} radius="sm" />
      ) : (
        <>
          <Inside structure={data} />
          <Blobs structure={data} />
          <PhaseShells shells={data.shells} />
          <StructureFiles structure={data} />
          <HowItRan run={data} />
        </>
      )}
    </Opened>
  );
}

function Facts({ structure }: { structure: Structure }) {
  return (
    <>
      <span>{structure.kind}</span>
      <span>of the data of {structure.dataPipeline}</span>
      {structure.spaceGroup && <SpaceGroup symbol={structure.spaceGroup} />}
      {structure.processingStartTime && <span>{dayClock(structure.processingStartTime)}</span>}
      {structure.duration !== null && <span>took {duration(structure.duration * 1000)}</span>}
    </>
  );
}
