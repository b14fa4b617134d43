import { useElementSize } from '@mantine/hooks';
import { memo, useMemo, useState, type MouseEvent } from 'react';
import type { Event, Session } from '@/api/types';
import type { Lane } from '@/shared/format/kinds';
import { clock, DAY, day, dayClock, wall, wallNow } from '@/shared/format/times';
import { hourLines, marksOf, nearest, placed, spanOf, type Placed } from './layout';
import classes from './Timeline.module.css';

interface Props {
  events: Event[];
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
const LANES: Lane[] = ['robot', 'grid', 'screen', 'collect', 'scan'];
const LEFT = 44;
const LANE = 13.5;
const WIDTH = LEFT + LANES.length * LANE;
const EDGE = 9;

/**
 * The map of the session, newest on top: robot, grids, characterisations, collections and scans by time. A click jumps
 * to the card.
 */
export function Timeline({ events, whole, session, reading, onJump }: Props) {
  const { ref, height } = useElementSize<HTMLDivElement>();
  const [pointed, setPointed] = useState<Placed | null>(null);
  const { startDate, endDate } = session;
  const [marks, span] = useMemo(() => {
    const now = wallNow();
    const all = marksOf(events, now);
    const reach = spanOf(all, { start: wall(startDate), end: wall(endDate) }, whole, now);
    return [reach ? placed(all, reach) : [], reach];
  }, [events, startDate, endDate, whole]);
  if (!span) return null;
  const [from, until] = span;
  const scale = Math.max(height - 2 * EDGE, 1) / (until - from);
  const y = (at: number) => yOf(Math.min(Math.max(at, from), until), until, scale);

  function markAt(event: MouseEvent): Placed | null {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const lane = LANES[Math.floor((event.clientX - left - LEFT) / LANE)];
    return nearest(marks, until - (event.clientY - top - EDGE) / scale, lane);
  }
  return (
    <aside className={classes.timeline} aria-label="Map of the session">
      <div ref={ref} className={classes.stage}>
        <svg
          width={WIDTH}
          height={height}
          role="img"
          aria-label={`${marks.length} events on a time axis; the list beside it holds the same`}
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
            <b>{pointed.beyond ? dayClock(isoOf(pointed.start)) : clockOf(pointed.start)}</b> {pointed.kind.name}
            {pointed.label && <span>{pointed.label}</span>}
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
  return marks.map((mark) => <MarkShape key={`${mark.key}-${mark.id}`} mark={mark} {...drawn} />);
});

function MarkShape({ mark, until, scale, pointed = false }: Drawn & { mark: Placed; pointed?: boolean }) {
  const x = LEFT + LANES.indexOf(mark.kind.lane) * LANE + 2;
  const top = yOf(mark.top, until, scale);
  const tall = Math.max(2.5, yOf(mark.bottom, until, scale) - top);
  if (mark.beyond) {
    const tip = mark.beyond === 'earlier' ? 6 : -6;
    return (
      <path
        d={`m${x} ${top + Math.sign(tip)}h${LANE - 4}l${(4 - LANE) / 2} ${tip}z`}
        fill={mark.failed ? 'var(--failed)' : mark.kind.colour}
        className={classes.mark}
        data-pointed={pointed}
        data-beyond={mark.beyond}
      />
    );
  }
  if (mark.failed) {
    const middle = top + tall / 2;
    return <path d={`m${x + 1} ${middle - 4} 8 8m0-8-8 8`} className={classes.failed} data-pointed={pointed} />;
  }
  return (
    <rect
      x={x}
      y={top}
      width={LANE - 4}
      height={tall}
      rx="1.2"
      fill={mark.kind.colour}
      className={classes.mark}
      data-pointed={pointed}
    />
  );
}
