import type { Run, Sample } from '@/api/types';
import { ranked } from '@/features/results/runs';
import { byForm } from '@/features/cells/cell';

/** A sample with the best that came of it, and how many runs made merged data. */
export interface SampleBest {
  sample: Sample;
  best: Run | null;
  results: number;
  /** Sessions with a result. */
  sessions: number[];
}

/** The samples with the best result of each: those with the finest resolution first, those without a result behind. */
export function bestOfSamples(samples: Sample[], runs: Run[]): SampleBest[] {
  const found = new Map<number, Run[]>();
  for (const run of runs) {
    if (run.blSampleId !== null) found.set(run.blSampleId, [...(found.get(run.blSampleId) ?? []), run]);
  }
  return samples
    .map((sample) => {
      const of = ranked(found.get(sample.blSampleId) ?? []);
      const sessions = [...new Set(of.map(({ sessionId }) => sessionId).filter((id) => id !== null))];
      return { sample, best: of[0] ?? null, results: of.length, sessions };
    })
    .sort((one, other) => place(one) - place(other));
}

function place({ best, sample }: SampleBest): number {
  if (best) return best.scalings[0]?.statistics.overall?.resolutionLimitHigh ?? 99;
  return sample._metadata.datacollections > 0 ? 1000 : 2000;
}

/** The samples gathered by the crystal form of their best result. */
export function formsOf(samples: SampleBest[]) {
  return byForm(samples, ({ best }) => best);
}
