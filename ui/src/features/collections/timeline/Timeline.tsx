import { useElementSize } from '@mantine/hooks';
import { memo, useMemo, useState, type MouseEvent } from 'react';
import type { Event, Run, Session } from '@/api/types';
import { clock, DAY, day, dayClock, wall, wallNow } from '@/shared/format/times';
import { hourLines, marksOf, nearest, placed, spanOf, type MapLane, type Placed } from './layout';
import { RUN_COLUMNS, runMarksOf } from './runMarks';
import classes from './Timeline.module.css';

interface Props {
  events: Event[];
  /** By the keys of groups of collections. */
  results: Map<number, Run[]>;
  /** False while older events are missing. */
  whole: boolean;
  session: Session;
  /** Wall times of the newest and oldest card on screen. */
  reading: [number, number] | null;
  onJump: (key: string) => void;
}

/**
 * Full collections have a lane of their own: a characterisation every few minutes would cover them, and they are what
 * one looks for.
 */
const LANES: MapLane[] = ['robot', 'grid', 'screen', 'collect', 'scan', 'process'];
const LEFT = 44;
const LANE = 13.5;
const GAP = 4;
/** Wide enough for runs that go on at the same time. */
const RUN = 4.5;
const PROCESS = LEFT + (LANES.length - 1) * LANE;
const WIDTH = PROCESS + RUN_COLUMNS * RUN + 2;
const EDGE = 9;

/**
 * The map of the session, newest on top: robot, grids, characterisations, collections, scans, and what programs made of
 * them by time. A click jumps to the card.
 */
export function Timeline({ events, results, whole, session, reading, onJump }: Props) {
  const { ref, height } = useElementSize<HTMLDivElement>();
  const [pointed, setPointed] = useState<Placed | null>(null);
  const { startDate, endDate } = session;
  const [marks, span] = useMemo(() => {
    const now = wallNow();
    const all = marksOf(events, now);
    // Runs do not stretch it: what was measured is processed again years later.
    const reach = spanOf(all, { start: wall(startDate), end: wall(endDate) }, whole, now);
    return [reach ? placed([...all, ...runMarksOf(events, results, now)], reach) : [], reach];
  }, [events, results, startDate, endDate, whole]);
  if (!span) return null;
  const [from, until] = span;
  const scale = Math.max(height - 2 * EDGE, 1) / (until - from);
  const y = (at: number) => yOf(Math.min(Math.max(at, from), until), until, scale);

  function markAt(event: MouseEvent): Placed | null {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const lane = LANES[Math.min(Math.floor((event.clientX - left - LEFT) / LANE), LANES.length - 1)];
    return nearest(marks, until - (event.clientY - top - EDGE) / scale, lane);
  }
  return (
    <aside className={classes.timeline} aria-label="Map of the session">
      <div ref={ref} className={classes.stage}>
        <svg
          width={WIDTH}
          height={height}
          role="img"
          aria-label={`${marks.length} events and runs on a time axis; the list beside it holds the same`}
          onPointerMove={(event) => setPointed(markAt(event))}
          onPointerLeave={() => setPointed(null)}
          onClick={(event) => {
            const found = markAt(event);
            if (found) onJump(found.key);
          }}
        >
          {reading && (
            <rect
              x={LEFT - 5}
              y={y(reading[0])}
              width="4"
              height={Math.max(4, y(reading[1]) - y(reading[0]))}
              rx="2"
              className={classes.reading}
            />
          )}
          {hourLines(span, height / 44).map((at) => (
            <g key={at} className={classes.hour}>
              <line x1={LEFT - 4} x2={WIDTH} y1={y(at)} y2={y(at)} />
              <text x={LEFT - 8} y={y(at)} dy="0.35em" data-day={at % DAY === 0}>
                {at % DAY === 0 ? day(isoOf(at)) : clockOf(at)}
              </text>
            </g>
          ))}
          <Marks marks={marks} until={until} scale={scale} />
          {pointed && <MarkShape mark={pointed} until={until} scale={scale} pointed />}
        </svg>
        {pointed && (
          <div className={classes.tip} style={{ top: Math.min(Math.max(y(pointed.bottom), 20), height - 24) }}>
            <b>{pointed.beyond ? dayClock(isoOf(pointed.start)) : clockOf(pointed.start)}</b> {pointed.name}
            {pointed.label && <span>{pointed.label}</span>}
            {pointed.running && <span>running</span>}
            {pointed.failed && <em>failed</em>}
            {pointed.beyond && <span>{pointed.beyond} than this map</span>}
          </div>
        )}
      </div>
      {!whole && <p className={classes.note}>earlier not drawn</p>}
    </aside>
  );
}

/** Height of a time in the map: newest on top. */
function yOf(at: number, until: number, scale: number): number {
  return EDGE + (until - at) * scale;
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}

/** "14:02" */
function clockOf(at: number): string {
  return clock(isoOf(at));
}

interface Drawn {
  until: number;
  scale: number;
}

/** Thousands of marks, not drawn again because the pointer moves. */
const Marks = memo(function Marks({ marks, ...drawn }: Drawn & { marks: Placed[] }) {
  return marks.map((mark) => <MarkShape key={`${mark.key}-${mark.lane}-${mark.id}`} mark={mark} {...drawn} />);
});

function MarkShape({ mark, until, scale, pointed = false }: Drawn & { mark: Placed; pointed?: boolean }) {
  const { x, wide } = acrossOf(mark);
  const top = yOf(mark.top, until, scale);
  const tall = Math.max(2.5, yOf(mark.bottom, until, scale) - top);
  if (mark.beyond) {
    const tip = mark.beyond === 'earlier' ? 6 : -6;
    return (
      <path
        d={`m${x} ${top + Math.sign(tip)}h${wide}l${-wide / 2} ${tip}z`}
        fill={mark.failed ? 'var(--failed)' : mark.colour}
        className={classes.mark}
        data-pointed={pointed}
        data-beyond={mark.beyond}
      />
    );
  }
  if (mark.failed) {
    const half = Math.min(wide / 2, 4);
    return (
      <path
        d={`m${x + wide / 2 - half} ${top + tall / 2 - half} ${2 * half} ${2 * half}m0-${2 * half}-${2 * half} ${2 * half}`}
        className={classes.failed}
        data-pointed={pointed}
      />
    );
  }
  return (
    <rect
      x={x}
      y={top}
      width={wide}
      height={tall}
      rx="1.2"
      fill={mark.colour}
      className={classes.mark}
      data-pointed={pointed}
      data-lane={mark.lane}
    />
  );
}

/** Where a mark stands across the map, and how wide it is. */
function acrossOf({ lane, column }: Placed): { x: number; wide: number } {
  if (lane === 'process') return { x: PROCESS + 2 + column * RUN, wide: RUN - 1 };
  return { x: LEFT + LANES.indexOf(lane) * LANE + 2, wide: LANE - GAP };
}
