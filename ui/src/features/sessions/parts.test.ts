import { expect, it } from 'vitest';
import type { Session } from '@/api/types';
import { wall } from '@/shared/format/times';
import { partsOf, phaseOf } from './parts';

const NOW = wall('2026-11-22T14:00:00');

function session(startDate: string | null, endDate: string | null): Session {
  return { startDate, endDate } as Session;
}

it('puts coming, running and past sessions under their headings, in the order they come', () => {
  const parts = partsOf(
    [
      session('2026-12-01T08:00:00', '2026-12-02T08:00:00'),
      session('2026-11-22T09:30:00', '2026-11-23T08:00:00'),
      session('2026-11-10T09:30:00', '2026-11-11T08:00:00'),
      session('2026-11-02T09:30:00', '2026-11-03T08:00:00'),
      session('2025-11-02T09:30:00', '2025-11-03T08:00:00'),
      session(null, null),
    ],
    NOW,
  );
  expect(parts.map(({ name, sessions }) => [name, sessions.length])).toEqual([
    ['Coming', 1],
    ['Running now', 1],
    ['November 2026', 2],
    ['November 2025', 1],
    ['Without dates', 1],
  ]);
});

it('takes a session without an end for running', () => {
  expect(phaseOf({ startDate: '2026-11-22T09:30:00', endDate: null }, NOW)).toBe('now');
});
