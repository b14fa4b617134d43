import type { Event, Run } from '@/api/types';
import { isPending, runsOn } from '@/features/results/runs';
import { wall } from '@/shared/format/times';
import { rowKey } from '@/live/merge';
import { labelOf, SHORTEST, type Mark } from './layout';

/** Runs that stand side by side at most: four pipelines at a time are usual, and more could not be told apart. */
export const RUN_COLUMNS = 4;

/** Marks of the runs on what the map shows, each once: one of several collections leads to the newest of them. */
export function runMarksOf(events: Event[], results: Map<number, Run[]>, now: number): Mark[] {
  const seen = new Set<number>();
  const marks: Mark[] = [];
  for (const event of events) {
    for (const run of runsOn(event, results) ?? []) {
      const start = wall(run.processingStartTime);
      if (start === null || seen.has(run.autoProcProgramId)) continue;
      seen.add(run.autoProcProgramId);
      const running = isPending(run);
      const failed = run.state === 'failed';
      marks.push({
        key: rowKey(event),
        id: run.autoProcProgramId,
        lane: 'process',
        column: 0,
        name: run.pipeline,
        colour: running ? 'var(--running)' : 'var(--done)',
        start,
        end: Math.max(running ? now : (wall(run.processingEndTime) ?? start), start + SHORTEST),
        running,
        failed,
        label: labelOf(event),
      });
    }
  }
  return sideBySide(marks);
}

/** Puts what goes on at the same time beside each other, the earliest first; what finds no place covers the oldest. */
function sideBySide(marks: Mark[]): Mark[] {
  const until = new Array<number>(RUN_COLUMNS).fill(-Infinity);
  return marks
    .toSorted((a, b) => a.start - b.start || a.id - b.id)
    .map((mark) => {
      const free = until.findIndex((end) => end <= mark.start);
      const column = free >= 0 ? free : until.indexOf(Math.min(...until));
      until[column] = mark.end;
      return { ...mark, column };
    });
}
