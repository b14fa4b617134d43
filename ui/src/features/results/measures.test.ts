import { expect, it } from 'vitest';
import { RANKS } from '@/app/search';
import {
  ALL_MEASURES,
  inSphere,
  measured,
  measureLabel,
  measureOf,
  MEASURES,
  measureText,
  oneDecimal,
  shellOf,
} from './measures';
import { rankWords } from './ranking';

const statistics = {
  resolutionLimitHigh: 1.483,
  ccHalf: 0.99913,
  rMeasWithinIPlusIMinus: 0.0512,
  rPimAllIPlusIMinus: 0.0213,
  completeness: 99.98,
  multiplicity: 6.84,
  resIOverSigI2: 1.6249,
  isa: 24.36,
};

it.each([
  ['resolution', '1.48'],
  ['ccHalf', '99.9'],
  ['rMeas', '5.1'],
  ['completeness', '100'],
  ['meanIOverSigI', '–'],
  ['resIOverSigI2', '1.62'],
  ['multiplicity', '6.8'],
  ['rPim', '2.1'],
  ['isa', '24.4'],
] as const)('writes %s as %s', (key, text) => {
  expect(measured(measureOf(key), statistics)).toBe(text);
});

it('takes Rmeas over all observations where both are told', () => {
  expect(measured(measureOf('rMeas'), { rMeasWithinIPlusIMinus: 0.05, rMeasAllIPlusIMinus: 0.06 })).toBe('6.0');
});

it('takes what is told of all data together from no shell', () => {
  expect(shellOf(measureOf('multiplicity'), 'outerShell')).toBe('outerShell');
  expect(shellOf(measureOf('multiplicity'), undefined)).toBe('overall');
  expect(shellOf(measureOf('isa'), 'outerShell')).toBe('overall');
  expect(shellOf(measureOf('resIOverSigI2'), 'innerShell')).toBe('overall');
});

it('knows for every measure by which results are ranked which value is the better one', () => {
  for (const rank of RANKS) {
    const [key = ''] = rank.split(':');
    const measure = ALL_MEASURES.find((each) => each.key === key);
    expect(rankWords(rank)).toMatch(measure?.better === 'lower' ? /^(lowest|finest) / : /^highest /);
  }
  expect(MEASURES).toHaveLength(5);
});

it('names the unit where a number stands alone, and in heads', () => {
  expect(measureText(measureOf('resolution'), 1.5)).toBe('1.50\u202fÅ');
  expect(measureText(measureOf('meanIOverSigI'), 13.46)).toBe('13.5');
  expect(measureText(measureOf('ccHalf'), null)).toBe('–');
  expect(measureLabel(measureOf('rMeas'))).toBe('Rmeas (%)');
});

it('drops the decimal from 100 on', () => {
  expect([0.04, 99.94, 99.96, 139.49].map(oneDecimal)).toEqual(['0.0', '99.9', '100', '139']);
});

it('knows the resolution for a measure that nobody named', () => {
  expect(measureOf(undefined).key).toBe('resolution');
});

it('takes the completeness in the ellipsoid where it is told, and knows the one in the sphere', () => {
  const anisotropic = { completeness: 81.13, completenessSpherical: 81.13, completenessEllipsoidal: 99.58 };
  const completeness = measureOf('completeness');
  expect(measured(completeness, anisotropic)).toBe('99.6');
  expect(inSphere(completeness, anisotropic)).toBe(81.13);
  expect(inSphere(completeness, { completeness: 99.66, completenessEllipsoidal: 99.66 })).toBeNull();
  expect(inSphere(completeness, { completeness: 99 })).toBeNull();
  expect(inSphere(measureOf('ccHalf'), anisotropic)).toBeNull();
});
