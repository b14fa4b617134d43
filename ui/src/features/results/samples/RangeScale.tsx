import { RangeSlider } from '@mantine/core';
import '@mantine/core/styles/Slider.css';
import { useState } from 'react';
import type { Range } from '@/app/search';
import { viridis } from '@/shared/plots/viridis';
import { measureText, type Measure } from '../measures';
import { histogram, tidy } from './compare';
import { goodness } from './standing';
import classes from './RangeScale.module.css';

interface Props {
  measure: Measure;
  values: (number | null)[];
  /** From the smallest to the largest value. */
  full: Range | null;
  /** The part that is shown; all of it when none is chosen. */
  range: Range | undefined;
  onRange: (range: Range | undefined) => void;
}

const BINS = 24;
const HEIGHT = 34;
const STEPS = 200;

/** What the colours mean, with a histogram of the values above and two handles that choose which are shown. */
export function RangeScale({ measure, values, full, range, onRange }: Props) {
  if (!full) return <p className={classes.none}>{measure.name}: no results yet</p>;
  const [low, high] = full;
  if (high <= low) {
    return (
      <p className={classes.none}>
        {measure.name} {measureText(measure, low)}
      </p>
    );
  }
  return <Scale {...{ measure, values, full, range, onRange }} />;
}

function Scale({ measure, values, full, range, onRange }: Props & { full: Range }) {
  const [low, high] = full;
  // While a handle is dragged, the address does not follow yet.
  const [dragged, setDragged] = useState<Range | null>(null);
  const chosen: Range = dragged ?? [clamp(range?.[0] ?? low, full), clamp(range?.[1] ?? high, full)];
  const counts = histogram(values, full, BINS);
  const most = Math.max(...counts, 1);
  const colour = (value: number) => `rgb(${viridis(goodness(value, chosen, measure)).join(' ')})`;
  const middle = (bin: number) => low + ((bin + 0.5) * (high - low)) / BINS;
  const isShown = (value: number) => value >= chosen[0] && value <= chosen[1];
  const label = (end: string) => `${measure.name} shown, ${end}`;
  return (
    <div className={classes.scale} data-testid="range-scale">
      <p className={classes.words}>
        <b>{measure.name}</b>
        <span>
          {measureText(measure, chosen[0])} … {measureText(measure, chosen[1])}
        </span>
        {range && (
          <button type="button" onClick={() => onRange(undefined)}>
            show all
          </button>
        )}
      </p>
      <svg viewBox={`0 0 ${BINS} ${HEIGHT}`} height={HEIGHT} preserveAspectRatio="none" aria-hidden="true">
        {counts.map((count, bin) => {
          const height = count === 0 ? 0 : Math.max(2, (HEIGHT * count) / most);
          const shown = isShown(middle(bin));
          return (
            <rect
              key={bin}
              x={bin + 0.06}
              y={HEIGHT - height}
              width={0.88}
              height={height}
              style={shown ? { fill: colour(middle(bin)) } : undefined}
            />
          );
        })}
      </svg>
      <RangeSlider
        min={low}
        max={high}
        step={(high - low) / STEPS}
        minRange={0}
        size="sm"
        label={null}
        value={chosen}
        thumbFromLabel={label('from')}
        thumbToLabel={label('to')}
        onChange={setDragged}
        onChangeEnd={(next) => {
          setDragged(null);
          onRange(next[0] <= low && next[1] >= high ? undefined : tidy(next));
        }}
      />
    </div>
  );
}

function clamp(value: number, [low, high]: Range): number {
  return Math.min(high, Math.max(low, value));
}
