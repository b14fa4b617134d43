import { describe, expect, it } from 'vitest';
import { found, MOST, remarks } from './find';

describe('finding in a text', () => {
  it('counts places in any case', () => {
    expect(found('Shell, inner shell', 'shell')).toEqual([
      { from: 0, to: 5 },
      { from: 13, to: 18 },
    ]);
    expect(found('text', '')).toEqual([]);
    expect(found('text', 'none')).toEqual([]);
  });

  it('takes signs as they are', () => {
    expect(found('CC(1/2) CC1/2', 'CC(1/2)')).toEqual([{ from: 0, to: 7 }]);
    expect(found('a.b axb [x] \\', '.')).toHaveLength(1);
    expect(found('a.b axb [x] \\', '\\')).toEqual([{ from: 12, to: 13 }]);
  });

  it('keeps its place where letters change their number with their case', () => {
    expect(found('İİ shell', 'SHELL')).toEqual([{ from: 3, to: 8 }]);
  });

  it('stops counting at some number', () => {
    expect(found('x'.repeat(2 * MOST), 'x')).toHaveLength(MOST);
  });
});

describe('lines that say that something went wrong', () => {
  const said = (text: string) => {
    const { errors, warnings } = remarks(text);
    const words = ({ from, to }: { from: number; to: number }) => text.slice(from, to);
    return [errors.map(words), warnings.map(words)];
  };

  it.each([
    ' !!! ERROR !!! INSUFFICIENT PERCENTAGE (< 50%) OF INDEXED REFLECTIONS',
    '2026-11-30 06:01:23,123 ERROR dials.index: no lattice',
    'ERROR: Too few spots',
    'RuntimeError: no solution',
    'Traceback (most recent call last):',
    'aimless: FATAL: no input',
  ])('are marked: %s', (line) => {
    expect(said(`begin\n${line}\nend`)).toEqual([[line], []]);
  });

  it('are told from warnings, and from errors that are numbers', () => {
    expect(said('WARNING: Ice rings\nnone')).toEqual([[], ['WARNING: Ice rings']]);
    expect(said('STANDARD ERROR OF REFLECTIONS\nerrors 0\nan error of 0.1')).toEqual([[], []]);
  });

  it('are marked once, also of one line without end', () => {
    expect(said('ERROR: a, ERROR: b')).toEqual([['ERROR: a, ERROR: b'], []]);
    expect(remarks('x'.repeat(1_000_000)).errors).toEqual([]);
  });
});
