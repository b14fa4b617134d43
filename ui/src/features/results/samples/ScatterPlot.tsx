import { useRef, useState, type PointerEvent } from 'react';
import type { Range } from '@/app/search';
import { useRoving } from '@/shared/keys/useRoving';
import { roundTicks } from '@/shared/plots/bands';
import { viridis } from '@/shared/plots/viridis';
import { measureLabel, measureText, type Measure } from '../measures';
import { isWithin, tidy, type Compared } from './compare';
import { goodness } from './standing';
import classes from './ScatterPlot.module.css';

interface Props {
  standings: Compared[];
  measure: Measure;
  /** Names of the pipelines: across, up. */
  names: [string, string];
  full: Range;
  range: Range | undefined;
  other: Range | undefined;
  pointed: number | null;
  selected: number | null;
  onPoint: (blSampleId: number | null) => void;
  onSelect: (blSampleId: number) => void;
  onBrush: (range: Range | undefined, other: Range | undefined) => void;
}

const SIZE = 292;
const [LEFT, BOTTOM, TOP, RIGHT] = [46, 38, 8, 10];
const INNER = SIZE - LEFT - RIGHT;
const TALL = INNER + TOP + BOTTOM;
/** A pointer that moved less than this has clicked. */
const CLICK = 4;

/** One pipeline against the other: on the diagonal both are equal. Drawing a rectangle chooses the samples within. */
export function ScatterPlot(props: Props) {
  const { standings, measure, names, full, range, other, pointed, selected, onPoint, onSelect } = props;
  const { svg, drawn, ...pointer } = useBrush(props);
  const pad = (full[1] - full[0]) * 0.04 || 0.5;
  const [low, high] = [full[0] - pad, full[1] + pad];
  const x = (value: number) => LEFT + (INNER * (value - low)) / (high - low);
  const y = (value: number) => TOP + INNER - (INNER * (value - low)) / (high - low);
  const ticks = roundTicks(low, high, 4);
  const points = standings.flatMap((each) =>
    each.value !== null && each.other !== null && each.other.value !== null
      ? [{ each, id: each.sample.blSampleId, at: [each.value, each.other.value] as const }]
      : [],
  );
  const fromLeft = points.toSorted((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]).map(({ id }) => id);
  const keys = useRoving(fromLeft, onSelect);
  const colour = (value: number) => `rgb(${viridis(goodness(value, range ?? full, measure)).join(' ')})`;
  return (
    <figure className={classes.figure} data-testid="scatter">
      <svg
        ref={svg}
        viewBox={`0 0 ${SIZE} ${TALL}`}
        role="group"
        aria-label={`${measure.name} of ${names[1]} against ${names[0]}, ${points.length} samples`}
        {...pointer}
      >
        <rect x={LEFT} y={TOP} width={INNER} height={INNER} className={classes.field} />
        {ticks.map((tick) => (
          <g key={tick} className={classes.axis}>
            <line x1={x(tick)} x2={x(tick)} y1={TOP} y2={TOP + INNER} />
            <line x1={LEFT} x2={LEFT + INNER} y1={y(tick)} y2={y(tick)} />
            <text x={x(tick)} y={TOP + INNER + 14} textAnchor="middle">
              {measure.write(tick)}
            </text>
            <text x={LEFT - 5} y={y(tick)} dy="0.35em" textAnchor="end">
              {measure.write(tick)}
            </text>
          </g>
        ))}
        <line x1={x(low)} y1={y(low)} x2={x(high)} y2={y(high)} className={classes.diagonal} />
        <text x={LEFT + INNER / 2} y={TALL - 5} textAnchor="middle" className={classes.name}>
          {names[0]}
        </text>
        <text transform={`translate(11 ${TOP + INNER / 2}) rotate(-90)`} textAnchor="middle" className={classes.name}>
          {names[1]}
        </text>
        {points.map(({ each, id, at }) => {
          const isShown = isWithin(each, range, other);
          const words = `${each.sample.name ?? id}: ${measureText(measure, at[0])} · ${measureText(measure, at[1])}`;
          return (
            <circle
              key={id}
              {...keys(id)}
              cx={x(at[0])}
              cy={y(at[1])}
              r={id === pointed || id === selected ? 6 : 4.2}
              className={classes.point}
              style={isShown ? { fill: colour(at[0]) } : undefined}
              aria-label={words}
              aria-pressed={id === selected}
              data-within={isShown}
              data-marked={id === pointed || id === selected}
              data-testid="scatter-point"
              onPointerEnter={() => onPoint(id)}
              onPointerLeave={() => onPoint(null)}
              onFocus={() => {
                keys(id).onFocus();
                onPoint(id);
              }}
              onBlur={() => onPoint(null)}
              onClick={() => onSelect(id)}
            >
              <title>{words}</title>
            </circle>
          );
        })}
        {drawn && <rect {...drawn} className={classes.brush} />}
      </svg>
      <figcaption>
        {measureLabel(measure)}, in the colours of {names[0]}. Draw a rectangle to choose samples.
      </figcaption>
    </figure>
  );
}

/** A rectangle drawn over the field becomes a range of either pipeline. */
function useBrush({ full, onBrush }: Pick<Props, 'full' | 'onBrush'>) {
  const svg = useRef<SVGSVGElement>(null);
  const [corner, setCorner] = useState<[number, number] | null>(null);
  const [end, setEnd] = useState<[number, number] | null>(null);
  const pad = (full[1] - full[0]) * 0.04 || 0.5;
  const [low, high] = [full[0] - pad, full[1] + pad];
  const place = ({ clientX, clientY }: PointerEvent): [number, number] => {
    const box = svg.current?.getBoundingClientRect();
    const scale = SIZE / (box?.width ?? SIZE);
    return [(clientX - (box?.left ?? 0)) * scale, (clientY - (box?.top ?? 0)) * scale];
  };
  const value = (inner: number) => low + (Math.min(Math.max(inner, 0), INNER) / INNER) * (high - low);
  const drawn =
    corner && end
      ? {
          x: Math.min(corner[0], end[0]),
          y: Math.min(corner[1], end[1]),
          width: Math.abs(corner[0] - end[0]),
          height: Math.abs(corner[1] - end[1]),
        }
      : null;
  return {
    svg,
    drawn,
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
      if (event.button !== 0) return;
      setCorner(place(event));
      setEnd(null);
    },
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      if (!corner) return;
      const at = place(event);
      if (!end && Math.hypot(at[0] - corner[0], at[1] - corner[1]) < CLICK) return;
      if (!end) event.currentTarget.setPointerCapture(event.pointerId);
      setEnd(at);
    },
    onPointerUp: () => {
      if (drawn) {
        const across: Range = [value(drawn.x - LEFT), value(drawn.x + drawn.width - LEFT)];
        const up: Range = [value(TOP + INNER - drawn.y - drawn.height), value(TOP + INNER - drawn.y)];
        onBrush(tidy(across), tidy(up));
      }
      setCorner(null);
      setEnd(null);
    },
    onPointerCancel: () => {
      setCorner(null);
      setEnd(null);
    },
  };
}
