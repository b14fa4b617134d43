import { describe, expect, it } from 'vitest';
import {
  ago,
  DAY,
  dayClock,
  duration,
  HOUR,
  left,
  MINUTE,
  SECOND,
  setFacilityOffset,
  span,
  wall,
  wallNow,
  weekday,
} from './times';

const NOW = wall('2026-11-22T14:00:00');

describe('times of the facility', () => {
  it('reads naive times without the rules of the reader’s own zone', () => {
    expect(wall('2026-03-29T03:30:00') - wall('2026-03-29T01:30:00')).toBe(2 * HOUR);
    expect(wall(null)).toBeNull();
    expect(wall('never')).toBeNull();
  });

  it('takes the wall clock of the reader for now until it knows that of the facility', () => {
    const noon = new Date(2026, 10, 22, 12, 0, 0);
    expect(wallNow(noon)).toBe(wall('2026-11-22T12:00:00'));
    setFacilityOffset(540);
    expect(wallNow(new Date('2026-11-22T12:00:00Z'))).toBe(wall('2026-11-22T21:00:00'));
  });

  it('names the year only when it is another one', () => {
    expect(dayClock('2026-11-22T09:30:00', NOW)).toBe('22 Nov 09:30');
    expect(dayClock('2025-01-02T09:30:00', NOW)).toBe('2 Jan 2025 09:30');
  });

  it('names the day of the week', () => {
    expect(weekday('2026-11-22T09:30:00', NOW)).toBe('Sun 22 Nov');
    expect(weekday('2025-01-02T23:59:59', NOW)).toBe('Thu 2 Jan 2025');
  });

  it('says the day once when it is the same', () => {
    expect(span('2026-11-22T09:30:00', '2026-11-22T17:30:00', NOW)).toBe('22 Nov 09:30 → 17:30');
    expect(span('2026-11-22T09:30:00', '2026-11-23T08:00:00', NOW)).toBe('22 Nov 09:30 → 23 Nov 08:00');
    expect(span('2026-11-22T09:30:00', null, NOW)).toBe('from 22 Nov 09:30');
    expect(span(null, null, NOW)).toBe('no dates');
  });

  it.each([
    [600, '0.6 s'],
    [36 * SECOND, '36 s'],
    [4 * MINUTE + 12 * SECOND, '4 min 12 s'],
    [12 * MINUTE + 40 * SECOND, '12 min'],
    [6 * HOUR + 10 * MINUTE, '6 h 10 min'],
    [20 * HOUR + 10 * MINUTE, '20 h'],
    [3 * DAY, '3 days'],
    [150 * DAY, '5 months'],
    [800 * DAY, '2 years'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it('says how far away a time is', () => {
    expect(ago(NOW - 3 * SECOND, NOW)).toBe('just now');
    expect(ago(NOW - 90 * SECOND, NOW)).toBe('1 min ago');
    expect(ago(NOW + 2 * HOUR, NOW)).toBe('in 2 h');
    expect(left(NOW + 6 * HOUR + 30 * SECOND, NOW)).toBe('6 h left');
    expect(left(NOW - 2 * HOUR, NOW)).toBe('ended 2 h ago');
  });

  it('tells no seconds to a clock that does not count them', () => {
    expect(ago(NOW - 59 * SECOND, NOW)).toBe('just now');
    expect(ago(NOW + 19 * SECOND, NOW)).toBe('in under a minute');
    expect(left(NOW + 19 * SECOND, NOW)).toBe('under a minute left');
    expect(left(NOW - 19 * SECOND, NOW)).toBe('ended just now');
  });
});
