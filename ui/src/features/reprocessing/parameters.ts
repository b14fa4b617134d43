import type { RecipeParameter } from '@/api/types';

/** What is typed for each parameter, by its key; nothing is left to the pipeline. */
export type Values = Record<string, string>;

export const CELL_PARTS = ['a', 'b', 'c', 'α', 'β', 'γ'] as const;

/** The six numbers of a cell as they are typed; "a, b, c, …" in one piece is taken apart. */
export function cellParts(value: string): string[] {
  const parts = value.split(',').map((part) => part.trim());
  return CELL_PARTS.map((_, index) => parts[index] ?? '');
}

/** The value of a cell with one part typed anew; a whole cell may be pasted into the first. */
export function withCellPart(value: string, index: number, typed: string): string {
  const pasted = typed.split(/[\s,;]+/).filter((part) => part !== '');
  if (pasted.length === CELL_PARTS.length) return pasted.join(',');
  const parts = cellParts(value);
  parts[index] = typed.replaceAll(',', '.').trim();
  return parts.every((part) => part === '') ? '' : parts.join(',');
}

/** Why a value cannot be given to a parameter, in the words of its field; null when it can. */
export function refusalOf(parameter: RecipeParameter, value: string): string | null {
  switch (parameter.kind) {
    case 'number':
    case 'integer':
      return numberRefusal(parameter, value);
    case 'cell':
      return cellRefusal(value);
    case 'choice':
      return (parameter.choices ?? []).includes(value) ? null : 'Is none of the choices';
    default:
      return null;
  }
}

function numberRefusal({ kind, minimum, maximum, unit }: RecipeParameter, value: string): string | null {
  const number = numberOf(value);
  if (number === null) return kind === 'integer' ? 'Needs a whole number' : 'Needs a number';
  if (kind === 'integer' && !Number.isInteger(number)) return 'Needs a whole number';
  const words = unit ? ` ${unit}` : '';
  if (typeof minimum === 'number' && number < minimum) return `Needs at least ${minimum}${words}`;
  if (typeof maximum === 'number' && number > maximum) return `Needs at most ${maximum}${words}`;
  return null;
}

/** Edges from 1 to 2000 Å, angles between 10° and 170°, as the service has them. */
function cellRefusal(value: string): string | null {
  const numbers = cellParts(value).map(numberOf);
  if (numbers.some((number) => number === null)) return 'Needs six numbers: three edges [Å] and three angles [°]';
  const [edges, angles] = [numbers.slice(0, 3), numbers.slice(3)];
  if (edges.some((edge) => edge === null || edge < 1 || edge > 2000)) return 'Edges are between 1 and 2000 Å';
  if (angles.some((angle) => angle === null || angle <= 10 || angle >= 170)) return 'Angles are between 10° and 170°';
  return null;
}

function numberOf(text: string): number | null {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? null : number;
}
