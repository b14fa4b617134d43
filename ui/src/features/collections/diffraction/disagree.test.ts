import { expect, it } from 'vitest';
import type { ImageHeader } from '@/api/types';
import { angleDisagrees, disagrees, nameDisagrees, placeDisagrees, warnings } from './disagree';

const told = <T>(value: T | null, database: T | null) => ({ value, database, source: 'image' as const });

it('finds that two numbers differ by more than a few percent', () => {
  expect(disagrees(told(217.1, 1000))).toBe(true);
  expect(disagrees(told(395.7, 389.5))).toBe(false);
  expect(disagrees(told(0.5, 0))).toBe(true);
  expect(disagrees(told(0, 0))).toBe(false);
  expect(disagrees(told(null, 1000))).toBe(false);
  expect(disagrees(told(217.1, null))).toBe(false);
  expect(disagrees({ ...told(217.1, 1000), source: 'database' })).toBe(false);
});

it('compares angles by degrees, places by pixels, and names by their letters', () => {
  expect(angleDisagrees(told(0, 90))).toBe(true);
  expect(angleDisagrees(told(90.02, 90))).toBe(false);
  expect(placeDisagrees(told(520, 785.5), told(520, 524))).toBe(true);
  expect(placeDisagrees(told(2068, 2060), told(0, 3))).toBe(false);
  expect(nameDisagrees(told('DECTRIS EIGER2 X 16M', 'Dectris Eiger2 X 9M'))).toBe(true);
  expect(nameDisagrees(told('Dectris EIGER2 X 16M, S/N E-32', 'EIGER2-X 16M'))).toBe(false);
});

it('warns of distance, wavelength and exposure only', () => {
  const header = {
    detectorDistance: told(217.08, 1000),
    wavelength: told(0.9763, 0.97625),
    exposureTime: told(0.01, 0.02),
    oscillation: told(0.5, 0),
  } as ImageHeader;
  expect(warnings(header)).toEqual([
    'distance 217.1\u202fmm, in the database 1000.0\u202fmm',
    'exposure 10\u202fms, in the database 20\u202fms',
  ]);
});
