import { expect, it } from 'vitest';
import { csv } from './csv';

it('writes one line a row and leaves unknown values empty', () => {
  expect(
    csv([
      ['sample', 'resolution'],
      ['x1', 1.48],
      ['x2', null],
    ]),
  ).toBe('sample,resolution\r\nx1,1.48\r\nx2,\r\n');
});

it('quotes what would fall apart, and lets no name become a formula', () => {
  expect(csv([['a, "b"', '=1+1', -2]])).toBe(`"a, ""b""",'=1+1,-2\r\n`);
});
