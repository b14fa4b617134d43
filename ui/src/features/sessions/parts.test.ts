import { expect, it } from 'vitest';
import type { Session } from '@/api/types';
import { wall } from '@/shared/format/times';
import { partsOf, phaseOf } from './parts';

const NOW = wall('2026-11-22T14:00:00');

function session(startDate: string | null, endDate: string | null, beamLineName: string | null = null): Session {
  return { startDate, endDate, beamLineName } as Session;
}

it('puts running, coming and past sessions under their headings, what is nearest first', () => {
  const parts = partsOf(
    [
      session('2027-03-01T08:00:00', '2027-03-02T08:00:00'),
      session('2026-12-01T08:00:00', '2026-12-02T08:00:00'),
      session('2026-11-22T10:30:00', '2026-11-23T08:00:00', 'ID30'),
      session('2026-11-22T09:30:00', '2026-11-23T08:00:00', 'ID23'),
      session('2026-11-10T09:30:00', '2026-11-11T08:00:00'),
      session('2026-11-02T09:30:00', '2026-11-03T08:00:00'),
      session('2025-11-02T09:30:00', '2025-11-03T08:00:00'),
      session(null, null),
    ],
    NOW,
  );
  expect(
    parts.map(({ name, sessions }) => [name, ...sessions.map(({ startDate }) => startDate?.slice(0, 13))]),
  ).toEqual([
    ['Running now', '2026-11-22T09', '2026-11-22T10'],
    ['Coming', '2026-12-01T08', '2027-03-01T08'],
    ['November 2026', '2026-11-10T09', '2026-11-02T09'],
    ['November 2025', '2025-11-02T09'],
    ['Without dates', undefined],
  ]);
});

it('takes a session without an end for running', () => {
  expect(phaseOf({ startDate: '2026-11-22T09:30:00', endDate: null }, NOW)).toBe('now');
});
