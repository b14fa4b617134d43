/** What a key with a scope may do, in the order in which they are offered. */
export const SCOPES = [
  { scope: 'read', words: 'Read what belongs to its beamlines, and sign links to files' },
  { scope: 'acquisition:write', words: 'Make sessions on its beamlines, and register what is measured there' },
  { scope: 'processing:write', words: 'Register results of processing' },
  { scope: 'shipping:write', words: 'Register shipments and what is in them' },
  { scope: 'portal:sync', words: 'Bring proposals, sessions and people from the user portal' },
] as const;

export type Scope = (typeof SCOPES)[number]['scope'];

/** What some scopes let a key do, one below the other; of a scope that the page does not know, its name. */
export function meaningsOf(scopes: readonly string[]): string {
  return scopes.map((scope) => SCOPES.find((known) => known.scope === scope)?.words ?? scope).join('\n');
}

/** The one scope that belongs to no beamline, and that staff of a beamline cannot hand out. */
const OF_NO_BEAMLINE = 'portal:sync';

export function offeredScopes(managesAll: boolean) {
  return SCOPES.filter(({ scope }) => managesAll || scope !== OF_NO_BEAMLINE);
}

/** A key needs a beamline unless it only brings what the portal has. */
export function needsBeamline(scopes: readonly string[]): boolean {
  return scopes.some((scope) => scope !== OF_NO_BEAMLINE);
}
