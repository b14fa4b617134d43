import { describe, expect, it } from 'vitest';
import type { Run } from '@/api/types';
import { wall } from '@/shared/format/times';
import { collection } from '@/testing/events';
import { run } from '@/testing/runs';
import { RUN_COLUMNS, runMarksOf } from './runMarks';

const NOW = wall('2026-11-22T16:00:00');

function marks(...runs: Run[]) {
  return runMarksOf([collection(2), collection(1)], new Map([[1, runs]]), NOW);
}

describe('runs on the map of a session', () => {
  it('lead to the card of what they worked on, from their begin to their end', () => {
    expect(marks(run(7))).toMatchObject([
      {
        key: 'group-1',
        lane: 'process',
        name: 'autoPROC',
        start: wall('2026-11-22T14:00:00'),
        end: wall('2026-11-22T14:10:00'),
      },
    ]);
  });

  it('go on until now while they run, and are not there before they begin', () => {
    const [going, ...others] = marks(
      run(1, { state: 'running', processingEndTime: null }),
      run(2, { state: 'queued', processingStartTime: null, processingEndTime: null }),
    );
    expect(going).toMatchObject({ end: NOW, running: true, failed: false });
    expect(others).toEqual([]);
  });

  it('stand side by side where they go on at the same time', () => {
    const later = { processingStartTime: '2026-11-22T14:10:00', processingEndTime: '2026-11-22T14:20:00' };
    const found = marks(run(3, later), run(1), run(2));
    expect(found.map(({ id, column }) => [id, column])).toEqual([
      [1, 0],
      [2, 1],
      [3, 0],
    ]);
    const many = marks(...Array.from({ length: 9 }, (_, id) => run(id)));
    expect(Math.max(...many.map(({ column }) => column))).toBe(RUN_COLUMNS - 1);
  });

  it('of several collections are drawn once, at the newest', () => {
    const merged = run(5, { dataCollectionGroupIds: [1, 2] });
    const both = new Map([
      [1, [merged]],
      [2, [merged]],
    ]);
    expect(runMarksOf([collection(2), collection(1)], both, NOW).map(({ key }) => key)).toEqual(['group-2']);
  });
});
