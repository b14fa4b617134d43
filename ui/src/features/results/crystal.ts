import type { Cell } from '@/api/types';
import { fixed, significant, withUnit } from '@/shared/format/numbers';

/** "168.5 61.4 94.4 Å · 90 108.1 90°"; of right angles nothing is said. Null for a cell that nobody knows. */
export function cellText(cell: Cell | null): string | null {
  const parts = cellParts(cell);
  return parts.length > 0 ? parts.join(' · ') : null;
}

/** The same in parts: edges, and angles where they are told. None for a cell that nobody knows. */
export function cellParts(cell: Cell | null): string[] {
  if (!cell) return [];
  const edges = known([cell.a, cell.b, cell.c]);
  const angles = known([cell.alpha, cell.beta, cell.gamma]);
  if (!edges) return [];
  const lengths = withUnit(edges.map((edge) => fixed(edge, 1)).join(' '), 'Å');
  if (!angles || angles.every((angle) => Math.abs(angle - 90) < 0.05)) return [lengths];
  return [lengths, `${angles.map((angle) => significant(angle, 4)).join(' ')}°`];
}

function known(values: (number | null)[]): number[] | null {
  const found = values.filter((value) => value !== null);
  return found.length === values.length ? found : null;
}

/** A part of a space group's symbol: a word, and what stands below the line behind it. */
export interface SymbolPart {
  text: string;
  sub: string;
}

/** "P 43 21 2" as P, 4₃, 2₁, 2. With a rhombohedral lattice (R 32) two digits are two axes. */
export function symbolParts(spaceGroup: string): SymbolPart[] {
  const [lattice = '', ...axes] = spaceGroup.trim().split(/\s+/);
  const screws = lattice !== 'R' && lattice !== 'H';
  return [
    { text: lattice, sub: '' },
    ...axes.map((axis) => {
      const [turn = '', shift = ''] = axis;
      const screw = screws && /^[2346][1-5]$/.test(axis) && turn > shift;
      return screw ? { text: turn, sub: shift } : { text: axis, sub: '' };
    }),
  ];
}
