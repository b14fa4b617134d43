import { Link } from '@tanstack/react-router';
import type { Structure } from '@/api/types';
import { leaveStructure } from '@/app/search';
import { fixed } from '@/shared/format/numbers';
import { duration, wall } from '@/shared/format/times';
import { StateMark } from '@/shared/states/StateMark';
import { useWallNow } from '@/shared/useWallNow';
import { SpaceGroup } from '../results/SpaceGroup';
import classes from './StructureTable.module.css';
import { headline } from './words';

/** The structures of a collection, one below the other: the best first, those that run and failed behind. */
export function StructureTable({ structures, openId }: { structures: Structure[]; openId: string | undefined }) {
  return (
    <ul className={classes.list}>
      {structures.map((structure) => (
        <Row key={structure.structureId} structure={structure} isOpen={structure.structureId === openId} />
      ))}
    </ul>
  );
}

function Row({ structure, isOpen }: { structure: Structure; isOpen: boolean }) {
  const { structureId, state, pipeline, kind, spaceGroup, highRes, dataPipeline } = structure;
  return (
    <li className={classes.row} data-open={isOpen} data-testid="structure" data-state={state}>
      <StateMark state={state} />
      <Link
        to="."
        search={(was: object) =>
          isOpen
            ? leaveStructure(was)
            : { ...was, structure: structureId, blob: undefined, ligand: undefined, file: undefined }
        }
        aria-expanded={isOpen}
        title={structure.processingPrograms ?? undefined}
        resetScroll={false}
        replace
      >
        {pipeline}
      </Link>
      <span className={classes.says} data-state={state}>
        {state === 'success' ? (
          <b>{headline(structure).join(' · ') || structure.processingMessage}</b>
        ) : (
          <Says structure={structure} />
        )}
      </span>
      <span className={classes.facts}>
        <span>{kind}</span>
        <span>of {dataPipeline}</span>
        {spaceGroup && <SpaceGroup symbol={spaceGroup} />}
        {highRes !== null && <span>{fixed(highRes, 2)} Å</span>}
      </span>
    </li>
  );
}

/** What there is to say of one without result: that it waits, how long it has run, why it failed. */
function Says({ structure }: { structure: Structure }) {
  const { state, processingMessage: message, processingStartTime } = structure;
  const now = useWallNow();
  if (state === 'failed') return message ?? 'Failed without a word';
  if (state === 'queued') return 'Queued';
  const start = wall(processingStartTime ?? null);
  return `Running${start !== null && now > start ? ` for ${duration(now - start)}` : ''}`;
}
