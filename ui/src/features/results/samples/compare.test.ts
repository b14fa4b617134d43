import { describe, expect, it } from 'vitest';
import { bySampleSearch } from '@/app/search';
import { csv } from '@/shared/format/csv';
import { run, sample, scaling } from '@/testing/runs';
import { measureOf } from '../measures';
import { beside, difference, histogram, isWithin, rangeOfBoth, tidy } from './compare';
import { standings } from './standing';
import { standingsTable } from './standingsTable';

const resolution = measureOf('resolution');
const samples = [sample(1), sample(2), sample(3)];
const runs = [
  run(1, { blSampleId: 1, rank: 1, pipeline: 'A', scalings: [scaling(1, 1.5)] }),
  run(2, { blSampleId: 1, rank: 2, pipeline: 'B', scalings: [scaling(2, 1.8)] }),
  run(3, { blSampleId: 2, rank: 1, pipeline: 'A', scalings: [scaling(3, 2.5)] }),
];
const compared = beside(
  standings(samples, runs, resolution, 'overall', 'A'),
  standings(samples, runs, resolution, 'overall', 'B'),
);
const shown = (range?: [number, number], other?: [number, number]) =>
  compared.filter((each) => isWithin(each, range, other)).map((each) => each.sample.blSampleId);

describe('two pipelines compared', () => {
  it('differ where both made something of a sample', () => {
    expect(compared.map(difference)).toEqual([expect.closeTo(-0.3), null, null]);
    expect(rangeOfBoth(compared)).toEqual([1.5, 2.5]);
  });

  it('are brushed by either of them', () => {
    expect(shown()).toEqual([1, 2, 3]);
    expect(shown([1.4, 2])).toEqual([1]);
    expect(shown([1.4, 2.5])).toEqual([1, 2]);
    expect(shown([1.4, 2.5], [1.7, 1.9])).toEqual([1]);
    expect(shown(undefined, [2, 3])).toEqual([]);
  });

  it('are saved side by side', () => {
    const [head, first, second] = csv(standingsTable(compared, 'overall', { measure: resolution, name: 'B' })).split(
      '\r\n',
    );
    expect(head).toMatch(/pipeline,autoProcProgramId,other_pipeline,other_resolution_angstrom,difference$/);
    expect(first).toMatch(/autoPROC 1\.0\.5,1,B,1\.8,-0\.3$/);
    expect(second).toMatch(/,3,B,,$/);
  });
});

it('counts values in the parts of a range, its end with the last one', () => {
  expect(histogram([0, 1, 1.9, 4, null, 9], [0, 4], 4)).toEqual([1, 2, 0, 1]);
  expect(histogram([2, 2], [2, 2], 3)).toEqual([2, 0, 0]);
});

it('keeps a brushed range in the address without losing its ends', () => {
  const range = tidy([2.00049, 1.50051]);
  expect(range).toEqual([1.5, 2.001]);
  expect(bySampleSearch({ range, other: [3, 1], against: 'B', protein: 4 })).toEqual({
    range,
    against: 'B',
    protein: 4,
  });
});
