import type { ProcessingRequest, Recipe } from '@/api/types';
import { plural } from '@/shared/format/numbers';

const OPEN = new Set<ProcessingRequest['state']>(['waiting', 'queued', 'running']);

/** Whether a request has still to be answered. */
export function isOpen({ state }: Pick<ProcessingRequest, 'state'>): boolean {
  return OPEN.has(state);
}

/** Every request that is open, and the newest of those that are over; in the order in which they came. */
export function shownFirst(requests: ProcessingRequest[], over: number): ProcessingRequest[] {
  const newest = new Set(requests.filter((request) => !isOpen(request)).slice(0, over));
  return requests.filter((request) => isOpen(request) || newest.has(request));
}

/** Its name; the service calls one without a name after its recipe, which pages call by its title. */
export function nameOf(request: ProcessingRequest, recipe: Recipe | undefined): string {
  const { displayName, recipe: code, processingJobId } = request;
  const given = displayName === code ? null : displayName;
  return given ?? recipe?.title ?? code ?? `Request ${processingJobId}`;
}

/** The images of one range, or how many there are in several. */
export function imagesWords(sweeps: ProcessingRequest['sweeps']): string {
  const [first, ...others] = sweeps;
  if (first && others.length === 0) return `images ${first.startImage}–${first.endImage}`;
  const count = sweeps.reduce((sum, { startImage, endImage }) => sum + (endImage ?? 0) - (startImage ?? 0) + 1, 0);
  return plural(count, 'image');
}

const FLAGS: Record<string, string> = { true: 'yes', false: 'no' };

/** The parameters in the words of the recipe, with their units. */
export function parameterWords(parameters: Record<string, string>, recipe: Recipe | undefined): string[] {
  return Object.entries(parameters).map(([key, value]) => {
    const known = recipe?.parameters?.find(({ parameterKey }) => parameterKey === key);
    const text = known?.kind === 'flag' ? (FLAGS[value] ?? value) : value.replaceAll(',', ', ');
    const unit = known?.unit && known.kind !== 'cell' ? ` ${known.unit}` : '';
    return `${known?.title ?? key}: ${text}${unit}`;
  });
}
