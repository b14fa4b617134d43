import { useMediaQuery } from '@mantine/hooks';
import type { HTMLAttributes, ReactNode, Ref } from 'react';
import { MapControl } from './MapControl';
import type { MapKind } from './maps';
import { NoWebGl } from './NoWebGl';
import classes from './Viewer.module.css';

export type Stage = 'loading' | 'shown' | 'no WebGL' | 'failed';

interface Props {
  testId: string;
  stage: Stage;
  loading: string;
  failed: string;
  /** Where it is drawn, and what else that element needs. */
  place: HTMLAttributes<HTMLDivElement> & { ref: Ref<HTMLDivElement> };
  /** What is pointed at, below the drawing: it would hide a part of it. */
  hud: ReactNode;
  maps: MapKind[];
  /** Where each map is contoured [σ]. */
  levels: Partial<Record<MapKind, number>>;
  onLevel: (kind: MapKind, level: number) => void;
  onShown: (kind: MapKind, shown: boolean) => void;
  /** Buttons. */
  children: ReactNode;
  /** What is to be known of the maps. */
  note?: ReactNode;
  /** What mouse and keys do, and what fingers do where there is no mouse. */
  keys: string;
  touch: string;
}

/** Where a structure is drawn: the drawing or why there is none, and beneath it what changes it. */
export function ViewerFrame({ testId, stage, loading, failed, place, hud, maps, levels, ...props }: Props) {
  const isTouched = useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false });
  if (stage === 'no WebGL') return <NoWebGl />;
  return (
    <div className={classes.viewer} data-testid={testId} data-stage={stage}>
      <div className={classes.place} data-own-keys {...place}>
        {stage === 'loading' && <p className={classes.note}>{loading}</p>}
        {stage === 'failed' && (
          <p className={classes.note} role="alert">
            {failed}
          </p>
        )}
      </div>
      {hud}
      <div className={classes.controls}>
        {maps.map((kind) => (
          <MapControl
            key={kind}
            kind={kind}
            level={levels[kind]}
            onLevel={(level) => props.onLevel(kind, level)}
            onShown={(shown) => props.onShown(kind, shown)}
          />
        ))}
        {props.children}
        <p className={classes.keys}>
          {props.note}
          {isTouched ? props.touch : props.keys}
        </p>
      </div>
    </div>
  );
}
