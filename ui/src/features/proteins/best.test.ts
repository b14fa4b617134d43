import { expect, it } from 'vitest';
import { run, sample, scaling } from '@/testing/runs';
import { bestOfSamples, formsOf } from './best';

const cell = { a: 78.6, b: 78.6, c: 37.1, alpha: 90, beta: 90, gamma: 90 };

it('tells the best result of each sample over all sessions, and which are isomorphous', () => {
  const found = bestOfSamples(
    [sample(1), sample(2), sample(3, 0), sample(4)],
    [
      run(1, { blSampleId: 1, rank: 2, sessionId: 1, scalings: [scaling(1, 2.2)], cell, spaceGroup: 'P 1' }),
      run(2, { blSampleId: 1, rank: 1, sessionId: 2, scalings: [scaling(2, 1.9)], cell, spaceGroup: 'P43212' }),
      run(3, { blSampleId: 2, rank: 1, scalings: [scaling(3, 1.5)], cell, spaceGroup: 'P 43 21 2' }),
      run(4, { blSampleId: 4, state: 'failed' }),
    ],
  );
  expect(found.map(({ sample: { blSampleId }, best }) => [blSampleId, best?.autoProcProgramId])).toEqual([
    [2, 3],
    [1, 2],
    [4, undefined],
    [3, undefined],
  ]);
  expect(found[1]).toMatchObject({ results: 2, sessions: [2, 1] });
  expect(formsOf(found).map(({ things }) => things.length)).toEqual([2]);
});
