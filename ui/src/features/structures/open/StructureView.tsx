import { ActionIcon, Skeleton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Structure, StructureDetail } from '@/api/types';
import { leaveStructure } from '@/app/search';
import { dayClock, duration } from '@/shared/format/times';
import { ErrorState } from '@/shared/states/ErrorState';
import { StateMark } from '@/shared/states/StateMark';
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
  const navigate = useNavigate();
  const name = structure.processingPrograms ?? structure.pipeline;
  return (
    <section className={classes.view} aria-label={`Structure of ${structure.pipeline}`} data-testid="structure-view">
      <header className={classes.head}>
        <h3>{name}</h3>
        <StateMark state={structure.state} words />
        <ActionIcon
          className={classes.close}
          variant="subtle"
          color="gray"
          aria-label={`Close the structure of ${structure.pipeline}`}
          onClick={() =>
            void navigate({
              to: '.',
              search: (was: object) => leaveStructure(was),
              replace: true,
              resetScroll: false,
            })
          }
        >
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
        <p className={classes.about}>
          <span>{structure.kind}</span>
          <span>of the data of {structure.dataPipeline}</span>
          {structure.spaceGroup && <SpaceGroup symbol={structure.spaceGroup} />}
          {structure.processingStartTime && <span>{dayClock(structure.processingStartTime)}</span>}
          {structure.duration !== null && <span>took {duration(structure.duration * 1000)}</span>}
        </p>
      </header>
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
          <HowItRan structure={data} />
        </>
      )}
    </section>
  );
}

function HowItRan({ structure: { processingCommandLine, processingEnvironment } }: { structure: StructureDetail }) {
  if (!processingCommandLine && !processingEnvironment) return null;
  return (
    <div className={classes.section}>
      <h4>How it ran</h4>
      {processingCommandLine && <code className={classes.command}>{processingCommandLine}</code>}
      {processingEnvironment && <p className={classes.note}>{processingEnvironment}</p>}
    </div>
  );
}
