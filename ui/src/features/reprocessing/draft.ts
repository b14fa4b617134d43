import { ApiError } from '@/api/problem';
import type { NewRequest, Recipe } from '@/api/types';
import { refusalOf as refusalOfValue, type Values } from './parameters';
import { refusalOf as refusalOfImages, type Range, type Sweep } from './ranges';

/** A request while it is written. What is typed for one recipe is kept while another is looked at. */
export interface Draft {
  recipe: string;
  sweeps: Sweep[];
  values: Values;
  name: string;
  comment: string;
}

/** What is wrong, by field: `sweep:<id>`, `value:<key>`, `name`, `comment`; what has no field is under `other`. */
export type Refusals = Record<string, string>;

/** The images asked for; those of other collections only where the recipe merges several. */
export function sweepsOf({ sweeps }: Draft, recipe: Recipe, dataCollectionId: number): Sweep[] {
  return recipe.severalCollections ? sweeps : sweeps.filter((sweep) => sweep.dataCollectionId === dataCollectionId);
}

/** The parameters that are set, in the order in which the recipe has them. */
function valuesOf({ values }: Draft, recipe: Recipe): [string, string][] {
  return (recipe.parameters ?? [])
    .map(({ parameterKey }): [string, string] => [parameterKey, (values[parameterKey] ?? '').trim()])
    .filter(([, value]) => value !== '');
}

/** What would be refused, found before it is sent. */
export function refusalsOf(
  draft: Draft,
  recipe: Recipe,
  sweeps: Sweep[],
  wholes: ReadonlyMap<number, Range | null>,
): Refusals {
  const found: Refusals = {};
  const seen = new Set<string>();
  for (const sweep of sweeps) {
    const images = `${sweep.dataCollectionId}:${sweep.first}:${sweep.last}`;
    const refusal =
      refusalOfImages(sweep, wholes.get(sweep.dataCollectionId) ?? null) ??
      (seen.has(images) ? 'These images are asked for already' : null);
    if (refusal) found[`sweep:${sweep.id}`] = refusal;
    seen.add(images);
  }
  const parameters = new Map((recipe.parameters ?? []).map((each) => [each.parameterKey, each]));
  for (const [key, value] of valuesOf(draft, recipe)) {
    const parameter = parameters.get(key);
    const refusal = parameter && refusalOfValue(parameter, value);
    if (refusal) found[`value:${key}`] = refusal;
  }
  return found;
}

/** The request as it is sent. */
export function toRequest(draft: Draft, recipe: Recipe, sweeps: Sweep[]): NewRequest {
  return {
    recipe: recipe.recipe,
    displayName: draft.name.trim() || null,
    comments: draft.comment.trim() || null,
    sweeps: sweeps.map(({ dataCollectionId, first, last }) => ({
      dataCollectionId,
      startImage: Number(first),
      endImage: Number(last),
    })),
    parameters: valuesOf(draft, recipe).map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue })),
  };
}

const FIELDS: Record<string, string> = { displayName: 'name', comments: 'comment' };

/** What the service found wrong, at the field that it is about. */
export function refusalsFrom(error: Error | null, request: NewRequest | null, sweeps: Sweep[]): Refusals {
  const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  const found: Refusals = {};
  for (const { path, message } of errors) {
    const [, list, index] = /^(?:body\.)?(sweeps|parameters)\[(\d+)\]/.exec(path) ?? [];
    const sweep = list === 'sweeps' ? sweeps[Number(index)] : undefined;
    const parameter = list === 'parameters' ? request?.parameters?.[Number(index)] : undefined;
    const field = sweep
      ? `sweep:${sweep.id}`
      : parameter
        ? `value:${parameter.parameterKey}`
        : (FIELDS[path] ?? 'other');
    found[field] = message.charAt(0).toUpperCase() + message.slice(1);
  }
  return found;
}

/** A key for one request: crypto.randomUUID is missing where a page comes without TLS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
