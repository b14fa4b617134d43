import type { CurrentUser } from '@/api/types';

/** The pages of administration, and the permissions of which one is needed for each. */
export const ADMIN_PLACES = [
  { to: '/admin/groups', name: 'Groups', needs: ['manage_groups', 'manage_perms'] },
  { to: '/admin/permissions', name: 'Permissions', needs: ['manage_groups', 'manage_perms'] },
  { to: '/admin/people', name: 'People', needs: ['manage_groups', 'manage_persons'] },
  { to: '/admin/beamlines', name: 'Beamlines', needs: ['manage_groups', 'manage_perms'] },
  { to: '/admin/keys', name: 'Keys', needs: ['manage_perms'], staff: true },
  { to: '/admin/options', name: 'Options', needs: ['manage_options'] },
  { to: '/admin/activity', name: 'Activity', needs: ['view_activity'] },
] as const;

export type AdminPlace = (typeof ADMIN_PLACES)[number];

/** Those that somebody may use; staff of a beamline have its keys. */
export function adminPlaces(user: CurrentUser | undefined): AdminPlace[] {
  if (!user) return [];
  return ADMIN_PLACES.filter((place) => holds(user, ...place.needs) || ('staff' in place && user.beamLines.length > 0));
}

export function holds(user: CurrentUser | undefined, ...permissions: string[]): boolean {
  return user !== undefined && permissions.some((permission) => user.Permissions.includes(permission));
}
