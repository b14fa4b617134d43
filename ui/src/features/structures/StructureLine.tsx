import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Structure } from '@/api/types';
import { StateMark } from '@/shared/states/StateMark';
import { structuresQuery } from './queries';
import classes from './StructureLine.module.css';
import { headline } from './words';

interface Props {
  sessionId: number;
  dataCollectionGroupId: number;
}

/** The best structure made of the data of a group of collections, in one line; nothing where nobody tried. */
export function StructureLine({ sessionId, dataCollectionGroupId }: Props) {
  const select = useCallback(
    ({ results }: { results: Structure[] }) =>
      results.find(({ dataCollectionGroupIds: groups }) => groups.includes(dataCollectionGroupId)) ?? null,
    [dataCollectionGroupId],
  );
  const { data: best } = useQuery({ ...structuresQuery({ sessionId }), select });
  if (!best) return null;
  const words = best.state === 'success' ? headline(best).join(' · ') : best.processingMessage;
  return (
    <div className={classes.line} data-testid="structure-line" title={best.kind}>
      <StateMark state={best.state} size={12} />
      <b>{best.pipeline}</b>
      <span>{words}</span>
    </div>
  );
}
