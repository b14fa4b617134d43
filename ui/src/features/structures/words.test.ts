import { expect, test } from 'vitest';
import type { Blob, Structure } from '@/api/types';
import { atomText, contentsText, facts, headline, nearText, rText } from './words';

const NONE = Object.fromEntries(
  [
    'rValueStart rValueEnd rFreeValueStart rFreeValueEnd LLG TFZ FOM mapCC method numberOfSites enantiomorph ligandCode',
    'ligandCC solventContent rmsBonds rmsAngles meanB numberOfResidues numberOfAtoms lowRes highRes',
  ].flatMap((names) => names.split(' ').map((name) => [name, null])),
);
const structure = (some: Partial<Structure>) => ({ ...NONE, kind: 'refinement', blobCount: 0, ...some }) as Structure;

test('R values are told in percent, and one alone too', () => {
  expect(rText({ rValueEnd: 0.1978, rFreeValueEnd: 0.234 })).toBe('19.8 / 23.4\u202f%');
  expect(rText({ rValueEnd: 0.2, rFreeValueEnd: null })).toBe('20.0 / –\u202f%');
  expect(rText({ rValueEnd: null, rFreeValueEnd: null })).toBeNull();
});

test('the headline says what matters for the kind', () => {
  expect(headline(structure({ rValueEnd: 0.2, rFreeValueEnd: 0.25, blobCount: 2 }))).toEqual([
    'R 20.0 / 25.0\u202f%',
    '2 blobs',
  ]);
  expect(headline(structure({ kind: 'phasing', FOM: 0.617, numberOfSites: 4, blobCount: 4 }))).toEqual([
    'FOM 0.62',
    '4 sites',
  ]);
  expect(headline(structure({ LLG: 1240.4, TFZ: 21.3 }))).toEqual(['LLG 1240', 'TFZ 21.3']);
});

test('facts leave out what nobody said, and show what became of R', () => {
  const told = facts(structure({ rValueStart: 0.3, rFreeValueStart: 0.33, rValueEnd: 0.2, rFreeValueEnd: 0.25 }));
  expect(told).toEqual([{ label: 'R / Rfree', value: '30.0 / 33.0\u202f% → 20.0 / 25.0\u202f%' }]);
  expect(facts(structure({ solventContent: 0.47, enantiomorph: false })).map(({ value }) => value)).toEqual([
    'original',
    '47\u202f%',
  ]);
});

test('a blob is beside an atom', () => {
  const blob = {
    nearestAtomDistance: 3.94,
    nearestAtomResName: 'ASP',
    nearestAtomChainId: 'A',
    nearestAtomResSeq: 52,
    nearestAtomName: 'CA',
  } as Blob;
  expect(nearText(blob)).toBe('3.9\u202fÅ from ASP A 52 CA');
  expect(nearText({ ...blob, nearestAtomDistance: 0 })).toBe('at ASP A 52 CA');
  expect(nearText({ ...blob, nearestAtomResName: null })).toBeNull();
});

test('what is drawn is counted, and what is not there left out', () => {
  expect(contentsText({ chains: 2, residues: 136, ligands: 1, waters: 40 })).toBe(
    '2 chains, 136 residues, 1 ligand, 40 waters',
  );
  expect(contentsText({ chains: 0, residues: 0, ligands: 4, waters: 0 })).toBe('4 groups');
});

test('an atom is told with its B factor, a residue by its name', () => {
  const atom = { residue: 'GOL', chain: 'A', number: '301', atom: 'C2', occupancy: 1, b: 35.04 };
  expect(atomText(atom)).toBe('GOL A 301 C2, B 35.0\u202fÅ²');
  expect(atomText({ ...atom, occupancy: 0.5 })).toBe('GOL A 301 C2, B 35.0\u202fÅ², occupancy 0.50');
  expect(atomText({ ...atom, atom: undefined })).toBe('GOL A 301');
});
