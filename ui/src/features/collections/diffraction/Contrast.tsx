import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { count } from '@/shared/format/numbers';
import classes from './Contrast.module.css';
import type { Histogram, Limits } from './counts';
import type { MapName } from './painter';

interface Props {
  histogram: Histogram;
  limits: Limits;
  map: MapName;
  onLimits: (limits: Limits) => void;
}

const WIDTH = 300;
const HEIGHT = 40;

/** How many pixels have how many counts, and two handles: what is shown lightest and darkest. */
export function Contrast({ histogram, limits, map, onLimits }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { bins, top } = histogram;
  const most = Math.log1p(Math.max(...bins, 1));
  const bars = bins.map((pixels, bin) => {
    const height = (Math.log1p(pixels) / most) * HEIGHT;
    return `M${(bin / bins.length) * WIDTH} ${HEIGHT}v${-height}h${WIDTH / bins.length}v${height}z`;
  });
  function change(which: keyof Limits, value: number) {
    const rounded = Math.min(Math.max(Math.round(value), 0), top);
    onLimits(
      which === 'low'
        ? { ...limits, low: Math.min(rounded, limits.high - 1) }
        : { ...limits, high: Math.max(rounded, limits.low + 1) },
    );
  }
  function drag(which: keyof Limits, event: PointerEvent) {
    if (!box.current || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left, width } = box.current.getBoundingClientRect();
    change(which, ((event.clientX - left) / width) * top);
  }
  function onKeyDown(which: keyof Limits, event: KeyboardEvent) {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowDown: -1,
      ArrowRight: 1,
      ArrowUp: 1,
      PageUp: 10,
      PageDown: -10,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    change(which, limits[which] + step * Math.max(Math.round(top / 100), 1));
  }
  const handle = (which: keyof Limits, name: string) => (
    <span
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={top}
      aria-valuenow={limits[which]}
      aria-valuetext={`${count(limits[which])} counts`}
      className={classes.handle}
      style={{ left: `${Math.min(limits[which] / top, 1) * 100}%` }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => drag(which, event)}
      onKeyDown={(event) => onKeyDown(which, event)}
    />
  );
  return (
    <div className={classes.contrast} data-own-keys>
      <div ref={box} className={classes.box}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <path d={bars.join('')} />
        </svg>
        <i
          className={classes.ramp}
          data-map={map}
          style={{
            left: `${Math.min(limits.low / top, 1) * 100}%`,
            right: `${Math.max(1 - limits.high / top, 0) * 100}%`,
          }}
        />
        {handle('low', 'Least count shown')}
        {handle('high', 'Largest count shown')}
      </div>
      <p>
        Shown from {count(limits.low)} to {count(limits.high)} counts a pixel
      </p>
    </div>
  );
}
