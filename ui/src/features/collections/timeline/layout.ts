import type { Event, State } from '@/api/types';
import { kindOfEvent, type Lane } from '@/shared/format/kinds';
import { DAY, HOUR, MINUTE, wall } from '@/shared/format/times';
import { rowKey } from '@/live/merge';

/** A column of the map: of a kind of event, or of what programs made of them. */
export type MapLane = Lane | 'process';

/** One event on the map of the session, or one run of a program on what was collected. */
export interface Mark {
  /** Of the card that it leads to. */
  key: string;
  id: number;
  lane: MapLane;
  /** Of those that stand side by side in the lane; 0 is the first. */
  column: number;
  name: string;
  colour: string;
  start: number;
  end: number;
  running: boolean;
  failed: boolean;
  label: string;
}

export const SHORTEST = 1000;

/** The marks of the events, newest first as they come. */
export function marksOf(events: Event[], now: number): Mark[] {
  return events.flatMap((event) => {
    const start = wall(event.startTime);
    if (start === null) return [];
    const state = stateOf(event);
    const running = state === 'running';
    const end = running ? now : (wall(event.endTime) ?? start);
    const { lane, name, colour } = kindOfEvent(event);
    return [
      {
        key: rowKey(event),
        id: event.id,
        lane,
        column: 0,
        name,
        colour,
        start,
        end: Math.max(end, start + SHORTEST),
        running,
        failed: state === 'failed',
        label: labelOf(event),
      },
    ];
  });
}

/** What an event was done to. */
export function labelOf(event: Event): string {
  return event.blSample ?? (event.type === 'dc' ? event.Item.imagePrefix : null) ?? '';
}

function stateOf(event: Event): State {
  if (event.type === 'dc') return event.Item._metadata.state;
  if (event.type === 'robot') return (event.Item.status ?? 'SUCCESS') === 'SUCCESS' ? 'done' : 'failed';
  return 'done';
}

/** How far outside the dates of its session an event is still believed: beam time begins early and is prolonged. */
const SLACK = DAY;

interface Dates {
  start: number | null;
  end: number | null;
}

/**
 * The time from the first to the last thing there is: the session's own dates bound it only where it lies inside them.
 * Programs have sent starts of 1970 and ends of 2038: what lies far off does not stretch it.
 */
export function spanOf(marks: Mark[], session: Dates, whole: boolean, now: number): [number, number] | null {
  const [earliest, latest] = believed(marks, session, now);
  const near = marks.filter(({ start }) => start >= earliest && start <= latest);
  const from = Math.min(
    near.reduce((least, { start }) => Math.min(least, start), Infinity),
    (whole ? session.start : null) ?? Infinity,
  );
  const until = Math.max(
    near.reduce((most, { start, end }) => Math.max(most, Math.min(end, latest, Math.max(now, start))), -Infinity),
    Math.min(session.end ?? -Infinity, now),
  );
  if (!Number.isFinite(from) || !Number.isFinite(until)) return null;
  return [from, Math.max(until, from + HOUR)];
}

/** Between which times a start is believed. */
function believed(marks: Mark[], { start, end }: Dates, now: number): [number, number] {
  const future = now + HOUR;
  const bounds: [number, number] = [(start ?? -Infinity) - SLACK, Math.min((end ?? Infinity) + SLACK, future)];
  const inside = marks.filter((mark) => mark.start >= bounds[0] && mark.start <= bounds[1]).length;
  if (start !== null && inside * 2 >= marks.length) return bounds;
  // The session has no dates, or was moved and they never were: what is far off from the most of its events (Tukey's
  // outer fences) is not believed.
  const starts = marks.map((mark) => mark.start).sort((a, b) => a - b);
  const low = starts[Math.floor((starts.length - 1) / 4)] ?? now;
  const high = starts[Math.ceil(((starts.length - 1) * 3) / 4)] ?? now;
  const fence = 3 * (high - low) + SLACK;
  return [low - fence, Math.min(high + fence, future)];
}

/** Lines drawn at most, however long the time and however tall the map. */
const MOST_LINES = 60;
const STEPS = [1, 2, 3, 6, 12, 24, 48, 7 * 24, 14 * 24, 28 * 24];

/** Wall times of the hour lines: about `wanted` of them, on whole hours, or days where hours were too many. */
export function hourLines([from, until]: [number, number], wanted: number): number[] {
  const hours = (until - from) / HOUR;
  const most = Math.min(Math.max(wanted, 1), MOST_LINES);
  // Longer than that: as many whole days as it takes.
  const step = (STEPS.find((each) => hours / each <= most) ?? Math.ceil(hours / most / 24) * 24) * HOUR;
  const lines: number[] = [];
  for (let at = Math.ceil(from / step) * step; at < until; at += step) lines.push(at);
  return lines;
}

/** A mark where it is drawn on a map. */
export interface Placed extends Mark {
  top: number;
  bottom: number;
  /** It starts outside the map, and is a pointer at its edge. */
  beyond: 'earlier' | 'later' | null;
}

/** Puts marks on a map of the span: bars end at its edges, and what starts outside is a pointer there. */
export function placed(marks: Mark[], [from, until]: [number, number]): Placed[] {
  return marks.map((mark) => {
    if (mark.start < from) return { ...mark, top: from, bottom: from, beyond: 'earlier' };
    if (mark.start > until) return { ...mark, top: until, bottom: until, beyond: 'later' };
    return { ...mark, top: Math.min(mark.end, until), bottom: mark.start, beyond: null };
  });
}

/** How many times farther a mark counts that is beside the lane pointed at. */
const OTHER_LANE = 3;

/** The mark nearest to a time; one of the lane pointed at before those beside it. */
export function nearest(marks: Placed[], at: number, lane?: MapLane): Placed | null {
  let best: Placed | null = null;
  let distance = Infinity;
  for (const mark of marks) {
    const off = at < mark.bottom ? mark.bottom - at : at > mark.top ? at - mark.top : 0;
    const away = lane === undefined || mark.lane === lane ? off : (off + MINUTE) * OTHER_LANE;
    if (away < distance) [best, distance] = [mark, away];
  }
  return best;
}
