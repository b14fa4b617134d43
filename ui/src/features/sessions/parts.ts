import type { Session } from '@/api/types';
import { wall } from '@/shared/format/times';

export type Phase = 'coming' | 'now' | 'past';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Where a session lies in time; one without dates counts as past. */
export function phaseOf({ startDate, endDate }: Pick<Session, 'startDate' | 'endDate'>, now: number): Phase {
  const [start, end] = [wall(startDate), wall(endDate)];
  if (start !== null && start > now) return 'coming';
  return start !== null && (end === null || end >= now) ? 'now' : 'past';
}

/**
 * Sessions under their headings: running now, coming, and the months in which past ones began. What is nearest comes
 * first; the order of past ones stays.
 */
export function partsOf(sessions: Session[], now: number): { name: string; sessions: Session[] }[] {
  const of = (phase: Phase) => sessions.filter((session) => phaseOf(session, now) === phase);
  const parts: { name: string; sessions: Session[] }[] = [];
  for (const session of [...byBeamline(of('now')), ...soonestFirst(of('coming')), ...of('past')]) {
    const name = nameOf(session, now);
    const last = parts.at(-1);
    if (last?.name === name) last.sessions.push(session);
    else parts.push({ name, sessions: [session] });
  }
  return parts;
}

/** As the beamlines stand in the hall, whoever began last. */
export function byBeamline(sessions: Session[]): Session[] {
  return sessions.toSorted((a, b) => (a.beamLineName ?? '').localeCompare(b.beamLineName ?? ''));
}

function soonestFirst(sessions: Session[]): Session[] {
  return sessions.toSorted((a, b) => (a.startDate ?? '').localeCompare(b.startDate ?? ''));
}

function nameOf(session: Session, now: number): string {
  const phase = phaseOf(session, now);
  if (phase === 'coming') return 'Coming';
  if (phase === 'now') return 'Running now';
  if (!session.startDate) return 'Without dates';
  const month = MONTHS[Number(session.startDate.slice(5, 7)) - 1] ?? '';
  return `${month} ${session.startDate.slice(0, 4)}`;
}
