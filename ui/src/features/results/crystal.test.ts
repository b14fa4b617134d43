import { expect, it } from 'vitest';
import { cellText, symbolParts } from './crystal';

const written = (symbol: string) => symbolParts(symbol).map(({ text, sub }) => (sub ? `${text}_${sub}` : text));

it('puts screw axes below the line, and no others', () => {
  expect(written('P 43 21 2')).toEqual(['P', '4_3', '2_1', '2']);
  expect(written('C 1 2 1')).toEqual(['C', '1', '2', '1']);
  expect(written('R 32')).toEqual(['R', '32']);
  expect(written('P 63 2 2')).toEqual(['P', '6_3', '2', '2']);
});

it('writes a cell short: of right angles nothing is said', () => {
  const cell = { a: 78.14, b: 78.1, c: 37.25, alpha: 90, beta: 90, gamma: 90 };
  expect(cellText(cell)).toBe('78.1 78.1 37.3\u202fÅ');
  expect(cellText({ ...cell, beta: 108.124 })).toBe('78.1 78.1 37.3\u202fÅ · 90 108.1 90°');
  expect(cellText({ ...cell, a: null })).toBeNull();
  expect(cellText(null)).toBeNull();
});
