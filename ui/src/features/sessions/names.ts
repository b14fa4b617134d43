import type { Person } from '@/api/types';

/** "Given Family", or the log-in of somebody without a name. */
export function nameOf(person: Person): string {
  const name = [person.givenName, person.familyName].filter(Boolean).join(' ');
  return name === '' ? (person.login ?? `Person ${person.personId}`) : name;
}
