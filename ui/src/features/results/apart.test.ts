import { describe, expect, it } from 'vitest';
import type { DataCollection } from '@/api/types';
import { THIN } from '@/shared/format/numbers';
import { collection } from '@/testing/events';
import { run } from '@/testing/runs';
import { mixedGroups, tellApart } from './apart';

function at(id: number, wavelength: number | null): DataCollection {
  return collection(id, { dataCollectionGroupId: 1, dataCollectionNumber: id + 3, wavelength }).Item;
}
const SE = { peakEnergy: 12.659, inflectionEnergy: 12.657 };
const MAD = [at(1, 0.97942), at(2, 0.97957), at(3, 0.95683)];

describe('runs of one pipeline', () => {
  it('are mixed where they were on several collections of a group', () => {
    const on = (id: number, dataCollectionIds: number[], group: number) =>
      run(id, { dataCollectionIds, dataCollectionGroupIds: [group] });
    expect(mixedGroups([on(1, [1], 1), on(2, [2], 1), on(3, [3], 2), on(4, [3], 2)])).toEqual([1]);
    expect(mixedGroups([on(1, [1], 1), on(2, [2], 2)])).toEqual([]);
  });
});

describe('collections of a group', () => {
  it('are told apart by their energies', () => {
    expect([...tellApart(MAD, []).values()]).toEqual(['12.659', '12.657', '12.958'].map((each) => `${each}${THIN}keV`));
  });

  it('have the names of the points of the scan that they fit best', () => {
    const other = { peakEnergy: 12.6598, inflectionEnergy: 12.6582 };
    const copper = { peakEnergy: 8.981, inflectionEnergy: 8.979 };
    const names = tellApart(MAD, [copper, other, SE]);
    expect([...names.values()].map((name) => name.split(' ')[0])).toEqual(['peak', 'inflection', 'remote']);
    expect(tellApart(MAD, [SE], true).get(3)).toBe('remote');
    expect(tellApart(MAD, [copper], true).get(1)).toBe(`12.659${THIN}keV`);
    expect(tellApart(MAD, [{ peakEnergy: null, inflectionEnergy: null }]).get(1)).toBe(`12.659${THIN}keV`);
  });

  it('have their numbers where all have one wavelength, and nothing where there is but one', () => {
    expect([...tellApart([at(1, 0.9763), at(2, 0.9763)], [SE]).values()]).toEqual(['#4', '#5']);
    expect(tellApart([at(1, null), at(2, null)], []).get(2)).toBe('#5');
    expect(tellApart([at(1, 0.9763)], [SE]).size).toBe(0);
  });
});
