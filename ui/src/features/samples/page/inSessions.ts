import type { Event } from '@/api/types';

/** Neighbours of one session together; the order stays. */
export function inSessions(events: Event[]): { sessionId: number; events: [Event, ...Event[]] }[] {
  const found: { sessionId: number; events: [Event, ...Event[]] }[] = [];
  for (const event of events) {
    const last = found.at(-1);
    if (last?.sessionId === event.sessionId) last.events.push(event);
    else found.push({ sessionId: event.sessionId, events: [event] });
  }
  return found;
}
