import { describe, expect, it } from 'vitest';
import type { Sample } from '@/api/types';
import { sortSamples } from './order';

function sample(name: string, puck: string, location: string, datacollections = 0): Sample {
  return {
    name,
    code: `B-${name}`,
    location,
    Container: { sampleChangerLocation: '1', code: puck },
    Crystal: { Protein: { acronym: 'LYSO' } },
    _metadata: { datacollections, lastCollection: datacollections > 0 ? `2026-11-22T1${datacollections}:00:00` : null },
  } as Sample;
}

const samples = [sample('x10', 'UNI-2', '1', 3), sample('x2', 'UNI-1', '10'), sample('x1', 'UNI-1', '9', 1)];
const names = (sorted: Sample[]) => sorted.map(({ name }) => name);

describe('the table of samples', () => {
  it('counts numbers inside names as numbers', () => {
    expect(names(sortSamples(samples, 'name', false, undefined))).toEqual(['x1', 'x2', 'x10']);
    expect(names(sortSamples(samples, 'place', false, undefined))).toEqual(['x1', 'x2', 'x10']);
    expect(names(sortSamples(samples, 'place', true, undefined))).toEqual(['x10', 'x2', 'x1']);
  });

  it('puts what was collected most, or last, first', () => {
    expect(names(sortSamples(samples, 'collections', false, undefined))).toEqual(['x10', 'x1', 'x2']);
    expect(names(sortSamples(samples, 'last', false, undefined))).toEqual(['x10', 'x1', 'x2']);
  });

  it('finds by name, protein, puck and barcode', () => {
    expect(names(sortSamples(samples, 'name', false, 'uni-2'))).toEqual(['x10']);
    expect(names(sortSamples(samples, 'name', false, 'b-x1'))).toEqual(['x1', 'x10']);
    expect(sortSamples(samples, 'name', false, 'nothing')).toEqual([]);
  });
});
