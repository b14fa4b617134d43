import { describe, expect, it } from 'vitest';
import type { EnergyScanValues } from '@/api/types';
import { curvesTable, scanCurves, scanMarks, spectrumCurves } from './curves';
import { lineMarks } from './lines';

const scan = {
  edgeEnergy: 12.658,
  choices: [
    { kind: 'peak', energy: 12.66, fPrime: -8, fDoublePrime: 6 },
    { kind: 'remote', energy: 12.9, fPrime: -4, fDoublePrime: 3.5 },
  ],
  measured: { energy: [12.65, 12.66], counts: [180, 5200] },
  factors: { energy: [12.655, 12.66], fDoublePrime: [0.5, 6], fPrime: [-9, -8] },
} as EnergyScanValues;

describe('an energy scan', () => {
  it('draws what was measured at other energies on one axis', () => {
    const curves = scanCurves(scan);
    expect(curves && curvesTable(curves)).toEqual([
      ['energy_keV', 'counts', 'f″', 'f′'],
      [12.65, 180, null, null],
      [12.655, null, 0.5, -9],
      [12.66, 5200, 6, -8],
    ]);
  });

  it('marks the energies that lie on the plot', () => {
    const curves = scanCurves(scan);
    expect(curves && scanMarks(scan, curves)).toEqual([
      { energy: 12.658, name: 'edge' },
      { energy: 12.66, name: 'peak' },
    ]);
  });

  it('draws nothing where no file could be read', () => {
    expect(scanCurves({ ...scan, measured: null, factors: null })).toBeNull();
    expect(spectrumCurves({ measured: null } as Parameters<typeof spectrumCurves>[0])).toBeNull();
  });
});

it('knows where elements fluoresce', () => {
  expect(lineMarks(['Zn', 'Xx'])).toEqual([
    { energy: 8.639, name: 'Zn Kα' },
    { energy: 9.572, name: 'Zn Kβ' },
  ]);
});
