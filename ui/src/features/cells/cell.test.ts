import { describe, expect, it } from 'vitest';
import { cellsSearch } from '@/app/search';
import { run } from '@/testing/runs';
import { byForm, cellOf, isAlike, parseCell, sameSymbol, searchLike, writeCell } from './cell';

const lysozyme = { a: 78.6, b: 78.6, c: 37.1, alpha: 90, beta: 90, gamma: 90 };
const transporter = { a: 168.4, b: 61.3, c: 94.7, alpha: 90, beta: 108.2, gamma: 90 };

describe('a cell', () => {
  it('is read as people paste it, and written so that it is read again', () => {
    expect(parseCell('78.6, 78.6, 37.1 Å')).toEqual(lysozyme);
    expect(parseCell(writeCell(transporter))).toEqual(transporter);
    expect(parseCell('78.6 78.6')).toBeNull();
    expect(parseCell('78.6 78.6 37.1 90')).toBeNull();
  });

  it('is like another one within a few percent', () => {
    expect(isAlike(lysozyme, { ...lysozyme, c: 37.9 })).toBe(true);
    expect(isAlike(lysozyme, { ...lysozyme, c: 39 })).toBe(false);
    expect(isAlike(lysozyme, { ...lysozyme, beta: 94 })).toBe(false);
  });

  it('becomes an address that finds it in any setting', () => {
    const search = searchLike(run(1, { cell: transporter, spaceGroup: 'C 1 2 1' }));
    expect(search).toMatchObject({ a: 168.4, beta: 108.2, any: true, lattice: 'C' });
    expect(cellOf(cellsSearch({ ...search }))).toEqual(transporter);
    expect(searchLike(run(1))).toBeNull();
  });
});

it('gathers samples of one crystal form, however the symbol is spaced', () => {
  const runs = [
    run(1, { cell: transporter, spaceGroup: 'C2' }),
    run(2, { cell: lysozyme, spaceGroup: 'P 43 21 2' }),
    run(3, { cell: { ...lysozyme, a: 79, b: 79 }, spaceGroup: 'P43212' }),
    run(4, { cell: lysozyme, spaceGroup: 'P 41 21 2' }),
    run(5),
  ];
  const forms = byForm(runs, (each) => each);
  expect(forms.map(({ things }) => things.map(({ autoProcProgramId: id }) => id))).toEqual([[2, 3], [1], [4]]);
  expect(sameSymbol('C 1 2 1', 'C2')).toBe(true);
  expect(sameSymbol('P 1', 'P1')).toBe(true);
});
