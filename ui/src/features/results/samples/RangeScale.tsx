import { RangeSlider } from '@mantine/core';
import '@mantine/core/styles/Slider.css';
import { useState, type KeyboardEvent } from 'react';
import type { Range } from '@/app/search';
import { viridis, viridisGradient } from '@/shared/plots/viridis';
import { measureLabel, measureText, type Measure } from '../measures';
import { besideHandles, histogram, movedBy, tidy, type Scale } from './compare';
import { goodness } from './standing';
import classes from './RangeScale.module.css';

interface Props {
  measure: Measure;
  values: (number | null)[];
  /** Holds all values. */
  scale: Scale | null;
  /** The part that is shown; all of it when none is chosen. */
  range: Range | undefined;
  onRange: (range: Range | undefined) => void;
}

const BINS = 24;
const HEIGHT = 34;
/** Of a number below its handle, as a part of the narrowest scale. */
const WIDTH = 0.22;

/** What the colours mean, with a histogram of the values above and two handles that choose which are shown. */
export function RangeScale({ measure, values, scale, range, onRange }: Props) {
  if (!scale) return <p className={classes.none}>{measure.name}: no results yet</p>;
  const [low, high] = scale.ends;
  if (high <= low) {
    return (
      <p className={classes.none}>
        {measure.name} {measureText(measure, low)}
      </p>
    );
  }
  return <Handles {...{ measure, values, scale, range, onRange }} />;
}

function Handles({ measure, values, scale, range, onRange }: Props & { scale: Scale }) {
  const [low, high] = scale.ends;
  // While a handle is dragged, the address does not follow yet.
  const [dragged, setDragged] = useState<Range | null>(null);
  const chosen: Range = dragged ?? [clamp(range?.[0] ?? low, scale.ends), clamp(range?.[1] ?? high, scale.ends)];
  const label = (end: string) => `${measure.name} shown, ${end}`;
  const choose = (next: Range) => {
    setDragged(null);
    onRange(next[0] <= low && next[1] >= high ? undefined : tidy(next));
  };
  const onKeyDown = (event: KeyboardEvent, handle: 0 | 1) => {
    const moved = movedBy(event.key, chosen[handle], scale);
    if (moved === null) return;
    event.preventDefault();
    choose(handle === 0 ? [Math.min(moved, chosen[1]), chosen[1]] : [chosen[0], Math.max(moved, chosen[0])]);
  };
  return (
    <div className={classes.scale} data-testid="range-scale">
      <p className={classes.words}>
        <b>{measureLabel(measure)}</b>
        <span>samples by value</span>
        {range && (
          <button type="button" onClick={() => onRange(undefined)}>
            show all
          </button>
        )}
      </p>
      <Histogram measure={measure} values={values} full={scale.ends} chosen={chosen} />
      <RangeSlider
        className={classes.slider}
        min={low}
        max={high}
        step={scale.step}
        minRange={0}
        size="md"
        label={null}
        value={chosen}
        thumbFromLabel={label('from')}
        thumbToLabel={label('to')}
        thumbValueText={(value) => measureText(measure, value)}
        thumbProps={(handle) => ({ onKeyDown: (event: KeyboardEvent) => onKeyDown(event, handle) })}
        styles={{ bar: { background: viridisGradient(measure.better === 'lower' ? 'to left' : 'to right') } }}
        onChange={setDragged}
        onChangeEnd={choose}
      />
      <Numbers measure={measure} full={scale.ends} chosen={chosen} />
    </div>
  );
}

interface Shown {
  measure: Measure;
  full: Range;
  chosen: Range;
}

/** How many samples have which value, those that are shown in their colours. */
function Histogram({ measure, values, full, chosen }: Shown & { values: Props['values'] }) {
  const [low, high] = full;
  const counts = histogram(values, full, BINS);
  const most = Math.max(...counts, 1);
  const middle = (bin: number) => low + ((bin + 0.5) * (high - low)) / BINS;
  const colour = (value: number) => `rgb(${viridis(goodness(value, chosen, measure)).join(' ')})`;
  return (
    <div className={classes.histogram} aria-hidden="true">
      <span>
        <span>{most}</span>
        <span>0</span>
      </span>
      <svg viewBox={`0 0 ${BINS} ${HEIGHT}`} height={HEIGHT} preserveAspectRatio="none">
        {counts.map((count, bin) => {
          const height = count === 0 ? 0 : Math.max(2, (HEIGHT * count) / most);
          const isShown = middle(bin) >= chosen[0] && middle(bin) <= chosen[1];
          return (
            <rect
              key={bin}
              x={bin + 0.06}
              y={HEIGHT - height}
              width={0.88}
              height={height}
              style={isShown ? { fill: colour(middle(bin)) } : undefined}
            />
          );
        })}
      </svg>
    </div>
  );
}

/** The ends of what is shown, below the handles. */
function Numbers({ measure, full: [low, high], chosen }: Shown) {
  const along = (value: number) => (value - low) / (high - low);
  const places = besideHandles(along(chosen[0]), along(chosen[1]), WIDTH);
  return (
    <div className={classes.numbers} aria-hidden="true">
      {places.map((place, index) => (
        <span key={index} style={{ left: `${100 * place}%`, width: `${100 * WIDTH}%` }} data-at={endOf(place)}>
          {measureText(measure, chosen[index] ?? low)}
        </span>
      ))}
    </div>
  );
}

/** At the ends of the scale a number lines up with it. */
function endOf(place: number): 'start' | 'end' | undefined {
  if (place <= 0) return 'start';
  return place >= 1 - WIDTH ? 'end' : undefined;
}

function clamp(value: number, [low, high]: Range): number {
  return Math.min(high, Math.max(low, value));
}
