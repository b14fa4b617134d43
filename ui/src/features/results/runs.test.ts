import { expect, it } from 'vitest';
import { run, scaling } from '@/testing/runs';
import { byGroup, listed, seriesOf } from './runs';

const runs = [
  run(5, { state: 'failed', pipeline: 'fast_dp' }),
  run(4, { state: 'queued' }),
  run(3, { state: 'running' }),
  run(2, { rank: 2, scalings: [scaling(2, 1.6)], dataCollectionGroupIds: [1, 2] }),
  run(1, { rank: 1, scalings: [scaling(1, 1.5)] }),
];

it('lists the best first, then what still comes, and what failed last', () => {
  expect(listed(runs).map(({ autoProcProgramId }) => autoProcProgramId)).toEqual([1, 2, 3, 4, 5]);
});

it('finds a run on every group that it worked on', () => {
  const found = byGroup(runs);
  expect(found.get(2)?.map(({ autoProcProgramId }) => autoProcProgramId)).toEqual([2]);
  expect(found.get(1)).toHaveLength(5);
});

it('gives each run a colour that does not change with its rank', () => {
  expect(seriesOf(runs)).toEqual(seriesOf(runs.toReversed()));
  expect(seriesOf(runs).get(1)).toBe('--series-1');
  expect(seriesOf(runs).get(5)).toBe('--series-5');
});
