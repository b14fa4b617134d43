import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, wall } from '@/shared/format/times';
import { collection, robot } from '@/testing/events';
import { hourLines, marksOf, nearest, placed, spanOf, type Mark } from './layout';

const NOW = wall('2026-11-22T16:00:00');
const SESSION = { start: wall('2026-11-22T09:30:00'), end: wall('2026-11-23T08:00:00') };

/** A collection that started then. */
function at(id: number, startTime: string, endTime = startTime): Mark[] {
  return marksOf([{ ...collection(id), startTime, endTime }], NOW);
}

describe('the map of a session', () => {
  it('draws a running collection up to now, and marks what failed', () => {
    const running = collection(2, { _metadata: { ...collection(2).Item._metadata, state: 'running' } });
    const [first, second] = marksOf([running, robot(1, 'ERROR')], NOW);
    expect(first).toMatchObject({ end: NOW, failed: false });
    expect(second).toMatchObject({ failed: true, lane: 'robot' });
  });

  it('reaches from the begin of the session to now, not to its planned end', () => {
    const marks = marksOf([collection(30), collection(10)], NOW);
    expect(spanOf(marks, SESSION, true, NOW)).toEqual([SESSION.start, NOW]);
    expect(spanOf(marks, SESSION, false, NOW)).toEqual([marks[1]?.start, NOW]);
    expect(spanOf([], { start: null, end: null }, true, NOW)).toBeNull();
  });

  it('reaches further when something was collected after the end', () => {
    const marks = marksOf([collection(30)], NOW);
    const short = { start: wall('2026-11-22T10:00:00'), end: wall('2026-11-22T12:00:00') };
    expect(spanOf(marks, short, true, NOW)?.[1]).toBe(marks[0]?.end);
  });

  it('is not stretched by a start of 1970 or an end of 2038, which stand at its edges', () => {
    const marks = [
      ...at(5, '2038-01-19T03:14:07'),
      ...marksOf([collection(30)], NOW),
      ...at(4, '2026-11-22T12:00:00', '2038-01-19T03:14:07'),
      ...at(3, '1970-01-01T00:00:00', '2026-11-22T14:00:00'),
    ];
    const span = spanOf(marks, SESSION, true, NOW);
    expect(span).toEqual([SESSION.start, NOW]);
    const drawn = placed(marks, span ?? [0, 0]);
    expect(drawn.map(({ beyond }) => beyond)).toEqual(['later', null, null, 'earlier']);
    expect(drawn[3]).toMatchObject({ top: SESSION.start, bottom: SESSION.start, start: 0 });
    expect(drawn[2]?.top).toBe(NOW);
  });

  it('goes by the events where the session was moved to another week, or has no dates', () => {
    const marks = [
      ...marksOf([collection(40), collection(30), collection(20), collection(10)], NOW),
      ...at(1, '1970-01-01T00:00:00'),
    ];
    const moved = { start: wall('2026-10-01T09:00:00'), end: wall('2026-10-02T09:00:00') };
    const fromFirst = wall('2026-11-22T14:10:00');
    expect(spanOf(marks, moved, false, NOW)?.[0]).toBe(fromFirst);
    expect(spanOf(marks, { start: null, end: null }, true, NOW)?.[0]).toBe(fromFirst);
  });

  it('draws lines on whole hours, as many as there is room for', () => {
    const day: [number, number] = [wall('2026-11-22T09:30:00'), wall('2026-11-22T15:30:00')];
    expect(hourLines(day, 10)).toHaveLength(6);
    expect(hourLines(day, 3).map((at) => new Date(at).getUTCHours())).toEqual([10, 12, 14]);
    expect(hourLines(day, 10).every((at) => at % HOUR === 0)).toBe(true);
    expect(hourLines([0, 57 * 365 * DAY], 15).length).toBeLessThanOrEqual(15);
    expect(hourLines([0, 57 * 365 * DAY], 1e6).length).toBeLessThanOrEqual(60);
  });

  it('finds the event nearest to a time, of the lane pointed at first', () => {
    const span: [number, number] = [SESSION.start, NOW];
    const marks = placed(marksOf([collection(40), collection(10), robot(12)], NOW), span);
    const shortAfter = wall('2026-11-22T14:12:00');
    expect(nearest(marks, shortAfter)?.id).toBe(12);
    expect(nearest(marks, shortAfter, 'collect')?.id).toBe(10);
    expect(nearest(marks, (marks[0]?.start ?? 0) + MINUTE, 'robot')?.id).toBe(40);
    expect(nearest([], NOW)).toBeNull();
  });
});
