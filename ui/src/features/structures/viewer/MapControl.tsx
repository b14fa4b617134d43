import { Slider } from '@mantine/core';
import { useState } from 'react';
import { fixed } from '@/shared/format/numbers';
import type { MapKind } from './maps';
import classes from './Viewer.module.css';

const NAMES: Record<MapKind, string> = { '2fofc': '2Fo−Fc', fofc: 'Fo−Fc', anomalous: 'Anomalous' };
const MOST: Record<MapKind, number> = { '2fofc': 5, fofc: 8, anomalous: 12 };

interface Props {
  kind: MapKind;
  /** Contour level [σ]; none while the map is read. */
  level: number | undefined;
  onLevel: (level: number) => void;
  onShown: (shown: boolean) => void;
}

/** Whether a map is drawn, and at which level. */
export function MapControl({ kind, level, onLevel, onShown }: Props) {
  const [shown, setShown] = useState(true);
  return (
    <div className={classes.map} data-kind={kind}>
      <label>
        <input
          type="checkbox"
          checked={shown}
          onChange={({ currentTarget: { checked } }) => {
            setShown(checked);
            onShown(checked);
          }}
        />
        {NAMES[kind]}
      </label>
      <i aria-hidden="true" />
      <Slider
        size="sm"
        min={0.5}
        max={MOST[kind]}
        step={0.1}
        label={null}
        value={Math.min(Math.max(level ?? 0.5, 0.5), MOST[kind])}
        disabled={level === undefined || !shown}
        onChange={onLevel}
        thumbLabel={`Contour level of ${NAMES[kind]} in σ`}
        data-own-keys
      />
      <output>{level === undefined ? '' : `${fixed(level, 1)} σ`}</output>
    </div>
  );
}
