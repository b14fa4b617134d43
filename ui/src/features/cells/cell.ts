import type { Cell, Run } from '@/api/types';
import type { CellsSearch, Lattice } from '@/app/search';
import { LATTICES } from '@/app/search';

/** A whole cell: edges [Å] and angles [degrees]. */
export type WholeCell = { [Name in keyof Cell]: number };

/** Cells whose edges differ by less than this share, and angles by less than so many degrees, are of one crystal form. */
export const ALIKE = { share: 0.03, degrees: 3 };

const EDGES = ['a', 'b', 'c'] as const;
const ANGLES = ['alpha', 'beta', 'gamma'] as const;

/** The cell if all of it is known. */
export function whole(cell: Cell | null | undefined): WholeCell | null {
  return cell && [...EDGES, ...ANGLES].every((name) => cell[name] !== null) ? (cell as WholeCell) : null;
}

/** Whether two cells are of one crystal form, in the same setting. */
export function isAlike(one: WholeCell, other: WholeCell): boolean {
  return (
    EDGES.every((name) => Math.abs(one[name] / other[name] - 1) < ALIKE.share) &&
    ANGLES.every((name) => Math.abs(one[name] - other[name]) < ALIKE.degrees)
  );
}

/** "78.6 78.6 37.1" or with three angles behind; commas and units are passed over. Null for anything else. */
export function parseCell(text: string): WholeCell | null {
  const numbers = text.match(/\d+(\.\d+)?/g)?.map(Number) ?? [];
  const [a, b, c, alpha = 90, beta = 90, gamma = 90] = numbers;
  if ((numbers.length !== 3 && numbers.length !== 6) || a === undefined || b === undefined || c === undefined) {
    return null;
  }
  return { a, b, c, alpha, beta, gamma };
}

/** The numbers of a cell for a field; of right angles nothing is said. */
export function writeCell({ a, b, c, alpha, beta, gamma }: WholeCell): string {
  const angles = [alpha, beta, gamma];
  return [a, b, c, ...(angles.every((angle) => angle === 90) ? [] : angles)].join(' ');
}

/** The cell that an address asks for. */
export function cellOf({ a, b, c, alpha = 90, beta = 90, gamma = 90 }: CellsSearch): WholeCell | null {
  return a && b && c ? { a, b, c, alpha, beta, gamma } : null;
}

/** The centring of a cell by the symbol of its space group; hexagonal axes of a rhombohedral lattice are R. */
export function latticeOf(spaceGroup: string | null, cell: WholeCell): Lattice {
  const letter = spaceGroup?.trim()[0]?.toUpperCase();
  if (letter === 'R' || letter === 'H') return Math.abs(cell.gamma - 120) < 1 ? 'R' : 'P';
  return LATTICES.find((lattice) => lattice === letter) ?? 'P';
}

/** The address that looks for crystals like that of a result; null where its cell is not known. */
export function searchLike({ cell: found, spaceGroup }: Pick<Run, 'cell' | 'spaceGroup'>): CellsSearch | null {
  const cell = whole(found);
  if (!cell) return null;
  const { a, b, c, alpha, beta, gamma } = cell;
  const [ra = 0, rb = 0, rc = 0, ralpha, rbeta, rgamma] = [a, b, c, alpha, beta, gamma].map((each) =>
    Number(each.toFixed(2)),
  );
  const angles = { alpha: notRight(ralpha), beta: notRight(rbeta), gamma: notRight(rgamma) };
  const lattice = latticeOf(spaceGroup, cell);
  return { a: ra, b: rb, c: rc, ...angles, any: true, lattice: lattice === 'P' ? undefined : lattice };
}

function notRight(angle: number | undefined): number | undefined {
  return angle === 90 ? undefined : angle;
}

/** Things with a crystal, gathered by crystal form, the commonest first; those without a cell are left out. */
export function byForm<T>(
  things: T[],
  crystal: (thing: T) => Pick<Run, 'cell' | 'spaceGroup'> | null,
): { spaceGroup: string | null; cell: WholeCell; things: T[] }[] {
  const forms: { spaceGroup: string | null; cell: WholeCell; things: T[] }[] = [];
  for (const thing of things) {
    const found = crystal(thing);
    const cell = whole(found?.cell);
    if (!found || !cell) continue;
    const known = forms.find((form) => sameSymbol(form.spaceGroup, found.spaceGroup) && isAlike(form.cell, cell));
    if (known) known.things.push(thing);
    else forms.push({ spaceGroup: found.spaceGroup, cell, things: [thing] });
  }
  return forms.sort((one, other) => other.things.length - one.things.length);
}

/** Whether two symbols are written with the same letters. */
export function sameSymbol(one: string | null, other: string | null): boolean {
  return letters(one) === letters(other);
}

/** Without spaces, and monoclinic ones in short: "C 1 2 1" is C2. */
function letters(symbol: string | null): string {
  const parts = (symbol ?? '').trim().split(/\s+/);
  const [lattice = '', first, unique, last] = parts;
  return first === '1' && last === '1' && unique !== '1' ? `${lattice}${unique ?? ''}` : parts.join('');
}
