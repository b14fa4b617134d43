import { describe, expect, it } from 'vitest';
import { bytes, count, energyOf, exposure, fixed, micrometres, plural, powerOfTen, significant, THIN } from './numbers';

describe('numbers for people', () => {
  it.each([
    [0.1, 3, '0.1'],
    [1.2345, 3, '1.23'],
    [99.95, 3, '100'],
    [1234.5, 3, '1235'],
    [0.00012345, 2, '0.00012'],
    [-2.5, 3, '−2.5'],
    [-89, 3, '−89'],
    [0, 3, '0'],
    [100, 3, '100'],
  ])('writes %f with %i significant digits as %s', (value, digits, text) => {
    expect(significant(value, digits)).toBe(text);
  });

  it('keeps the digits of a column in line', () => {
    expect([1.5, 1.35, 2].map((value) => fixed(value, 2))).toEqual(['1.50', '1.35', '2.00']);
    expect(fixed(-7.914, 2)).toBe('−7.91');
    expect([-0.004, -0.006, -0].map((value) => fixed(value, 2))).toEqual(['0.00', '−0.01', '0.00']);
  });

  it('writes how long a file is', () => {
    expect([0, 1, 999, 1000, 12_345].map(bytes)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      `1${THIN}kB`,
      `12.3${THIN}kB`,
    ]);
    expect([1024 * 1024, 312_400_000, 999_900_000].map(bytes)).toEqual([`1${THIN}MB`, `312${THIN}MB`, `1${THIN}GB`]);
  });

  it('writes a flux as a power of ten', () => {
    expect(powerOfTen(1.24e12)).toBe('1.2 × 10¹²');
    expect(powerOfTen(3.06e-4)).toBe('3.1 × 10⁻⁴');
    expect(powerOfTen(0)).toBe('0');
  });

  it('parts thousands', () => {
    expect(count(3600)).toBe(`3${THIN}600`);
    expect(count(1234567)).toBe(`1${THIN}234${THIN}567`);
    expect(count(12)).toBe('12');
  });

  it('counts one and many', () => {
    expect(plural(1, 'collection')).toBe('1 collection');
    expect(plural(2, 'collection')).toBe('2 collections');
    expect(plural(0, 'person', 'people')).toBe('0 people');
  });

  it('changes the unit of a short exposure', () => {
    expect(exposure(0.01)).toBe(`10${THIN}ms`);
    expect(exposure(0.0025)).toBe(`2.5${THIN}ms`);
    expect(exposure(1.5)).toBe(`1.5${THIN}s`);
  });

  it('writes a beam given in mm in µm', () => {
    expect(micrometres(0.02, 0.005)).toBe(`20 × 5${THIN}µm`);
    expect(micrometres(0.05, null)).toBe(`50 × 50${THIN}µm`);
  });

  it('knows the energy of the copper K-alpha line', () => {
    expect(energyOf(1.5406)).toBeCloseTo(8.0478, 3);
  });
});
