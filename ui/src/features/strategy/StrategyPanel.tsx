import { Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Screening, ScreeningOutput, Strategy } from '@/api/types';
import { cellText } from '@/features/results/crystal';
import { SpaceGroup } from '@/features/results/SpaceGroup';
import { count, fixed, significant, withUnit } from '@/shared/format/numbers';
import { ErrorState } from '@/shared/states/ErrorState';
import { StateMark } from '@/shared/states/StateMark';
import { screeningsQuery } from './queries';
import { spaced } from './spaceGroups';
import { coloursOf, orientationsOf, outputOf, percent, total } from './strategy';
import classes from './StrategyPanel.module.css';
import { WedgeDial } from './WedgeDial';
import { WedgeTable } from './WedgeTable';

interface Props {
  dataCollectionId: number;
  /** The collection was made to characterise the crystal: its result is waited for. */
  expected: boolean;
}

/** What characterisations found out of a collection, and the strategies that follow; nothing where there are none. */
export function StrategyPanel({ dataCollectionId, expected }: Props) {
  const { data, error, refetch } = useQuery(screeningsQuery(dataCollectionId));
  if (!expected && (!data || data.length === 0)) return null;
  return (
    <section className={classes.panel} aria-labelledby="strategy" data-testid="strategy">
      <h2 id="strategy">Strategy</h2>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} compact />
      ) : !data ? (
        <Skeleton height={160} radius="sm" />
      ) : data.length === 0 ? (
        <p className={classes.none}>No program has told what it found in these images. A strategy appears here then.</p>
      ) : (
        data.map((screening) => <OneScreening key={screening.screeningId} screening={screening} />)
      )}
    </section>
  );
}

function OneScreening({ screening }: { screening: Screening }) {
  const output = outputOf(screening);
  const { state } = screening._metadata;
  return (
    <article className={classes.screening}>
      <header className={classes.head}>
        <StateMark state={state === 'failed' ? 'failed' : 'success'} />
        <h3>{screening.programVersion ?? output?.program ?? 'Characterisation'}</h3>
        <span>{VERDICT[state]}</span>
      </header>
      {state !== 'strategy' && (
        <p className={classes.warning} role="note">
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden="true" />
          <span>
            {state === 'failed' ? 'The images could not be indexed. ' : 'Indexed, but no strategy was found. '}
            {output?.statusDescription ?? screening.comments}
          </span>
        </p>
      )}
      {output?.diffractionRings && (
        <p className={classes.warning} role="note">
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden="true" />
          <span>There are rings of ice or powder in the images.</span>
        </p>
      )}
      {output && <Facts output={output} />}
      {output?.ScreeningStrategy.map((strategy, index) => (
        <OneStrategy key={strategy.screeningStrategyId} strategy={strategy} recommended={index === 0} />
      ))}
    </article>
  );
}

const VERDICT = { strategy: 'Indexed, strategy found', indexed: 'Indexed', failed: 'Not indexed' } as const;

function Facts({ output }: { output: ScreeningOutput }) {
  const lattice = output.ScreeningOutputLattice[0];
  const cell =
    lattice &&
    cellText({
      a: lattice.unitCell_a ?? null,
      b: lattice.unitCell_b ?? null,
      c: lattice.unitCell_c ?? null,
      alpha: lattice.unitCell_alpha ?? null,
      beta: lattice.unitCell_beta ?? null,
      gamma: lattice.unitCell_gamma ?? null,
    });
  const { mosaicity, rankingResolution, iOverSigma, numSpotsFound, numSpotsUsed, beamShiftX, beamShiftY } = output;
  return (
    <dl className={classes.facts}>
      {lattice?.spaceGroup && (
        <Fact name="Space group">
          <SpaceGroup symbol={spaced(lattice.spaceGroup)} />
          {lattice.bravaisLattice && <small> {lattice.bravaisLattice}</small>}
        </Fact>
      )}
      {cell && <Fact name="Cell">{cell}</Fact>}
      {isNumber(mosaicity) && <Fact name="Mosaicity">{significant(mosaicity, 2)}°</Fact>}
      {isNumber(rankingResolution) && (
        <Fact name="Ranking resolution">{withUnit(fixed(rankingResolution, 2), 'Å')}</Fact>
      )}
      {isNumber(iOverSigma) && <Fact name="I/σ(I) there">{fixed(iOverSigma, 1)}</Fact>}
      {isNumber(numSpotsFound) && (
        <Fact name="Spots">
          {isNumber(numSpotsUsed) ? `${count(numSpotsUsed)} of ${count(numSpotsFound)} used` : count(numSpotsFound)}
        </Fact>
      )}
      {isNumber(beamShiftX) && isNumber(beamShiftY) && lattice && (
        <Fact name="Beam shift">{withUnit(`${fixed(beamShiftX, 2)}, ${fixed(beamShiftY, 2)}`, 'mm')}</Fact>
      )}
    </dl>
  );
}

function OneStrategy({ strategy, recommended }: { strategy: Strategy; recommended: boolean }) {
  const wedges = strategy.ScreeningStrategyWedge;
  const colours = coloursOf(strategy);
  const orientations = orientationsOf(strategy);
  const dose = total(wedges, (wedge) => wedge.doseTotal);
  const images = total(wedges, (wedge) => wedge.numberOfImages);
  const { completeness, multiplicity, resolution } = strategy;
  return (
    <details className={classes.strategy} open={recommended} data-testid="one-strategy">
      <summary>
        <b>{strategy.program ?? 'Strategy'}</b>
        <span>{strategy.anomalous ? 'anomalous' : 'native'}</span>
        {isNumber(completeness) && <span>{withUnit(fixed(percent(completeness), 1), '%')} complete</span>}
        {isNumber(resolution) && <span>{withUnit(fixed(resolution, 2), 'Å')}</span>}
        {isNumber(multiplicity) && <span>{fixed(multiplicity, 1)}-fold</span>}
        {dose !== null && <span>{withUnit(fixed(dose, 1), 'MGy')}</span>}
        {images !== null && <span>{count(images)} images</span>}
      </summary>
      <div className={classes.wedges} data-many={orientations.length > 1}>
        <div className={classes.dials}>
          {orientations.map((orientation) => (
            <WedgeDial key={`${orientation.kappa}/${orientation.phi}`} orientation={orientation} colours={colours} />
          ))}
        </div>
        <WedgeTable strategy={strategy} colours={colours} />
      </div>
    </details>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number';
}
