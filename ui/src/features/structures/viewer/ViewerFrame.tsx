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
  /** What is pointed at, within the drawing. */
  hud: ReactNode;
  maps: MapKind[];
  /** Where each map is contoured [σ]. */
  levels: Partial<Record<MapKind, number>>;
  onLevel: (kind: MapKind, level: number) => void;
  onShown: (kind: MapKind, shown: boolean) => void;
  /** Buttons. */
  children: ReactNode;
  /** What mouse and keys do. */
  keys: ReactNode;
}

/** Where a structure is drawn: the drawing or why there is none, and beneath it what changes it. */
export function ViewerFrame({ testId, stage, loading, failed, place, hud, maps, levels, ...props }: Props) {
  if (stage === 'no WebGL') return <NoWebGl />;
  return (
    <div className={classes.viewer} data-testid={testId} data-stage={stage}>
      <div className={classes.place} data-own-keys {...place}>
        {hud}
        {stage === 'loading' && <p className={classes.note}>{loading}</p>}
        {stage === 'failed' && (
          <p className={classes.note} role="alert">
            {failed}
          </p>
        )}
      </div>
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
        <p className={classes.keys}>{props.keys}</p>
      </div>
    </div>
  );
}
