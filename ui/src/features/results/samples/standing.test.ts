import { describe, expect, it } from 'vitest';
import { csv } from '@/shared/format/csv';
import { run, sample, scaling } from '@/testing/runs';
import { measureOf } from '../measures';
import { beside } from './compare';
import { goodness, pipelinesOf, standings, withResult } from './standing';
import { standingsTable } from './standingsTable';

const samples = [sample(1), sample(2), sample(3), sample(4), sample(5, 0), sample(6)];
const runs = [
  run(1, { blSampleId: 1, rank: 1, pipeline: 'xia2 dials', scalings: [scaling(1, 1.8, { completeness: 99 })] }),
  run(2, { blSampleId: 1, rank: 2, scalings: [scaling(2, 1.9, { completeness: 90 })] }),
  run(3, { blSampleId: 2, rank: 1, scalings: [scaling(3, 1.5, { completeness: 95 })] }),
  run(4, { blSampleId: 3, state: 'failed' }),
  run(5, { blSampleId: 3, state: 'running' }),
  run(6, { blSampleId: 6, state: 'failed' }),
];
const order = (found: ReturnType<typeof standings>) =>
  found.map(({ sample: { blSampleId: id }, stage }) => [id, stage]);

describe('where samples stand', () => {
  it('is ranked by the measure, what has no result behind it', () => {
    expect(order(standings(samples, runs, measureOf('resolution'), 'overall', undefined))).toEqual([
      [2, 'result'],
      [1, 'result'],
      [3, 'running'],
      [6, 'failed'],
      [4, 'unprocessed'],
      [5, 'uncollected'],
    ]);
    const [first] = standings(samples, runs, measureOf('completeness'), 'overall', undefined);
    expect([first?.run?.autoProcProgramId, first?.value]).toEqual([1, 99]);
  });

  it('is that of one pipeline when one is chosen', () => {
    const found = standings(samples, runs, measureOf('resolution'), 'overall', 'autoPROC');
    expect(found.slice(0, 2).map(({ run: best }) => best?.autoProcProgramId)).toEqual([3, 2]);
    expect(pipelinesOf(runs)).toEqual(['autoPROC', 'xia2 dials']);
  });

  it('counts the samples with a result', () => {
    expect(withResult(samples, runs, undefined)).toBe(2);
    expect(withResult(samples, runs, 'xia2 dials')).toBe(1);
  });

  it('has no number where the shell was not told', () => {
    const found = standings(samples, runs, measureOf('resolution'), 'innerShell', undefined);
    expect(found[0]).toMatchObject({ stage: 'result', value: null });
  });

  it('becomes a table with units in its head', () => {
    const found = standings(samples.slice(0, 1), runs, measureOf('resolution'), 'overall', undefined);
    const [head, line] = csv(standingsTable(beside(found, null), 'overall')).split('\r\n');
    expect(head).toContain('shell,resolution_angstrom,ccHalf_percent,rMeas_percent,completeness_percent,meanIOverSigI');
    expect(line).toMatch(/^1,x1,LYSO,UNI-07,1,result,overall,1\.8,,,99,,/);
  });
});

it('colours the better end of a range lighter, whichever that is', () => {
  expect(goodness(1.2, [1.2, 3.2], measureOf('resolution'))).toBe(1);
  expect(goodness(3.2, [1.2, 3.2], measureOf('resolution'))).toBe(0);
  expect(goodness(99, [50, 100], measureOf('completeness'))).toBeCloseTo(0.98);
  expect(goodness(5, [5, 5], measureOf('rMeas'))).toBe(1);
});
