import { expect, test } from 'vitest';
import type { Blob, FileSummary } from '@/api/types';
import { blobPlaces, chosen, ligandPlaces, step } from './places';

const blobs = [
  { number: 1, height: 9.24, x: 1, y: 2, z: 3 },
  { number: 2, height: null, x: 4, y: 5, z: 6 },
  { number: 3, height: 4, x: null, y: null, z: null },
] as Blob[];
const summary = {
  content: 'model',
  chains: [
    { name: 'A', residues: 68, waters: 40, ligands: [{ name: 'GOL', number: '301', x: 7, y: 8, z: 9 }] },
    { name: 'B', residues: 68, waters: 0, ligands: [{ name: 'GOL', number: '301A', x: null, y: null, z: null }] },
  ],
} as FileSummary;
const places = [...blobPlaces(blobs, 'Blob'), ...ligandPlaces(summary)];

test('places are those of which somebody said where they are', () => {
  expect(places).toEqual([
    { name: 'Blob 1 · 9.2 σ', at: [1, 2, 3], blob: 1 },
    { name: 'Blob 2', at: [4, 5, 6], blob: 2 },
    { name: 'GOL A 301', at: [7, 8, 9], ligand: 'GOL A 301' },
  ]);
  expect(ligandPlaces({ content: 'reflections' } as FileSummary)).toEqual([]);
  expect(ligandPlaces(undefined)).toEqual([]);
});

test('the address chooses one, or none', () => {
  expect(chosen(places, { blob: 2 })).toBe(places[1]);
  expect(chosen(places, { ligand: 'GOL A 301' })).toBe(places[2]);
  expect(chosen(places, { blob: 7 })).toBeUndefined();
  expect(chosen(places, {})).toBeUndefined();
});

test('one steps round and round', () => {
  expect(step(places, undefined, 1)).toBe(places[0]);
  expect(step(places, undefined, -1)).toBe(places[2]);
  expect(step(places, places[2], 1)).toBe(places[0]);
  expect(step(places, places[0], -1)).toBe(places[2]);
  expect(step([], undefined, 1)).toBeUndefined();
});
