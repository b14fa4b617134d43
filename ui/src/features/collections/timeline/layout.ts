import type { Event, State } from '@/api/types';
import { kindOfEvent, type Kind } from '@/shared/format/kinds';
import { HOUR, wall } from '@/shared/format/times';
import { rowKey } from '@/live/merge';

/** One event on the map of the session. */
export interface Mark {
  key: string;
  id: number;
  kind: Kind;
  start: number;
  end: number;
  failed: boolean;
  label: string;
}

const SHORTEST = 1000;

/** The marks of the events, newest first as they come. */
export function marksOf(events: Event[], now: number): Mark[] {
  return events.flatMap((event) => {
    const start = wall(event.startTime);
    if (start === null) return [];
    const state = stateOf(event);
    const end = state === 'running' ? now : (wall(event.endTime) ?? start);
    return [
      {
        key: rowKey(event),
        id: event.id,
        kind: kindOfEvent(event),
        start,
        end: Math.max(end, start + SHORTEST),
        failed: state === 'failed',
        label: event.blSample ?? (event.type === 'dc' ? event.Item.imagePrefix : null) ?? '',
      },
    ];
  });
}

function stateOf(event: Event): State {
  if (event.type === 'dc') return event.Item._metadata.state;
  if (event.type === 'robot') return (event.Item.status ?? 'SUCCESS') === 'SUCCESS' ? 'done' : 'failed';
  return 'done';
}

/** The time from the first to the last thing there is: the session's own dates bound it only where it lies inside them. */
export function spanOf(
  marks: Mark[],
  sessionStart: number | null,
  sessionEnd: number | null,
  now: number,
): [number, number] | null {
  const first = marks.at(-1);
  const last = marks[0];
  const from = Math.min(first?.start ?? Infinity, sessionStart ?? Infinity);
  const until = Math.max(last?.end ?? -Infinity, Math.min(sessionEnd ?? -Infinity, now));
  if (!Number.isFinite(from) || !Number.isFinite(until)) return null;
  return [from, Math.max(until, from + HOUR)];
}

/** Wall times of the hour lines: about `wanted` of them, on whole hours. */
export function hourLines([from, until]: [number, number], wanted: number): number[] {
  const hours = (until - from) / HOUR;
  const step = ([1, 2, 3, 6, 12, 24].find((each) => hours / each <= wanted) ?? 48) * HOUR;
  const lines: number[] = [];
  for (let at = Math.ceil(from / step) * step; at < until; at += step) lines.push(at);
  return lines;
}

/** The mark nearest to a time. */
export function nearest(marks: Mark[], at: number): Mark | null {
  let best: Mark | null = null;
  let distance = Infinity;
  for (const mark of marks) {
    const away = at < mark.start ? mark.start - at : at > mark.end ? at - mark.end : 0;
    if (away < distance) [best, distance] = [mark, away];
  }
  return best;
}
