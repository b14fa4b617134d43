import { describe, expect, it } from 'vitest';
import type { Strategy, Wedge } from '@/api/types';
import { spaced } from './spaceGroups';
import { arc, coloursOf, orientationsOf, percent, total, turnsOf } from './strategy';

const part = (axisStart: number, axisEnd: number) => ({ screeningStrategySubWedgeId: axisStart, axisStart, axisEnd });

function wedge(kappa: number, wavelength: number, doseTotal: number | null = 2): Wedge {
  const parts = [part(0, 45), part(180, 225)];
  return {
    screeningStrategyWedgeId: 1,
    kappa,
    phi: 0,
    wavelength,
    doseTotal,
    ScreeningStrategySubWedge: parts,
  };
}

const strategy = {
  ScreeningStrategyWedge: [wedge(0, 0.97), wedge(0, 0.95), wedge(40, 0.97), wedge(40, 0.95, null)],
} as Strategy;

describe('a strategy of several orientations and energies', () => {
  it('is told by orientation, each energy in one colour', () => {
    expect(orientationsOf(strategy).map(({ kappa, wedges }) => [kappa, wedges.length])).toEqual([
      [0, 2],
      [40, 2],
    ]);
    expect([...coloursOf(strategy).values()]).toEqual(['--series-1', '--series-2']);
  });

  it('has turns and a dose in all', () => {
    expect(turnsOf(wedge(0, 0.97))).toEqual([
      [0, 45],
      [180, 225],
    ]);
    expect(total(strategy.ScreeningStrategyWedge, (each) => each.doseTotal)).toBe(6);
    expect(total([wedge(0, 0.97, null)], (each) => each.doseTotal)).toBeNull();
  });
});

describe('a turn on the dial', () => {
  it('goes clockwise from the top', () => {
    expect(arc(0, 90, 10)).toBe('M0 -10A10 10 0 0 1 10 0');
    expect(arc(90, 0, 10)).toBe('M10 0A10 10 0 0 0 0 -10');
    expect(arc(0, 270, 10)).toBe('M0 -10A10 10 0 1 1 -10 0');
  });

  it('is closed when it is whole', () => {
    expect(arc(30, 390, 10)).toBe('M0 -10A10 10 0 1 1 0 10A10 10 0 1 1 0 -10');
  });
});

it('prints space groups with the spaces that programs leave out', () => {
  expect(['P43212', 'P321', 'P3221', 'P 21 21 21', 'C12/m1'].map(spaced)).toEqual([
    'P 43 21 2',
    'P 3 2 1',
    'P 32 2 1',
    'P 21 21 21',
    'C12/m1',
  ]);
});

it('spells a monoclinic space group in one way', () => {
  expect(['C2', 'C 2', 'C 1 2 1', 'P21', 'P 1 21 1'].map(spaced)).toEqual([
    'C 1 2 1',
    'C 1 2 1',
    'C 1 2 1',
    'P 1 21 1',
    'P 1 21 1',
  ]);
});

it('tells completeness in percent, however it was written', () => {
  expect(percent(0.985)).toBeCloseTo(98.5);
  expect(percent(98.5)).toBe(98.5);
});
