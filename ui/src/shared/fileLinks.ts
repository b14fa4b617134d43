/** A command that fetches a signed address into a file; quoted so that a shell takes both as they are. */
export function curl(address: string, name: string): string {
  return `curl --fail -o ${quoted(name)} ${quoted(address)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** "10 min", of seconds. */
export function minutes(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
