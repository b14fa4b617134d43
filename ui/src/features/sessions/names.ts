import type { Person } from '@/api/types';

/** "Given Family", or the log-in of somebody without a name. */
export function nameOf(person: Person): string {
  return [person.givenName, person.familyName].filter(Boolean).join(' ') || person.login || `Person ${person.personId}`;
}
