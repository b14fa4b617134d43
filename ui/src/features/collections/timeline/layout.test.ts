import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, wall } from '@/shared/format/times';
import { collection, robot } from '@/testing/events';
import { hourLines, marksOf, nearest, spanOf } from './layout';

const NOW = wall('2026-11-22T16:00:00');

describe('the map of a session', () => {
  it('draws a running collection up to now, and marks what failed', () => {
    const running = collection(2, { _metadata: { ...collection(2).Item._metadata, state: 'running' } });
    const [first, second] = marksOf([running, robot(1, 'ERROR')], NOW);
    expect(first).toMatchObject({ end: NOW, failed: false });
    expect(second).toMatchObject({ failed: true, kind: { lane: 'robot' } });
  });

  it('reaches from the begin of the session to now, not to its planned end', () => {
    const marks = marksOf([collection(30), collection(10)], NOW);
    const [start, end] = [wall('2026-11-22T09:30:00'), wall('2026-11-23T08:00:00')];
    expect(spanOf(marks, start, end, NOW)).toEqual([start, NOW]);
    expect(spanOf([], null, null, NOW)).toBeNull();
  });

  it('reaches further when something was collected after the end', () => {
    const marks = marksOf([collection(30)], NOW);
    expect(spanOf(marks, wall('2026-11-22T10:00:00'), wall('2026-11-22T12:00:00'), NOW)?.[1]).toBe(marks[0]?.end);
  });

  it('draws lines on whole hours, as many as there is room for', () => {
    const day: [number, number] = [wall('2026-11-22T09:30:00'), wall('2026-11-22T15:30:00')];
    expect(hourLines(day, 10)).toHaveLength(6);
    expect(hourLines(day, 3).map((at) => new Date(at).getUTCHours())).toEqual([10, 12, 14]);
    expect(hourLines(day, 10).every((at) => at % HOUR === 0)).toBe(true);
  });

  it('finds the event nearest to a time', () => {
    const marks = marksOf([collection(40), collection(10)], NOW);
    expect(nearest(marks, wall('2026-11-22T14:12:00'))?.id).toBe(10);
    expect(nearest(marks, (marks[0]?.start ?? 0) + MINUTE)?.id).toBe(40);
    expect(nearest([], NOW)).toBeNull();
  });
});
