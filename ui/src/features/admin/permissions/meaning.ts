import type { Permission } from '@/api/types';
import { permissionWords } from '@/shared/format/permissions';

/** What holders may do: as ISPyB takes it, as the settings of beamlines take it, or as the facility describes it. */
export function meaningOf({ type, description, _metadata: state }: Permission): string {
  const words = state.known ? permissionWords(type) : null;
  if (words) return `May ${words}`;
  if (state.beamLineGroups.length > 0) return `Staff of ${state.beamLineGroups.join(', ')}`;
  return description ?? 'Means something to other programs only';
}
