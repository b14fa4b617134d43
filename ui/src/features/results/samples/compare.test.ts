import { describe, expect, it } from 'vitest';
import { bySampleSearch } from '@/app/search';
import { csv } from '@/shared/format/csv';
import { run, sample, scaling } from '@/testing/runs';
import { measureOf } from '../measures';
import {
  beside,
  besideHandles,
  difference,
  histogram,
  isWithin,
  movedBy,
  rangeOfBoth,
  scaleOf,
  tidy,
  type Scale,
} from './compare';
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

describe('a scale', () => {
  const scale: Scale = { ends: [1.45, 2.5], step: 0.05 };

  it('has round ends and steps, none finer than the values are written', () => {
    expect(scaleOf(compared, resolution)).toEqual({ ends: [1.5, 2.5], step: 0.02 });
    const alike = [99.43, 99.71].map((value) => ({ ...compared[0], value, other: null })) as typeof compared;
    expect(scaleOf(alike, measureOf('ccHalf'))).toEqual({ ends: [99.4, 99.8], step: 0.1 });
    expect(scaleOf(alike.slice(1), measureOf('ccHalf'))).toEqual({ ends: [99.71, 99.71], step: 0.1 });
    expect(scaleOf([], resolution)).toBeNull();
  });

  it('is moved in larger steps by the keys of a page, and to its ends', () => {
    expect(movedBy('PageUp', 1.5, scale)).toBeCloseTo(1.75);
    expect(movedBy('PageDown', 1.5, scale)).toBe(1.45);
    expect([movedBy('Home', 2, scale), movedBy('End', 2, scale), movedBy('a', 2, scale)]).toEqual([1.45, 2.5, null]);
  });

  it('has its numbers at the handles, side by side where these are close', () => {
    expect(besideHandles(0, 1, 0.2)).toEqual([0, 0.8]);
    expect(besideHandles(0.5, 0.5, 0.2)).toEqual([0.4, expect.closeTo(0.6)]);
    expect(besideHandles(1, 1, 0.2)).toEqual([0.6, 0.8]);
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
