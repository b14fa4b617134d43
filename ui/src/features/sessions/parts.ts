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

/** Neighbours under one heading: coming, running now, or the month they began; the order of the list stays. */
export function partsOf(sessions: Session[], now: number): { name: string; sessions: Session[] }[] {
  const parts: { name: string; sessions: Session[] }[] = [];
  for (const session of sessions) {
    const name = nameOf(session, now);
    const last = parts.at(-1);
    if (last?.name === name) last.sessions.push(session);
    else parts.push({ name, sessions: [session] });
  }
  return parts;
}

function nameOf(session: Session, now: number): string {
  const phase = phaseOf(session, now);
  if (phase === 'coming') return 'Coming';
  if (phase === 'now') return 'Running now';
  if (!session.startDate) return 'Without dates';
  const month = MONTHS[Number(session.startDate.slice(5, 7)) - 1] ?? '';
  return `${month} ${session.startDate.slice(0, 4)}`;
}
