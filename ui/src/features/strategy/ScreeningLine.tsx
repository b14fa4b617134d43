import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Screening } from '@/api/types';
import line from '@/features/results/ResultLine.module.css';
import { SpaceGroup } from '@/features/results/SpaceGroup';
import { fixed, significant, withUnit } from '@/shared/format/numbers';
import { StateMark } from '@/shared/states/StateMark';
import { screeningsQuery } from './queries';
import { spaced } from './spaceGroups';
import { outputOf, percent } from './strategy';

interface Props {
  dataCollectionId: number;
  /** Shown where no program told what it found out. */
  otherwise: ReactNode;
}

/** What a characterisation gave, in one line: the lattice and the recommended strategy, or why there is none. */
export function ScreeningLine({ dataCollectionId, otherwise }: Props) {
  const { data } = useQuery(screeningsQuery(dataCollectionId));
  const screening = data?.[0];
  if (!screening || !outputOf(screening)) return otherwise;
  return (
    <div className={line.line} data-testid="screening-line">
      <ScreeningSummary screening={screening} />
    </div>
  );
}

/** The words of that line. */
export function ScreeningSummary({ screening }: { screening: Screening }) {
  const output = outputOf(screening);
  if (!output) return null;
  const { state } = screening._metadata;
  const spaceGroup = output.ScreeningOutputLattice[0]?.spaceGroup;
  const best = output.ScreeningStrategy[0];
  const turn = best && Math.abs((best.phiEnd ?? NaN) - (best.phiStart ?? NaN));
  return (
    <>
      <span className={line.first}>
        <StateMark state={state === 'failed' ? 'failed' : 'success'} size={12} />
        <b>{output.program ?? screening.programVersion ?? 'Characterisation'}</b>
        {state === 'failed' ? (
          <span className={line.says}>{output.statusDescription ?? 'Not indexed'}</span>
        ) : (
          <>
            {spaceGroup && <SpaceGroup symbol={spaced(spaceGroup)} />}
            {typeof output.mosaicity === 'number' && <span>{significant(output.mosaicity, 2)}° mosaic</span>}
          </>
        )}
      </span>
      {best && (
        <span>
          {best.program ?? 'Strategy'}:{' '}
          {Number.isFinite(turn) && `${significant(turn ?? 0)}° from ${significant(best.phiStart ?? 0)}°, `}
          {typeof best.completeness === 'number' && `${withUnit(fixed(percent(best.completeness), 1), '%')} complete`}
          {typeof best.resolution === 'number' && ` to ${withUnit(fixed(best.resolution, 2), 'Å')}`}
        </span>
      )}
    </>
  );
}
