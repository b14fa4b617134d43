import { useElementSize } from '@mantine/hooks';
import { memo, useMemo, useState, type MouseEvent } from 'react';
import type { Event, Session } from '@/api/types';
import { wall, wallNow } from '@/shared/format/times';
import { hourLines, marksOf, nearest, spanOf, type Mark } from './layout';
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

const LANES = { robot: 0, grid: 1, collect: 2, scan: 3 } as const;
const LEFT = 40;
const LANE = 17;
const WIDTH = LEFT + 4 * LANE;
const EDGE = 8;

/** The map of the session, newest on top: robot, grids, collections and scans by time. A click jumps to the card. */
export function Timeline({ events, whole, session, reading, onJump }: Props) {
  const { ref, height } = useElementSize<HTMLDivElement>();
  const [pointed, setPointed] = useState<{ mark: Mark; y: number } | null>(null);
  const now = wallNow();
  const marks = useMemo(() => marksOf(events, wallNow()), [events]);
  const span = spanOf(marks, whole ? wall(session.startDate) : null, wall(session.endDate), now);
  if (!span) return null;
  const [from, until] = span;
  const scale = Math.max(height - 2 * EDGE, 1) / (until - from);
  const y = (at: number) => yOf(at, until, scale);

  function markAt(event: MouseEvent): { mark: Mark; y: number } | null {
    const at = event.clientY - event.currentTarget.getBoundingClientRect().top;
    const mark = nearest(marks, until - (at - EDGE) / scale);
    return mark ? { mark, y: y(mark.start) } : null;
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
            if (found) onJump(found.mark.key);
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
              <text x={LEFT - 9} y={y(at)} dy="0.35em">
                {new Date(at).toISOString().slice(11, 16)}
              </text>
            </g>
          ))}
          <Marks marks={marks} until={until} scale={scale} />
          {pointed && <MarkShape mark={pointed.mark} until={until} scale={scale} pointed />}
        </svg>
        {pointed && (
          <div className={classes.tip} style={{ top: Math.min(Math.max(pointed.y, 20), height - 24) }}>
            <b>{new Date(pointed.mark.start).toISOString().slice(11, 16)}</b> {pointed.mark.kind.name}
            {pointed.mark.label && <span>{pointed.mark.label}</span>}
            {pointed.mark.failed && <em>failed</em>}
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

interface Drawn {
  until: number;
  scale: number;
}

/** Thousands of marks, not drawn again because the pointer moves. */
const Marks = memo(function Marks({ marks, ...drawn }: Drawn & { marks: Mark[] }) {
  return marks.map((mark) => <MarkShape key={`${mark.key}-${mark.id}`} mark={mark} {...drawn} />);
});

function MarkShape({ mark, until, scale, pointed = false }: Drawn & { mark: Mark; pointed?: boolean }) {
  const x = LEFT + LANES[mark.kind.lane] * LANE + 2;
  const top = yOf(mark.end, until, scale);
  const tall = Math.max(2.5, yOf(mark.start, until, scale) - top);
  if (mark.failed) {
    const middle = top + tall / 2;
    return <path d={`m${x + 3} ${middle - 4} 8 8m0-8-8 8`} className={classes.failed} data-pointed={pointed} />;
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
