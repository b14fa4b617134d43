import type { Event, Run, ShellName, Statistics } from '@/api/types';

/** The runs on each group of collections, in the order in which they came: the best first. */
export function byGroup(runs: Run[]): Map<number, Run[]> {
  const found = new Map<number, Run[]>();
  for (const run of runs) {
    for (const id of run.dataCollectionGroupIds) {
      const known = found.get(id);
      if (known) known.push(run);
      else found.set(id, [run]);
    }
  }
  return found;
}

/** The runs on what a card shows: on the group of its collection, and none for what is no collection. */
export function runsOn(event: Event, results: Map<number, Run[]>): Run[] | undefined {
  return event.type === 'dc' ? results.get(event.Item.dataCollectionGroupId) : undefined;
}

/** The runs that made merged data, the best first. */
export function ranked(runs: Run[]): Run[] {
  return runs
    .filter(({ rank, scalings }) => rank !== null && scalings.length > 0)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
}

/** Whether a run has still to end. */
export function isPending({ state }: Pick<Run, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

/** Statistics of the best way of scaling of a run. */
export function statisticsOf(run: Run, shell: ShellName): Statistics | undefined {
  return run.scalings[0]?.statistics[shell];
}

const LAST: Record<Run['state'], number> = { success: 1, running: 2, queued: 3, failed: 4 };

/** The runs as they are listed: the best first, then what ended without data, runs, waits, and what failed. */
export function listed(runs: Run[]): Run[] {
  const others = runs.filter(({ rank }) => rank === null);
  return [...ranked(runs), ...others.sort((a, b) => LAST[a.state] - LAST[b.state])];
}

/** A colour of the page's palette. */
export type Series = `--series-${number}`;

/** A colour for each run, by the names of their pipelines: better results that arrive change nobody's colour. */
export function seriesOf(runs: Run[]): Map<number, Series> {
  const sorted = runs.toSorted(
    (a, b) => a.pipeline.localeCompare(b.pipeline, 'en') || a.autoProcProgramId - b.autoProcProgramId,
  );
  return new Map(sorted.map((run, index) => [run.autoProcProgramId, `--series-${(index % 6) + 1}` as const]));
}
