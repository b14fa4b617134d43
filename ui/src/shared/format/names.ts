interface Named {
  personId?: number | null;
  givenName?: string | null;
  familyName?: string | null;
  login?: string | null;
}

/** "Given Family", or the log-in of somebody without a name. */
export function nameOf(person: Named): string {
  const name = [person.givenName, person.familyName].filter(Boolean).join(' ');
  return name === '' ? (person.login ?? `Person ${person.personId ?? ''}`) : name;
}
